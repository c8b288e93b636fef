"""Finds a person in what waits for a yes. Whom any upload, or we, know to be protected is not found.

What waits is sealed, so every row of every upload is opened and looked at: 30 to 60 µs a row.
"""

from collections.abc import Callable, Iterator
from datetime import datetime

from outreach.database.sealed import key_ring
from outreach.register import queries
from outreach.register.erasure import STAGED_FOR
from outreach.register.feed.meaning import Told
from outreach.register.formats.detect import Kind
from outreach.register.models import StagedExtract
from outreach.register.person_record import Fate, PersonRecord
from outreach.register.stages import Stage
from outreach.register.staging.contents.service import CHUNK_ROWS, rows_of
from outreach.register.staging.queries import marked_among
from outreach.register.staging.searching.waiting_row import Upload, WaitingRow, record_of, tellable

MOST_FOUND = 50
# What a page may look through, in two or three seconds; more is a command's. All or nothing, since what is not looked
# through may say who is protected.
MOST_ROWS_ON_A_PAGE = 50_000
# Only these hold the rows that a yes would store; the others are still being read, or nobody knows their columns.
_READ = (Stage.WAITING, Stage.ACCEPTING)


def find(is_meant: Callable[[WaitingRow], bool], *, now: datetime) -> list[WaitingRow]:
    """Return the rows that `is_meant` says are the person, at most MOST_FOUND, in the order of the uploads."""
    found: list[WaitingRow] = []
    protected: set[str] = set()
    for row in _rows(now):
        if row.record.fate is Fate.PROTECT:
            protected.update(row.marks)
        elif len(found) < MOST_FOUND and is_meant(row):
            found.append(row)
    return [row for row in tellable(found, protected) if not marked_among(_hashes(row.record))]


def of_person(identity_hash: str | None, weak_hash: str, *, now: datetime) -> list[WaitingRow]:
    """Return the rows of the person whom we hold by these hashes."""
    own = {mark for mark in (identity_hash, weak_hash and f"weak:{weak_hash}") if mark}
    return find(lambda row: not own.isdisjoint(_hashes(row.record)), now=now)


def is_much(*, now: datetime) -> bool:
    """Say whether more waits than a page may look through."""
    chunks = sum(queries.chunk_count(one.id) for one in queries.waiting(now=now) if one.stage in _READ)
    return chunks * CHUNK_ROWS > MOST_ROWS_ON_A_PAGE


def unread(*, now: datetime) -> list[StagedExtract]:
    """Return the uploads that cannot be searched, since nobody has read them to the end."""
    return [one for one in queries.waiting(now=now) if one.stage not in _READ]


def _rows(now: datetime) -> Iterator[WaitingRow]:
    for one in queries.waiting(now=now):
        if one.stage in _READ:
            upload = Upload(one.id, one.as_of, one.staged_at_utc, one.staged_at_utc + STAGED_FOR)
            yield from _rows_in(upload, is_feed=one.format == Kind.FEED)


def _rows_in(upload: Upload, *, is_feed: bool) -> Iterator[WaitingRow]:
    if is_feed:
        for place, (record, told) in enumerate(map(record_of, rows_of(upload.id, Told.from_list))):
            yield WaitingRow(upload, place, record, told)
    else:
        yield from (
            WaitingRow(upload, place, record) for place, record in enumerate(rows_of(upload.id, PersonRecord.from_list))
        )


def _hashes(record: PersonRecord) -> list[str]:
    """Return every hash under which the person may be stored or marked."""
    ring = key_ring()
    names = ring.keyed_candidates("weak", record.weak_key) if record.weak_key else ()
    numbers = [found for number in record.national_ids for found in ring.identity_candidates(number)]
    return [*numbers, *(f"weak:{name}" for name in names)]
