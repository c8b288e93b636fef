"""Erases what this capability holds: uploads that wait, accepted, discarded or too old, and the bytes of their files.

An import itself holds counts and no person, and stays as the record of what was read when; so does a choice of columns.
"""

from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, Delete, delete, func, or_, select

from outreach.database import db
from outreach.register.models import RegisterJob, StagedChunk, StagedExtract, UploadChunk

STAGED_FOR = timedelta(hours=24)
# How long a file may be read again with other columns, before it must be brought anew.
UPLOAD_KEPT_FOR = timedelta(hours=1)


def erase_staged(extract_id: int) -> dict[str, int]:
    """Erase one waiting upload with everything that hangs on it; return the number of rows by table."""
    return _erase(StagedExtract.id == extract_id)


def erase_rows(extract_id: int) -> int:
    """Erase the allow-listed rows of one upload, which is read anew; return how many chunks they were."""
    return _run(delete(StagedChunk).where(StagedChunk.extract_id == extract_id))


def erase_upload(extract_id: int) -> int:
    """Erase the bytes of one uploaded file; return in how many pieces they were."""
    return _run(delete(UploadChunk).where(UploadChunk.extract_id == extract_id))


def erase_expired_staging(now: datetime) -> dict[str, int]:
    """Erase each upload that has waited for 24 hours, and the bytes of each file after one hour; rows by table."""
    erased = _erase(StagedExtract.staged_at_utc <= now - STAGED_FOR)
    old = select(StagedExtract.id).where(StagedExtract.staged_at_utc <= now - UPLOAD_KEPT_FOR)
    erased["upload_chunk"] += _run(delete(UploadChunk).where(UploadChunk.extract_id.in_(old)))
    return erased


def count_expired_staging(now: datetime) -> int:
    """Return how many uploads hold something whose time is over."""
    has_bytes = select(UploadChunk.id).where(UploadChunk.extract_id == StagedExtract.id).exists()
    is_over = or_(
        StagedExtract.staged_at_utc <= now - STAGED_FOR,
        (StagedExtract.staged_at_utc <= now - UPLOAD_KEPT_FOR) & has_bytes,
    )
    return db.session.scalar(select(func.count(StagedExtract.id)).where(is_over)) or 0


def _erase(which: ColumnElement[bool]) -> dict[str, int]:
    ids = select(StagedExtract.id).where(which)
    parts = {
        table.__tablename__: _run(delete(table).where(table.extract_id.in_(ids)))
        for table in (StagedChunk, UploadChunk, RegisterJob)
    }
    return {"staged_extract": _run(delete(StagedExtract).where(which)), **parts}


def _run(statement: Delete) -> int:
    done = db.session.execute(statement, execution_options={"synchronize_session": False})
    return cast("CursorResult[Any]", done).rowcount
