"""Erases what this capability holds: uploads that wait, accepted, discarded or older than 24 hours.

An import itself holds counts and no person, and stays as the record of what was read when.
"""

from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, Delete, delete, func, select

from outreach.database import db
from outreach.register.models import StagedChunk, StagedExtract

STAGED_FOR = timedelta(hours=24)


def erase_staged(extract_id: int) -> dict[str, int]:
    """Erase one waiting upload; return the number of rows by table."""
    chunks = _run(delete(StagedChunk).where(StagedChunk.extract_id == extract_id))
    extracts = _run(delete(StagedExtract).where(StagedExtract.id == extract_id))
    return {"staged_extract": extracts, "staged_chunk": chunks}


def erase_expired_staging(now: datetime) -> dict[str, int]:
    """Erase each upload that has waited for 24 hours; return the number of rows by table."""
    expired = select(StagedExtract.id).where(StagedExtract.staged_at_utc <= now - STAGED_FOR)
    chunks = _run(delete(StagedChunk).where(StagedChunk.extract_id.in_(expired)))
    extracts = _run(delete(StagedExtract).where(StagedExtract.staged_at_utc <= now - STAGED_FOR))
    return {"staged_extract": extracts, "staged_chunk": chunks}


def count_expired_staging(now: datetime) -> int:
    """Return how many uploads have waited for 24 hours and are to be erased."""
    expired = select(func.count(StagedExtract.id)).where(StagedExtract.staged_at_utc <= now - STAGED_FOR)
    return db.session.scalar(expired) or 0


def _run(statement: Delete) -> int:
    done = db.session.execute(statement, execution_options={"synchronize_session": False})
    return cast("CursorResult[Any]", done).rowcount
