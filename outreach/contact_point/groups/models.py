"""Groups in social media, and how often the short link to each was followed on each day."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from outreach.database import BigId, Model, UtcDateTime


class SocialGroup(Model):
    """One group. `city`: see `event.City`; `url`: checked by `group.group_address`; `short`: of its short link."""

    __tablename__ = "social_group"

    city: Mapped[str] = mapped_column(String(20), index=True)
    name: Mapped[str] = mapped_column(String(80))
    url: Mapped[str] = mapped_column(String(400))
    short: Mapped[str] = mapped_column(String(8), unique=True)
    created_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (CheckConstraint("city in ('modum','oslo','bergen','trondheim')", name="city_known"),)


class GroupClick(Model):
    """How often a link was followed on a day in Oslo. A number of nobody: a GET may add to it (ADR 0029)."""

    __tablename__ = "group_click"

    group_id: Mapped[int] = mapped_column(BigId, ForeignKey("social_group.id", ondelete="CASCADE"))
    day: Mapped[date] = mapped_column(Date)
    clicks: Mapped[int] = mapped_column(Integer)

    __table_args__ = (UniqueConstraint("group_id", "day"),)
