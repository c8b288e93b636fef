"""A checked person: what is stored, or why not. Pure; one frozen record, also the form in which an upload waits.

What waits for acceptance is exactly this allow-list, encrypted (promises.md 5), so it can be written and read as JSON.
"""

from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from outreach.people.household import Dwelling
from outreach.people.postal_address import PostalAddress
from outreach.register.moves import MoveVerdict


class Fate(StrEnum):
    """What happens to the person of a row."""

    KEEP = "keep"  # stored, or compared with what is stored
    PROTECT = "protect"  # a tombstone, and whatever we hold is erased
    FORGET = "forget"  # never lived here, or dead: not stored when not already known
    HOLD = "hold"  # the row is faulty: a known person stays as before and gets no letter


class PersonRecord(NamedTuple):
    """One person of an extract after checks and rules. Of a held row only what the person is known by is filled in.

    A tuple: quicker to make a million of.
    """

    fate: Fate
    national_ids: tuple[str, ...]
    given_name: str = ""
    middle_name: str = ""
    family_name: str = ""
    birth_date: date | None = None
    birth_year: int | None = None
    status: str = ""
    municipality: str = ""
    postcode: str = ""
    address: PostalAddress | None = None
    has_postal_address: bool = False
    study_city: str = ""
    dwelling: Dwelling | None = None
    moved_on: date | None = None
    moved_in_on: date | None = None
    moved_from: str = ""
    verdict: MoveVerdict = MoveVerdict.NO_RESIDENCE
    is_resident: bool = False

    @property
    def weak_key(self) -> str:
        """Return name and birth date folded together, by which a person without a number is known again, or ""."""
        if self.birth_date is None or not self.family_name:
            return ""
        return f"{self.given_name} {self.family_name} {self.birth_date}".casefold()

    def to_list(self) -> list[Any]:
        """Return the record as values that JSON knows, in the order of the fields."""
        address, home = self.address, self.dwelling
        return [
            self.fate,
            self.national_ids,
            self.given_name,
            self.middle_name,
            self.family_name,
            _text(self.birth_date),
            self.birth_year,
            self.status,
            self.municipality,
            self.postcode,
            address and [address.lines, address.postcode, address.place, address.country],
            self.has_postal_address,
            self.study_city,
            home and [home.key, home.has_number],
            _text(self.moved_on),
            _text(self.moved_in_on),
            self.moved_from,
            self.verdict,
            self.is_resident,
        ]

    @classmethod
    def from_list(cls, values: list[Any]) -> "PersonRecord":
        """Return the record that `to_list` wrote."""
        (fate, numbers, given, middle, family, birth, year, status, municipality, postcode, address, *rest) = values
        has_postal, city, home, moved, moved_in, moved_from, verdict, is_resident = rest
        return cls(
            fate=Fate(fate),
            national_ids=tuple(numbers),
            given_name=given,
            middle_name=middle,
            family_name=family,
            birth_date=_day(birth),
            birth_year=year,
            status=status,
            municipality=municipality,
            postcode=postcode,
            address=PostalAddress(tuple(address[0]), *address[1:]) if address else None,
            has_postal_address=has_postal,
            study_city=city,
            dwelling=Dwelling(*home) if home else None,
            moved_on=_day(moved),
            moved_in_on=_day(moved_in),
            moved_from=moved_from,
            verdict=MoveVerdict(verdict),
            is_resident=is_resident,
        )


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
