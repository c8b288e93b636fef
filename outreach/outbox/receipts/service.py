"""Takes in receipts: a mail server's delivery report, a gateway's word. In any order, twice, early, or about nothing.

A receipt may come before the transport's own answer: then the worker finds the row settled and leaves it. It may come
about a row that is uncertain or waits to be tried again: then it tells what nobody knew, and nothing is sent twice.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import CursorResult, func, select, update

from outreach.database import db
from outreach.outbox.models import OutboxMessage
from outreach.outbox.states import Channel, Reason, State


class Noted(StrEnum):
    """What a receipt changed. UNKNOWN: no message of ours, or one that no transport ever got."""

    NEW = "new"
    REPEATED = "repeated"
    UNKNOWN = "unknown"


# What came back has come back, whatever is said of it afterwards.
_SETTLED_FOR = {State.DELIVERED: (State.DELIVERED, State.BOUNCED), State.BOUNCED: (State.BOUNCED,)}


def note(message_id: int, *, state: State, channel: Channel, reason: Reason | None = None, now: datetime) -> Noted:
    """Write that the message came through (DELIVERED) or came back (BOUNCED); say what that changed."""
    tried = (
        OutboxMessage.id == message_id,
        OutboxMessage.channel == channel.value,
        OutboxMessage.attempts > 0,
    )
    open_states = OutboxMessage.state.not_in([settled.value for settled in _SETTLED_FOR[state]])
    values: dict[str, Any] = {
        "state": state.value,
        "reason": reason.value if reason else "",
        "lease_until_utc": None,
        "handed_over_at_utc": func.coalesce(OutboxMessage.handed_over_at_utc, OutboxMessage.attempted_at_utc, now),
    }
    statement = update(OutboxMessage).where(*tried, open_states).values(**values)
    result = db.session.execute(statement, execution_options={"synchronize_session": False})
    assert isinstance(result, CursorResult)
    if result.rowcount:
        return Noted.NEW
    known = db.session.scalar(select(OutboxMessage.id).where(*tried))
    return Noted.UNKNOWN if known is None else Noted.REPEATED


def hold(ids: Collection[int], *, worker: str, now: datetime, lease_seconds: int) -> None:
    """Have `worker` hold these rows, whose own worker is gone, for as long as a lease: nobody else touches them."""
    if not ids:
        return
    mine = (OutboxMessage.id.in_(ids), OutboxMessage.state == State.CLAIMED.value)
    values = {"claimed_by": worker, "lease_until_utc": now + timedelta(seconds=lease_seconds)}
    statement = update(OutboxMessage).where(*mine).values(**values)
    db.session.execute(statement, execution_options={"synchronize_session": False})
