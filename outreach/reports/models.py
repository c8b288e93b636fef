"""Figures that outlive the people: kept when an event is settled, so that years can be compared for ever."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Date, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from outreach.database import BigId, Model, UtcDateTime


class EventFigure(Model):
    """One kept figure of an event, so that the funnel still adds up when its people are erased."""

    __tablename__ = "event_figure"

    event_id: Mapped[int] = mapped_column(BigId, ForeignKey("event.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(40))
    value: Mapped[int] = mapped_column(BigInteger)

    __table_args__ = (UniqueConstraint("event_id", "name"),)


class EventBreakdown(Model):
    """One kept number of an event by what it is about. `dimension`, `bucket`, `measure`: see `figures.py`."""

    __tablename__ = "event_breakdown"

    event_id: Mapped[int] = mapped_column(BigId, ForeignKey("event.id", ondelete="CASCADE"))
    dimension: Mapped[str] = mapped_column(String(12))
    bucket: Mapped[str] = mapped_column(String(80))
    measure: Mapped[str] = mapped_column(String(12))
    value: Mapped[int] = mapped_column(Integer)

    __table_args__ = (UniqueConstraint("event_id", "dimension", "bucket", "measure"),)


class SettledEvent(Model):
    """That an event's figures are kept, and since when they do not change any more."""

    __tablename__ = "settled_event"

    event_id: Mapped[int] = mapped_column(BigId, ForeignKey("event.id", ondelete="CASCADE"), unique=True)
    settled_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)


class YearlyGoal(Model):
    """What the municipality wants of one year. `kind`: a `goals.goal.GoalKind`; what is not asked of it is empty."""

    __tablename__ = "yearly_goal"

    year: Mapped[int] = mapped_column(Integer, index=True)
    kind: Mapped[str] = mapped_column(String(12))
    event_kind: Mapped[str] = mapped_column(String(20), default="")
    measure: Mapped[str] = mapped_column(String(20), default="")
    wanted: Mapped[int] = mapped_column(Integer, default=1)
    due_on: Mapped[date] = mapped_column(Date)
    words: Mapped[str] = mapped_column(String(120))

    __table_args__ = (
        CheckConstraint("kind in ('dated','started','target')", name="kind_known"),
        CheckConstraint("wanted > 0", name="wanted_positive"),
    )
