"""What staff leave behind by working: sessions that are over and counts of failed attempts. They go by themselves."""

from datetime import datetime, timedelta

from sqlalchemy import Delete, delete

from outreach.accounts.models import StaffSession, StaffUser
from outreach.database import db
from outreach.web.models import AttemptCounter

_ATTEMPTS_KEPT = timedelta(days=1)


def erase_expired(now: datetime) -> dict[str, int]:
    """Erase ended sessions and attempt counters more than a day old; return rows erased by table."""
    ended = delete(StaffSession).where(StaffSession.expires_at_utc <= now)
    old = delete(AttemptCounter).where(AttemptCounter.window_utc < now - _ATTEMPTS_KEPT)
    return {name: _erased(statement) for name, statement in (("staff_session", ended), ("attempt_counter", old))}


def erase_staff(user_id: int) -> dict[str, int]:
    """Erase one account with its sessions; the audit log keeps its number, which then points at nobody."""
    sessions = delete(StaffSession).where(StaffSession.user_id == user_id)
    account = delete(StaffUser).where(StaffUser.id == user_id)
    return {name: _erased(statement) for name, statement in (("staff_session", sessions), ("staff_user", account))}


def _erased(statement: Delete) -> int:
    return int(db.session.execute(statement).rowcount)  # type: ignore[attr-defined]
