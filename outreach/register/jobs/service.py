"""The queue of work on uploads: each job has at most one worker, which renews its lease with every commit.

A worker that dies leaves its job to the next one: at once on the same machine (its file lock is gone), else when the
lease runs out. A worker that lost its job cannot commit any more of it.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from flask import current_app
from sqlalchemy import update

from outreach.database import db
from outreach.register.jobs import queries
from outreach.register.models import RegisterJob
from outreach.register.stages import JobKind

LEASE = timedelta(seconds=60)
MOST_ATTEMPTS = 3


class JobLostError(RuntimeError):
    """Another worker has the job, or it was cancelled: what this one has done since its last commit is void."""


def lock_folder() -> Path:
    """Return where this machine's workers keep their locks."""
    return Path(current_app.instance_path) / "register-workers"


def queue(extract_id: int, kind: JobKind, *, actor_id: int | None, now: datetime) -> None:
    """Have a worker do `kind` on the upload. The unique extract makes two at a time impossible."""
    job = RegisterJob(extract_id=extract_id, kind=kind.value, queued_at_utc=now, queued_by_id=actor_id)
    job.worker, job.attempts, job.rows_done = "", 0, 0
    db.session.add(job)
    db.session.flush()


def free_jobs_of(dead_workers: Sequence[str]) -> None:
    """Let others have the jobs of workers that died."""
    held = update(RegisterJob).where(RegisterJob.worker.in_(dead_workers))
    db.session.execute(held.values(worker="", lease_until_utc=None))


def claim(worker: str, now: datetime) -> RegisterJob | None:
    """Take the oldest free job for `worker`, or return None."""
    job = queries.next_job(now)
    if job is None:
        return None
    job.worker, job.lease_until_utc = worker, now + LEASE
    job.attempts += 1
    job.rows_done, job.percent = 0, None
    db.session.flush()
    return job


def renew(job_id: int, *, worker: str, rows: int, percent: int | None, now: datetime) -> None:
    """Note how far the work has come. Raises JobLostError."""
    job = require(job_id, worker=worker)
    job.rows_done, job.percent, job.lease_until_utc = rows, percent, now + LEASE
    db.session.flush()


def require(job_id: int, *, worker: str) -> RegisterJob:
    """Return the job of `worker`, locked until the transaction ends. Raises JobLostError."""
    job = queries.held_job(job_id, worker=worker)
    if job is None:
        raise JobLostError
    return job


def end(job_id: int, *, worker: str) -> None:
    """Take the job off the queue. Raises JobLostError."""
    db.session.delete(require(job_id, worker=worker))
    db.session.flush()


def release(job_id: int, *, worker: str) -> bool:
    """Give the job back to the queue; say whether `worker` still held it."""
    job = queries.held_job(job_id, worker=worker)
    if job is None:
        return False
    job.worker, job.lease_until_utc = "", None
    db.session.flush()
    return True
