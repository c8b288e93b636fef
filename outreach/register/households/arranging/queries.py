"""Households for staff: a page of them, those that wait for a decision, one with its members, and a search by name.

Names are opened in the process: they are sealed, so no index knows them. What waits does so for one shared reason.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from outreach.database import db
from outreach.database.sealed import unseal
from outreach.errors import N_, NotFoundError
from outreach.people.models import Household, Person
from outreach.people.person import NO_EXTRACT
from outreach.people.set_aside import Decision
from outreach.register.queries import latest_import

PAGE_SIZE = 50
MOST_FOUND = 50
_AT_ONCE = 2_000


class Shown(StrEnum):
    """Which households a list holds; the values stand in the page's address."""

    ALL = "alle"
    WAITING = "vurderes"
    HELD = "holdes"


class UnknownHouseholdError(NotFoundError):
    """There is no such household, or nobody lives in it any more."""

    message = N_("Vi finner ikke husstanden. Den kan være endret siden du åpnet siden.")


@dataclass(frozen=True)
class ListedHousehold:
    """A household with its members, the eldest first, and whether it waits for a decision."""

    household: Household
    members: tuple[Person, ...]
    is_waiting: bool

    @property
    def names(self) -> str:
        """Return everybody's full name, the eldest first."""
        return ", ".join(member.full_name for member in self.members)

    @property
    def address(self) -> str:
        """Return the first address that there is, on one line, or ""."""
        return next((line for member in self.members if (line := member.address_line)), "")

    def adult_count(self, year: int) -> int:
        """Return how many are of age by the end of `year`."""
        return sum(member.is_adult_in(year) for member in self.members)

    @property
    def is_held(self) -> bool:
        """Say whether an organiser decided that it gets no letter."""
        return self.household.decision == Decision.HELD


def listed(shown: Shown, *, page: int) -> tuple[list[ListedHousehold], int]:
    """Return one page (from 1, PAGE_SIZE long) of the households in `shown`, and how many there are in all."""
    wanted = select(Household.id).where(_is_lived_in(), *_belongs(shown)).order_by(Household.id)
    number = db.session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    ids = db.session.scalars(wanted.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)).all()
    return with_members(ids), number


def counts() -> dict[Shown, int]:
    """Return how many households each list holds."""
    return {shown: count(shown) for shown in Shown}


def count(shown: Shown) -> int:
    """Return how many households a list holds."""
    lived_in = select(func.count(Household.id)).where(_is_lived_in())
    return db.session.scalar(lived_in.where(*_belongs(shown))) or 0


def one(household_id: int) -> ListedHousehold:
    """Return one household. Raises UnknownHouseholdError."""
    found = with_members([household_id])
    if not found:
        raise UnknownHouseholdError
    return found[0]


def with_members(household_ids: Iterable[int]) -> list[ListedHousehold]:
    """Return those of the households (some hundred at most) that somebody lives in, by id, in three statements."""
    ids = sorted(set(household_ids))
    members: dict[int | None, list[Person]] = {}
    people = select(Person).where(Person.household_id.in_(ids))
    for person in db.session.scalars(people.order_by(func.coalesce(Person.birth_year, 9999), Person.id)):
        members.setdefault(person.household_id, []).append(person)
    waiting = set(db.session.scalars(_ids(ids).where(*_belongs(Shown.WAITING))))
    homes = db.session.scalars(select(Household).where(Household.id.in_(ids)).order_by(Household.id))
    return [ListedHousehold(home, tuple(members[home.id]), home.id in waiting) for home in homes if home.id in members]


def found_by_name(text: str) -> tuple[list[ListedHousehold], bool]:
    """Return the households, MOST_FOUND at most, with somebody whose name has every word of `text` in it, and whether
    there are more. Nothing for an empty text."""
    words = text.casefold().split()
    ids: list[int] = []
    for household_id, name in _names() if words else ():
        if household_id not in ids and all(word in name for word in words):
            ids.append(household_id)
            if len(ids) > MOST_FOUND:
                break
    return with_members(ids[:MOST_FOUND]), len(ids) > MOST_FOUND


def lived_in_among(household_ids: Sequence[int]) -> list[int]:
    """Return which of the households (some hundred at most) somebody lives in, by id; others write to none of them."""
    return list(db.session.scalars(_ids(household_ids).where(_is_lived_in()).with_for_update()))


def _ids(household_ids: Sequence[int]) -> Select[int]:
    return select(Household.id).where(Household.id.in_(household_ids)).order_by(Household.id)


def _is_lived_in() -> ColumnElement[bool]:
    return exists().where(Person.household_id == Household.id)


def _belongs(shown: Shown) -> tuple[ColumnElement[bool], ...]:
    is_held = Household.decision == Decision.HELD.value
    if shown is Shown.ALL:
        return ()
    if shown is Shown.HELD:
        return (is_held,)
    return (~is_held, or_(Household.set_aside_reason != "", exists().where(_needs_a_look())))


def _needs_a_look() -> ColumnElement[bool]:
    """Say of a member that the latest extract had a faulty row, or none (as `audience.queries` leaves people out)."""
    extract = latest_import()
    is_unseen: Any = Person.seen_import_id.not_in((extract.id, NO_EXTRACT)) if extract else False
    return and_(Person.household_id == Household.id, or_(Person.is_held_back, is_unseen))


def _names() -> Iterable[tuple[int, str]]:
    parts = ("given_name_sealed", "middle_name_sealed", "family_name_sealed")
    columns = [getattr(Person, part) for part in parts]
    rows = db.session.execute(
        select(Person.id, Person.household_id, *columns)
        .where(Person.household_id.is_not(None))
        .order_by(Person.household_id, Person.id)
        .execution_options(yield_per=_AT_ONCE)
    )
    for row_id, household_id, *sealed in rows:
        opened = (
            unseal(value, column=f"person.{part}", row_id=row_id) for part, value in zip(parts, sealed, strict=True)
        )
        yield household_id, " ".join(filter(None, opened)).casefold()
