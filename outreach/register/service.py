"""Imports an extract: read, check, compare, store; one transaction, and nothing of the file is kept.

The raw bytes are read from the stream that is given and nowhere else. Reading again is harmless: the same file changes
nothing, and an older one neither overwrites what is newer nor takes protection away.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import BinaryIO, Protocol

from outreach.audit import service as audit
from outreach.audit.actor import Actor
from outreach.database import db, new_id
from outreach.database.downward import announce
from outreach.database.sealed import key_ring
from outreach.register import queries
from outreach.register.changes import Counts
from outreach.register.checking import CheckSummary, FileFacts, FileWarning, check, warnings_of
from outreach.register.formats.extract import ReadOptions, open_extract
from outreach.register.models import RegisterImport
from outreach.register.person_record import PersonRecord
from outreach.register.recognised import StoringTerms
from outreach.register.register_row import ExtractContext
from outreach.register.storing.service import BATCH_ROWS, Storing

_PIECE_BYTES = 1 << 20


class RegisterSettings(Protocol):
    """The settings that reading an extract depends on."""

    @property
    def municipality_numbers(self) -> tuple[str, ...]:
        """Return the numbers that are this municipality, the newest first."""

    @property
    def synthetic_numbers_allowed(self) -> bool:
        """Say whether test numbers are taken."""


@dataclass(frozen=True)
class Act:
    """One reading of a file: by whom, when, and what is said about it.

    `as_of` is the day the extract was made; `checked_by` names who answers for protection, or is empty; a trial
    (`is_dry_run`) stores nothing; `progress` hears how many rows have been read.
    """

    as_of: date
    actor: Actor
    now: datetime
    checked_by: str = ""
    is_dry_run: bool = False
    progress: Callable[[int], None] = lambda _rows: None


@dataclass(frozen=True)
class ImportResult:
    """What an import, or a trial of one, did. `import_id` is None when nothing was stored."""

    import_id: int | None
    file: FileFacts
    counts: Counts
    summary: CheckSummary
    warnings: list[FileWarning]


def context_for(settings: RegisterSettings, *, as_of: date, today: date) -> ExtractContext:
    """Return what the formats and rules need to know around an extract of the day `as_of`."""
    return ExtractContext(
        municipalities=queries.municipalities(settings.municipality_numbers),
        postcodes=queries.postcodes(),
        as_of=as_of,
        today=today,
        synthetic_allowed=settings.synthetic_numbers_allowed,
    )


def import_extract(stream: BinaryIO, *, options: ReadOptions, context: ExtractContext, act: Act) -> ImportResult:
    """Read the extract in `stream` and store it, or only compare when it is a trial.

    Raises UnusableFileError when the file as a whole cannot be used; the caller's rollback then undoes everything. When
    no row is accepted nothing is stored: `summary.refuse_fruitless` raises, after the problems have been shown.
    """
    same_file = hashes_of(stream)
    extract = open_extract(stream, options, context)
    file = FileFacts(same_file[0], extract.kind, extract.encoding, dict(extract.columns))
    summary = CheckSummary()
    storing = storing_for(file, act)
    store(storing, check(extract, context, summary), progress=lambda: act.progress(summary.rows))
    warnings = warnings_of(file, summary) + history_warnings(same_file, act, storing)
    import_id = None
    finish(storing, summary)
    if summary.accepted and not act.is_dry_run:
        import_id = note_import(storing, file, act)
    return ImportResult(import_id, file, storing.counts, summary, warnings)


def storing_for(file: FileFacts, act: Act, *, import_id: int | None = None) -> Storing:
    """Return the storing of a file: an older extract, or a table without grading, takes no protection away."""
    latest = queries.latest_import()
    is_newest = latest is None or act.as_of >= latest.as_of
    return Storing(
        StoringTerms(
            import_id=import_id or new_id(),
            as_of=act.as_of,
            now=act.now,
            may_lift_protection=is_newest and file.has_grading,
            is_newest=is_newest,
            is_dry_run=act.is_dry_run,
        )
    )


def store(storing: Storing, records: Iterable[PersonRecord], *, progress: Callable[[], None] = lambda: None) -> None:
    """Add `records` in batches."""
    remaining = iter(records)
    while batch := list(islice(remaining, BATCH_ROWS)):
        storing.add(batch)
        progress()


def finish(storing: Storing, summary: CheckSummary) -> None:
    """End the storing when there is anything to store, and count what was checked beside it."""
    counts = storing.finish() if summary.accepted else storing.counts
    counts.rows, counts.accepted, counts.rejected = summary.rows, summary.accepted, summary.rejected


def history_warnings(same_file: Sequence[str], act: Act, storing: Storing) -> list[FileWarning]:
    """Return what the imports before give reason to warn of; `same_file` is what `hashes_of` says of the file."""
    latest = queries.latest_import()
    found = {
        FileWarning.SAME_FILE: queries.is_imported(same_file),
        FileWarning.OLDER: latest is not None and act.as_of < latest.as_of,
        FileWarning.MUCH_SMALLER: storing.is_much_smaller(),
    }
    return [warning for warning, holds in found.items() if holds]


def note_import(storing: Storing, file: FileFacts, act: Act) -> int:
    """Record that the extract was read; return the import's id."""
    counts = storing.counts.to_dict()
    db.session.add(
        RegisterImport(
            id=storing.import_id,
            as_of=act.as_of,
            imported_at_utc=_moment_after_the_last(act.now),
            imported_by_id=act.actor.id,
            file_hash=file.file_hash,
            format=file.kind,
            encoding=file.encoding,
            row_count=counts["rows"],
            counts_json=json.dumps(counts),
            protection_checked_by=act.checked_by,
        )
    )
    # How many are protected is no business of those who read the log, so nothing to subtract from stands there.
    told = {name: number for name, number in counts.items() if name in ("rejected", "new", "changed")}
    audit.record(
        "register.import",
        subject_kind="register_import",
        subject_id=storing.import_id,
        actor=act.actor,
        now=act.now,
        **told,
    )
    db.session.flush()
    announce("register_read")
    return storing.import_id


def _moment_after_the_last(now: datetime) -> datetime:
    """Return `now`, or just after the last import when the clock has not moved since: the order must be sure."""
    last = queries.last_read_at()
    return now if last is None or last < now else last + timedelta(microseconds=1)


def hashes_of(stream: BinaryIO) -> tuple[str, ...]:
    """Return the keyed hash of the whole of `stream` by each generation of keys, the newest first.

    The stream is left at its start. The first is for keeping, all of them for finding the same file again.
    """
    digest = hashlib.sha256()
    while piece := stream.read(_PIECE_BYTES):
        digest.update(piece)
    stream.seek(0)
    return key_ring().keyed_candidates("extract", digest.hexdigest())
