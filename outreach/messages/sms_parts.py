"""How many parts a text message takes, which is what a gateway bills (3GPP TS 23.038, 6.2.1, and 23.040, 9.2.3.24.1).

In: a text. Out: its alphabet, its length in that alphabet's units, and parts. GSM 7-bit: 160 units in one part, 153 in
each of several, characters of the extension table count two and are never split over parts. One character outside it,
and the whole text is UCS-2: 70 units, 67 in each of several; what needs a surrogate pair counts two, never split.
"""

from dataclasses import dataclass
from enum import StrEnum

_BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = "\f^{}\\[~]|€"
_UNITS = {**dict.fromkeys(_BASIC, 1), **dict.fromkeys(_EXTENDED, 2)}


class Alphabet(StrEnum):
    """What a text is coded in."""

    GSM_7 = "gsm-7"
    UCS_2 = "ucs-2"


_ALONE = {Alphabet.GSM_7: 160, Alphabet.UCS_2: 70}
_OF_SEVERAL = {Alphabet.GSM_7: 153, Alphabet.UCS_2: 67}


@dataclass(frozen=True)
class SmsParts:
    """What a text takes: `units` of its alphabet, `parts` on the way and on the bill (0 for an empty text).

    `foreign`: the characters that make it UCS-2, in order of appearance, for whoever wants a cheaper text.
    """

    alphabet: Alphabet
    units: int
    parts: int
    foreign: str = ""


def count(text: str) -> SmsParts:
    """Return what `text` takes."""
    foreign = "".join(dict.fromkeys(char for char in text if char not in _UNITS))
    if foreign:
        lengths = [2 if ord(char) > 0xFFFF else 1 for char in text]
        return _counted(Alphabet.UCS_2, lengths, foreign)
    return _counted(Alphabet.GSM_7, [_UNITS[char] for char in text], "")


def _counted(alphabet: Alphabet, lengths: list[int], foreign: str) -> SmsParts:
    units = sum(lengths)
    if units <= _ALONE[alphabet]:
        return SmsParts(alphabet, units, min(units, 1), foreign)
    return SmsParts(alphabet, units, _filled(lengths, _OF_SEVERAL[alphabet]), foreign)


def _filled(lengths: list[int], room: int) -> int:
    """Return how many parts of `room` units it takes when nothing is split."""
    parts, used = 1, 0
    for length in lengths:
        if used + length > room:
            parts, used = parts + 1, 0
        used += length
    return parts
