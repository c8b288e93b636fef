"""Use cases of messages that left, by a person's word. Never commits. A condition decides when two say it at once."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, Update, and_, or_, update

from outreach.database import db
from outreach.outbox.models import OutboxMessage
from outreach.outbox.states import Channel, Reason, State, may_be_said

# SQLite takes 32,766 values in one statement.
_ROWS_A_STATEMENT = 10_000
# Nothing of the last attempt is left on a letter that waits again: to be printed, whoever delivered it before.
_UNTRIED: dict[str, Any] = {
    "channel": Channel.LETTER.value, "claimed_by": "", "lease_until_utc": None, "attempted_at_utc": None,
}  # fmt: skip


def change_state(message_id: int, *, was: State, then: State, reason: Reason | None = None) -> bool:
    """Write what a person says of a message that left; False when it is no longer in the state `was`.

    Raises ValueError where `then` may not follow.
    """
    if not may_be_said(was, then):
        raise ValueError(f"{then} does not follow {was}")
    values = {
        "state": then.value,
        "reason": reason.value if reason else "",
        **(_UNTRIED if then is State.QUEUED else {}),
    }
    asked = update(OutboxMessage).where(OutboxMessage.id == message_id, OutboxMessage.state == was.value)
    return _count(asked.values(**values)) == 1


def change_channel(ids: Collection[int] | None, *, was: Channel, then: Channel, now: datetime) -> int:
    """Have those of `ids` (None: all) that wait for `was` wait for `then` instead; return how many those were."""
    waiting = (OutboxMessage.state == State.QUEUED.value, OutboxMessage.channel == was.value)
    change = update(OutboxMessage).where(*waiting).values(channel=then.value, due_at_utc=now)
    if ids is None:
        return _count(change)
    chosen = list(ids)
    parts = [chosen[at : at + _ROWS_A_STATEMENT] for at in range(0, len(chosen), _ROWS_A_STATEMENT)]
    return sum(_count(change.where(OutboxMessage.id.in_(part))) for part in parts)


def print_instead(event_id: int, *, now: datetime) -> int:
    """Have what SvarUt refused or could not deliver of an event's letters wait for print; return how many."""
    undelivered = OutboxMessage.reason.in_([Reason.REJECTED.value, Reason.BOUNCED_PERMANENT.value])
    came_back = and_(OutboxMessage.state == State.BOUNCED.value, undelivered)
    values = {**_UNTRIED, "state": State.QUEUED.value, "reason": "", "due_at_utc": now}
    mine = (OutboxMessage.event_id == event_id, OutboxMessage.channel == Channel.SVARUT.value)
    stuck = or_(OutboxMessage.state == State.FAILED.value, came_back)
    return _count(update(OutboxMessage).where(*mine, stuck).values(**values))


def doubt_all(*, worker: str) -> int:
    """Call uncertain what `worker` handed over in files that nobody took before they were erased; return how many."""
    handed_over = OutboxMessage.state == State.HANDED_OVER.value
    mine = update(OutboxMessage).where(OutboxMessage.claimed_by == worker, handed_over)
    return _count(mine.values(state=State.UNCERTAIN.value))


def _count(statement: Update) -> int:
    result = db.session.execute(statement, execution_options={"synchronize_session": False})
    assert isinstance(result, CursorResult)
    return int(result.rowcount)
