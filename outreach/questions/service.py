"""Use cases of questions: ask, take, answer, close, mark as free of personal data. Never commits.

A question is answered once: the row is locked, its status decides, and the outbox has one place for its e-mail.
"""

from datetime import datetime

from outreach.audit.actor import GUEST, Actor
from outreach.audit.service import record
from outreach.database import db
from outreach.invitations import queries as invitations
from outreach.outbox import service as outbox
from outreach.outbox.message import NewMessage
from outreach.outbox.states import Channel
from outreach.questions import queries
from outreach.questions.models import Question
from outreach.questions.question import Asked, NoAddressError, Status, Way, require_step

KIND = "question_answer"


def recipient(question_id: int) -> str:
    """Return the outbox recipient of the answer to a question."""
    return f"question:{question_id}"


def ask(asked: Asked, *, now: datetime) -> Question:
    """Store a question. One from a household's page holds its invitation, so that who is protected meanwhile takes it
    with them; raises InvitationGoneError when the invitation is in force no more.
    """
    if asked.invitation_id is not None:
        invitations.hold_active(asked.invitation_id)
    row = Question(
        event_id=asked.event_id,
        invitation_id=asked.invitation_id,
        language=asked.language,
        status=Status.NEW.value,
        way=Way.NONE.value,
        asked_at_utc=now,
        changed_at_utc=now,
        is_free_of_personal=False,
        is_erased=False,
    )
    row.text, row.email, row.mobile = asked.text, asked.email, asked.mobile
    db.session.add(row)
    db.session.flush()
    record("question.ask", subject_kind="question", subject_id=row.id, actor=GUEST, now=now)
    return row


def take(question_id: int, *, user_id: int, now: datetime) -> None:
    """Say who answers. Raises NotFoundError or QuestionMovedOnError."""
    row = _moved(question_id, Status.TAKEN, now)
    row.taken_by_id = user_id
    db.session.flush()
    record("question.take", subject_kind="question", subject_id=row.id, actor=Actor("staff", user_id), now=now)


def answer(question_id: int, text: str, way: Way, *, user_id: int, now: datetime) -> None:
    """Answer by e-mail, queued in this transaction, or note that it was answered by phone.

    Raises NotFoundError, QuestionMovedOnError or NoAddressError.
    """
    row = _moved(question_id, Status.ANSWERED, now)
    if way is Way.EMAIL and row.email_sealed is None:
        raise NoAddressError
    row.answer, row.way = text, way.value
    row.answered_at_utc, row.answered_by_id = now, user_id
    row.taken_by_id = row.taken_by_id or user_id
    db.session.flush()
    if way is Way.EMAIL:
        outbox.queue([_message(row)], now)
    record(
        "question.answer", subject_kind="question", subject_id=row.id, actor=Actor("staff", user_id), now=now, way=way
    )


def close(question_id: int, *, user_id: int, now: datetime) -> None:
    """Close a question. Raises NotFoundError or QuestionMovedOnError."""
    row = _moved(question_id, Status.CLOSED, now)
    db.session.flush()
    record("question.close", subject_kind="question", subject_id=row.id, actor=Actor("staff", user_id), now=now)


def mark_free(question_id: int, *, is_free: bool, user_id: int, now: datetime) -> None:
    """Say whether question and answer hold nothing personal, so that the archive may keep them."""
    row = queries.for_update(question_id)
    row.is_free_of_personal = is_free
    db.session.flush()
    act, actor = "question.mark_free", Actor("staff", user_id)
    record(act, subject_kind="question", subject_id=row.id, actor=actor, now=now, is_free=is_free)


def note_look(question_id: int, *, actor: Actor, now: datetime) -> None:
    """Write down that `actor` read a question."""
    record("question.look", subject_kind="question", subject_id=question_id, actor=actor, now=now)


def note_list_look(*, actor: Actor, now: datetime, page: int) -> None:
    """Write down that `actor` looked at one page of the questions."""
    record("question.list", subject_kind="question", actor=actor, now=now, page=page)


def _moved(question_id: int, then: Status, now: datetime) -> Question:
    row = queries.for_update(question_id)
    require_step(Status(row.status), then)
    row.status, row.changed_at_utc = then.value, now
    return row


def _message(row: Question) -> NewMessage:
    return NewMessage(
        purpose=f"question:{row.id}",
        recipient=recipient(row.id),
        channel=Channel.EMAIL,
        kind=KIND,
        language=row.language,
        references={"question_id": row.id},
        event_id=row.event_id,
    )
