"""Questions of guests, sealed, and how far each has come."""

from datetime import datetime

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from outreach.database import BigId, Model, SealedText, UtcDateTime


class Question(Model):
    """One question. Statuses and ways: see `question.py`.

    `event_id` and `invitation_id` where it is known what and whom it is about. When its time is over, everything
    personal is emptied (`is_erased`) and the row stays as a count; the texts stay where staff said that they hold
    nothing personal (`is_free_of_personal`).
    """

    __tablename__ = "question"

    event_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("event.id", ondelete="SET NULL"), index=True)
    invitation_id: Mapped[int | None] = mapped_column(
        BigId, ForeignKey("invitation.id", ondelete="SET NULL"), index=True
    )
    status: Mapped[str] = mapped_column(String(12))
    way: Mapped[str] = mapped_column(String(12), default="")
    language: Mapped[str] = mapped_column(String(12), default="nb")
    asked_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    taken_by_id: Mapped[int | None] = mapped_column(BigId)
    answered_at_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_by_id: Mapped[int | None] = mapped_column(BigId)
    is_free_of_personal: Mapped[bool] = mapped_column(Boolean, default=False)
    is_erased: Mapped[bool] = mapped_column(Boolean, default=False)
    text_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    answer_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    email_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    mobile_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)

    text = SealedText("text_sealed")
    answer = SealedText("answer_sealed")
    email = SealedText("email_sealed")
    mobile = SealedText("mobile_sealed")

    __table_args__ = (
        CheckConstraint("status in ('new','taken','answered','closed')", name="status_known"),
        CheckConstraint("way in ('','email','phone')", name="way_known"),
        Index("ix_question_status_asked_at_utc", "status", "asked_at_utc"),
    )
