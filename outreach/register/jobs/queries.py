"""The work that waits or runs."""

from datetime import datetime

from sqlalchemy import func, or_, select

from outreach.database import db
from outreach.register.models import RegisterJob


def job_of(extract_id: int) -> RegisterJob | None:
    """Return the work on an upload, or None when there is none."""
    wanted = select(RegisterJob).where(RegisterJob.extract_id == extract_id).order_by(RegisterJob.id)
    found: RegisterJob | None = db.session.scalar(wanted)
    return found


def workers() -> list[str]:
    """Return the names of the workers that hold a job."""
    held = select(RegisterJob.worker).where(RegisterJob.worker != "").distinct().order_by(RegisterJob.worker)
    return list(db.session.scalars(held))


def next_job(now: datetime) -> RegisterJob | None:
    """Return the oldest job that nobody works on, locked so that no other worker gets it, or None."""
    is_free = or_(RegisterJob.worker == "", RegisterJob.lease_until_utc < now)
    wanted = select(RegisterJob).where(is_free).order_by(RegisterJob.queued_at_utc, RegisterJob.id).limit(1)
    found: RegisterJob | None = db.session.scalar(wanted.with_for_update(skip_locked=True))
    return found


def held_job(job_id: int, *, worker: str) -> RegisterJob | None:
    """Return the job when `worker` holds it, locked until the transaction ends."""
    wanted = select(RegisterJob).where(RegisterJob.id == job_id, RegisterJob.worker == worker).order_by(RegisterJob.id)
    fresh = wanted.with_for_update().execution_options(populate_existing=True)
    found: RegisterJob | None = db.session.scalar(fresh)
    return found


def oldest_unclaimed(now: datetime) -> datetime | None:
    """Return since when the oldest job waits that nobody works on, or None."""
    is_free = or_(RegisterJob.worker == "", RegisterJob.lease_until_utc < now)
    return db.session.scalar(select(func.min(RegisterJob.queued_at_utc)).where(is_free))
