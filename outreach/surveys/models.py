"""Counts of answers, and which ballots were used. No row holds an answer; nothing leads from a ballot to a count."""

from sqlalchemy import CheckConstraint, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from outreach.database import BigId, Model


class SurveyTally(Model):
    """How many chose one option of one question about one event."""

    __tablename__ = "survey_tally"

    event_id: Mapped[int] = mapped_column(BigId, ForeignKey("event.id", ondelete="CASCADE"))
    question: Mapped[str] = mapped_column(String(12))
    option: Mapped[str] = mapped_column(String(12))
    number: Mapped[int] = mapped_column(Integer, default=0)

    __table_args__ = (
        UniqueConstraint("event_id", "question", "option"),
        CheckConstraint("number >= 0", name="number_not_negative"),
    )


class UsedBallot(Model):
    """That a ballot was used, so that it is used once. Without a time: that would lead to the request that used it."""

    __tablename__ = "used_ballot"

    event_id: Mapped[int] = mapped_column(BigId, ForeignKey("event.id", ondelete="CASCADE"))
    ballot_hash: Mapped[str] = mapped_column(String(64))

    __table_args__ = (UniqueConstraint("event_id", "ballot_hash"),)
