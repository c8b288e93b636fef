"""Staff and their sessions. Staff are employees: their e-mail is plain. A session is kept as SHA-256 of its token."""

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from outreach.database import BigId, Model, UtcDateTime


class StaffUser(Model):
    """A person who works with events. `role` is a `roles.Role` value; `email` is kept lower-case."""

    __tablename__ = "staff_user"

    email: Mapped[str] = mapped_column(String(254), unique=True)
    display_name: Mapped[str] = mapped_column(String(120), default="")
    password_hash: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(20))
    is_disabled: Mapped[bool] = mapped_column(Boolean, default=False)
    created_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)


class StaffSession(Model):
    """One signed-in browser."""

    __tablename__ = "staff_session"

    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(BigId, ForeignKey("staff_user.id", ondelete="CASCADE"), index=True)
    created_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    last_seen_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)

    user: Mapped[StaffUser] = relationship(lazy="joined", innerjoin=True)
