"""The worker: reads and stores uploads that are too large for a request, with a commit for every batch of rows.

Killed at any time it leaves nothing half-done: the rows of a reading that did not end cannot be accepted, and storing
is one transaction. The next worker begins the job anew.
"""

import json
import secrets
from collections.abc import Callable
from contextlib import ExitStack, suppress
from typing import TypeVar

import structlog
from flask import current_app
from sqlalchemy.exc import DBAPIError

from outreach import clock
from outreach.audit.actor import Actor
from outreach.database import db
from outreach.database.engine import reading
from outreach.errors import N_, NotFoundError, OutreachError
from outreach.outbox.worker_lock import dead_among, held_lock
from outreach.register import erasure
from outreach.register import queries as register
from outreach.register.jobs import queries, service
from outreach.register.models import RegisterJob
from outreach.register.service import Act, RegisterSettings, context_for
from outreach.register.stages import JobKind, Stage
from outreach.register.staging import service as staging
from outreach.register.uploads import service as uploads
from outreach.web.workers import committed, run_until_stopped

T = TypeVar("T")
log = structlog.get_logger()
_BROKEN = N_(
    "Noe gikk galt hos oss. Ingenting er lagret. Prøv igjen. Skjer det igjen, så si fra til den som driver Treffpunkt."
)


class StoppedError(RuntimeError):
    """The process was asked to stop; the job goes back to the queue."""


def work_due(*, is_stopping: Callable[[], bool] = lambda: False) -> int:
    """Do the jobs that wait until none is left or `is_stopping` says so; return how many were done."""
    name = secrets.token_hex(12)
    done = 0
    with held_lock(service.lock_folder(), name):
        committed(_recover)
        while not is_stopping() and (job := committed(lambda: service.claim(name, clock.now_utc()))):
            _Work(job, name, is_stopping).run()
            done += 1
    return done


def work_until_stopped() -> None:
    """Look for work every second until the process is asked to stop."""
    run_until_stopped(lambda is_stopping: work_due(is_stopping=is_stopping))


class _Work:
    """One job in the hands of the worker `name`; also the pace at which a long reading is cut into commits."""

    def __init__(self, job: RegisterJob, name: str, is_stopping: Callable[[], bool]) -> None:
        self._job_id, self._extract_id, self._kind = job.id, job.extract_id, JobKind(job.kind)
        self._attempts, self._actor = job.attempts, Actor("staff", job.queued_by_id)
        self._name, self._is_stopping = name, is_stopping

    def run(self) -> None:
        """Do the job, or say on the upload why it cannot be done."""
        try:
            if self._attempts > service.MOST_ATTEMPTS:
                self._fail(OutreachError(_BROKEN))
            else:
                committed(self._check if self._kind is JobKind.CHECK else self._accept)
        except OutreachError as error:
            self._fail(error)
        except (service.JobLostError, StoppedError) as reason:
            log.info("job given up", job=self._job_id, reason=type(reason).__name__)
            committed(lambda: service.release(self._job_id, worker=self._name))
        except DBAPIError:
            # A person who discards the upload meanwhile takes away the row that the chunks point to.
            if committed(lambda: service.release(self._job_id, worker=self._name)):
                raise
        except Exception as error:  # one file that breaks the reader must not stop the others
            log.error("job failed", job=self._job_id, fault=type(error).__name__)  # noqa: TRY400 - traces hold values
            self._fail(OutreachError(_BROKEN))

    def apart(self, read: Callable[[], T]) -> T:
        """Return what `read` finds in a read that ends before the next write: nobody waits for it."""
        db.session.rollback()
        with reading():
            try:
                return read()
            finally:
                db.session.rollback()

    def checkpoint(self, rows: int, percent: int | None) -> None:
        """Commit what has been written so far. Raises JobLostError, StoppedError."""
        if self._is_stopping():
            raise StoppedError
        service.renew(self._job_id, worker=self._name, rows=rows, percent=percent, now=clock.now_utc())
        db.session.commit()

    def _check(self) -> None:
        now = clock.now_utc()
        staged = register.staged(self._extract_id, now=now)
        act = Act(as_of=staged.as_of, actor=self._actor, now=now, checked_by=staged.protection_checked_by)
        context = context_for(_settings(), as_of=staged.as_of, today=clock.today_oslo())
        with ExitStack() as stack:
            stream = self.apart(lambda: stack.enter_context(uploads.opened(self._extract_id)))
            staging.read(staged, stream, context=context, act=act, pace=self)
        service.end(self._job_id, worker=self._name)

    def _accept(self) -> None:
        service.require(self._job_id, worker=self._name)
        now = clock.now_utc()
        staged = register.staged(self._extract_id, now=now)
        act = Act(as_of=staged.as_of, actor=self._actor, now=now, checked_by=staged.protection_checked_by)
        staging.accept(staged, act=act, is_queued=True)

    def _fail(self, error: OutreachError) -> None:
        with suppress(service.JobLostError, NotFoundError):
            committed(lambda: self._note_fault(error))

    def _note_fault(self, error: OutreachError) -> None:
        staged = register.staged(self._extract_id, now=clock.now_utc())
        service.end(self._job_id, worker=self._name)
        staged.fault_json = json.dumps([error.message, error.values], default=str)
        # A file that was checked can still be accepted another time; one that was not is of no use.
        staged.stage = (Stage.WAITING if self._kind is JobKind.ACCEPT else Stage.UNUSABLE).value
        db.session.flush()


def _recover() -> None:
    erasure.erase_expired_staging(clock.now_utc())
    service.free_jobs_of(dead_among(service.lock_folder(), queries.workers()))


def _settings() -> RegisterSettings:
    settings: RegisterSettings = current_app.extensions["treffpunkt.settings"]
    return settings
