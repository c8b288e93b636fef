"""The worker that makes letters and pictures which a page asked for, with the commits that each step needs.

Killed at any time it leaves nothing half-done: a build tells by its folder what was handed over (letters/service.py),
and pictures are made anew. The next worker begins where that shows.
"""

import json
import secrets
import shutil
from collections.abc import Callable
from typing import TypeVar

import structlog
from sqlalchemy.exc import DBAPIError

from outreach import clock
from outreach.audit.actor import Actor
from outreach.database import db
from outreach.errors import N_, OutreachError
from outreach.events.models import Event
from outreach.invitations.letters import service as letters
from outreach.invitations.letters.building.commands import build, draw
from outreach.invitations.letters.faults import ReleaseNeededError
from outreach.invitations.letters.making import queries, service
from outreach.invitations.letters.making.models import LetterJob
from outreach.invitations.letters.making.stages import ChangedSinceError, JobKind, NoLettersError
from outreach.invitations.letters.planning import service as planning
from outreach.outbox.worker_lock import dead_among, held_lock
from outreach.web.workers import committed, run_until_stopped

T = TypeVar("T")
log = structlog.get_logger()
_BROKEN = N_(
    "Noe gikk galt hos oss. Ingen brev er levert til utskrift. Prøv igjen, eller si fra til den som driver Treffpunkt."
)


def work_due(*, is_stopping: Callable[[], bool] = lambda: False) -> int:
    """Do the work that waits until none is left or `is_stopping` says so; return how many pieces were done."""
    name, done = secrets.token_hex(12), 0
    with held_lock(service.lock_folder(), name):
        committed(lambda: service.free_jobs_of(dead_among(service.lock_folder(), queries.workers())))
        while not is_stopping() and (job := committed(lambda: service.claim(name, clock.now_utc()))):
            _do(job, name)
            done += 1
    return done


def work_until_stopped() -> None:
    """Look for work every second until the process is asked to stop; work that is begun is finished."""
    run_until_stopped(lambda is_stopping: work_due(is_stopping=is_stopping))


def _do(job: LetterJob, name: str) -> None:
    """Do one piece of work, or say on it why it cannot be done."""
    try:
        if job.attempts > service.MOST_ATTEMPTS:
            raise OutreachError(_BROKEN)
        batch_id, count = _draw(job, name) if job.kind == JobKind.PICTURES else _build(job, name)
        committed(lambda: service.end(job, batch_id=batch_id, letters=count, now=clock.now_utc()))
    except service.JobLostError:
        log.info("work given up", job=job.id)
    except OutreachError as error:
        fault = ChangedSinceError() if isinstance(error, ReleaseNeededError) else error
        committed(lambda: _give_up(job, fault))
    except DBAPIError:
        raise
    except Exception as error:  # one event whose letters break must not stop the others
        log.error("work failed", job=job.id, fault=type(error).__name__)  # noqa: TRY400 - traces hold values
        committed(lambda: _give_up(job, OutreachError(_BROKEN)))


def _build(job: LetterJob, name: str) -> tuple[int, int]:
    """Return the batch that was handed over and how many letters it has."""
    event, folder, actor = _event(job), queries.folder_of(job.id), Actor("staff", job.queued_by_id)
    committed(lambda: letters.recover(event, actor=actor, now=clock.now_utc()))
    if before := queries.batch_in(folder):
        # A worker that died had handed everything over; only the end of the work was not written.
        return before.id, before.letter_count
    shutil.rmtree(folder, ignore_errors=True)
    built = build(
        event,
        out=folder,
        is_reprint=job.kind == JobKind.REPRINT,
        made_by_id=job.queued_by_id,
        actor=actor,
        wave=job.wave,
        tell=lambda done, total: _tell(job.id, name, done, total),
    )
    if built.batch is None:
        raise NoLettersError
    return built.batch.id, built.batch.letter_count


def _draw(job: LetterJob, name: str) -> tuple[int | None, int]:
    """Picture the letters of a batch that waits. Raises ChangedSinceError when it is another set now."""
    event, batch = _event(job), queries.batch(job.batch_id)
    if batch is None:
        raise ChangedSinceError
    found = planning.plan(event, is_reprint=batch.is_reprint, now=clock.now_utc(), wave=batch.wave)
    if found.content(event) != batch.content_hash:
        raise ChangedSinceError
    folder = queries.folder_of(job.id)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)
    ids = draw(event, found, folder=folder, tell=lambda done, total: _tell(job.id, name, done, total))
    sheet = folder / queries.PICTURES
    sheet.touch(mode=0o600)
    sheet.write_text(json.dumps(ids), encoding="utf-8")
    return batch.id, len(ids)


def _tell(job_id: int, name: str, done: int, total: int) -> None:
    committed(lambda: service.tell(job_id, worker=name, done=done, total=total, now=clock.now_utc()))


def _give_up(job: LetterJob, error: OutreachError) -> None:
    if not (queries.folder_of(job.id) / "manifest.json").exists():
        shutil.rmtree(queries.folder_of(job.id), ignore_errors=True)
    service.fail(job, error)


def _event(job: LetterJob) -> Event:
    return db.session.get_one(Event, job.event_id)
