"""What an import did, an upload on its way with all that is personal sealed, and the work queued on it."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Integer, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from outreach.database import BigId, KeyedHash, Model, UtcDateTime


class RegisterImport(Model):
    """One accepted extract. `counts_json` holds the contract's counts; the protected count is for the role privacy.

    `protection_checked_by` names the employee who answered for the protection in a table without grading.
    """

    __tablename__ = "register_import"

    as_of: Mapped[date] = mapped_column(Date, index=True)
    imported_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    imported_by_id: Mapped[int | None] = mapped_column(BigId)
    file_hash: Mapped[str] = mapped_column(KeyedHash(80, of="file"), index=True)
    format: Mapped[str] = mapped_column(String(10))
    encoding: Mapped[str] = mapped_column(String(20))
    row_count: Mapped[int] = mapped_column(Integer)
    counts_json: Mapped[str] = mapped_column(Text)
    protection_checked_by: Mapped[str] = mapped_column(String(120), default="")


class StagedExtract(Model):
    """An uploaded extract on its way (`stages.Stage`): erased on accept, on discard, or after 24 hours.

    `look_sealed` is JSON of a `looking.FileLook` with some cells of the first rows, `examples_sealed` of the people
    whom the preview names. `options_json` is how to read the file (`columns/choice.py`), `mapping_origin` who said so,
    and `fault_json` why the file cannot be used. An accepted extract leaves its id to its `RegisterImport`.
    """

    __tablename__ = "staged_extract"

    staged_at_utc: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    staged_by_id: Mapped[int] = mapped_column(BigId)
    as_of: Mapped[date] = mapped_column(Date)
    file_hash: Mapped[str] = mapped_column(KeyedHash(80, of="file"))
    format: Mapped[str] = mapped_column(String(10))
    encoding: Mapped[str] = mapped_column(String(20))
    summary_json: Mapped[str] = mapped_column(Text)
    protection_checked_by: Mapped[str] = mapped_column(String(120), default="")
    stage: Mapped[str] = mapped_column(String(20))
    size_bytes: Mapped[int] = mapped_column(BigId)
    options_json: Mapped[str] = mapped_column(Text, default="{}")
    mapping_origin: Mapped[str] = mapped_column(String(20), default="")
    fault_json: Mapped[str] = mapped_column(Text, default="")
    look_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    examples_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)


class StagedChunk(Model):
    """Some hundred allow-listed rows of a staged extract: compressed JSON, sealed."""

    __tablename__ = "staged_chunk"

    extract_id: Mapped[int] = mapped_column(BigId, ForeignKey("staged_extract.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(Integer)
    rows_sealed: Mapped[bytes] = mapped_column(LargeBinary)

    __table_args__ = (UniqueConstraint("extract_id", "position"),)


class UploadChunk(Model):
    """About a megabyte of an uploaded file: compressed, sealed, erased once accepted or after one hour (ADR 0008)."""

    __tablename__ = "upload_chunk"

    extract_id: Mapped[int] = mapped_column(BigId, ForeignKey("staged_extract.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(Integer)
    bytes_sealed: Mapped[bytes] = mapped_column(LargeBinary)

    __table_args__ = (UniqueConstraint("extract_id", "position"),)


class RegisterJob(Model):
    """Work on a staged extract that is too large for a request: one row while it waits or runs.

    The worker that claims it holds a lease and renews it with each commit; `rows_done` and `percent` (None where nobody
    can know) are for the page that waits.
    """

    __tablename__ = "register_job"

    extract_id: Mapped[int] = mapped_column(BigId, ForeignKey("staged_extract.id", ondelete="CASCADE"), unique=True)
    kind: Mapped[str] = mapped_column(String(10))
    queued_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    queued_by_id: Mapped[int | None] = mapped_column(BigId)
    worker: Mapped[str] = mapped_column(String(40), default="")
    lease_until_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    rows_done: Mapped[int] = mapped_column(Integer, default=0)
    percent: Mapped[int | None] = mapped_column(Integer)


class RegisterMapping(Model):
    """Which column is which field, as somebody chose it for tables with this shape of header.

    `fields_json` is field to keyed hash of the header, "" for a field that the table has not: no header, since a first
    row may be somebody's data. `encoding` is the one chosen by hand, or "".
    """

    __tablename__ = "register_mapping"

    shape_hash: Mapped[str] = mapped_column(KeyedHash(80, of="column"), unique=True)
    fields_json: Mapped[str] = mapped_column(Text)
    encoding: Mapped[str] = mapped_column(String(20), default="")
    chosen_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    chosen_by_id: Mapped[int | None] = mapped_column(BigId)
