"""What happens to staff accounts and their sessions. Passwords come in as typed and are kept only as argon2id."""

import secrets
from datetime import datetime

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from outreach.accounts import passwords, queries
from outreach.accounts.models import StaffSession, StaffUser
from outreach.accounts.roles import Role
from outreach.accounts.sessions import ABSOLUTE, token_hash
from outreach.audit.actor import COMMAND, Actor
from outreach.audit.service import record
from outreach.database import db
from outreach.errors import N_, NotFoundError, OutreachError


class EmailTakenError(OutreachError):
    """Somebody has an account with this e-mail."""

    message = N_("Det finnes allerede en konto med denne e-postadressen.")
    http_status = 409


class EmailUnusableError(OutreachError):
    """What was given is no e-mail address."""

    message = N_("E-postadressen er ikke gyldig.")


def create_staff(email: str, *, role: Role, password: str, now: datetime, actor: Actor = COMMAND) -> StaffUser:
    """Create the account of `email`. Raises EmailUnusableError, PasswordTooWeakError or EmailTakenError."""
    passwords.check_strength(password, email)
    user = StaffUser(
        email=_checked_email(email), role=role.value, password_hash=passwords.hashed(password), created_at_utc=now
    )
    try:
        with db.session.begin_nested():
            db.session.add(user)
    except IntegrityError as error:
        raise EmailTakenError from error
    record("staff.create", subject_kind="staff_user", subject_id=user.id, actor=actor, now=now, role=role.value)
    return user


def disable_staff(email: str, *, now: datetime, actor: Actor = COMMAND) -> StaffUser:
    """Close the account of `email` and end its sessions. Raises NotFoundError."""
    user = queries.user_by_email(email)
    if user is None:
        raise NotFoundError(N_("Det finnes ingen konto med denne e-postadressen."))
    user.is_disabled = True
    _end_sessions(user.id)
    record("staff.disable", subject_kind="staff_user", subject_id=user.id, actor=actor, now=now)
    return user


def checked_user(email: str, password: str) -> StaffUser | None:
    """Return the open account of `email` if `password` is its, else None; as slow when there is no such account."""
    user = queries.user_by_email(email)
    is_right = passwords.matches(password, user.password_hash if user else passwords.NOBODYS_HASH)
    if user is None or not is_right or user.is_disabled:
        return None
    if passwords.is_outdated(user.password_hash):
        user.password_hash = passwords.hashed(password)
    return user


def open_session(user: StaffUser, now: datetime) -> str:
    """Begin a session of `user` and return its token, which is kept nowhere on our side."""
    token = secrets.token_urlsafe(32)
    db.session.execute(delete(StaffSession).where(StaffSession.expires_at_utc <= now))
    db.session.add(
        StaffSession(
            token_hash=token_hash(token),
            user_id=user.id,
            created_at_utc=now,
            last_seen_at_utc=now,
            expires_at_utc=now + ABSOLUTE,
        )
    )
    record("staff.sign_in", subject_kind="staff_user", subject_id=user.id, actor=Actor("staff", user.id), now=now)
    return token


def close_session(token: str) -> None:
    """End the session of `token`."""
    db.session.execute(delete(StaffSession).where(StaffSession.token_hash == token_hash(token)))


def close_all_sessions(user: StaffUser, now: datetime) -> None:
    """End every session of `user`, in each browser."""
    _end_sessions(user.id)
    actor = Actor("staff", user.id)
    record("staff.sign_out_everywhere", subject_kind="staff_user", subject_id=user.id, actor=actor, now=now)


def note_seen(session_id: int, now: datetime) -> None:
    """Write when a session was last used."""
    db.session.execute(update(StaffSession).where(StaffSession.id == session_id).values(last_seen_at_utc=now))


def _end_sessions(user_id: int) -> None:
    db.session.execute(delete(StaffSession).where(StaffSession.user_id == user_id))


def _checked_email(email: str) -> str:
    try:
        return validate_email(email.strip(), check_deliverability=False, test_environment=True).normalized.lower()
    except EmailNotValidError as error:
        raise EmailUnusableError from error
