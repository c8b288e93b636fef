"""Municipality numbers folded over the reforms of 2020 and 2024, and postcodes. Pure: table texts in, look-ups out.

0623, 3047 and 3316 are one and the same Modum; a person whose number changes has not moved. Source of the tables:
`data/README.md`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

_STUDY_CITIES = {"0301": "oslo", "4601": "bergen", "5001": "trondheim"}


@dataclass(frozen=True)
class Municipalities:
    """Folds municipality numbers to the newest one. `own` is the folded number of the installation's municipality."""

    own: str
    folded: Mapping[str, str]
    by_name: Mapping[str, str]
    names: Mapping[str, str]

    @classmethod
    def parse(cls, table: str, *, own_numbers: Sequence[str]) -> Self:
        """Return the look-up of a table with the columns number, name, from, to, number of 2024, name of 2024.

        All of `own_numbers` fold to the first of them.
        """
        rows = [line.split("\t") for line in table.splitlines()[1:]]
        folded = {row[0]: row[4] for row in rows if row[4].isdigit()}
        names = {_folded_name(row[column]): folded[row[0]] for row in rows if row[0] in folded for column in (1, 5)}
        own = own_numbers[0]
        mine = {own, folded.get(own, own), *own_numbers}
        folded = {number: own if target in mine or number in mine else target for number, target in folded.items()}
        names = {name: own if target in mine else target for name, target in names.items()}
        called = {row[column]: row[column + 1] for column in (4, 0) for row in rows}
        return cls(own, {**folded, **dict.fromkeys(own_numbers, own)}, names, called)

    def fold(self, number: str) -> str:
        """Return the newest number of the municipality; an unknown number is its own."""
        return self.folded.get(number, number)

    def titled(self, number: str) -> str:
        """Return a number with its name, "Modum (3316)"; an unknown number alone."""
        return f"{self.names[number]} ({number})" if number in self.names else number

    def number_of(self, cell: str) -> str:
        """Return the folded number that a cell such as "0623", "623", "Modum" or "3301 Drammen" names, or ""."""
        first = cell.split(" ", 1)[0].strip("-–,;:()")
        if first.isascii() and first.isdigit():
            return self.fold(first.zfill(4)) if len(first) <= 4 else ""
        return self.by_name.get(_folded_name(cell), "")

    def study_city(self, number: str) -> str:
        """Return "oslo", "bergen" or "trondheim" when the municipality is one of them, else ""."""
        return _STUDY_CITIES.get(self.fold(number), "")


@dataclass(frozen=True)
class Postcodes:
    """Place and primary municipality of each postcode."""

    places: Mapping[str, tuple[str, str]]

    @classmethod
    def parse(cls, table: str) -> Self:
        """Return the look-up of a table with the columns postcode, place, municipality number, name, category."""
        rows = (line.split("\t") for line in table.splitlines()[1:])
        return cls({row[0]: (row[1], row[2]) for row in rows})

    def place(self, postcode: str) -> str:
        """Return the place in capitals, or "" for a postcode that we do not know."""
        return self.places.get(postcode, ("", ""))[0]

    def municipality(self, postcode: str) -> str:
        """Return the number of the primary municipality, or ""."""
        return self.places.get(postcode, ("", ""))[1]

    def knows(self, postcode: str) -> bool:
        """Say whether the table has `postcode`."""
        return postcode in self.places


def _folded_name(name: str) -> str:
    return name.casefold().removesuffix(" kommune").removesuffix(" kommuna").strip()
