"""Every SELECT of the register's imports and waiting uploads, and the tables shipped beside the code."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from pathlib import Path

from sqlalchemy import func, select

from outreach.database import db
from outreach.errors import NotFoundError
from outreach.people.models import Household, Person
from outreach.register.erasure import STAGED_FOR
from outreach.register.models import RegisterImport, StagedChunk, StagedExtract
from outreach.register.municipalities import Municipalities, Postcodes
from outreach.register.stages import Stage

_DATA = Path(__file__).parent / "data"
SHOWN_IMPORTS = 50


def latest_import() -> RegisterImport | None:
    """Return the import of the latest extract (by its day, then by when it was read), or None before the first."""
    latest = select(RegisterImport).order_by(
        RegisterImport.as_of.desc(), RegisterImport.imported_at_utc.desc(), RegisterImport.id
    )
    found: RegisterImport | None = db.session.scalar(latest.limit(1))
    return found


def last_read_at() -> datetime | None:
    """Return when an extract was last read, or None."""
    return db.session.scalar(select(func.max(RegisterImport.imported_at_utc)))


def imports() -> Sequence[RegisterImport]:
    """Return the latest imports, the last one read first."""
    wanted = select(RegisterImport).order_by(RegisterImport.imported_at_utc.desc(), RegisterImport.id)
    return db.session.scalars(wanted.limit(SHOWN_IMPORTS)).all()


def is_imported(same_file: Sequence[str]) -> bool:
    """Say whether a file with one of these keyed hashes has been read before."""
    wanted = select(RegisterImport.id).where(RegisterImport.file_hash.in_(same_file)).order_by(RegisterImport.id)
    return db.session.scalar(wanted.limit(1)) is not None


def staged(extract_id: int, *, now: datetime) -> StagedExtract:
    """Return an upload on its way. Raises NotFoundError when it is gone or has waited for 24 hours."""
    wanted = select(StagedExtract).where(StagedExtract.id == extract_id, StagedExtract.staged_at_utc > now - STAGED_FOR)
    found: StagedExtract | None = db.session.scalar(wanted.order_by(StagedExtract.id))
    if found is None:
        raise NotFoundError
    return found


def is_staged(extract_id: int) -> bool:
    """Say whether the upload is still there."""
    return db.session.scalar(select(StagedExtract.id).where(StagedExtract.id == extract_id)) is not None


def waiting(*, now: datetime) -> Sequence[StagedExtract]:
    """Return the uploads that are on their way, the last one first."""
    wanted = select(StagedExtract).where(StagedExtract.staged_at_utc > now - STAGED_FOR)
    return db.session.scalars(wanted.order_by(StagedExtract.staged_at_utc.desc(), StagedExtract.id)).all()


def waiting_for_a_person(*, now: datetime) -> int:
    """Return how many uploads wait for what a person says, not for the worker; without reading what they hold."""
    is_theirs = StagedExtract.stage.in_([Stage.COLUMNS.value, Stage.WAITING.value])
    wanted = select(func.count(StagedExtract.id)).where(StagedExtract.staged_at_utc > now - STAGED_FOR, is_theirs)
    return db.session.scalar(wanted) or 0


def chunk_count(extract_id: int) -> int:
    """Return in how many chunks a waiting upload lies."""
    return db.session.scalar(select(func.count(StagedChunk.id)).where(StagedChunk.extract_id == extract_id)) or 0


def chunk(extract_id: int, position: int) -> StagedChunk | None:
    """Return the chunk at `position`, from 0, or None."""
    wanted = select(StagedChunk).where(StagedChunk.extract_id == extract_id, StagedChunk.position == position)
    found: StagedChunk | None = db.session.scalar(wanted.order_by(StagedChunk.id))
    return found


def set_aside_count() -> int:
    """Return how many households wait for a decision by hand, for whatever reason."""
    wanted = select(func.count(func.distinct(Household.id))).join(Person, Person.household_id == Household.id)
    return db.session.scalar(wanted.where(Household.set_aside_reason != "")) or 0


@cache
def municipalities(own_numbers: tuple[str, ...]) -> Municipalities:
    """Return the look-up of municipality numbers in which all of `own_numbers` are one."""
    return Municipalities.parse(_table("kommuner-1994-2024.tsv"), own_numbers=own_numbers)


@cache
def postcodes() -> Postcodes:
    """Return the look-up of postcodes."""
    return Postcodes.parse(_table("postnummer.tsv"))


def _table(name: str) -> str:
    return (_DATA / name).read_text(encoding="utf-8")
