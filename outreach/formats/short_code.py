"""Codes that people type from paper: a selector that finds the row, a secret, and a check character at the end.

In: the MAC of a selector. Out: the code, in capitals, and back again from whatever a person typed. The alphabet has 23
characters, a prime, so with the weights 1, 2, 3 … each single wrong character and each swap of two is caught before the
database is asked (Verhoeff, "Error detecting decimal codes", 1969, chapter on prime moduli).
"""

import re
import secrets
import unicodedata
from dataclasses import dataclass

from outreach.errors import N_, OutreachError

# No vowels, so no words; none of 0 O Q, 1 I L, 2 Z, 5 S, 8 B side by side.
ALPHABET = "23456789CDFHJKMNPRTVWXY"
_VALUE = {char: value for value, char in enumerate(ALPHABET)}
_GROUP_LENGTH = 4
_TYPED_LENGTH_LIMIT = 300
_LINK = re.compile(r".*/(?:i|billett)/", re.IGNORECASE | re.DOTALL)
# What eyes and keyboards make of our characters. The last pairs are Cyrillic capitals that look Latin.
_LOOK_ALIKES = str.maketrans(
    {"S": "5", "Z": "2", "B": "8", "G": "6", "U": "V", "A": "4", "O": "D", "0": "D", "Q": "D", "1": "7", "I": "7"}
    | {"L": "7", "E": "F", "С": "C", "Н": "H", "К": "K", "М": "M", "Р": "P", "Т": "T", "Х": "X", "У": "Y", "В": "8"}
    | {"А": "4", "О": "D", "З": "3", "Е": "F"}
)


class MistypedCodeError(OutreachError):
    """What was typed cannot be a code: wrong length, a foreign character, or the check character does not fit."""

    message = N_("Koden stemmer ikke. Sjekk at du har skrevet alle tegnene slik de står i brevet.")


class MistypedLengthError(MistypedCodeError):
    """What was typed has too few or too many characters; those that no code has, as spaces and dashes, do not count."""

    message = N_("Koden har %(expected)s tegn. Du har skrevet %(typed)s.")


@dataclass(frozen=True)
class CodeShape:
    """How many characters of a code find the row and how many are secret; one check character follows."""

    selector_length: int
    secret_length: int

    @property
    def length(self) -> int:
        """Return the number of characters of a whole code, without dashes."""
        return self.selector_length + self.secret_length + 1


@dataclass(frozen=True)
class Code:
    """A code that could be right: its `selector`, and the whole `text` in capitals without dashes."""

    selector: str
    text: str


INVITATION = CodeShape(selector_length=5, secret_length=6)
TICKET = CodeShape(selector_length=6, secret_length=9)


def new_selector(shape: CodeShape) -> str:
    """Return a random selector of `shape`. Two may be alike: a unique constraint decides."""
    return "".join(secrets.choice(ALPHABET) for _ in range(shape.selector_length))


def compute(shape: CodeShape, selector: str, mac: bytes) -> str:
    """Return the whole code of `selector`, ungrouped. `mac` is at least 16 bytes and decides the secret part."""
    # What is left is small: Python divides a number of one machine word in a quarter of the time.
    number = int.from_bytes(mac, "big") % len(ALPHABET) ** shape.secret_length
    secret = []
    for _ in range(shape.secret_length):
        number, value = divmod(number, len(ALPHABET))
        secret.append(ALPHABET[value])
    body = selector + "".join(secret)
    return body + _check_character(body)


def grouped(code: str) -> str:
    """Return `code` as it is printed: groups of four with dashes, one unbroken run."""
    return "-".join(code[start : start + _GROUP_LENGTH] for start in range(0, len(code), _GROUP_LENGTH))


def read(shape: CodeShape, typed: str) -> Code:
    """Return the code that a person meant by `typed`: any case, spacing, dashes, look-alikes, or a whole link.

    Raises MistypedLengthError or MistypedCodeError when it cannot be a code of `shape`.
    """
    text = _plain(typed)
    if len(text) != shape.length:
        raise MistypedLengthError(expected=shape.length, typed=len(text))
    if not _VALUE.keys() >= set(text) or _weighted_sum(text):
        raise MistypedCodeError
    return Code(selector=text[: shape.selector_length], text=text)


def _plain(typed: str) -> str:
    without_link = _LINK.sub("", typed[:_TYPED_LENGTH_LIMIT])
    folded = unicodedata.normalize("NFKC", without_link).upper()
    if not folded.isascii():
        folded = "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in folded)
    return "".join(filter(str.isalnum, folded)).translate(_LOOK_ALIKES)


def _weighted_sum(text: str) -> int:
    return sum([weight * _VALUE[char] for weight, char in enumerate(text, start=1)]) % len(ALPHABET)


def _check_character(body: str) -> str:
    """Return the character that makes the weighted sum of the whole code zero."""
    weight = len(body) + 1
    inverse = pow(weight, -1, len(ALPHABET))
    return ALPHABET[(-_weighted_sum(body) * inverse) % len(ALPHABET)]
