"""The row of a message that is about to be tried, without the session's unit of work."""

from typing import Any

from sqlalchemy import bindparam, select

from outreach.database import run
from outreach.outbox.models import OutboxMessage

_row = OutboxMessage.__table__
_HELD_BY = select(_row).where(_row.c.id == bindparam("message_id"), _row.c.claimed_by == bindparam("worker"))


def held_by(message_id: int, worker: str) -> Any:
    """Return the row as it is now, with the columns of OutboxMessage, when `worker` holds it; else None."""
    rows = run(_HELD_BY, {"message_id": message_id, "worker": worker}).rows
    return rows[0] if rows else None
