"""Work on letters that a page asked for. The files lie in the instance folder, never in the database."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from outreach.database import BigId, Model, UtcDateTime


class LetterJob(Model):
    """One piece of work (`stages.JobKind`, `stages.Stage`). `busy_event_id` is the event while it waits or is at work:
    unique, so that there is one at a time. The worker that claims it holds a lease. `fault_json`: why it failed.

    `fetched_at_utc` is when somebody first took a file, `confirmed_at_utc` when somebody said that they are delivered.
    """

    __tablename__ = "letter_job"

    event_id: Mapped[int] = mapped_column(BigId, ForeignKey("event.id", ondelete="CASCADE"), index=True)
    busy_event_id: Mapped[int | None] = mapped_column(BigId, unique=True)
    batch_id: Mapped[int | None] = mapped_column(BigId)
    kind: Mapped[str] = mapped_column(String(10))
    wave: Mapped[int] = mapped_column(Integer, default=1)
    stage: Mapped[str] = mapped_column(String(10))
    queued_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    queued_by_id: Mapped[int | None] = mapped_column(BigId)
    worker: Mapped[str] = mapped_column(String(40), default="")
    lease_until_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    letters_done: Mapped[int] = mapped_column(Integer, default=0)
    letters_total: Mapped[int] = mapped_column(Integer, default=0)
    fault_json: Mapped[str] = mapped_column(Text, default="")
    done_at_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)
    fetched_at_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)
    confirmed_at_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint("kind in ('build','reprint','pictures')", name="kind_known"),
        CheckConstraint("stage in ('waiting','working','done','failed','erased')", name="stage_known"),
    )
