"""What messages hold on an event's guests: outbox rows, which name them by reference.

Suppressions stay, since they protect; letter batches stay, since they hold counts and acts of staff only.
"""

from sqlalchemy import CursorResult, delete

from outreach.database import db
from outreach.outbox.models import OutboxMessage


def erase_event_people(event_id: int) -> dict[str, int]:
    """Erase the outbox rows of the event; return how many rows went, by table."""
    result = db.session.execute(delete(OutboxMessage).where(OutboxMessage.event_id == event_id))
    assert isinstance(result, CursorResult)
    return {OutboxMessage.__tablename__: int(result.rowcount)}
