"""Reads the national numbers that are kept."""

from collections.abc import Collection

from sqlalchemy import func, select

from outreach.database import db
from outreach.database.sealed import key_ring
from outreach.people.models import NationalNumber


def numbers_of(person_ids: Collection[int]) -> dict[int, str]:
    """Return the numbers that are kept of these persons (some thousand at most), opened, by person."""
    if not person_ids:
        return {}
    wanted = select(NationalNumber.id, NationalNumber.person_id, NationalNumber.number_sealed)
    rows = db.session.execute(wanted.where(NationalNumber.person_id.in_(person_ids)).order_by(NationalNumber.id))
    unseal = key_ring().unseal
    return {
        person_id: unseal(sealed, column="national_number.number_sealed", row_id=row_id)
        for row_id, person_id, sealed in rows
    }


def with_number(person_ids: Collection[int]) -> set[int]:
    """Return which of these persons (some thousand at most) a number is kept of."""
    wanted = select(NationalNumber.person_id).where(NationalNumber.person_id.in_(person_ids))
    return set(db.session.scalars(wanted.order_by(NationalNumber.person_id)))


def count() -> int:
    """Return how many numbers are kept."""
    return db.session.scalar(select(func.count()).select_from(NationalNumber)) or 0
