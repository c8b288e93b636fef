"""A person's name as the register has it and as we write it, and ages. Pure: texts and dates in, texts and numbers out.

The register writes names in capitals ("ÅSE-MARIE VAN DER BERG"); we write them as people do. A name that already has
small letters is left as it is.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

ADULT_AGE_YEARS = 18
# Bidirectional controls can make a name read as another; they carry no letter of anybody's name.
_INVISIBLE = re.compile("[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
# What stands for the import that last showed a person whom no extract has shown: added by hand.
NO_EXTRACT = 0
_PARTICLES = frozenset({"af", "al", "da", "de", "del", "den", "der", "di", "dos", "el", "la", "ten", "van", "von"})
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class PersonName:
    """The parts of a name; any part but one may be empty."""

    given: str
    middle: str = ""
    family: str = ""

    @property
    def full(self) -> str:
        """Return the parts in the order in which they are said, with single spaces."""
        return " ".join(part for part in (self.given, self.middle, self.family) if part)

    @property
    def first(self) -> str:
        """Return the first of the given names, or the family name when there is no given name."""
        return self.given.split(" ", 1)[0] if self.given else self.family


def clean_text(text: str) -> str:
    """Return `text` in NFC, without control and bidirectional characters, with single spaces."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split()) if "  " in text or text[:1] == " " or text[-1:] == " " else text
    return " ".join(_INVISIBLE.sub(" ", unicodedata.normalize("NFC", text)).split())


def written_name(text: str) -> str:
    """Return a name part as people write it: "ÅSE-MARIE" becomes "Åse-Marie"; mixed case is kept."""
    if not text.isupper():
        return text
    return " ".join(_written_word(word, position) for position, word in enumerate(text.split(" ")))


def split_name(text: str) -> PersonName:
    """Return the parts of a name in one cell: "Lien, Bjørn Erik" or "Bjørn Erik Lien"."""
    if "," in text:
        family, _, rest = (part.strip() for part in text.partition(","))
        given, _, middle = rest.partition(" ")
        return PersonName(given, middle.strip(), family)
    words = text.split()
    if len(words) < 2:
        return PersonName(text.strip())
    return PersonName(words[0], " ".join(words[1:-1]), words[-1])


def age_on(birth_date: date, day: date) -> int:
    """Return the age in whole years on `day`. Who was born on 29 February turns a year on 1 March in common years."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def is_adult(birth_date: date, day: date) -> bool:
    """Say whether the person has turned eighteen on `day`."""
    return age_on(birth_date, day) >= ADULT_AGE_YEARS


def _written_word(word: str, position: int) -> str:
    if position and word.lower() in _PARTICLES:
        return word.lower()
    return _WORD.sub(lambda match: match[0].capitalize(), word)
