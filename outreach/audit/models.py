"""The audit trail: append-only rows, each with its own HMAC, and the keyed chain that links them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from outreach.database import BigId, Model, UtcDateTime, db


class AuditEntry(Model):
    """One act on one record. `details` is canonical JSON of references and counts, never personal text."""

    __tablename__ = "audit_entry"

    at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_kind: Mapped[str] = mapped_column(String(20))
    actor_id: Mapped[int | None] = mapped_column(BigId)
    act: Mapped[str] = mapped_column(String(60))
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int | None] = mapped_column(BigId)
    details: Mapped[str] = mapped_column(Text, default="{}")
    mac: Mapped[bytes] = mapped_column(LargeBinary(32))

    __table_args__ = (
        Index("ix_audit_entry_at_utc_id", "at_utc", "id"),
        Index("ix_audit_entry_subject_kind_subject_id", "subject_kind", "subject_id"),
    )


class AuditLink(db.Model):  # type: ignore[name-defined]
    """One link of the chain: entry number `sequence`, whose HMAC covers the entry's and the link before."""

    __tablename__ = "audit_link"

    sequence: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    entry_id: Mapped[int] = mapped_column(BigId, ForeignKey("audit_entry.id"), unique=True)
    mac: Mapped[bytes] = mapped_column(LargeBinary(32))
