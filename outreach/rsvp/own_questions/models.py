"""Questions that an event asks its guests, and what was replied."""

from datetime import datetime

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, Integer, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from outreach.database import BigId, Model, SealedText, UtcDateTime


class EventQuestion(Model):
    """One question. `kind`, `asked_of`: values of `own_question`; `choices_json`: texts, empty list without choices.

    `number` orders the questions of an event. A retired question is asked no more; its replies stay.
    """

    __tablename__ = "event_question"

    event_id: Mapped[int] = mapped_column(BigId, ForeignKey("event.id", ondelete="CASCADE"))
    number: Mapped[int] = mapped_column(Integer)
    text: Mapped[str] = mapped_column(String(150))
    hint: Mapped[str] = mapped_column(String(200), default="")
    kind: Mapped[str] = mapped_column(String(10))
    asked_of: Mapped[str] = mapped_column(String(10))
    is_required: Mapped[bool] = mapped_column(Boolean, default=False)
    choices_json: Mapped[str] = mapped_column(Text, default="[]")
    made_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    retired_at_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint("kind in ('text','one','several','number')", name="kind_known"),
        CheckConstraint("asked_of in ('household','person')", name="asked_of_known"),
        Index("ix_event_question_event_id_number", "event_id", "number"),
    )


class QuestionReply(Model):
    """What a household replied, or one of it: `position` 0 and no invitee, or those of the person.

    `words_sealed`: the words as a JSON list, since guests may write anything.
    """

    __tablename__ = "question_reply"

    rsvp_id: Mapped[int] = mapped_column(BigId, ForeignKey("rsvp.id", ondelete="CASCADE"))
    question_id: Mapped[int] = mapped_column(BigId, ForeignKey("event_question.id", ondelete="CASCADE"), index=True)
    invitee_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("invitee.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(Integer)
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)

    words = SealedText("words_sealed")

    __table_args__ = (UniqueConstraint("rsvp_id", "question_id", "position"),)
