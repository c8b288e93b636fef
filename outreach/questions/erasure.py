"""What questions hold on people: exported for one person, emptied when the time is over or a person is protected.

An emptied question stays as a count by status. Its texts stay only where staff said that they hold nothing personal;
of a person who asks to be erased, or who is protected, nothing stays.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import update

from outreach.audit.actor import SYSTEM
from outreach.audit.service import record
from outreach.database import db
from outreach.messages.erasure import erase_messages
from outreach.outbox import service as outbox
from outreach.outbox.states import Reason
from outreach.questions import queries
from outreach.questions.models import Question
from outreach.questions.question import OPEN, Status
from outreach.questions.service import recipient

_PORTION = 500
_CONTACT: dict[str, Any] = {"email_sealed": None, "mobile_sealed": None, "invitation_id": None, "is_erased": True}
_TEXTS: dict[str, Any] = {"text_sealed": None, "answer_sealed": None}


def erase_event_people(event_id: int) -> dict[str, int]:
    """Empty the questions about the event; return how many. The event's e-mails are erased with its outbox rows."""
    return {Question.__tablename__: _empty(queries.ids_of_event(event_id))}


def erase_of_no_event(before: datetime) -> dict[str, int]:
    """Empty the questions about no event that are older than `before`, with the e-mails that answered them."""
    ids = queries.ids_of_no_event(before)
    counts = erase_messages([recipient(question_id) for question_id in ids]) if ids else {}
    return {Question.__tablename__: _empty(ids), **counts}


def erase_persons(person_ids: Sequence[int]) -> dict[str, int]:
    """Empty what was asked from the pages of the households of `person_ids`, every text; return how many."""
    ids = _ids_of(person_ids)
    _stop(ids, Reason.ERASED)
    return {Question.__tablename__: _empty(ids, keep_free_texts=False)}


def forget_protected(person_ids: Sequence[int], now: datetime) -> None:
    """Do the same when people are protected, and close what waits. Listens to "people_protected"."""
    ids = _ids_of(person_ids)
    if ids:
        _stop(ids, Reason.PROTECTED)
        record("question.erase", subject_kind="question", actor=SYSTEM, now=now, questions=len(ids))
        _empty(ids, keep_free_texts=False)


def erase_questions(ids: Sequence[int], *, reason: Reason, now: datetime) -> None:
    """Empty these questions, every text, and close what waits: whoever asked them goes altogether."""
    if ids:
        _stop(ids, reason)
        record("question.erase", subject_kind="question", actor=SYSTEM, now=now, questions=len(ids))
        erase_messages([recipient(one) for one in ids])
        _empty(ids, keep_free_texts=False)


def erase_of_invitation(invitation_id: int, *, now: datetime) -> None:
    """Empty what was asked from one household's page, every text, because they ask for it."""
    erase_questions([row.id for row in queries.of_invitation(invitation_id)], reason=Reason.ERASED, now=now)


def export_of_invitation(invitation_id: int) -> list[dict[str, Any]]:
    """Return what was asked from one household's page, and what we answered."""
    rows = queries.of_invitation(invitation_id)
    return [{"asked_at": row.asked_at_utc.isoformat(), "status": row.status, **_own(row)} for row in rows]


def export_persons(person_ids: Sequence[int], *, shared: Collection[int] = ()) -> list[dict[str, Any]]:
    """Return everything that is held on questions of the households of `person_ids`, for the person's own access.

    `shared`: invitations that ask others too. Who of them wrote nobody knows, so of those only when and how far.
    """
    return [
        {
            "asked_at": row.asked_at_utc.isoformat(),
            "status": row.status,
            **({"held_for_the_household": ["question"]} if row.invitation_id in shared else _own(row)),
        }
        for start in range(0, len(person_ids), _PORTION)
        for row in queries.of_persons(person_ids[start : start + _PORTION])
    ]


def _own(row: Question) -> dict[str, Any]:
    return {
        "question": row.text,
        "answer": row.answer,
        "answered_by": row.way,
        "email": row.email,
        "mobile": row.mobile,
    }


def _ids_of(person_ids: Sequence[int]) -> list[int]:
    parts = range(0, len(person_ids), _PORTION)
    return sorted({row.id for at in parts for row in queries.of_persons(person_ids[at : at + _PORTION])})


def _stop(ids: Sequence[int], reason: Reason) -> None:
    if ids:
        outbox.withhold(recipients=map(recipient, ids), reason=reason)


def _empty(ids: Sequence[int], *, keep_free_texts: bool = True) -> int:
    waiting = Question.status.in_([status.value for status in OPEN])
    for start in range(0, len(ids), _PORTION):
        mine = Question.id.in_(ids[start : start + _PORTION])
        _run(update(Question).where(mine, waiting).values(status=Status.CLOSED.value))
        _run(update(Question).where(mine).values(**_CONTACT))
        texts = mine & Question.is_free_of_personal.is_(False) if keep_free_texts else mine
        _run(update(Question).where(texts).values(**_TEXTS))
    return len(ids)


def _run(statement: Any) -> None:
    db.session.execute(statement, execution_options={"synchronize_session": False})
    db.session.expire_all()
