"""The sealed pieces of an upload."""

from collections.abc import Iterator

from sqlalchemy import func, select

from outreach.database import db
from outreach.register.models import UploadChunk


def pieces(extract_id: int) -> Iterator[tuple[int, bytes]]:
    """Yield (row id, sealed bytes) of each piece in order, one at a time."""
    for position in range(piece_count(extract_id)):
        wanted = select(UploadChunk.id, UploadChunk.bytes_sealed).order_by(UploadChunk.id)
        here = wanted.where(UploadChunk.extract_id == extract_id, UploadChunk.position == position)
        found = db.session.execute(here).first()
        if found is not None:
            yield found.id, bytes(found.bytes_sealed)


def piece_count(extract_id: int) -> int:
    """Return in how many pieces the file lies; 0 when it is erased."""
    counted = select(func.count(UploadChunk.id)).where(UploadChunk.extract_id == extract_id)
    return db.session.scalar(counted) or 0
