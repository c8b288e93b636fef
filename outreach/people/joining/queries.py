"""Records that may be one person: the same name and birth date, and at least one of them without a number."""

from dataclasses import dataclass

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from outreach.database import db
from outreach.errors import NotFoundError
from outreach.people.models import KeptApart, Person

PAGE_SIZE = 50
_FIRST, _SECOND = aliased(Person), aliased(Person)


@dataclass(frozen=True)
class Pair:
    """Two records that may be one person, the one with a number first, else the one seen last."""

    kept: Person
    other: Person

    @classmethod
    def of(cls, one: Person, other: Person) -> "Pair":
        """Return the two in the order in which they are kept."""
        kept, gone = sorted((one, other), key=_worth, reverse=True)
        return cls(kept, gone)


def open_pairs(*, page: int) -> tuple[list[Pair], int]:
    """Return one page (from 1, PAGE_SIZE long) of the pairs that nobody has decided on, and how many there are."""
    number = db.session.scalar(select(func.count()).select_from(_open().subquery())) or 0
    ids = db.session.execute(_open().limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)).all()
    wanted = select(Person).where(Person.id.in_({one for row in ids for one in row})).order_by(Person.id)
    people = {person.id: person for person in db.session.scalars(wanted)}
    return [Pair.of(people[first], people[second]) for first, second in ids], number


def open_pair_count() -> int:
    """Return how many pairs nobody has decided on."""
    return db.session.scalar(select(func.count()).select_from(_open().subquery())) or 0


def open_pair(first_id: int, second_id: int) -> Pair:
    """Return one undecided pair. Raises NotFoundError when these two are none, or no longer."""
    wanted = _open().where(_FIRST.id == min(first_id, second_id), _SECOND.id == max(first_id, second_id))
    if db.session.execute(wanted).first() is None:
        raise NotFoundError
    return Pair.of(db.session.get_one(Person, first_id), db.session.get_one(Person, second_id))


def _open() -> Select[int, int]:
    told_apart = exists().where(KeptApart.first_id == _FIRST.id, KeptApart.second_id == _SECOND.id)
    same = and_(_FIRST.weak_hash == _SECOND.weak_hash, _FIRST.id < _SECOND.id)
    return (
        select(_FIRST.id, _SECOND.id)
        .join(_SECOND, same)
        .where(_FIRST.weak_hash != "", or_(_FIRST.identity_hash.is_(None), _SECOND.identity_hash.is_(None)))
        .where(~told_apart)
        .order_by(_FIRST.id, _SECOND.id)
    )


def _worth(person: Person) -> tuple[bool, bool, str, int]:
    return person.identity_hash is not None, person.is_resident, person.seen_as_of.isoformat(), person.id
