"""Refuse a zip bomb before anything unpacks it. Pure: a binary stream in, an error or nothing out.

What the directory of a zip file says about sizes may be a lie, so each entry is unpacked in pieces and counted, and the
counting stops at the limit (OWASP ASVS 5.0, 5.2: unpacked size is checked before use).
"""

import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from outreach.register.formats.cell_errors import FoundErrors
from outreach.register.formats.sheet_extent import SheetExtent
from outreach.register.problems import BrokenWorkbookError, OversizedWorkbookError

MOST_UNPACKED_BYTES = 600_000_000
MOST_ENTRIES = 2_000
# Real sheets pack ten to thirty times; below the floor the ratio says nothing.
MOST_RATIO = 150
_RATIO_FLOOR_BYTES = 20_000_000
_PIECE_BYTES = 1 << 18
# Sizes of the name and the extra field end a local header of thirty bytes.
_LOCAL_HEADER = struct.Struct("<26xHH")


def refuse_bomb(stream: BinaryIO) -> FoundErrors:
    """Raise OversizedWorkbookError or BrokenWorkbookError when `stream` is no workbook that is safe to unpack.

    Return which of its cells have no known value, since this is the one time that all of it is seen.
    """
    found = FoundErrors()
    size = stream.seek(0, 2)
    limit = min(MOST_UNPACKED_BYTES, max(_RATIO_FLOOR_BYTES, size * MOST_RATIO))
    try:
        with ZipFile(stream) as archive:
            entries = archive.infolist()
        _refuse_directory(entries, limit)
        left = limit
        for entry in entries:
            left -= _unpacked_bytes(stream, entry, left, found)
    except (BadZipFile, zlib.error, struct.error, OSError, EOFError, ValueError) as error:
        raise BrokenWorkbookError from error
    finally:
        stream.seek(0)
    return found


def _refuse_directory(entries: list[ZipInfo], limit: int) -> None:
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > limit:
        raise OversizedWorkbookError
    names = {entry.filename.casefold() for entry in entries}
    if not any(name.startswith("xl/workbook") and name.endswith(".xml") for name in names):
        raise BrokenWorkbookError
    # A reader that finds no sheets in the workbook may try other kinds, whose size nobody has looked at.
    if any(name == "content.xml" or (name.endswith(".bin") and "workbook" in name) for name in names):
        raise BrokenWorkbookError
    if any(entry.flag_bits & 1 or entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for entry in entries):
        raise BrokenWorkbookError


def _unpacked_bytes(stream: BinaryIO, entry: ZipInfo, most: int, found: FoundErrors) -> int:
    """Return how many bytes `entry` really unpacks to. Raises UnusableFileError above `most`, or by what it spans."""
    extent = SheetExtent()  # a sheet may lie under any name
    count = 0
    for piece in _pieces(stream, entry):
        count += len(piece)
        if count > most:
            raise OversizedWorkbookError
        extent.add(piece)
        found.add(entry.filename, piece)
    extent.finish()
    return count


def _pieces(stream: BinaryIO, entry: ZipInfo) -> Iterator[bytes]:
    stream.seek(entry.header_offset)
    stream.seek(sum(_LOCAL_HEADER.unpack(stream.read(_LOCAL_HEADER.size))), 1)
    unpacker, left = zlib.decompressobj(-zlib.MAX_WBITS), entry.compress_size
    while left > 0 and not unpacker.eof:
        packed = stream.read(min(_PIECE_BYTES, left))
        if not packed:
            raise BadZipFile
        left -= len(packed)
        if entry.compress_type == ZIP_STORED:
            yield packed
        while entry.compress_type == ZIP_DEFLATED and packed and not unpacker.eof:
            yield unpacker.decompress(packed, _PIECE_BYTES)
            packed = unpacker.unconsumed_tail
