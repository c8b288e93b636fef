"""Notes that a message is tried, and what became of it. Each statement holds only for the worker that has the row."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, or_, update

from outreach.database import run
from outreach.outbox.backoff import next_attempt
from outreach.outbox.models import OutboxMessage
from outreach.outbox.states import Channel, Reason, State

_row = OutboxMessage.__table__
_OWNED = update(_row).where(_row.c.id == bindparam("message_id"), _row.c.claimed_by == bindparam("worker"))
_ATTEMPT = _OWNED.where(_row.c.state == State.CLAIMED.value, _row.c.attempted_at_utc.is_(None)).values(
    attempted_at_utc=bindparam("tried_at"),
    attempts=_row.c.attempts + bindparam("one", 1),
    lease_until_utc=bindparam("lease"),
    subject_hash=bindparam("goes_to"),
)
# A worker that was thought dead may still tell the truth about a row listed as uncertain.
_HELD = _OWNED.where(or_(_row.c.state == State.CLAIMED.value, _row.c.state == State.UNCERTAIN.value))
_FINISH = _HELD.values(state=bindparam("came_to"), reason=bindparam("why"), lease_until_utc=None)
_HAND_OVER = _FINISH.values(handed_over_at_utc=bindparam("at"))
_RETRY = _HELD.values(
    state=State.QUEUED.value,
    reason=Reason.TEMPORARY.value,
    claimed_by="",
    lease_until_utc=None,
    attempted_at_utc=None,
    due_at_utc=bindparam("due"),
)
# What was claimed and never given to a transport: nothing can have left.
_UNTRIED = _OWNED.where(_row.c.state == State.CLAIMED.value, _row.c.attempted_at_utc.is_(None)).values(
    state=State.QUEUED.value, claimed_by="", lease_until_utc=None
)
_POSTPONE = _UNTRIED.values(
    attempts=_row.c.attempts + bindparam("one", 1), reason=Reason.TEMPORARY.value, due_at_utc=bindparam("due")
)
_REDIRECT = _UNTRIED.values(channel=bindparam("by"), reason="", due_at_utc=bindparam("due"))


def attempt(
    message_id: int, *, worker: str, now: datetime, lease_seconds: int, subject_hash: str | None = None
) -> bool:
    """Note that `worker` is about to give the message to a transport; False when it is no longer his to send.

    Commit before sending: from here on a crash leaves a row that may have been sent.
    """
    lease = now + timedelta(seconds=lease_seconds)
    values = {"message_id": message_id, "worker": worker, "tried_at": now, "lease": lease, "goes_to": subject_hash}
    return run(_ATTEMPT, values).rowcount == 1


def finish(message_id: int, *, worker: str, state: State, reason: Reason | None = None, now: datetime) -> bool:
    """Write what became of a message that `worker` holds; False when it is no longer his."""
    why = reason.value if reason else ""
    values = {"message_id": message_id, "worker": worker, "came_to": state.value, "why": why}
    found = run(_HAND_OVER, {**values, "at": now}) if state is State.HANDED_OVER else run(_FINISH, values)
    return found.rowcount == 1


def retry_later(
    message_id: int, *, attempts: int, worker: str, now: datetime, earliest: datetime | None = None
) -> State:
    """Put a message that failed for a while back in the queue, or give it up after many attempts; return its state."""
    due_at = next_attempt(attempts, now)
    if due_at is None:
        finish(message_id, worker=worker, state=State.FAILED, reason=Reason.GAVE_UP, now=now)
        return State.FAILED
    run(_RETRY, {"message_id": message_id, "worker": worker, "due": max(due_at, earliest or due_at)})
    return State.QUEUED


def postpone(message_id: int, *, attempts: int, worker: str, now: datetime) -> State:
    """Put back a message that could not be written yet, its try counted as one of `attempts` (1 or more) though
    nothing left, or give it up after many; return its state."""
    due_at = next_attempt(attempts, now)
    if due_at is None:
        finish(message_id, worker=worker, state=State.FAILED, reason=Reason.GAVE_UP, now=now)
        return State.FAILED
    run(_POSTPONE, {"message_id": message_id, "worker": worker, "due": due_at})
    return State.QUEUED


def redirect(message_id: int, *, channel: Channel, worker: str, now: datetime) -> State:
    """Have a message that was not tried wait for `channel` instead, as the one row that it is; return its state."""
    run(_REDIRECT, {"message_id": message_id, "worker": worker, "by": channel.value, "due": now})
    return State.QUEUED
