"""Keeps an uploaded file sealed until it has been read, and gives it back as a stream (ADR 0008).

The bytes lie in clear nowhere: sealed in the database, and while they are read in a temporary file without a name.
"""

import base64
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from sqlalchemy import insert

from outreach.database import db, new_id
from outreach.database.sealed import seal, unseal
from outreach.errors import N_
from outreach.register.models import UploadChunk
from outreach.register.problems import UnusableFileError
from outreach.register.uploads import queries

PIECE_BYTES = 1 << 20
_COLUMN = "upload_chunk.bytes_sealed"
_FASTEST = 1


class UploadGoneError(UnusableFileError):
    """The hour is over, so the file's bytes are erased."""

    message = N_("Filen er slettet, for det er over en time siden du hentet den inn. Velg den på nytt.")


def keep(stream: BinaryIO, extract_id: int) -> int:
    """Seal what is in `stream`, which is left at its start, for the extract; return its size in bytes."""
    position = size_bytes = 0
    while piece := stream.read(PIECE_BYTES):
        db.session.execute(insert(UploadChunk), _row(piece, extract_id, position))
        position += 1
        size_bytes += len(piece)
    stream.seek(0)
    return size_bytes


@contextmanager
def opened(extract_id: int) -> Iterator[BinaryIO]:
    """Give the file back as a stream within the block. Raises UploadGoneError."""
    with TemporaryFile() as stream:
        for row_id, sealed in queries.pieces(extract_id):
            stream.write(_piece(row_id, sealed))
        if not stream.tell():
            raise UploadGoneError
        stream.seek(0)
        yield cast("BinaryIO", stream)


def _row(piece: bytes, extract_id: int, position: int) -> dict[str, object]:
    row_id = new_id()
    packed = base64.b64encode(zlib.compress(piece, _FASTEST)).decode("ascii")
    sealed = seal(packed, column=_COLUMN, row_id=row_id)
    return {"id": row_id, "extract_id": extract_id, "position": position, "bytes_sealed": sealed}


def _piece(row_id: int, sealed: bytes) -> bytes:
    return zlib.decompress(base64.b64decode(unseal(sealed, column=_COLUMN, row_id=row_id) or ""))
