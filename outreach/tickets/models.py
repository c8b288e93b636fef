"""Tickets: one per party, computed codes, revoked by state or replaced by generation."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from outreach.database import BigId, Model, UtcDateTime


class Ticket(Model):
    """Lets `persons` people of one invitation in. The code is HMAC(link key, selector, generation), never stored."""

    __tablename__ = "ticket"

    event_id: Mapped[int] = mapped_column(BigId, ForeignKey("event.id", ondelete="CASCADE"))
    invitation_id: Mapped[int] = mapped_column(BigId, ForeignKey("invitation.id", ondelete="CASCADE"), unique=True)
    selector: Mapped[str] = mapped_column(String(8), unique=True)
    generation: Mapped[int] = mapped_column(Integer, default=1)
    state: Mapped[str] = mapped_column(String(10), default="valid")
    persons: Mapped[int] = mapped_column(Integer)
    version: Mapped[int] = mapped_column(Integer, default=1)
    issued_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint("state in ('valid','revoked')", name="state_known"),
        CheckConstraint("persons >= 0", name="persons_not_negative"),
        Index("ix_ticket_event_id_changed_at_utc", "event_id", "changed_at_utc"),
    )
