"""Files of letters hold everybody's address: erased when confirmed, after fourteen days, with the event, or when
somebody in them becomes protected.

Letters whose files nobody ever fetched cannot have been printed: they become uncertain, and a person decides. The cause
is not told, since protection is one of them.
"""

import shutil
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from outreach.database import db
from outreach.invitations.letters.batch import worker_name
from outreach.invitations.letters.making import queries
from outreach.invitations.letters.making.models import LetterJob
from outreach.invitations.letters.making.stages import KEPT, JobKind, Stage
from outreach.invitations.models import Invitation
from outreach.outbox.afterwards import service as outbox

_PORTION = 500


def erase_files(job: LetterJob) -> None:
    """Take the files of one piece of work away."""
    shutil.rmtree(queries.folder_of(job.id), ignore_errors=True)
    if job.kind == JobKind.BUILD and job.fetched_at_utc is None and job.confirmed_at_utc is None and job.batch_id:
        outbox.doubt_all(worker=worker_name(job.batch_id))
    job.stage = Stage.ERASED.value
    db.session.flush()


def erase_old_files(now: datetime) -> dict[str, int]:
    """Erase the files that have waited for fourteen days; return how many pieces of work that was."""
    return _erase(queries.with_files(done_before=now - KEPT))


def count_old_files(now: datetime) -> int:
    """Return for how many pieces of work the files are due."""
    return len(queries.with_files(done_before=now - KEPT))


def erase_event_people(event_id: int) -> dict[str, int]:
    """Erase the files of the event's letters."""
    return _erase(queries.with_files(event_ids=[event_id]))


def drop_files_with(invitation_ids: Sequence[int]) -> None:
    """Erase the files of every event that any of the invitations is to: somebody in them must not be seen."""
    events: set[int] = set()
    for start in range(0, len(invitation_ids), _PORTION):
        part = invitation_ids[start : start + _PORTION]
        events.update(db.session.scalars(select(Invitation.event_id).where(Invitation.id.in_(part)).distinct()))
    if events:
        _erase(queries.with_files(event_ids=events))


def _erase(jobs: Sequence[LetterJob]) -> dict[str, int]:
    for job in jobs:
        erase_files(job)
    return {LetterJob.__tablename__: len(jobs)}
