"""What happens to staff accounts and their sessions. Passwords come in as typed and are kept only as argon2id."""

import secrets
from datetime import datetime
from functools import partial

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from outreach.accounts import passwords, queries
from outreach.accounts.models import StaffSession, StaffUser
from outreach.accounts.roles import Role
from outreach.accounts.sessions import ABSOLUTE, token_hash
from outreach.accounts.sign_in_attempt import Attempt, Credentials, counters
from outreach.audit.actor import COMMAND, GUEST, Actor
from outreach.audit.service import record
from outreach.database import db
from outreach.errors import N_, OutreachError
from outreach.web import throttle
from outreach.web.throttle import Limit
from outreach.web.transactions import apart, aside

# Ten wrong tries at one account are more than a slip; an office shares one address.
_LIMITS = {
    "sign-in.browser": Limit("sign-in.browser", free_attempts=10),
    "sign-in.account": Limit("sign-in.account", free_attempts=10),
    "sign-in.address": Limit("sign-in.address", free_attempts=30),
}


class EmailTakenError(OutreachError):
    """Somebody has an account with this e-mail."""

    message = N_("Det finnes allerede en konto med denne e-postadressen.")
    http_status = 409


class SignInRefusedError(OutreachError):
    """Which of the two is wrong is not told: that would tell who has an account."""

    message = N_("E-postadressen eller passordet er feil.")


class WrongPasswordError(OutreachError):
    """The present password is not the one that was typed."""

    message = N_("Passordet du har nå, er feil.")


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


def disable_staff(user: StaffUser, *, now: datetime, actor: Actor = COMMAND) -> StaffUser:
    """Close the account of `user` and end its sessions: the next click in any browser is refused."""
    user.is_disabled = True
    _end_sessions(user.id)
    record("staff.disable", subject_kind="staff_user", subject_id=user.id, actor=actor, now=now)
    return user


def enable_staff(user: StaffUser, *, now: datetime, actor: Actor = COMMAND) -> StaffUser:
    """Open the closed account of `user` again."""
    user.is_disabled = False
    record("staff.enable", subject_kind="staff_user", subject_id=user.id, actor=actor, now=now)
    return user


def sign_in(attempt: Attempt, now: datetime) -> tuple[int, str]:
    """Return (user id, session token) of a new session. Raises TooManyAttemptsError or SignInRefusedError.

    An unknown e-mail, a wrong password and a closed account give the same answer after the same work. The password is
    checked before this transaction begins: it takes so long that guests' answers would wait for the write lock.
    """
    kept, counted = apart(lambda: _looked_up(attempt, now))
    is_right = passwords.matches(attempt.password, kept.password_hash if kept else passwords.NOBODYS_HASH)
    if kept is None or not is_right or kept.is_disabled:
        throttle.note_failure(*counted, now=now)
        _note_refusal(kept, now)
        raise SignInRefusedError
    throttle.forgive(*(pair for pair in counted if pair[0].scope != "sign-in.address"))
    _renew_hash(kept, attempt.password)
    return kept.user_id, open_session(kept.user_id, now)


def change_password(user: StaffUser, *, present: str, new: str, now: datetime) -> None:
    """Give `user` the password `new` and end every session. Raises WrongPasswordError or PasswordTooWeakError."""
    if not passwords.matches(present, user.password_hash):
        raise WrongPasswordError
    set_password(user, new, now=now, actor=Actor("staff", user.id))


def set_password(user: StaffUser, password: str, *, now: datetime, actor: Actor = COMMAND) -> None:
    """Give `user` a new password and end every session. Raises PasswordTooWeakError."""
    passwords.check_strength(password, user.email)
    user.password_hash = passwords.hashed(password)
    _end_sessions(user.id)
    record("staff.password", subject_kind="staff_user", subject_id=user.id, actor=actor, now=now)


def open_session(user_id: int, now: datetime) -> str:
    """Begin a session of `user_id` and return its token, which is kept nowhere on our side."""
    token = secrets.token_urlsafe(32)
    db.session.execute(delete(StaffSession).where(StaffSession.expires_at_utc <= now))
    db.session.add(
        StaffSession(
            token_hash=token_hash(token),
            user_id=user_id,
            created_at_utc=now,
            last_seen_at_utc=now,
            expires_at_utc=now + ABSOLUTE,
        )
    )
    record("staff.sign_in", subject_kind="staff_user", subject_id=user_id, actor=Actor("staff", user_id), now=now)
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


def _looked_up(attempt: Attempt, now: datetime) -> tuple[Credentials | None, list[tuple[Limit, str]]]:
    kept = queries.credentials(attempt.email)
    counted = [(_LIMITS[scope], subject) for scope, subject in counters(attempt, kept)]
    throttle.check_wait(*counted, now=now)
    return kept, counted


def _note_refusal(kept: Credentials | None, now: datetime) -> None:
    if kept:
        act = partial(record, "staff.sign_in_refused", subject_kind="staff_user", subject_id=kept.user_id)
        aside(partial(act, actor=GUEST, now=now))


def _renew_hash(kept: Credentials, password: str) -> None:
    if passwords.is_outdated(kept.password_hash):
        new = passwords.hashed(password)
        db.session.execute(update(StaffUser).where(StaffUser.id == kept.user_id).values(password_hash=new))


def _checked_email(email: str) -> str:
    try:
        return validate_email(email.strip(), check_deliverability=False, test_environment=True).normalized.lower()
    except EmailNotValidError as error:
        raise EmailUnusableError from error
