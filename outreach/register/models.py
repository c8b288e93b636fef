"""What an import did, and the rows of an upload that waits for acceptance, sealed."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Integer, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from outreach.database import BigId, Model, UtcDateTime


class RegisterImport(Model):
    """One accepted extract. `counts_json` holds the contract's counts; the protected count is for the role privacy.

    `protection_checked_by` names the employee who answered for the protection in a table without grading.
    """

    __tablename__ = "register_import"

    as_of: Mapped[date] = mapped_column(Date, index=True)
    imported_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    imported_by_id: Mapped[int | None] = mapped_column(BigId)
    file_hash: Mapped[str] = mapped_column(String(80), index=True)
    format: Mapped[str] = mapped_column(String(10))
    encoding: Mapped[str] = mapped_column(String(20))
    row_count: Mapped[int] = mapped_column(Integer)
    counts_json: Mapped[str] = mapped_column(Text)
    protection_checked_by: Mapped[str] = mapped_column(String(120), default="")


class StagedExtract(Model):
    """An uploaded extract that was checked and waits: erased on accept, on discard, or after 24 hours."""

    __tablename__ = "staged_extract"

    staged_at_utc: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    staged_by_id: Mapped[int] = mapped_column(BigId)
    as_of: Mapped[date] = mapped_column(Date)
    file_hash: Mapped[str] = mapped_column(String(80))
    format: Mapped[str] = mapped_column(String(10))
    encoding: Mapped[str] = mapped_column(String(20))
    summary_json: Mapped[str] = mapped_column(Text)
    protection_checked_by: Mapped[str] = mapped_column(String(120), default="")


class StagedChunk(Model):
    """Some hundred allow-listed rows of a staged extract: compressed JSON, sealed."""

    __tablename__ = "staged_chunk"

    extract_id: Mapped[int] = mapped_column(BigId, ForeignKey("staged_extract.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(Integer)
    rows_sealed: Mapped[bytes] = mapped_column(LargeBinary)

    __table_args__ = (UniqueConstraint("extract_id", "position"),)
