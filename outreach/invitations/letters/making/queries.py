"""Every SELECT of work on letters, and which files there are to fetch."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from outreach.database import db
from outreach.errors import NotFoundError
from outreach.invitations.letters.making.models import LetterJob
from outreach.invitations.letters.making.stages import BUSY, JobKind, Stage
from outreach.invitations.letters.print_folder import MANIFEST
from outreach.messages.models import LetterBatch

PICTURES = "pictures.json"


def folder_of(job_id: int) -> Path:
    """Return where the files of a piece of work lie."""
    return Path(current_app.instance_path) / "letters" / str(job_id)


def jobs_of(event_id: int) -> list[LetterJob]:
    """Return the work on the event's letters, the latest first."""
    wanted = select(LetterJob).where(LetterJob.event_id == event_id)
    return list(db.session.scalars(wanted.order_by(LetterJob.queued_at_utc.desc(), LetterJob.id)))


def job_of(event_id: int, job_id: int) -> LetterJob:
    """Return one piece of work of the event. Raises NotFoundError."""
    found: LetterJob | None = db.session.scalar(
        select(LetterJob).where(LetterJob.id == job_id, LetterJob.event_id == event_id)
    )
    if found is None:
        raise NotFoundError
    return found


def batch(batch_id: int | None) -> LetterBatch | None:
    """Return a batch by its id."""
    return db.session.get(LetterBatch, batch_id) if batch_id else None


def batch_in(folder: Path) -> LetterBatch | None:
    """Return the batch that was handed over into `folder`, or None."""
    wanted = select(LetterBatch).where(
        LetterBatch.folder == str(folder.resolve()), LetterBatch.handed_over_at_utc.is_not(None)
    )
    found: LetterBatch | None = db.session.scalar(wanted.order_by(LetterBatch.id).limit(1))
    return found


def next_job(now: datetime) -> LetterJob | None:
    """Return the oldest work that nobody is at, locked so that no other worker gets it, or None."""
    is_free = or_(LetterJob.worker == "", LetterJob.lease_until_utc < now)
    wanted = select(LetterJob).where(LetterJob.stage.in_([stage.value for stage in BUSY]), is_free)
    found: LetterJob | None = db.session.scalar(
        wanted.order_by(LetterJob.queued_at_utc, LetterJob.id).limit(1).with_for_update(skip_locked=True)
    )
    return found


def workers() -> list[str]:
    """Return the names of the workers that hold work."""
    held = select(LetterJob.worker).where(LetterJob.worker != "").distinct().order_by(LetterJob.worker)
    return list(db.session.scalars(held))


def oldest_unclaimed(now: datetime) -> datetime | None:
    """Return since when the oldest work waits while no worker is at any, or None. Behind other work it may wait."""
    is_busy = LetterJob.stage.in_([stage.value for stage in BUSY])
    free, held = aliased(LetterJob), (LetterJob.worker != "") & (LetterJob.lease_until_utc >= now)
    at_work = select(LetterJob.id).where(is_busy, held).exists()
    waits = free.stage.in_([stage.value for stage in BUSY])
    return db.session.scalar(select(func.min(free.queued_at_utc)).where(waits, ~at_work))


def with_files(*, event_ids: Collection[int] | None = None, done_before: datetime | None = None) -> list[LetterJob]:
    """Return work whose files lie there: of `event_ids`, or done before a moment."""
    wanted = select(LetterJob).where(LetterJob.stage == Stage.DONE.value)
    if event_ids is not None:
        wanted = wanted.where(LetterJob.event_id.in_(event_ids))
    if done_before is not None:
        wanted = wanted.where(LetterJob.done_at_utc < done_before)
    return list(db.session.scalars(wanted.order_by(LetterJob.id)))


def files_of(job: LetterJob) -> list[dict[str, Any]]:
    """Return what can be fetched: name and number of letters (None for lists); empty when it is gone."""
    if job.kind == JobKind.PICTURES or job.stage != Stage.DONE:
        return []
    try:
        facts = json.loads((folder_of(job.id) / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    lists = [facts["addresses"]["name"], MANIFEST]
    return [*facts["files"], *({"name": name, "letters": None} for name in lists)]


def pictured(job: LetterJob) -> Sequence[int]:
    """Return the invitations whose letters are pictured, in the order of printing; empty when they are gone."""
    folder = folder_of(job.id)
    try:
        ids: list[int] = json.loads((folder / PICTURES).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return [id_ for id_ in ids if (folder / f"{id_}.png").exists()]
