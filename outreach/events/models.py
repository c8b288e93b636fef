"""Events: when, where, for how many. `sequence` is the calendar's revision number (RFC 5545 3.8.7.4); `revision` rises
also with what only letters and mailings tell, such as the last day for answers: a release is of one revision."""

from datetime import date, datetime

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Integer, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from outreach.database import BigId, Model, UtcDateTime


class Series(Model):
    """Events of which a household chooses one: one invitation, several cities."""

    __tablename__ = "series"

    title: Mapped[str] = mapped_column(String(120), unique=True)
    created_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)


class Event(Model):
    """One evening or meetup. `kind` and `state`: values of `event.Kind` and `event.State`. `capacity` None: no limit.

    `answer_by` is the last day (Europe/Oslo, inclusive) on which guests can answer, change or cancel online.
    `is_open_sign_up`: anybody may sign up, also without an invitation. `brings`: a value of `event.Brings`.
    `capacity_adults` and so on: the most of one kind, on top of the capacity; None: no limit of that kind.
    `letter_languages`: one to four language codes with commas, the front's first (`letters/languages/choice.py`).
    """

    __tablename__ = "event"

    slug: Mapped[str] = mapped_column(String(80), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(12), default="draft")
    title: Mapped[str] = mapped_column(String(120))
    description: Mapped[str] = mapped_column(Text, default="")
    programme: Mapped[str] = mapped_column(Text, default="")
    starts_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    venue: Mapped[str] = mapped_column(String(120))
    venue_address: Mapped[str] = mapped_column(String(200), default="")
    access_information: Mapped[str] = mapped_column(Text, default="")
    nearest_stop: Mapped[str] = mapped_column(String(200), default="", server_default="")
    parking: Mapped[str] = mapped_column(String(200), default="", server_default="")
    city: Mapped[str] = mapped_column(String(20), default="modum")
    capacity: Mapped[int | None] = mapped_column(Integer)
    capacity_adults: Mapped[int | None] = mapped_column(Integer)
    capacity_children: Mapped[int | None] = mapped_column(Integer)
    capacity_wheelchairs: Mapped[int | None] = mapped_column(Integer)
    brings: Mapped[str] = mapped_column(String(10), default="children", server_default="children")
    is_open_sign_up: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    answer_by: Mapped[date] = mapped_column(Date)
    series_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("series.id", ondelete="SET NULL"), index=True)
    sequence: Mapped[int] = mapped_column(Integer, default=0)
    revision: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    letter_languages: Mapped[str] = mapped_column(String(40), default="nb,en", server_default="nb,en")
    created_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint("ends_at_utc > starts_at_utc", name="ends_after_start"),
        CheckConstraint("capacity is null or capacity > 0", name="capacity_positive"),
        CheckConstraint(
            "coalesce(capacity_adults, 0) >= 0 and coalesce(capacity_children, 0) >= 0"
            " and coalesce(capacity_wheelchairs, 0) >= 0",
            name="split_not_negative",
        ),
        CheckConstraint("state in ('draft','published','cancelled')", name="state_known"),
        CheckConstraint("brings in ('nobody','children','anybody')", name="brings_known"),
    )


class EventChange(Model):
    """One change that guests hear of. `revision`: the event's `sequence` after it. `before_json`: the event's public
    facts before it (`changes.kept`), so that a message can name what differs when it is written."""

    __tablename__ = "event_change"

    event_id: Mapped[int] = mapped_column(BigId, ForeignKey("event.id", ondelete="CASCADE"))
    revision: Mapped[int] = mapped_column(Integer)
    before_json: Mapped[str] = mapped_column(Text)
    changed_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (UniqueConstraint("event_id", "revision"),)
