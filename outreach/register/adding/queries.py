"""Who of those we hold may be the person that somebody is about to add, and whether a mark stands against it."""

from dataclasses import dataclass

from sqlalchemy import or_, select

from outreach.database import db
from outreach.database.sealed import key_ring
from outreach.people.models import Household, Person, ProtectedIdentity
from outreach.register.person_record import PersonRecord


@dataclass(frozen=True)
class Double:
    """Somebody we hold who may be the same person. `is_sure`: the number is the same."""

    person: Person
    is_sure: bool


def doubles(record: PersonRecord) -> list[Double]:
    """Return who of those we hold has the number of `record`, its name and birth date, or its name and birth year,
    by id. Names are sealed, so those of one year of birth are opened."""
    numbers, names = _identities(record), _weak(record)
    known = or_(Person.identity_hash.in_(numbers), Person.weak_hash.in_(names))
    wanted = select(Person).where(or_(known, Person.birth_year == record.birth_year)).order_by(Person.id)
    return [
        Double(person, person.identity_hash in numbers)
        for person in db.session.scalars(wanted)
        if person.identity_hash in numbers or person.weak_hash in names or _is_namesake(person, record)
    ]


def needs_a_look(record: PersonRecord) -> bool:
    """Say whether the person of `record` is handled by hand: whatever the cause, the answer is the same."""
    numbers = _identities(record)
    marks = numbers or tuple(f"weak:{name}" for name in _weak(record))
    is_marked = select(ProtectedIdentity.id).where(ProtectedIdentity.identity_hash.in_(marks))
    is_held = (
        select(Person.id)
        .outerjoin(Household, Household.id == Person.household_id)
        .where(Person.identity_hash.in_(numbers), or_(Person.is_held_back, Household.set_aside_reason != ""))
    )
    found = (db.session.scalar(wanted.limit(1)) for wanted in (is_marked.order_by(None), is_held.order_by(Person.id)))
    return any(one is not None for one in found)


def _identities(record: PersonRecord) -> tuple[str, ...]:
    return tuple(found for number in record.national_ids for found in key_ring().identity_candidates(number))


def _weak(record: PersonRecord) -> tuple[str, ...]:
    return key_ring().keyed_candidates("weak", record.weak_key) if record.weak_key else ()


def _is_namesake(person: Person, record: PersonRecord) -> bool:
    """Say whether the first given name and the family name are the same; the birth year is, too."""
    return _called(person.given_name, person.family_name) == _called(record.given_name, record.family_name)


def _called(given: str | None, family: str | None) -> tuple[str, str]:
    return (given or "").casefold().split(" ")[0], (family or "").casefold()
