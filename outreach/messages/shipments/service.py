"""Notes what SvarUt calls a letter, and what it says of it. Never commits. Twice is as once."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import select

from outreach.database import db, new_id
from outreach.database.conflicts import insert_if_free
from outreach.messages.models import LetterShipment
from outreach.messages.shipments import queries
from outreach.messages.shipments.status import next_look, receipt_of
from outreach.outbox.models import OutboxMessage
from outreach.outbox.receipts.service import note as note_receipt
from outreach.outbox.states import Channel

_FIRST_LOOK = timedelta(minutes=5)


def note(message_id: int, shipment_id: str, now: datetime) -> bool:
    """Note that SvarUt calls the letter `shipment_id`; say whether that was new. A letter that is erased stays so."""
    wanted = select(OutboxMessage.event_id).where(OutboxMessage.id == message_id, OutboxMessage.event_id.is_not(None))
    event_id = db.session.scalar(wanted)
    if event_id is None or not shipment_id:
        return False
    return insert_if_free(
        LetterShipment,
        id=new_id(),
        message_id=message_id,
        event_id=event_id,
        shipment_id=shipment_id[:40],
        status="",
        next_look_at_utc=now + _FIRST_LOOK,
    )


def take(told: Mapping[str, str], ids: Mapping[int, str], now: datetime) -> int:
    """Write what SvarUt `told`, status by its id, of the letters that we asked about, `ids` by message.

    Returns for how many a letter's row came to an end by it. What it told nothing of is asked about again.
    """
    ended = 0
    for row in queries.of_messages(list(ids)):
        status = told.get(row.shipment_id, row.status)[:20]
        if status != row.status:
            row.status, row.status_at_utc = status, now
        receipt = receipt_of(status)
        if receipt is not None:
            state, reason = receipt
            note_receipt(row.message_id, state=state, channel=Channel.SVARUT, reason=reason, now=now)
            ended += 1
        row.next_look_at_utc = next_look(status, handed_over_at=queries.handed_over_at(row.message_id, now), now=now)
    db.session.flush()
    return ended
