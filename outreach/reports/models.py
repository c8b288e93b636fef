"""Figures that outlive the people: kept so that the funnel of a past event still adds up."""

from sqlalchemy import BigInteger, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from outreach.database import BigId, Model


class EventFigure(Model):
    """One kept figure of an event whose people are erased, so that the funnel still adds up."""

    __tablename__ = "event_figure"

    event_id: Mapped[int] = mapped_column(BigId, ForeignKey("event.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(40))
    value: Mapped[int] = mapped_column(BigInteger)

    __table_args__ = (UniqueConstraint("event_id", "name"),)
