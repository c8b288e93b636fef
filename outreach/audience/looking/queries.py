"""One person and one segment: found by name, and what each condition says of them.

Names are sealed, so the search opens every name in the process: about 3 µs each. Nothing here asks who is protected:
a protected person has no row to be found.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, null, select, true

from outreach.audience import known_values
from outreach.audience.compiling.queries import DEAD, belongs, can_be_reached, holds
from outreach.audience.compiling.queries import known as known_of
from outreach.audience.name_search import is_match
from outreach.audience.queries import name_of, reason_of, sight
from outreach.audience.rule import Who
from outreach.audience.segment import Segment
from outreach.audience.why_words import PlainValue
from outreach.database import db, unseal
from outreach.errors import N_, NotFoundError
from outreach.people.models import Person

MOST_FOUND = 50
_NAME_COLUMNS = ("given_name_sealed", "middle_name_sealed", "family_name_sealed")


@dataclass(frozen=True)
class FoundPerson:
    """One person with a name that was searched for. `reason` is None for one who is not in the segment."""

    person_id: int
    name: str
    birth_year: int | None
    reason: str | None


@dataclass(frozen=True)
class Why:
    """One person and a rule: `answers` has (holds, value) for each condition in its order.

    `fits_who`: lives where the rule wants it, or moved away so lately that we still may write.
    """

    person_id: int
    name: str
    birth_year: int | None
    is_resident: bool
    is_dead: bool
    seen_as_of: date
    move_verdict: str
    reason: str | None
    fits_who: bool
    answers: tuple[tuple[bool, PlainValue], ...]


def named(wanted: tuple[str, ...], segment: Segment, *, event_id: int, import_id: int) -> tuple[list[FoundPerson], int]:
    """Return at most MOST_FOUND persons whose name has the `wanted` words, by name, and how many there are in all."""
    ids = _ids_named(wanted)
    people = select(Person, _standing(segment, event_id, import_id)).where(Person.id.in_(ids[:MOST_FOUND]))
    rows = db.session.execute(people.order_by(Person.id))
    found = [FoundPerson(person.id, name_of(person), person.birth_year, reason) for person, reason in rows]
    return sorted(found, key=lambda person: (person.name.casefold(), person.birth_year or 0, person.person_id)), len(
        ids
    )


def why(person_id: int, segment: Segment, *, event_id: int, import_id: int) -> Why:
    """Return what the segment's rule says of one person. Raises NotFoundError, alike for whoever has no row."""
    row = db.session.execute(_why_select(segment, event_id, import_id).where(Person.id == person_id)).first()
    if row is None:
        raise NotFoundError(N_("Vi finner ikke personen."))
    person, reason, fits_who, *rest = row
    return Why(
        person_id=person.id,
        name=name_of(person),
        birth_year=person.birth_year,
        is_resident=person.is_resident,
        is_dead=person.status in DEAD,
        seen_as_of=person.seen_as_of,
        move_verdict=person.move_verdict,
        reason=reason,
        fits_who=bool(fits_who),
        answers=tuple(_answers(rest)),
    )


def _ids_named(wanted: tuple[str, ...]) -> list[int]:
    """Return the ids of all whose name has the `wanted` words, in the order of their names."""
    columns = [Person.id, *(getattr(Person, column) for column in _NAME_COLUMNS)]
    rows = db.session.execute(select(*columns).order_by(Person.id))
    found = [(name.casefold(), person_id) for person_id, name in _opened(rows) if is_match(wanted, name)]
    return [person_id for _, person_id in sorted(found)]


def _opened(rows: Any) -> Iterator[tuple[int, str]]:
    for person_id, *sealed in rows:
        parts = [
            unseal(part, column=f"person.{column}", row_id=person_id)
            for part, column in zip(sealed, _NAME_COLUMNS, strict=True)
        ]
        yield person_id, " ".join(filter(None, parts))


def _why_select(segment: Segment, event_id: int, import_id: int) -> Select[Any]:
    seen = sight(segment, event_id)
    about = ~Person.is_resident if segment.rule.who is Who.FORMER else true()
    fits_who = and_(about, can_be_reached(segment))
    statement: Any = select(Person, _standing(segment, event_id, import_id), _flag(fits_who))
    for condition in segment.rule.conditions:
        value = known_of(seen, condition)
        statement = statement.add_columns(_flag(holds(seen, condition)), value.value)
        if value.table is not None:
            statement = statement.outerjoin(value.table, value.on)
    found: Select[Any] = statement
    return found


def _flag(test: ColumnElement[bool]) -> ColumnElement[int]:
    return case((test, 1), else_=0)


def _standing(segment: Segment, event_id: int, import_id: int) -> Any:
    reason = reason_of(segment, event_id=event_id, import_id=import_id)
    return case((belongs(sight(segment, event_id)), reason), else_=null())


def _answers(columns: Sequence[Any]) -> Iterator[tuple[bool, PlainValue]]:
    for held, value in zip(columns[::2], columns[1::2], strict=True):
        yield bool(held), known_values.plain(value)
