"""Look-ups of staff and their sessions."""

from collections.abc import Iterable

from sqlalchemy import select

from outreach.accounts.models import StaffSession, StaffUser
from outreach.accounts.sign_in_attempt import Credentials
from outreach.database import db


def session_by_token_hash(token_hash: str) -> StaffSession | None:
    """Return the session kept under `token_hash`, with its user."""
    return db.session.scalar(select(StaffSession).where(StaffSession.token_hash == token_hash))


def user_by_email(email: str) -> StaffUser | None:
    """Return the member of staff with `email`, in any letter case."""
    return db.session.scalar(select(StaffUser).where(StaffUser.email == email.strip().lower()))


def user_by_id(user_id: int) -> StaffUser | None:
    """Return the member of staff with `user_id` as the database has it now, or None."""
    return db.session.get(StaffUser, user_id, populate_existing=True)


def credentials(email: str) -> Credentials | None:
    """Return what the account of `email` checks a password against, or None when there is no such account."""
    user = user_by_email(email)
    return Credentials(user.id, user.password_hash, user.is_disabled) if user else None


def emails_of(user_ids: Iterable[int]) -> dict[int, str]:
    """Return the e-mail of each of `user_ids` that has an account."""
    wanted = select(StaffUser.id, StaffUser.email).where(StaffUser.id.in_(set(user_ids))).order_by(StaffUser.id)
    return {row.id: row.email for row in db.session.execute(wanted)}


def all_staff() -> list[StaffUser]:
    """Return everybody with an account, by e-mail."""
    return list(db.session.scalars(select(StaffUser).order_by(StaffUser.email)))
