"""The rows of messages that are about to be tried, without the session's unit of work."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, select

from outreach.database import db, run
from outreach.outbox.models import OutboxMessage

_row = OutboxMessage.__table__
_HELD_BY = select(_row).where(_row.c.id == bindparam("message_id"), _row.c.claimed_by == bindparam("worker"))


def held_by(message_id: int, worker: str) -> Any:
    """Return the row as it is now, with the columns of OutboxMessage, when `worker` holds it; else None."""
    rows = run(_HELD_BY, {"message_id": message_id, "worker": worker}).rows
    return rows[0] if rows else None


def rows_held(message_ids: Sequence[int], worker: str) -> Sequence[Any]:
    """Return the rows of these messages (a claim's) that `worker` holds, by id, with the columns of OutboxMessage."""
    wanted = select(_row).where(_row.c.id.in_(message_ids), _row.c.claimed_by == worker)
    return db.session.execute(wanted.order_by(_row.c.id)).all()
