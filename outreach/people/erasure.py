"""Erases people of the register copy. The tombstones of protected people stay: they suppress, and say nothing."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, Delete, delete, exists, select

from outreach.database import db
from outreach.people.models import Household, Person, ProtectedIdentity
from outreach.people.numbers.queries import with_number

# Under the number of parameters that SQLite and PostgreSQL take in one statement.
_CHUNK = 10_000


def erase_persons(person_ids: Sequence[int]) -> dict[str, int]:
    """Erase the persons and the households that nobody is left in; return the number of rows by table.

    Whoever points at a person points at nobody afterwards (foreign keys).
    """
    erased = {"person": 0, "household": 0}
    for chunk in _chunks(person_ids):
        homes = db.session.scalars(
            select(Person.household_id)
            .where(Person.id.in_(chunk), Person.household_id.is_not(None))
            .distinct()
            .order_by(Person.household_id)
        ).all()
        erased["person"] += _run(delete(Person).where(Person.id.in_(chunk)))
        erased["household"] += _erase_empty([home for home in homes if home is not None])
    return erased


def export_persons(person_ids: Sequence[int]) -> list[dict[str, Any]]:
    """Return what the register copy holds on each of the persons, for their own access; of their household nothing."""
    wanted = select(Person).where(Person.id.in_(person_ids)).order_by(Person.id)
    numbered = with_number(person_ids)
    return [_exported(person, has_number=person.id in numbered) for person in db.session.scalars(wanted)]


def _exported(person: Person, *, has_number: bool) -> dict[str, Any]:
    return {
        "record": person.id,
        "name": person.full_name,
        "birth_date": person.birth_date,
        "birth_year": person.birth_year,
        "address": person.address_line,
        "postcode": person.postcode,
        "municipality": person.municipality,
        "study_city": person.study_city,
        "person_status": person.status,
        "lives_here": person.is_resident,
        "moved_in_on": person.moved_in_on.isoformat() if person.moved_in_on else None,
        "moved_on": person.moved_on.isoformat() if person.moved_on else None,
        "moved_from": person.moved_from,
        "is_left_out": person.is_held_back,
        "is_added_by_hand": person.is_added_by_hand,
        "seen_as_of": person.seen_as_of.isoformat(),
        "has_national_number": has_number,
        "has_mark_of_number": person.identity_hash is not None,
        "has_mark_of_name": person.weak_hash != "",
    }


def erase_protection_marks(before: datetime) -> dict[str, int]:
    """Erase the marks of protected people whom no extract has shown since `before`; return the number of rows."""
    return {"protected_identity": _run(delete(ProtectedIdentity).where(ProtectedIdentity.marked_at_utc < before))}


def _erase_empty(household_ids: Sequence[int]) -> int:
    lived_in = exists().where(Person.household_id == Household.id)
    return _run(delete(Household).where(Household.id.in_(household_ids), ~lived_in))


def _run(statement: Delete) -> int:
    done = db.session.execute(statement, execution_options={"synchronize_session": False})
    return cast("CursorResult[Any]", done).rowcount


def _chunks(person_ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (person_ids[start : start + _CHUNK] for start in range(0, len(person_ids), _CHUNK))
