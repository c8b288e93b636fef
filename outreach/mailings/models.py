"""Mailings and their texts. They hold what staff wrote and decided, and no guest."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from outreach.database import BigId, Model, UtcDateTime


class Mailing(Model):
    """One text to many: `kind`, `state` and `note` are values of `mailing.py`; `wave` counts those of a kind from 1.

    `channels` is a `mailing.ways_text`, "email,sms". `reference` is what `flask mailings release` takes.
    `content_hash` is what was asked to be released (`mailing.content_hash`). `household_count`: how many households
    were to get it when release was asked for. `counts_json`: households by group when it began to be sent.
    `scheduled_at_utc` None: as soon as it is released. A newsletter has no event: `cities` and `interests` say
    whom of the contact point it is for (values with commas between, empty for all), and its counts are people.
    """

    __tablename__ = "mailing"

    event_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("event.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(20))
    wave: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(12), default="draft")
    note: Mapped[str] = mapped_column(String(20), default="")
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    channels: Mapped[str] = mapped_column(String(20), default="email,sms")
    survey_url: Mapped[str] = mapped_column(String(500), default="")
    cities: Mapped[str] = mapped_column(String(100), default="")
    interests: Mapped[str] = mapped_column(String(200), default="")
    scheduled_at_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)
    made_by_id: Mapped[int | None] = mapped_column(BigId)
    made_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    asked_by_id: Mapped[int | None] = mapped_column(BigId)
    asked_at_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)
    content_hash: Mapped[str] = mapped_column(String(64), default="")
    household_count: Mapped[int] = mapped_column(Integer, default=0)
    released_by_id: Mapped[int | None] = mapped_column(BigId)
    released_at_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)
    started_at_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)
    counts_json: Mapped[str] = mapped_column(Text, default="")

    texts: Mapped[list["MailingText"]] = relationship(
        back_populates="mailing", cascade="all, delete-orphan", passive_deletes=True, order_by="MailingText.position"
    )

    __table_args__ = (
        UniqueConstraint("event_id", "kind", "wave"),
        CheckConstraint(
            "state in ('draft','asked','released','sending','paused','done','called_off')", name="state_known"
        ),
        CheckConstraint("wave > 0", name="wave_positive"),
        CheckConstraint("(event_id is null) = (kind = 'nyhetsbrev')", name="audience_known"),
        Index("ix_mailing_state", "state"),
    )


class MailingText(Model):
    """One language version of a mailing: subject, body in Markdown, and the text message."""

    __tablename__ = "mailing_text"

    mailing_id: Mapped[int] = mapped_column(BigId, ForeignKey("mailing.id", ondelete="CASCADE"))
    position: Mapped[int] = mapped_column(Integer)
    language: Mapped[str] = mapped_column(String(12))
    subject: Mapped[str] = mapped_column(String(200), default="")
    body: Mapped[str] = mapped_column(Text, default="")
    sms: Mapped[str] = mapped_column(Text, default="")

    mailing: Mapped[Mailing] = relationship(back_populates="texts")

    __table_args__ = (UniqueConstraint("mailing_id", "language"),)
