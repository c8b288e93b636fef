"""Look-ups of staff and their sessions."""

from sqlalchemy import select

from outreach.accounts.models import StaffSession, StaffUser
from outreach.database import db


def session_by_token_hash(token_hash: str) -> StaffSession | None:
    """Return the session kept under `token_hash`, with its user."""
    return db.session.scalar(select(StaffSession).where(StaffSession.token_hash == token_hash))


def user_by_email(email: str) -> StaffUser | None:
    """Return the member of staff with `email`, in any letter case."""
    return db.session.scalar(select(StaffUser).where(StaffUser.email == email.strip().lower()))


def user_by_id(user_id: int) -> StaffUser | None:
    """Return the member of staff with `user_id`."""
    return db.session.get(StaffUser, user_id)


def all_staff() -> list[StaffUser]:
    """Return everybody with an account, by e-mail."""
    return list(db.session.scalars(select(StaffUser).order_by(StaffUser.email)))
