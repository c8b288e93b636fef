"""What remains when people are gone: receipts, and for 24 months a keyed hash that we once wrote."""

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from outreach.database import BigId, KeyedHash, Model, UtcDateTime


class ErasureReceipt(Model):
    """Proof that an erasure ran: what fell due under which rule, and how many rows of which table went. No person."""

    __tablename__ = "erasure_receipt"

    erased_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    rule: Mapped[str] = mapped_column(String(40))
    event_id: Mapped[int | None] = mapped_column(BigId, index=True)
    counts_json: Mapped[str] = mapped_column(Text)


class ContactMemory(Model):
    """That someone was invited in a year, and came or not: keyed hash only, for "never invited before" (24 months)."""

    __tablename__ = "contact_memory"

    identity_hash: Mapped[str] = mapped_column(KeyedHash())
    event_id: Mapped[int] = mapped_column(BigId, ForeignKey("event.id", ondelete="CASCADE"), index=True)
    year: Mapped[int] = mapped_column(Integer)
    has_attended: Mapped[bool] = mapped_column(Boolean, default=False)

    __table_args__ = (UniqueConstraint("identity_hash", "event_id"),)
