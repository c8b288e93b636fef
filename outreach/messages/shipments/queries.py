"""Which letters SvarUt must be asked about, and what it said of an event's letters."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select

from outreach.database import db
from outreach.messages.models import LetterShipment
from outreach.outbox.models import OutboxMessage
from outreach.outbox.states import Channel, State

# One question asks about so many; SvarUt states no limit.
MOST_ASKED = 200


def unnamed(limit: int) -> list[int]:
    """Return letters that SvarUt has and whose id there we do not know: we heard of them by our reference alone."""
    known = select(LetterShipment.message_id)
    wanted = select(OutboxMessage.id).where(
        OutboxMessage.channel == Channel.SVARUT.value,
        OutboxMessage.state == State.HANDED_OVER.value,
        OutboxMessage.id.not_in(known),
    )
    return list(db.session.scalars(wanted.order_by(OutboxMessage.id).limit(limit)))


def due(now: datetime) -> dict[int, str]:
    """Return the letters that it is time to ask about, MOST_ASKED at most: SvarUt's ids by message."""
    columns = select(LetterShipment.message_id, LetterShipment.shipment_id)
    wanted = columns.where(LetterShipment.next_look_at_utc <= now)
    rows = db.session.execute(wanted.order_by(LetterShipment.next_look_at_utc, LetterShipment.id).limit(MOST_ASKED))
    return {row[0]: row[1] for row in rows}


def of_messages(message_ids: Collection[int]) -> list[LetterShipment]:
    """Return what we know of these letters in SvarUt."""
    wanted = select(LetterShipment).where(LetterShipment.message_id.in_(message_ids))
    return list(db.session.scalars(wanted.order_by(LetterShipment.id)))


def handed_over_at(message_id: int, otherwise: datetime) -> datetime:
    """Return when the letter was handed over; `otherwise` for one that is gone."""
    wanted = select(OutboxMessage.handed_over_at_utc).where(OutboxMessage.id == message_id)
    return db.session.scalar(wanted) or otherwise


def counts(event_id: int) -> dict[tuple[str, str], int]:
    """Return how many of the event's letters by SvarUt there are by (state of the row, SvarUt's status)."""
    status = func.coalesce(LetterShipment.status, "")
    rows = db.session.execute(
        select(OutboxMessage.state, status, func.count())
        .outerjoin(LetterShipment, LetterShipment.message_id == OutboxMessage.id)
        .where(OutboxMessage.event_id == event_id, OutboxMessage.channel == Channel.SVARUT.value)
        .group_by(OutboxMessage.state, status)
        .order_by(OutboxMessage.state, status)
    )
    return {(state, told): number for state, told, number in rows}
