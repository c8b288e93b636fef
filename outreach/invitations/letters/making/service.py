"""Use cases of work on letters: ask for it, claim it, end it, fetch a file, confirm that the printer has them.

Never commits. That files were handed over is written by the build itself (letters/service.py); here is only who asked,
who fetched, and when the files go.
"""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from flask import current_app
from sqlalchemy import update

from outreach.audit.actor import Actor
from outreach.audit.service import record
from outreach.database import db, new_id
from outreach.database.conflicts import insert_if_free
from outreach.errors import NotFoundError, OutreachError
from outreach.events.models import Event
from outreach.invitations.letters.making import erasure, queries
from outreach.invitations.letters.making.models import LetterJob
from outreach.invitations.letters.making.stages import FilesGoneError, JobAtWorkError, JobKind, Stage
from outreach.outbox.message import FIRST_WAVE

LEASE = timedelta(minutes=10)
MOST_ATTEMPTS = 3


class JobLostError(RuntimeError):
    """Another worker has the work."""


def lock_folder() -> Path:
    """Return where this machine's workers keep their locks."""
    return Path(current_app.instance_path) / "letter-workers"


def ask(
    event: Event, kind: JobKind, *, batch_id: int | None, actor: Actor, now: datetime, wave: int = FIRST_WAVE
) -> None:
    """Have a worker make the letters of `wave`, or pictures of a batch.

    Raises JobAtWorkError; a unique column decides a race.
    """
    values = {"letters_done": 0, "letters_total": 0, "attempts": 0, "worker": "", "fault_json": ""}
    job_id = new_id()
    is_new = insert_if_free(
        LetterJob,
        id=job_id,
        event_id=event.id,
        busy_event_id=event.id,
        batch_id=batch_id,
        kind=kind.value,
        wave=wave,
        stage=Stage.WAITING.value,
        queued_at_utc=now,
        queued_by_id=actor.id,
        **values,
    )
    if not is_new:
        raise JobAtWorkError
    record("letters.ask", subject_kind="letter_job", subject_id=job_id, actor=actor, now=now, kind=kind, wave=wave)


def free_jobs_of(dead_workers: Sequence[str]) -> None:
    """Let others have the work of workers that died."""
    held = update(LetterJob).where(LetterJob.worker.in_(dead_workers))
    db.session.execute(held.values(worker="", lease_until_utc=None))


def claim(worker: str, now: datetime) -> LetterJob | None:
    """Take the oldest free work for `worker`, or return None."""
    job = queries.next_job(now)
    if job is None:
        return None
    job.worker, job.lease_until_utc, job.stage = worker, now + LEASE, Stage.WORKING.value
    job.attempts += 1
    job.letters_done = 0
    db.session.flush()
    return job


def tell(job_id: int, *, worker: str, done: int, total: int, now: datetime) -> None:
    """Note how far the work has come. Raises JobLostError."""
    mine = update(LetterJob).where(LetterJob.id == job_id, LetterJob.worker == worker)
    values = {"letters_done": done, "letters_total": total, "lease_until_utc": now + LEASE}
    if db.session.execute(mine.values(**values)).rowcount != 1:  # type: ignore[attr-defined]
        raise JobLostError


def end(job: LetterJob, *, batch_id: int | None, letters: int, now: datetime) -> None:
    """Say that the files lie there."""
    job.stage, job.batch_id, job.done_at_utc = Stage.DONE.value, batch_id, now
    job.letters_done = job.letters_total = letters
    _let_go(job)


def fail(job: LetterJob, error: OutreachError) -> None:
    """Say why there are no files."""
    job.stage = Stage.FAILED.value
    job.fault_json = json.dumps([error.message, error.values], default=str)
    _let_go(job)


def fetch(job: LetterJob, name: str, *, actor: Actor, now: datetime) -> Path:
    """Return the path of one file, and note that `actor` took it. Raises NotFoundError or FilesGoneError."""
    if job.stage != Stage.DONE:
        raise FilesGoneError
    if name not in {file["name"] for file in queries.files_of(job)}:
        raise NotFoundError
    path = queries.folder_of(job.id) / name
    if not path.is_file():
        raise FilesGoneError
    job.fetched_at_utc = job.fetched_at_utc or now
    db.session.flush()
    record("letters.fetch", subject_kind="letter_job", subject_id=job.id, actor=actor, now=now)
    return path


def confirm(job: LetterJob, *, actor: Actor, now: datetime) -> None:
    """Erase the files: whoever prints has them. Twice is as once."""
    if job.stage != Stage.DONE:
        return
    job.confirmed_at_utc = now
    erasure.erase_files(job)
    record("letters.confirm", subject_kind="letter_job", subject_id=job.id, actor=actor, now=now)


def note_look(job_id: int, *, page: int, actor: Actor, now: datetime) -> None:
    """Write down that `actor` looked at one page of pictures."""
    record("letters.look_over", subject_kind="letter_job", subject_id=job_id, actor=actor, now=now, page=page)


def _let_go(job: LetterJob) -> None:
    job.busy_event_id, job.worker, job.lease_until_utc = None, "", None
    db.session.flush()
