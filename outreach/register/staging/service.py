"""Takes an upload from its bytes to acceptance: looked at, checked against what we hold, accepted or discarded.

What waits is sealed, and erased either way (promises.md 5). A small file is read in the request that brings it, a large
one by a worker; the steps are the same, and `Pace` is the difference.
"""

from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import Any, BinaryIO, cast

from sqlalchemy import CursorResult, update
from sqlalchemy.orm.attributes import set_committed_value

from outreach.audit import service as audit
from outreach.database import db
from outreach.errors import N_, NotFoundError, OutreachError
from outreach.register import erasure, queries
from outreach.register.checking import CheckSummary, FileFacts, check, warnings_of
from outreach.register.columns import service as columns
from outreach.register.columns.choice import Choice, needs_a_person
from outreach.register.diff import Change, Example
from outreach.register.formats.detect import Kind
from outreach.register.formats.extract import ReadOptions, kind_in, open_extract
from outreach.register.formats.looking import FileLook, look_at
from outreach.register.jobs import service as jobs
from outreach.register.models import StagedExtract
from outreach.register.person_record import PersonRecord
from outreach.register.register_row import ExtractContext
from outreach.register.service import Act, finish, hashes_of, history_warnings, note_import, store, storing_for
from outreach.register.stages import CORRECTABLE, JobKind, MappingOrigin, Stage
from outreach.register.staging.contents import service as contents
from outreach.register.staging.feeds import service as feeds
from outreach.register.staging.pace import AtOnce, Pace
from outreach.register.staging.preview import Preview
from outreach.register.storing.queries import resident_ids
from outreach.register.storing.service import BATCH_ROWS, Storing
from outreach.register.uploads import service as uploads

# About two thousand people, read or stored within a second of the processor (measured: 0.8 s and 0.5 s). The rest is a
# worker's.
SMALL_ROWS = 2_000
SMALL_BYTES = {Kind.FREG: 6_000_000, Kind.CSV: 250_000, Kind.XLSX: 150_000, Kind.FEED: 6_000_000}


class BusyError(OutreachError):
    """Somebody or something else is at work on the upload."""

    message = N_("Uttrekket er allerede under arbeid. Vent til det er ferdig.")
    http_status = 409


@dataclass(frozen=True)
class _Reading:
    """One reading of an upload, as values: its bytes and everything around."""

    extract_id: int
    size_bytes: int
    file_hash: str
    choice: Choice
    origin: str
    stream: BinaryIO
    context: ExtractContext
    act: Act
    pace: Pace

    @property
    def options(self) -> ReadOptions:
        return self.choice.options(protection_is_checked=bool(self.act.checked_by))


def bring(stream: BinaryIO, *, act: Act) -> StagedExtract:
    """Keep the file in `stream` sealed, to be read; older uploads whose time is over go."""
    erasure.erase_expired_staging(act.now)
    staged = StagedExtract(
        staged_at_utc=act.now,
        staged_by_id=act.actor.id or 0,
        as_of=act.as_of,
        file_hash=hashes_of(stream)[0],
        format="",
        encoding="",
        summary_json="{}",
        protection_checked_by=act.checked_by,
        stage=Stage.CHECKING.value,
        size_bytes=0,
    )
    staged.options_json, staged.mapping_origin, staged.fault_json = "{}", "", ""
    db.session.add(staged)
    db.session.flush()
    staged.size_bytes = uploads.keep(stream, staged.id)
    audit.record("register.stage", subject_kind="staged_extract", subject_id=staged.id, actor=act.actor, now=act.now)
    db.session.flush()
    return staged


def read(staged: StagedExtract, stream: BinaryIO, *, context: ExtractContext, act: Act, pace: Pace) -> None:
    """Look at the file in `stream` and, unless a person must say what the columns are, check it against what we hold.

    Raises UnusableFileError. An extract without one accepted row waits too, so that its problems can be shown; it
    cannot be accepted.
    """
    choice, origin = Choice.from_json(staged.options_json), staged.mapping_origin
    facts = (staged.id, staged.size_bytes, staged.file_hash)
    reading, look = pace.apart(partial(_look, _Reading(*facts, choice, origin, stream, context, act, pace)))
    contents.keep_look(staged, look)
    staged.format, staged.encoding = look.kind.value, look.encoding
    staged.options_json, staged.mapping_origin = reading.choice.to_json(), reading.origin
    asks = needs_a_person(look, protection_is_checked=bool(act.checked_by))
    if asks and reading.origin != MappingOrigin.CHOSEN:
        staged.stage = Stage.COLUMNS.value
        db.session.flush()
        return
    erasure.erase_rows(reading.extract_id)
    db.session.flush()
    pace.checkpoint(0, None)
    if look.kind is Kind.FEED:
        feeds.check(staged, stream, options=reading.options, context=context, act=act, pace=pace)
    else:
        _check(staged, reading)
    staged.stage = Stage.WAITING.value
    db.session.flush()


def go_on(staged: StagedExtract, stream: BinaryIO, *, context: ExtractContext, act: Act) -> None:
    """Read a small file now, and have a worker read a large one. Raises UnusableFileError."""
    options = Choice.from_json(staged.options_json).options(protection_is_checked=False)
    if staged.size_bytes <= SMALL_BYTES[kind_in(stream, options)]:
        read(staged, stream, context=context, act=act, pace=AtOnce())
    else:
        jobs.queue(staged.id, JobKind.CHECK, actor_id=act.actor.id, now=act.now)


def choose(staged: StagedExtract, choice: Choice, look: FileLook, *, act: Act) -> None:
    """Take a person's word for columns and encoding, remember it, and have the file read anew. Raises BusyError."""
    move(staged, Stage.CHECKING, among=CORRECTABLE)
    staged.options_json, staged.mapping_origin = choice.to_json(), MappingOrigin.CHOSEN.value
    staged.protection_checked_by = act.checked_by
    staged.fault_json, staged.summary_json, staged.examples_sealed = "", "{}", None
    erasure.erase_rows(staged.id)
    columns.remember(look, choice, actor_id=act.actor.id, now=act.now)
    note = partial(audit.record, "register.choose_columns", subject_kind="staged_extract", subject_id=staged.id)
    note(actor=act.actor, now=act.now)
    db.session.flush()


def accept(staged: StagedExtract, *, act: Act, is_queued: bool = False) -> None:
    """Store what waits and erase it: an extract leaves its id to its import, a feed to its note in the log.

    `is_queued`: by the worker that was asked to. Raises NoRowAcceptedError, NoEventAcceptedError, BusyError.
    """
    move(staged, Stage.ACCEPTING, among=frozenset({Stage.ACCEPTING if is_queued else Stage.WAITING}))
    if staged.format == Kind.FEED:
        feeds.accept(staged, act=act)
        return
    preview = Preview.from_json(staged.summary_json)
    summary = CheckSummary(preview.counts.rows, preview.counts.accepted, preview.counts.rejected)
    summary.refuse_fruitless()
    file = FileFacts(staged.file_hash, staged.format, staged.encoding, preview.columns)
    storing = storing_for(file, act, import_id=staged.id)
    store(storing, contents.rows_of(staged.id, PersonRecord.from_list))
    finish(storing, summary)
    erasure.erase_staged(staged.id)
    note_import(storing, file, act)


def accept_or_queue(staged: StagedExtract, *, act: Act) -> None:
    """Store a small extract now, and have a worker store a large one. Raises NoRowAcceptedError, BusyError."""
    counts = Preview.from_json(staged.summary_json).counts if staged.stage == Stage.WAITING else None
    if counts is None or counts.accepted <= SMALL_ROWS:
        accept(staged, act=act)
        return
    move(staged, Stage.ACCEPTING, among=frozenset({Stage.WAITING}))
    staged.fault_json = ""
    jobs.queue(staged.id, JobKind.ACCEPT, actor_id=act.actor.id, now=act.now)


def discard(staged: StagedExtract, *, act: Act) -> None:
    """Erase what waits, and stop the reading of it. Raises BusyError while it is being stored."""
    move(staged, Stage.UNUSABLE, among=frozenset(Stage) - {Stage.ACCEPTING})
    audit.record("register.discard", subject_kind="staged_extract", subject_id=staged.id, actor=act.actor, now=act.now)
    erasure.erase_staged(staged.id)


def move(staged: StagedExtract, stage: Stage, *, among: frozenset[Stage]) -> None:
    """Bring the upload to `stage` from one `among` those; two who try at once do not both. Raises BusyError."""
    held = update(StagedExtract).where(StagedExtract.id == staged.id, StagedExtract.stage.in_(sorted(among)))
    options = {"synchronize_session": False}
    moved = db.session.execute(held.values(stage=stage.value), execution_options=options)
    if cast("CursorResult[Any]", moved).rowcount != 1:
        raise BusyError if queries.is_staged(staged.id) else NotFoundError
    set_committed_value(staged, "stage", stage.value)


def _look(reading: _Reading) -> tuple[_Reading, FileLook]:
    """Return the reading by what somebody chose, now or for a table like this before, and what is seen so."""
    look = look_at(reading.stream, reading.options, reading.context)
    if reading.origin == MappingOrigin.CHOSEN:
        return reading, look
    remembered = columns.recall(look)
    if remembered is None:
        return replace(reading, origin=MappingOrigin.RECOGNISED.value), look
    reading = replace(reading, choice=remembered, origin=MappingOrigin.REMEMBERED.value)
    return reading, look_at(reading.stream, reading.options, reading.context)


def _check(staged: StagedExtract, reading: _Reading) -> None:
    """Compare every row with what we hold, and keep rows, counts, problems and examples for the preview."""
    pace, trial = reading.pace, replace(reading.act, is_dry_run=True)
    # The key may have been changed since the file was brought, so its hash is taken anew.
    same_file = hashes_of(reading.stream)
    extract = open_extract(reading.stream, reading.options, reading.context)
    file = FileFacts(reading.file_hash, extract.kind, extract.encoding, dict(extract.columns))
    summary = CheckSummary()
    storing = pace.apart(lambda: storing_for(file, trial, import_id=reading.extract_id))
    records, position = check(extract, reading.context, summary), 0
    while batch := list(islice(records, BATCH_ROWS)):
        pace.apart(partial(storing.add, batch))
        position = contents.write_rows(batch, reading.extract_id, position)
        done = min(99, 100 * reading.stream.tell() // reading.size_bytes) if extract.encoding else None
        pace.checkpoint(summary.rows, done)
    warnings = warnings_of(file, summary) + pace.apart(lambda: history_warnings(same_file, trial, storing))
    examples = pace.apart(lambda: _finished(storing, summary))
    staged.summary_json = Preview.of(file, storing, summary, warnings).to_json()
    contents.keep_examples(staged, examples)


def _finished(storing: Storing, summary: CheckSummary) -> dict[Change, list[Example]]:
    finish(storing, summary)
    if storing.diff.counts[Change.GONE]:
        absent = storing.diff.absent_among(resident_ids())
        storing.diff.examples[Change.GONE] = contents.examples_of_held(absent)
    examples = storing.diff.without(storing.marks())
    return {change: contents.beside_what_we_hold(some) for change, some in examples.items()}
