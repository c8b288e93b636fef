"""What guests left at a stand, for one partner, and what that partner answered through us."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from outreach.database import BigId, KeyedHash, Model, SealedText, UtcDateTime
from outreach.partners.models import Participation


class StandInterest(Model):
    """One guest at one stand. `purpose`: see `interest.py`. `selector` and `generation` make the guest's own link.

    `wording`: which words they said yes to (`interest.WORDING`).
    """

    __tablename__ = "stand_interest"

    participation_id: Mapped[int] = mapped_column(BigId, ForeignKey("participation.id", ondelete="CASCADE"), index=True)
    selector: Mapped[str] = mapped_column(String(12), unique=True)
    generation: Mapped[int] = mapped_column(Integer, default=0)
    name_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    contact_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    contact_hash: Mapped[str] = mapped_column(KeyedHash(of="contact"), index=True)
    message_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    channel: Mapped[str] = mapped_column(String(8))
    purpose: Mapped[str] = mapped_column(String(10))
    language: Mapped[str] = mapped_column(String(12), default="nb")
    wording: Mapped[int] = mapped_column(Integer)
    left_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)

    name = SealedText("name_sealed")
    contact = SealedText("contact_sealed")
    message = SealedText("message_sealed")

    participation: Mapped[Participation] = relationship()
    answers: Mapped[list["StandAnswer"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="StandAnswer.answered_at_utc, StandAnswer.id"
    )

    __table_args__ = (
        CheckConstraint("channel in ('email','sms')", name="channel_known"),
        CheckConstraint("purpose in ('work','join','plot','other')", name="purpose_known"),
    )


class StandAnswer(Model):
    """What a partner answered a guest, sent by us."""

    __tablename__ = "stand_answer"

    interest_id: Mapped[int] = mapped_column(BigId, ForeignKey("stand_interest.id", ondelete="CASCADE"), index=True)
    text_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    answered_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)

    text = SealedText("text_sealed")
