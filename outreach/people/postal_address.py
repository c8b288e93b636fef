"""A postal address and its lines on a letter. Pure: parts in, lines out; nothing is cut silently.

An envelope window has room for five lines with the name on the first (NS 4129 windows, common area), so an address
has at most four: when there are more, the shortest neighbours share a line.
"""

import json
import re
from dataclasses import dataclass

LINES_BELOW_NAME = 4
# "c/o" as people write it, and what already says in whose care a letter goes: "v/" ("ved"), "co".
_CARE_OF = re.compile(r"c\s*/\s*o\b[\s.:]*", re.IGNORECASE)
_IN_CARE = re.compile(r"(?:v\s*/|co\s)", re.IGNORECASE)
_HOME = frozenset({"", "no", "nor", "norge", "noreg", "norway"})


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """Address lines above the postcode, then postcode and place; `country` is empty for Norway."""

    lines: tuple[str, ...]
    postcode: str
    place: str
    country: str = ""

    @property
    def is_foreign(self) -> bool:
        """Say whether a letter needs the country's name on its last line."""
        return self.country.casefold() not in _HOME

    def letter_lines(self) -> tuple[str, ...]:
        """Return the lines below the name, one to four, whole: neighbours are joined with ", " when there are more."""
        last = (self.country.upper(),) if self.is_foreign else ()
        town = " ".join(part for part in (self.postcode, self.place) if part)
        lines = [line for line in (*self.lines, town) if line]
        return (*_fitted(lines, LINES_BELOW_NAME - len(last)), *last)

    def three_lines(self) -> tuple[str, str, str]:
        """Return exactly three lines above the postcode, whole: more share the last one, fewer leave it empty."""
        first, second, *rest = [*self.lines, "", ""]
        return first, second, ", ".join(filter(None, rest))

    def to_json(self) -> str:
        """Return the address as compact JSON, for a sealed column."""
        return json.dumps([self.lines, self.postcode, self.place, self.country], ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "PostalAddress":
        """Return the address that `to_json` wrote."""
        lines, postcode, place, country = json.loads(text)
        return cls(tuple(lines), postcode, place, country)


def care_of_line(name: str) -> str:
    """Return the line that says in whose care a letter goes, with one "c/o" at its start; "" for nobody."""
    bare = _CARE_OF.sub("", name, count=1) if _CARE_OF.match(name) else name
    return bare if not bare or _IN_CARE.match(bare) else f"c/o {bare}"


def _fitted(lines: list[str], most: int) -> list[str]:
    while len(lines) > most:
        # The line with the postcode keeps to itself: the post reads it by machine. So does "c/o", which is of the name.
        first = 1 if _CARE_OF.match(lines[0]) else 0
        at = min(range(first, len(lines) - 2), key=lambda index: len(lines[index]) + len(lines[index + 1]))
        lines[at : at + 2] = [f"{lines[at]}, {lines[at + 1]}"]
    return lines
