"""What messages hold on an event's guests: outbox rows name them by reference. Suppressions are kept: they protect."""

from sqlalchemy import CursorResult, delete

from outreach.database import db
from outreach.messages.models import LetterBatch
from outreach.outbox.models import OutboxMessage


def erase_event_people(event_id: int) -> dict[str, int]:
    """Erase the outbox rows and letter batches of the event; return how many rows went, by table."""
    erased = {}
    for table in (OutboxMessage, LetterBatch):
        result = db.session.execute(delete(table).where(table.event_id == event_id))
        assert isinstance(result, CursorResult)
        erased[table.__tablename__] = int(result.rowcount)
    return erased
