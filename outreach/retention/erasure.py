"""What retention itself holds: the memory that someone was written to, as a keyed hash."""

from typing import Any

from sqlalchemy import CursorResult, Delete, Select, delete, select

from outreach.database import db
from outreach.events.models import Event
from outreach.retention.models import ContactMemory


def erase_memories(selected: Select[int]) -> dict[str, int]:
    """Erase the contact memories whose ids `selected` gives; return rows erased by table."""
    return _erased(delete(ContactMemory).where(ContactMemory.id.in_(selected.order_by(None))))


def erase_memory_of(identity_hashes: list[str]) -> dict[str, int]:
    """Erase what is remembered of the persons with these hashes; return rows erased by table."""
    return _erased(delete(ContactMemory).where(ContactMemory.identity_hash.in_(identity_hashes)))


def export_memory_of(identity_hashes: list[str]) -> list[dict[str, Any]]:
    """Return what is remembered of the persons with these hashes: which event, which year, whether they came."""
    wanted = (
        select(ContactMemory, Event.title)
        .join(Event, Event.id == ContactMemory.event_id)
        .where(ContactMemory.identity_hash.in_(identity_hashes))
        .order_by(ContactMemory.year, ContactMemory.id)
    )
    return [
        {"event": title, "year": row.year, "has_attended": row.has_attended}
        for row, title in db.session.execute(wanted)
    ]


def _erased(statement: Delete) -> dict[str, int]:
    result = db.session.execute(statement)
    assert isinstance(result, CursorResult)
    return {ContactMemory.__tablename__: result.rowcount}
