"""Counters that slow guessing down. They hold keyed hashes of what was tried from where, never the address itself."""

from datetime import datetime

from sqlalchemy import Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from outreach.database import UtcDateTime, db


class AttemptCounter(db.Model):  # type: ignore[name-defined]
    """Failed attempts of one scope and one subject within one window that starts at `window_utc`.

    `last_at_utc` is the latest of them: the wait for the next one counts from it.
    """

    __tablename__ = "attempt_counter"

    scope: Mapped[str] = mapped_column(String(40), primary_key=True)
    subject_hash: Mapped[str] = mapped_column(String(80), primary_key=True)
    window_utc: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)
    count: Mapped[int] = mapped_column(Integer, default=0)
    last_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (Index("ix_attempt_counter_window_utc", "window_utc"),)
