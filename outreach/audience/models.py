"""A segment frozen as a list: each person in it, or left out, with the reason."""

from datetime import date, datetime

from sqlalchemy import Boolean, Date, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from outreach.database import BigId, Model, UtcDateTime


class AudienceList(Model):
    """One use of a segment for one event, with its window (both ends included)."""

    __tablename__ = "audience_list"

    event_id: Mapped[int] = mapped_column(BigId, ForeignKey("event.id", ondelete="CASCADE"), index=True)
    segment: Mapped[str] = mapped_column(String(40))
    since: Mapped[date | None] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)
    frozen_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)


class AudienceMember(Model):
    """One person of a frozen list. `reason` is an exclusion reason when left out, else the segment's reason."""

    __tablename__ = "audience_member"

    list_id: Mapped[int] = mapped_column(BigId, ForeignKey("audience_list.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id", ondelete="CASCADE"), index=True)
    is_included: Mapped[bool] = mapped_column(Boolean)
    reason: Mapped[str] = mapped_column(String(30))

    __table_args__ = (UniqueConstraint("list_id", "person_id"),)
