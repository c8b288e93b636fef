"""What every format yields for one person: the allow-listed fields and nothing else. Pure.

Which fields a municipality may have, and which we leave behind: the rights package "offentlig virksomhet uten hjemmel"
(Skatteetaten, `konsumenttjenester/dataminimering.md`). Sex, citizenship, family and everything else is never read.
"""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from outreach.people.household import Dwelling
from outreach.people.person import PersonName
from outreach.people.postal_address import PostalAddress
from outreach.register.municipalities import Municipalities, Postcodes
from outreach.register.problems import Problem


@dataclass(frozen=True)
class ExtractContext:
    """What the formats and rules need to know around the file. `as_of` is the day the extract was made."""

    municipalities: Municipalities
    postcodes: Postcodes
    as_of: date
    today: date
    synthetic_allowed: bool

    @property
    def latest_possible(self) -> date:
        """Return the last date that can have happened."""
        return max(self.as_of, self.today)


@dataclass(frozen=True, slots=True)
class Stay:
    """One registered residence. `municipality` is folded; `is_ended` when it ended without a successor (moved abroad).

    `updated` is the register's own time of entry, as text: only for order among entries of the same date.
    """

    since: date | None
    municipality: str
    address_key: str
    is_current: bool
    is_ended: bool = False
    updated: str = ""


@dataclass(frozen=True, slots=True)
class Immigration:
    """A move to Norway: its date, and the country (ISO 3166 alpha-3)."""

    on: date | None
    country: str


@dataclass(frozen=True, slots=True)
class CameFrom:
    """What a table says about the latest move: the folded number of the municipality left, or a country, or neither."""

    municipality: str
    country: str


class RegisterRow(NamedTuple):
    """One person as the extract has it, before the checks across fields and rows.

    `national_ids` has the number in use first. `address` is where a letter goes: the postal address when there is one.
    `came_from` is None when the row has history (`stays`). `columns` names the source of number, name, birth and move
    for problems that are found later. A tuple: quicker to make a million of.
    """

    row: int
    national_ids: tuple[str, ...]
    name: PersonName
    birth_date: date | None
    birth_year: int | None
    status: str
    is_protected: bool
    municipality: str
    postcode: str
    address: PostalAddress | None
    has_postal_address: bool
    dwelling: Dwelling | None
    moved_on: date | None
    stays: tuple[Stay, ...]
    immigrations: tuple[Immigration, ...]
    came_from: CameFrom | None
    problems: tuple[Problem, ...]
    columns: "Columns"


@dataclass(frozen=True, slots=True)
class Columns:
    """What the file calls the fields that a later check may complain about."""

    national_id: str
    name: str
    birth_date: str
    moved_on: str
    postcode: str
    address: str
    status: str


@dataclass(frozen=True, slots=True)
class UnreadableRow:
    """A row that names no person that we can read: only its problem."""

    problem: Problem
