"""Use cases of the outbox: queue, withhold, claim, attempt, finish, recover. Never commits: the caller's edge does."""

import json
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, CursorResult, Update, and_, or_, select, update

from outreach.database import db, new_id
from outreach.database.conflicts import insert_all_if_free, insert_if_free, inserting
from outreach.database.together import Step
from outreach.outbox.message import NewMessage
from outreach.outbox.models import OutboxMessage, SendingPermit
from outreach.outbox.queries import permitted_instances
from outreach.outbox.states import Channel, Decision, Reason, State

_ROWS_A_STATEMENT = 500
T = TypeVar("T")


def queue(messages: Iterable[NewMessage], now: datetime) -> int:
    """Queue `messages` in this transaction; return how many were new.

    A message whose purpose, recipient and channel are known stays as it is: the unique constraint decides, so two that
    queue the same at once make one row.
    """
    rows = (_values(message, now) for message in messages)
    return sum(insert_all_if_free(OutboxMessage, part) for part in _parts(rows))


def queueing(message: NewMessage, now: datetime) -> Step:
    """Return the step of an act that queues a message that is new."""
    return inserting(OutboxMessage, **_values(message, now))


def _values(message: NewMessage, now: datetime) -> dict[str, Any]:
    return {
        "id": new_id(),
        "purpose": message.purpose,
        "recipient": message.recipient,
        "channel": message.channel.value,
        "kind": message.kind,
        "language": message.language,
        "references_json": json.dumps(message.references, sort_keys=True),
        "event_id": message.event_id,
        "state": (State.WITHHELD if message.withheld else State.QUEUED).value,
        "reason": message.withheld.value if message.withheld else "",
        "created_at_utc": now,
        "due_at_utc": message.due_at_utc or now,
        "claimed_by": "",
        "attempts": 0,
    }


def withhold(
    *,
    reason: Reason,
    recipient: str | None = None,
    recipients: Iterable[str] = (),
    event_id: int | None = None,
    purpose: str | None = None,
) -> int:
    """Stop what has not been given to a transport; return how many rows. Wins over a claim that has not begun.

    The given conditions all hold. Raises ValueError without any, which would stop everything.
    """
    wanted: list[ColumnElement[bool]] = []
    names = [*recipients, *([recipient] if recipient else [])]
    if event_id is not None:
        wanted.append(OutboxMessage.event_id == event_id)
    if purpose is not None:
        wanted.append(OutboxMessage.purpose == purpose)
    if not names and not wanted:
        raise ValueError("withhold needs a recipient, an event or a purpose")
    if not names:
        return _count(_withholding(reason).where(*wanted))
    return sum(_count(_withholding(reason).where(OutboxMessage.recipient.in_(part), *wanted)) for part in _parts(names))


def readdress(old: Iterable[str], new: str) -> int:
    """Make the messages to the recipients `old` those of `new`, whom they turned out to be; return how many rows.

    The purposes must differ, since a recipient has one message of each.
    """
    return sum(
        _count(update(OutboxMessage).where(OutboxMessage.recipient.in_(part)).values(recipient=new))
        for part in _parts(old)
    )


def _withholding(reason: Reason) -> Update:
    begun = OutboxMessage.attempted_at_utc.is_not(None)
    return (
        update(OutboxMessage)
        .where(or_(OutboxMessage.state == State.QUEUED, and_(OutboxMessage.state == State.CLAIMED, ~begun)))
        .values(state=State.WITHHELD.value, reason=reason.value, claimed_by="", lease_until_utc=None)
    )


def claim(channel: Channel, *, worker: str, now: datetime, lease_seconds: int, limit: int) -> list[int]:
    """Claim up to `limit` messages of `channel` that are due, the longest due first; return their ids.

    On SQLite the transaction holds the only write lock; on PostgreSQL rows that another worker holds are skipped.
    """
    due = (
        select(OutboxMessage.id)
        .where(
            OutboxMessage.state == State.QUEUED.value,
            OutboxMessage.channel == channel.value,
            OutboxMessage.due_at_utc <= now,
        )
        .order_by(OutboxMessage.due_at_utc, OutboxMessage.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    ids = list(db.session.scalars(due))
    if ids:
        lease = now + timedelta(seconds=lease_seconds)
        _count(_of(ids).values(state=State.CLAIMED.value, claimed_by=worker, lease_until_utc=lease))
    return ids


def claim_these(ids: Collection[int], *, worker: str, now: datetime, lease_seconds: int) -> int:
    """Claim the queued ones of `ids` for `worker`, who hands them over together; return how many those were."""
    lease = now + timedelta(seconds=lease_seconds)
    values = {"state": State.CLAIMED.value, "claimed_by": worker, "lease_until_utc": lease, "reason": ""}
    queued = OutboxMessage.state == State.QUEUED.value
    return sum(_count(_of(part).where(queued).values(**values)) for part in _parts(ids))


def attempt_all(*, worker: str, now: datetime) -> int:
    """Note that `worker` is about to hand over everything that it still holds; return how many rows that is."""
    held = and_(OutboxMessage.claimed_by == worker, OutboxMessage.attempted_at_utc.is_(None))
    return _count(_claimed().where(held).values(attempted_at_utc=now, attempts=OutboxMessage.attempts + 1))


def settle_all(*, worker: str, state: State, now: datetime) -> int:
    """Write what became of everything that `worker` holds, as in `settle`; return how many rows that is."""
    return _count(_claimed().where(OutboxMessage.claimed_by == worker).values(**_settled(state, None, now)))


def withhold_these(ids: Collection[int], *, reason: Reason) -> int:
    """Stop those of `ids` that have not been given to a transport; return how many rows that was."""
    return sum(_count(_withholding(reason).where(OutboxMessage.id.in_(part))) for part in _parts(ids))


def release_unattempted(*, worker: str) -> int:
    """Put back what `worker` claimed and never began; return how many. For a worker that stops in good order."""
    unbegun = and_(OutboxMessage.claimed_by == worker, OutboxMessage.attempted_at_utc.is_(None))
    return _count(_claimed().where(unbegun).values(**_back_in_queue()))


def recover_unattempted(channels: Iterable[Channel], *, dead: Collection[str], now: datetime) -> int:
    """Put back what a worker claimed and never began, when it is `dead` or its lease is over; return how many."""
    left = or_(OutboxMessage.lease_until_utc < now, OutboxMessage.claimed_by.in_(dead))
    unbegun = and_(OutboxMessage.attempted_at_utc.is_(None), left)
    return _count(_claimed().where(unbegun, _on(channels)).values(**_back_in_queue()))


def settle(ids: Iterable[int], *, state: State, reason: Reason | None = None, now: datetime) -> int:
    """Write what became of rows whose worker died: `state` HANDED_OVER, UNCERTAIN or QUEUED; return how many."""
    open_states = (State.CLAIMED.value, State.UNCERTAIN.value)
    values = _settled(state, reason, now)
    return sum(_count(_of(part).where(OutboxMessage.state.in_(open_states)).values(**values)) for part in _parts(ids))


def decide(ids: Collection[int], decision: Decision, *, now: datetime) -> int:
    """Do with doubtful rows what a person decided; return how many of `ids` were still in that doubt.

    What may have left can be counted as handed over, what is long past due can be dropped, both can be sent again.
    """
    late = and_(OutboxMessage.state == State.WITHHELD.value, OutboxMessage.reason == Reason.TOO_LATE.value)
    may_have_left = OutboxMessage.state == State.UNCERTAIN.value
    doubts = {Decision.RESEND: or_(may_have_left, late), Decision.DELIVERED: may_have_left, Decision.DROP: late}
    values = _decided(decision, now)
    return sum(_count(_of(part).where(doubts[decision]).values(**values)) for part in _parts(ids))


def _decided(decision: Decision, now: datetime) -> dict[str, Any]:
    if decision is Decision.RESEND:
        return {**_back_in_queue(Reason.DECIDED_RESEND), "due_at_utc": now}
    if decision is Decision.DROP:
        return {"reason": Reason.DECIDED_DROP.value}
    return {
        "state": State.HANDED_OVER.value,
        "reason": Reason.DECIDED_DELIVERED.value,
        "handed_over_at_utc": OutboxMessage.attempted_at_utc,
        "lease_until_utc": None,
    }


def permit(instance_id: str, now: datetime, *, confirmed: bool = False) -> bool:
    """Say whether the installation may send what this database holds.

    The first one may; another, such as a restored copy, only when a person has `confirmed` it once.
    """
    known = permitted_instances()
    if instance_id in known:
        return True
    if known and not confirmed:
        return False
    insert_if_free(SendingPermit, id=new_id(), instance_id=instance_id, confirmed_at_utc=now)
    return True


def _settled(state: State, reason: Reason | None, now: datetime) -> dict[str, Any]:
    if state is State.QUEUED:
        return _back_in_queue(reason)
    values: dict[str, Any] = {
        "state": state.value,
        "reason": reason.value if reason else "",
        "lease_until_utc": None,
    }
    return values | ({"handed_over_at_utc": now} if state is State.HANDED_OVER else {})


def _parts(items: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(items)
    while part := list(islice(rest, _ROWS_A_STATEMENT)):
        yield part


def _back_in_queue(reason: Reason | None = None) -> dict[str, Any]:
    return {
        "state": State.QUEUED.value,
        "reason": reason.value if reason else "",
        "claimed_by": "",
        "lease_until_utc": None,
        "attempted_at_utc": None,
    }


def _of(ids: list[int]) -> Update:
    return update(OutboxMessage).where(OutboxMessage.id.in_(ids))


def _claimed() -> Update:
    return update(OutboxMessage).where(OutboxMessage.state == State.CLAIMED.value)


def _on(channels: Iterable[Channel]) -> ColumnElement[bool]:
    return OutboxMessage.channel.in_([channel.value for channel in channels])


def _count(statement: Any) -> int:
    # PostgreSQL's driver tells the number of inserted rows only when asked to keep it.
    options = {"synchronize_session": False, "preserve_rowcount": True}
    result = db.session.execute(statement, execution_options=options)
    assert isinstance(result, CursorResult)
    return int(result.rowcount)
