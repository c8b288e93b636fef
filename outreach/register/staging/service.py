"""Stages an uploaded extract, and accepts or discards it. What waits is sealed, and erased either way (trust.md 5)."""

import base64
import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import BinaryIO

from sqlalchemy import insert

from outreach.audit import service as audit
from outreach.database import db, new_id
from outreach.database.sealed import seal, unseal
from outreach.register import erasure, queries
from outreach.register.checking import CheckSummary, FileFacts, check, warnings_of
from outreach.register.formats.extract import ReadOptions, open_extract
from outreach.register.models import StagedChunk, StagedExtract
from outreach.register.person_record import Fate, PersonRecord
from outreach.register.register_row import ExtractContext
from outreach.register.service import Act, finish, hash_of, history_warnings, note_import, store, storing_for
from outreach.register.staging.preview import Preview

CHUNK_ROWS = 500
SAMPLE_ROWS = 3
_COLUMN = "staged_chunk.rows_sealed"


@dataclass(frozen=True)
class Sample:
    """A row as it was decoded, for the reader's eye: is æ an æ, is the address an address?"""

    name: str
    address: str
    moved_on: str


def stage(stream: BinaryIO, *, options: ReadOptions, context: ExtractContext, act: Act) -> StagedExtract:
    """Read and check the extract in `stream`, compare it with what we hold, and keep its rows sealed until accepted.

    Raises UnusableFileError; the caller's rollback then undoes everything. An extract without one accepted row is
    staged too, so that its problems can be shown; it cannot be accepted.
    """
    erasure.erase_expired_staging(act.now)
    trial = replace(act, is_dry_run=True)
    file_hash = hash_of(stream)
    extract = open_extract(stream, options, context)
    file = FileFacts(file_hash, extract.kind, extract.encoding, dict(extract.columns))
    staged = _new_extract(file, act)
    summary = CheckSummary()
    storing = storing_for(file, trial)
    store(storing, _kept(check(extract, context, summary), staged.id))
    warnings = warnings_of(file, summary) + history_warnings(file, trial, storing)
    finish(storing, summary)
    staged.summary_json = Preview.of(file, storing.counts, summary, warnings).to_json()
    audit.record("register.stage", subject_kind="staged_extract", subject_id=staged.id, actor=act.actor, now=act.now)
    db.session.flush()
    return staged


def accept(staged: StagedExtract, *, act: Act) -> int:
    """Store what waits and erase it from waiting; return the import's id. Raises NoRowAcceptedError."""
    preview = Preview.from_json(staged.summary_json)
    summary = CheckSummary(preview.counts.rows, preview.counts.accepted, preview.counts.rejected)
    summary.refuse_fruitless()
    file = FileFacts(staged.file_hash, staged.format, staged.encoding, preview.columns)
    storing = storing_for(file, act)
    store(storing, _waiting_records(staged.id))
    finish(storing, summary)
    erasure.erase_staged(staged.id)
    return note_import(storing, file, act)


def discard(staged: StagedExtract, *, act: Act) -> None:
    """Erase what waits."""
    audit.record("register.discard", subject_kind="staged_extract", subject_id=staged.id, actor=act.actor, now=act.now)
    erasure.erase_staged(staged.id)


def samples(extract_id: int) -> list[Sample]:
    """Return the first rows of a waiting upload, decoded; never a protected person's."""
    first = queries.chunk(extract_id, 0)
    records = (record for record in _opened(first) if record.fate is Fate.KEEP) if first else iter(())
    return [_sample(record) for record in islice(records, SAMPLE_ROWS)]


def _new_extract(file: FileFacts, act: Act) -> StagedExtract:
    staged = StagedExtract(
        staged_at_utc=act.now,
        staged_by_id=act.actor.id or 0,
        as_of=act.as_of,
        file_hash=file.file_hash,
        format=file.kind,
        encoding=file.encoding,
        summary_json="{}",
        protection_checked_by=act.checked_by,
    )
    db.session.add(staged)
    db.session.flush()
    return staged


def _kept(records: Iterable[PersonRecord], extract_id: int) -> Iterator[PersonRecord]:
    """Yield `records` on, and write each CHUNK_ROWS of them away sealed."""
    remaining = iter(records)
    position = 0
    while chunk := list(islice(remaining, CHUNK_ROWS)):
        _write_chunk(chunk, extract_id, position)
        position += 1
        yield from chunk


def _write_chunk(records: list[PersonRecord], extract_id: int, position: int) -> None:
    row_id = new_id()
    text = json.dumps([record.to_list() for record in records], ensure_ascii=False, separators=(",", ":"))
    packed = base64.b64encode(zlib.compress(text.encode(), 3)).decode("ascii")
    sealed = seal(packed, column=_COLUMN, row_id=row_id)
    values = {"id": row_id, "extract_id": extract_id, "position": position, "rows_sealed": sealed}
    db.session.execute(insert(StagedChunk), values)


def _waiting_records(extract_id: int) -> Iterator[PersonRecord]:
    for position in range(queries.chunk_count(extract_id)):
        chunk = queries.chunk(extract_id, position)
        if chunk is not None:
            yield from _opened(chunk)
            db.session.expunge(chunk)


def _opened(chunk: StagedChunk) -> Iterator[PersonRecord]:
    packed = unseal(chunk.rows_sealed, column=_COLUMN, row_id=chunk.id) or ""
    rows = json.loads(zlib.decompress(base64.b64decode(packed)))
    return (PersonRecord.from_list(row) for row in rows)


def _sample(record: PersonRecord) -> Sample:
    name = " ".join(part for part in (record.given_name, record.middle_name, record.family_name) if part)
    address = ", ".join(record.address.letter_lines()) if record.address else ""
    return Sample(name, address, record.moved_on.isoformat() if record.moved_on else "")
