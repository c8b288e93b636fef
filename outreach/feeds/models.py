"""Personal calendar feeds that somebody asked for. The code in the address is computed, never stored."""

from datetime import datetime

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from outreach.database import BigId, Model, UtcDateTime


class CalendarFeed(Model):
    """The feed of one ticket or of one sign-up. A new `generation` makes the old address open nothing.

    `language`: of the feed's name and texts, since programs that fetch it ask for none.
    """

    __tablename__ = "calendar_feed"

    ticket_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("ticket.id", ondelete="CASCADE"), unique=True)
    sign_up_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("sign_up.id", ondelete="CASCADE"), unique=True)
    selector: Mapped[str] = mapped_column(String(9), unique=True)
    generation: Mapped[int] = mapped_column(Integer, default=1)
    is_on: Mapped[bool] = mapped_column(Boolean, default=True)
    language: Mapped[str] = mapped_column(String(12), default="nb")
    made_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (CheckConstraint("(ticket_id is null) <> (sign_up_id is null)", name="one_owner"),)
