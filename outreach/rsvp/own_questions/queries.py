"""What is read of the organiser's questions: those that are asked, one household's replies, counts and lists of all."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Exists, bindparam, exists, func, select

from outreach.database import db, run, unseal
from outreach.errors import N_, NotFoundError
from outreach.rsvp.answer import RsvpState
from outreach.rsvp.models import Rsvp
from outreach.rsvp.own_questions.models import EventQuestion, QuestionReply
from outreach.rsvp.own_questions.own_question import AskedOf, OwnQuestion, QuestionKind, Reply, words_from_json

_question, _reply = EventQuestion.__table__.c, QuestionReply.__table__.c
# Put together once: every answer to an event with questions asks for them.
_ASKED = (
    select(EventQuestion.__table__)
    .where(_question.event_id == bindparam("event_id"), _question.retired_at_utc.is_(None))
    .order_by(_question.number, _question.id)
)
_REPLIES = (
    select(_reply.id, _reply.question_id, _reply.position, _reply.invitee_id, _reply.words_sealed)
    .join(EventQuestion.__table__, _question.id == _reply.question_id)
    .where(_reply.rsvp_id == bindparam("rsvp_id"), _question.retired_at_utc.is_(None))
    .order_by(_question.number, _question.id, _reply.position)
)


@dataclass(frozen=True)
class ListedReply:
    """One reply for staff: its words, how many persons are in the party, and whom to ask more."""

    question_id: int
    words: tuple[str, ...]
    persons: int
    invitation_id: int

    @property
    def text(self) -> str:
        """Return the words as a person reads them."""
        return ", ".join(self.words)


@dataclass(frozen=True)
class Replies:
    """All replies to one question of those who come or wait. `counts`: how many replied each choice or number."""

    question: OwnQuestion
    is_retired: bool
    lines: tuple[ListedReply, ...]
    counts: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int | None:
        """Return the sum of the numbers, None for other kinds."""
        if self.question.kind is not QuestionKind.NUMBER:
            return None
        return sum(int(word) for line in self.lines for word in line.words)


def is_asked(event_id: ColumnElement[int]) -> Exists:
    """Return whether the event of another statement's row asks its guests anything."""
    return exists().where(_question.event_id == event_id, _question.retired_at_utc.is_(None))


def asked(event_id: int) -> tuple[OwnQuestion, ...]:
    """Return the questions that the event asks, in order."""
    return tuple(own_question(row) for row in run(_ASKED, {"event_id": event_id}).rows)


def replies_of(rsvp_id: int) -> tuple[Reply, ...]:
    """Return what was replied in one answer to questions that are still asked, in the order of the form."""
    rows = run(_REPLIES, {"rsvp_id": rsvp_id}).rows
    return tuple(Reply(row.question_id, _words(row), row.position, row.invitee_id) for row in rows)


def rows(event_id: int) -> list[EventQuestion]:
    """Return every question of the event in order: those that are asked, then the retired."""
    order = (EventQuestion.retired_at_utc.is_not(None), EventQuestion.number, EventQuestion.id)
    return list(db.session.scalars(select(EventQuestion).where(EventQuestion.event_id == event_id).order_by(*order)))


def held(event_id: int, question_id: int) -> EventQuestion:
    """Return one question of the event, locked, so that no reply comes while it is changed. Raises NotFoundError."""
    wanted = select(EventQuestion).where(EventQuestion.event_id == event_id, EventQuestion.id == question_id)
    found = db.session.scalars(wanted.order_by(EventQuestion.id).with_for_update()).one_or_none()
    if found is None:
        raise NotFoundError(N_("Vi finner ikke spørsmålet."))
    return found


def one(event_id: int, question_id: int) -> OwnQuestion:
    """Return one question of the event. Raises NotFoundError."""
    found = next((row for row in rows(event_id) if row.id == question_id), None)
    if found is None:
        raise NotFoundError(N_("Vi finner ikke spørsmålet."))
    return own_question(found)


def reply_counts(event_id: int) -> dict[int, int]:
    """Return how many replies each question of the event has, for those that have any."""
    counted = select(QuestionReply.question_id, func.count()).join(
        EventQuestion, EventQuestion.id == QuestionReply.question_id
    )
    mine = counted.where(EventQuestion.event_id == event_id).group_by(QuestionReply.question_id)
    return dict(db.session.execute(mine.order_by(QuestionReply.question_id)).all())


def own_question(row: EventQuestion) -> OwnQuestion:
    """Return a stored question as a value."""
    return OwnQuestion(
        id=row.id,
        text=row.text,
        hint=row.hint,
        kind=QuestionKind(row.kind),
        asked_of=AskedOf(row.asked_of),
        is_required=bool(row.is_required),
        choices=words_from_json(row.choices_json),
    )


def replies(event_id: int) -> list[Replies]:
    """Return all replies of those who come or wait, by question in order; retired ones only when they have any."""
    lines: dict[int, list[ListedReply]] = {}
    for line in _lines(event_id):
        lines.setdefault(line.question_id, []).append(line)
    return [
        _of_question(own_question(row), row.retired_at_utc is not None, lines.get(row.id, []))
        for row in rows(event_id)
        if row.retired_at_utc is None or row.id in lines
    ]


def _lines(event_id: int) -> list[ListedReply]:
    columns = [_reply.id, _reply.question_id, _reply.words_sealed, Rsvp.persons, Rsvp.invitation_id]
    found = db.session.execute(
        select(*columns)
        .join(Rsvp, Rsvp.id == _reply.rsvp_id)
        .where(Rsvp.event_id == event_id, Rsvp.state.in_((RsvpState.ATTENDING.value, RsvpState.WAITLISTED.value)))
        .order_by(Rsvp.answered_at_utc, Rsvp.id, _reply.position)
    )
    return [ListedReply(row.question_id, _words(row), row.persons, row.invitation_id) for row in found]


def _of_question(question: OwnQuestion, is_retired: bool, lines: Sequence[ListedReply]) -> Replies:
    said = Counter(word for line in lines for word in line.words)
    if question.kind is QuestionKind.NUMBER:
        counts = [(word, said[word]) for word in sorted(said, key=int)]
    else:
        counts = [(choice, said[choice]) for choice in question.choices]
    return Replies(question, is_retired, tuple(lines), tuple(counts))


def _words(row: Any) -> tuple[str, ...]:
    opened = unseal(row.words_sealed, column="question_reply.words_sealed", row_id=row.id)
    return words_from_json(opened or "[]")
