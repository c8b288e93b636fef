"""How the messages of one purpose stand."""

from collections.abc import Collection

from sqlalchemy import func, select

from outreach.database import db
from outreach.outbox.models import OutboxMessage
from outreach.outbox.states import OPEN

Standing = tuple[str, str, str]


def standings(purpose: str) -> dict[Standing, int]:
    """Return how many messages of `purpose` there are by (channel, state, reason)."""
    keys = (OutboxMessage.channel, OutboxMessage.state, OutboxMessage.reason)
    rows = select(*keys, func.count()).where(OutboxMessage.purpose == purpose).group_by(*keys).order_by(*keys)
    return {(channel, state, reason): number for channel, state, reason, number in db.session.execute(rows)}


def recipients(purpose: str, standing: Standing) -> list[str]:
    """Return whom the messages of `purpose` that stand so are for, in a fixed order."""
    channel, state, reason = standing
    wanted = select(OutboxMessage.recipient).where(
        OutboxMessage.purpose == purpose,
        OutboxMessage.channel == channel,
        OutboxMessage.state == state,
        OutboxMessage.reason == reason,
    )
    return list(db.session.scalars(wanted.order_by(OutboxMessage.recipient)))


def purposes_at_work(purposes: Collection[str]) -> set[str]:
    """Return which of `purposes` have messages that have not come to an end."""
    wanted = select(OutboxMessage.purpose).where(
        OutboxMessage.purpose.in_(list(purposes)), OutboxMessage.state.in_([state.value for state in OPEN])
    )
    return set(db.session.scalars(wanted.distinct().order_by(OutboxMessage.purpose)))
