"""How many parts a text message is sent in. Pure.

Source: 3GPP TS 23.038 (GSM 7-bit alphabet with its extension) and TS 23.040: 160 septets in one part, 153 in each of
several; as soon as one character is outside the alphabet, 70 and 67 UTF-16 units. Each part is paid for.
"""

from dataclasses import dataclass

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")


@dataclass(frozen=True)
class SmsSize:
    """The number of parts, and the characters that the cheap alphabet lacks, in their order."""

    parts: int
    costly: str = ""


def sms_size(text: str) -> SmsSize:
    """Return in how many parts `text` is sent; none for an empty text."""
    costly = "".join(dict.fromkeys(char for char in text if char not in _BASIC and char not in _EXTENDED))
    if costly:
        units = [len(char.encode("utf-16-le")) // 2 for char in text]
        return SmsSize(_parts(units, one=70, several=67), costly)
    return SmsSize(_parts([2 if char in _EXTENDED else 1 for char in text], one=160, several=153))


def _parts(units: list[int], *, one: int, several: int) -> int:
    if not units:
        return 0
    if sum(units) <= one:
        return 1
    parts, room = 1, several
    for unit in units:
        # A character of two units is never cut in half.
        if unit > room:
            parts, room = parts + 1, several
        room -= unit
    return parts
