"""Every SELECT of the outbox, always ordered."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import func, select

from outreach.database import db
from outreach.outbox.models import OutboxMessage, SendingPermit
from outreach.outbox.states import OPEN, SENT_BY_WORKER, Channel, State


def counts() -> dict[tuple[str, str, str], int]:
    """Return how many rows there are by (channel, state, reason)."""
    keys = (OutboxMessage.channel, OutboxMessage.state, OutboxMessage.reason)
    rows = db.session.execute(select(*keys, func.count()).group_by(*keys).order_by(*keys))
    return {(channel, state, reason): number for channel, state, reason, number in rows}


def count_left(channels: Iterable[Channel]) -> int:
    """Return how many messages of `channels` have not come to an end, due now or later."""
    wanted = select(func.count()).where(
        OutboxMessage.state.in_([state.value for state in OPEN]),
        OutboxMessage.channel.in_([channel.value for channel in channels]),
    )
    return db.session.scalar(wanted) or 0


def claimants(channels: Iterable[Channel]) -> list[str]:
    """Return the workers that hold claims on `channels`."""
    wanted = select(OutboxMessage.claimed_by).where(
        OutboxMessage.state == State.CLAIMED.value,
        OutboxMessage.channel.in_([channel.value for channel in channels]),
    )
    return list(db.session.scalars(wanted.distinct().order_by(OutboxMessage.claimed_by)))


def attempts_of_the_dead(
    channels: Iterable[Channel], *, dead: Collection[str], now: datetime, limit: int
) -> list[OutboxMessage]:
    """Return rows whose worker began to send and is `dead` or has let its lease run out, the longest over first."""
    wanted = (
        select(OutboxMessage)
        .where(
            OutboxMessage.state == State.CLAIMED.value,
            OutboxMessage.channel.in_([channel.value for channel in channels]),
            OutboxMessage.attempted_at_utc.is_not(None),
            (OutboxMessage.lease_until_utc < now) | OutboxMessage.claimed_by.in_(dead),
        )
        .order_by(OutboxMessage.lease_until_utc, OutboxMessage.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return list(db.session.scalars(wanted))


def permitted_instances() -> list[str]:
    """Return the installations that may send what this database holds."""
    return list(db.session.scalars(select(SendingPermit.instance_id).order_by(SendingPermit.instance_id)))


def oldest_due(now: datetime) -> datetime | None:
    """Return when the message that has waited longest was due, for the queue's age; None when nothing waits."""
    channels = [channel.value for channel in SENT_BY_WORKER]
    return db.session.scalar(
        select(func.min(OutboxMessage.due_at_utc)).where(
            OutboxMessage.state == State.QUEUED.value,
            OutboxMessage.channel.in_(channels),
            OutboxMessage.due_at_utc <= now,
        )
    )
