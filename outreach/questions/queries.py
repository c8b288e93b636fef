"""Every SELECT of questions, always ordered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, select

from outreach.accounts.models import StaffUser
from outreach.database import db
from outreach.errors import N_, NotFoundError
from outreach.events.models import Event
from outreach.invitations.models import Invitee
from outreach.questions.models import Question
from outreach.questions.question import OPEN, Status

PAGE_SIZE = 50


@dataclass(frozen=True)
class Listed:
    """A question with the event that it is about and who took it; both may be empty."""

    question: Question
    title: str
    slug: str
    taken_by: str


def listed(status: Status | None, *, page: int) -> tuple[list[Listed], int]:
    """Return one page (from 1) of the questions in `status`, or of those that wait when None, the oldest first; and how
    many there are in all. Erased ones are not listed."""
    statuses = [status] if status else OPEN
    mine = (Question.status.in_([one.value for one in statuses]), Question.is_erased.is_(False))
    number = db.session.scalar(select(func.count()).select_from(Question).where(*mine)) or 0
    wanted = (
        _with_words()
        .where(*mine)
        .order_by(Question.asked_at_utc, Question.id)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    return [_line(row) for row in db.session.execute(wanted)], number


def shown(question_id: int) -> Listed:
    """Return one question that is not erased. Raises NotFoundError."""
    wanted = _with_words().where(Question.id == question_id, Question.is_erased.is_(False))
    found = db.session.execute(wanted).one_or_none()
    if found is None:
        raise NotFoundError(N_("Spørsmålet finnes ikke lenger."))
    return _line(found)


def for_update(question_id: int) -> Question:
    """Return one question that is not erased, locked until the transaction ends. Raises NotFoundError."""
    wanted = select(Question).where(Question.id == question_id, Question.is_erased.is_(False)).with_for_update()
    found: Question | None = db.session.scalar(wanted.execution_options(populate_existing=True))
    if found is None:
        raise NotFoundError(N_("Spørsmålet finnes ikke lenger."))
    return found


def by_id(question_id: int) -> Question | None:
    """Return the row, or None."""
    return db.session.get(Question, question_id, populate_existing=True)


def status_counts(*, erased_too: bool = False) -> dict[str, int]:
    """Return how many questions are in each status; all statuses are there."""
    wanted = select(Question.status, func.count()).group_by(Question.status).order_by(Question.status)
    if not erased_too:
        wanted = wanted.where(Question.is_erased.is_(False))
    found: dict[str, int] = dict(db.session.execute(wanted).all())
    return {status.value: found.get(status.value, 0) for status in Status}


def free_texts() -> list[Question]:
    """Return the questions whose texts staff said hold nothing personal, the oldest first."""
    wanted = select(Question).where(Question.is_free_of_personal, Question.text_sealed.is_not(None))
    return list(db.session.scalars(wanted.order_by(Question.asked_at_utc, Question.id)))


def ids_of_event(event_id: int) -> list[int]:
    """Return the questions about the event that are not erased."""
    mine = (Question.event_id == event_id, Question.is_erased.is_(False))
    return list(db.session.scalars(select(Question.id).where(*mine).order_by(Question.id)))


def ids_of_no_event(before: datetime) -> list[int]:
    """Return the questions about no event that nothing has happened to since `before`."""
    mine = (Question.event_id.is_(None), Question.is_erased.is_(False), Question.changed_at_utc < before)
    return list(db.session.scalars(select(Question.id).where(*mine).order_by(Question.id)))


def of_persons(person_ids: Sequence[int]) -> list[Question]:
    """Return the questions from the pages of households that any of `person_ids` (some hundred) is asked in."""
    asked = select(Invitee.invitation_id).where(Invitee.person_id.in_(person_ids))
    wanted = select(Question).where(Question.invitation_id.in_(asked), Question.is_erased.is_(False))
    return list(db.session.scalars(wanted.order_by(Question.asked_at_utc, Question.id)))


def of_invitation(invitation_id: int) -> list[Question]:
    """Return the questions from the page of one household, in the order in which they were asked."""
    wanted = select(Question).where(Question.invitation_id == invitation_id, Question.is_erased.is_(False))
    return list(db.session.scalars(wanted.order_by(Question.asked_at_utc, Question.id)))


def _line(row: Row[*tuple[Any, ...]]) -> Listed:
    question, title, slug, taken_by = tuple(row)
    return Listed(question, title or "", slug or "", taken_by or "")


def _with_words() -> Select[Any]:
    columns: list[Any] = [Question, Event.title, Event.slug, StaffUser.display_name]
    with_event = select(*columns).outerjoin(Event, Event.id == Question.event_id)
    return with_event.outerjoin(StaffUser, StaffUser.id == Question.taken_by_id)
