"""What is held of the people of a batch, and of the register copy as a whole."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain
from typing import Any, TypeVar

from sqlalchemy import func, or_, select

from outreach.clock import OSLO
from outreach.database import db
from outreach.people.models import Person, ProtectedIdentity
from outreach.people.person import NO_EXTRACT
from outreach.register.changes import Known

# Under the number of parameters that both databases take in one statement.
_CHUNK = 10_000
Item = TypeVar("Item")
_REGISTERED = (Person.is_resident, Person.seen_import_id != NO_EXTRACT)
_KNOWN = (
    Person.id,
    Person.identity_hash,
    Person.content_hash,
    Person.is_resident,
    Person.status,
    Person.moved_in_on,
    Person.seen_as_of,
    Person.dwelling_hash,
    Person.moved_on,
    Person.seen_import_id != NO_EXTRACT,
)


def known_by_identity(hashes: Sequence[str]) -> dict[str, Known]:
    """Return what is held of each person whose identity hash is among `hashes`, by that hash."""
    found = chain.from_iterable(
        db.session.execute(select(*_KNOWN).where(Person.identity_hash.in_(part)).order_by(Person.id))
        for part in chunks(hashes)
    )
    return {row.identity_hash or "": _known(row) for row in found}


def known_by_weak_hash(hashes: Sequence[str]) -> dict[str, list[Known]]:
    """Return who may be the person without a number behind each of `hashes`: people without a number themselves, and
    those of whom somebody has confirmed it."""
    found: dict[str, list[Known]] = {}
    for part in chunks(hashes):
        wanted = select(*_KNOWN, Person.weak_hash).where(
            Person.weak_hash.in_(part), or_(Person.identity_hash.is_(None), Person.is_known_by_name)
        )
        for row in db.session.execute(wanted.order_by(Person.id)):
            found.setdefault(row.weak_hash, []).append(_known(row[:-1]))
    return found


def namesakes(numbered: Sequence[str], numberless: Sequence[str]) -> set[int]:
    """Return the ids of who may be a protected person, by weak hash: of `numbered`, only people without a number."""
    found: set[int] = set()
    for part in chunks(numbered):
        wanted = select(Person.id).where(Person.weak_hash.in_(part), Person.identity_hash.is_(None))
        found.update(db.session.scalars(wanted.order_by(Person.id)))
    for part in chunks(numberless):
        found.update(db.session.scalars(select(Person.id).where(Person.weak_hash.in_(part)).order_by(Person.id)))
    return found


def _known(row: Sequence[Any]) -> Known:
    return Known(*row)


def tombstones() -> dict[str, date]:
    """Return the hash of each protected identity, with the day (Europe/Oslo) on which we were last told."""
    wanted = select(ProtectedIdentity.identity_hash, ProtectedIdentity.marked_at_utc)
    rows = db.session.execute(wanted.order_by(ProtectedIdentity.identity_hash))
    return {mark: marked_at_utc.astimezone(OSLO).date() for mark, marked_at_utc in rows}


def resident_count() -> int:
    """Return how many residents the register copy holds, without those whom no extract has shown."""
    return db.session.scalar(select(func.count(Person.id)).where(*_REGISTERED)) or 0


def resident_ids() -> Iterator[int]:
    """Yield the ids of the residents whom the register copy holds and an extract has shown, in their order."""
    wanted = select(Person.id).where(*_REGISTERED).order_by(Person.id)
    yield from db.session.scalars(wanted.execution_options(yield_per=_CHUNK))


def households_of(person_ids: Sequence[int]) -> set[int]:
    """Return the ids of the households that the persons are in."""
    return {
        household_id
        for part in chunks(person_ids)
        for household_id in db.session.scalars(
            select(Person.household_id).where(Person.id.in_(part)).distinct().order_by(Person.household_id)
        )
        if household_id is not None
    }


def chunks(values: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """Return `values` in parts that one statement takes."""
    return (values[start : start + _CHUNK] for start in range(0, len(values), _CHUNK))
