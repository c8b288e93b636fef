"""Answers that came from calendars: what was said and what came of it, without address, text or sender."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from outreach.database import BigId, KeyedHash, Model, UtcDateTime


class CalendarAnswer(Model):
    """One mail. `message_hash`: of its Message-ID; `answer_hash`: of what it answers, so that no answer counts twice.

    `said`: a `calendar_reply.Said`, "" when unreadable. `outcome`, `reason`: `judging.Outcome` and, set aside, `Aside`.
    `sequence_after`: the ticket's when it had counted. `came`: who came before a no, as positions with blanks between,
    and whom they brought as in `Rsvp`, `came_extra` children, for the yes that may follow.
    `settled_at_utc`: when staff were done with it.
    """

    __tablename__ = "calendar_answer"

    event_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("event.id", ondelete="CASCADE"), index=True)
    invitation_id: Mapped[int | None] = mapped_column(
        BigId, ForeignKey("invitation.id", ondelete="CASCADE"), index=True
    )
    message_hash: Mapped[str] = mapped_column(KeyedHash(of="message"), unique=True)
    answer_hash: Mapped[str | None] = mapped_column(KeyedHash(of="message"), unique=True)
    said: Mapped[str] = mapped_column(String(10), default="")
    outcome: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(String(14), default="")
    sequence: Mapped[int | None] = mapped_column(Integer)
    sequence_after: Mapped[int | None] = mapped_column(Integer)
    stamped_at_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)
    came: Mapped[str] = mapped_column(String(120), default="")
    came_extra: Mapped[int] = mapped_column(Integer, default=0)
    came_small: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    came_teens: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    came_adults: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    received_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    settled_at_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint("outcome in ('taken','waitlisted','kept','set_aside')", name="outcome_known"),
        Index("ix_calendar_answer_outcome_received_at_utc", "outcome", "received_at_utc"),
    )
