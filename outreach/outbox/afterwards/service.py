"""Use cases of messages that left, by a person's word. Never commits. A condition decides when two say it at once."""

from typing import Any

from sqlalchemy import CursorResult, Update, update

from outreach.database import db
from outreach.outbox.models import OutboxMessage
from outreach.outbox.states import Channel, Reason, State, may_be_said

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


def doubt_all(*, worker: str) -> int:
    """Call uncertain what `worker` handed over in files that nobody took before they were erased; return how many."""
    handed_over = OutboxMessage.state == State.HANDED_OVER.value
    mine = update(OutboxMessage).where(OutboxMessage.claimed_by == worker, handed_over)
    return _count(mine.values(state=State.UNCERTAIN.value))


def _count(statement: Update) -> int:
    result = db.session.execute(statement, execution_options={"synchronize_session": False})
    assert isinstance(result, CursorResult)
    return int(result.rowcount)
