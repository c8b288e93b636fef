"""What staff do with the questions of an event, and the replies of one answer, written in its transaction.

The words of a question stand as soon as somebody has replied: what a reply means must not change under it.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import and_, bindparam, delete, insert, select

from outreach.audit.actor import Actor
from outreach.audit.service import record
from outreach.database import db, new_id, seal
from outreach.database.together import Step
from outreach.rsvp.own_questions import queries
from outreach.rsvp.own_questions.models import EventQuestion, QuestionReply
from outreach.rsvp.own_questions.own_question import (
    MOST_QUESTIONS,
    QuestionAnsweredError,
    Reply,
    TooManyQuestionsError,
    Wording,
    check,
    words_to_json,
)

_reply = QuestionReply.__table__
_MINE = _reply.c.rsvp_id == bindparam("wanted_id")
_is_asked = select(EventQuestion.id).where(EventQuestion.retired_at_utc.is_(None))
# A reply to a question that is asked no more stays with who comes: the form cannot say it again.
_DELETE_ASKED = delete(_reply).where(and_(_MINE, _reply.c.question_id.in_(_is_asked)))
_DELETE_ALL = delete(_reply).where(_MINE)
_INSERT = insert(_reply)


class Act(StrEnum):
    """What is done with a question by one button."""

    UP = "opp"
    DOWN = "ned"
    RETIRE = "avslutt"
    ASK_AGAIN = "igjen"
    DELETE = "slett"


_ACTS = {
    Act.UP: "event_question.move",
    Act.DOWN: "event_question.move",
    Act.RETIRE: "event_question.retire",
    Act.ASK_AGAIN: "event_question.ask_again",
    Act.DELETE: "event_question.delete",
}


def writing_replies(rsvp_id: int, replies: Sequence[Reply], *, has_replies: bool, is_coming: bool) -> Iterator[Step]:
    """Yield the steps that write the replies of an answer over those that stand. `is_coming`: else all of them go."""
    if has_replies:
        yield Step(_DELETE_ASKED if is_coming else _DELETE_ALL, {"wanted_id": rsvp_id}, rows=None)
    yield from (Step(_INSERT, _row(rsvp_id, reply)) for reply in replies)


def make(event_id: int, wording: Wording, *, actor: Actor, now: datetime) -> EventQuestion:
    """Ask one question more, the last. Raises OwnQuestionError or TooManyQuestionsError."""
    check(wording)
    there = queries.rows(event_id)
    if sum(row.retired_at_utc is None for row in there) >= MOST_QUESTIONS:
        raise TooManyQuestionsError
    last = max((row.number for row in there), default=0)
    row = EventQuestion(event_id=event_id, number=last + 1, made_at_utc=now, **_columns(wording))
    db.session.add(row)
    db.session.flush()
    record(
        "event_question.create",
        subject_kind="event_question",
        subject_id=row.id,
        actor=actor,
        now=now,
        event_id=event_id,
    )
    return row


def change(event_id: int, question_id: int, wording: Wording, *, actor: Actor, now: datetime) -> None:
    """Change a question that nobody has answered. Raises OwnQuestionError or QuestionAnsweredError."""
    check(wording)
    row = queries.held(event_id, question_id)
    _refuse_answered(row)
    for name, value in _columns(wording).items():
        setattr(row, name, value)
    db.session.flush()
    record(
        "event_question.change",
        subject_kind="event_question",
        subject_id=row.id,
        actor=actor,
        now=now,
        event_id=event_id,
    )


def act(event_id: int, question_id: int, what: Act, *, actor: Actor, now: datetime) -> None:
    """Move a question, stop or begin again to ask it, or delete one that nobody has answered. Twice is as once.

    Raises QuestionAnsweredError or TooManyQuestionsError.
    """
    row = queries.held(event_id, question_id)
    if what in (Act.UP, Act.DOWN):
        _move(row, -1 if what is Act.UP else 1)
    elif what is Act.DELETE:
        _refuse_answered(row)
        db.session.delete(row)
    elif what is Act.RETIRE:
        row.retired_at_utc = row.retired_at_utc or now
    else:
        _ask_again(row)
    db.session.flush()
    record(_ACTS[what], subject_kind="event_question", subject_id=row.id, actor=actor, now=now, event_id=event_id)


def copy_questions(*, event_id: int, copy_id: int, now: datetime) -> None:
    """Have a copied event ask what its original asks. Listens to "event_copied"."""
    for number, row in enumerate((row for row in queries.rows(event_id) if row.retired_at_utc is None), start=1):
        wording = _columns(queries.own_question(row))
        db.session.add(EventQuestion(event_id=copy_id, number=number, made_at_utc=now, **wording))
    db.session.flush()


def note_look(event_id: int, *, actor: Actor, now: datetime, is_export: bool = False) -> None:
    """Write down that somebody looked at the replies of an event, or took them along as a file."""
    what = "event_question.export" if is_export else "event_question.look"
    record(what, subject_kind="event", subject_id=event_id, actor=actor, now=now)


def _row(rsvp_id: int, reply: Reply) -> dict[str, Any]:
    row_id = new_id()
    sealed = seal(words_to_json(reply.words), column="question_reply.words_sealed", row_id=row_id)
    place = {"question_id": reply.question_id, "invitee_id": reply.invitee_id, "position": reply.position}
    return {"id": row_id, "rsvp_id": rsvp_id, **place, "words_sealed": sealed}


def _columns(wording: Wording) -> dict[str, Any]:
    return {
        "text": wording.text,
        "hint": wording.hint,
        "kind": wording.kind.value,
        "asked_of": wording.asked_of.value,
        "is_required": wording.is_required,
        "choices_json": words_to_json(wording.choices),
    }


def _refuse_answered(row: EventQuestion) -> None:
    if queries.reply_counts(row.event_id).get(row.id):
        raise QuestionAnsweredError


def _ask_again(row: EventQuestion) -> None:
    asked = [other for other in queries.rows(row.event_id) if other.retired_at_utc is None and other.id != row.id]
    if len(asked) >= MOST_QUESTIONS:
        raise TooManyQuestionsError
    row.retired_at_utc = None


def _move(row: EventQuestion, step: int) -> None:
    """Change places with the neighbour, if there is one; everybody's number is then its place."""
    asked = [other for other in queries.rows(row.event_id) if other.retired_at_utc is None]
    if row not in asked:
        return
    at = asked.index(row)
    to = min(max(at + step, 0), len(asked) - 1)
    asked[at], asked[to] = asked[to], asked[at]
    for number, one in enumerate(asked, start=1):
        one.number = number
