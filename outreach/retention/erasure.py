"""What retention itself holds: the memory that someone was written to, as a keyed hash."""

from sqlalchemy import CursorResult, Delete, Select, delete

from outreach.database import db
from outreach.retention.models import ContactMemory


def erase_memories(selected: Select[int]) -> dict[str, int]:
    """Erase the contact memories whose ids `selected` gives; return rows erased by table."""
    return _erased(delete(ContactMemory).where(ContactMemory.id.in_(selected.order_by(None))))


def erase_memory_of(identity_hashes: list[str]) -> dict[str, int]:
    """Erase what is remembered of the persons with these hashes; return rows erased by table."""
    return _erased(delete(ContactMemory).where(ContactMemory.identity_hash.in_(identity_hashes)))


def _erased(statement: Delete) -> dict[str, int]:
    result = db.session.execute(statement)
    assert isinstance(result, CursorResult)
    return {ContactMemory.__tablename__: result.rowcount}
