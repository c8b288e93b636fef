"""Keeps national numbers, sealed by AES-SIV with key id, row and column bound in. Never commits."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import delete, exists, insert, update
from sqlalchemy.orm import aliased

from outreach.database import db, new_id
from outreach.database.sealed import key_ring
from outreach.people.models import NationalNumber
from outreach.people.numbers import queries

_COLUMN = "national_number.number_sealed"


def keep(numbers: Mapping[int, str]) -> None:
    """Keep these numbers, by person, in place of what was kept of those persons (some thousand at most)."""
    drop(list(numbers))
    seal = key_ring().seal
    rows = [
        {"id": row_id, "person_id": person_id, "number_sealed": seal(number, column=_COLUMN, row_id=row_id)}
        for person_id, number in numbers.items()
        for row_id in (new_id(),)
    ]
    if rows:
        db.session.execute(insert(NationalNumber), rows)


def drop(person_ids: Collection[int]) -> None:
    """Forget the numbers of these persons."""
    if person_ids:
        gone = delete(NationalNumber).where(NationalNumber.person_id.in_(person_ids))
        db.session.execute(gone, execution_options={"synchronize_session": False})


def move(pairs: Sequence[tuple[int, int]]) -> None:
    """Give the number of the second person of each of `pairs` (kept, gone) to the first, who turned out to be the same
    and has none."""
    other = aliased(NationalNumber)
    for kept, gone in pairs if queries.count() else ():
        has_one = exists().where(other.person_id == kept)
        change = update(NationalNumber).where(NationalNumber.person_id == gone, ~has_one).values(person_id=kept)
        db.session.execute(change, execution_options={"synchronize_session": False})
