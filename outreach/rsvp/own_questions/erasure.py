"""What replies to the organiser's questions hold on people: exported for themselves, erased with the answer."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Delete, Select, delete, or_, select

from outreach.database import db
from outreach.rsvp.own_questions.models import EventQuestion, QuestionReply
from outreach.rsvp.own_questions.own_question import words_from_json


def deletion(rsvp_ids: Sequence[int], invitees: Select[Any]) -> Delete:
    """Return the DELETE of what the households `rsvp_ids` replied together, and `invitees` by themselves."""
    together = QuestionReply.rsvp_id.in_(rsvp_ids) & QuestionReply.invitee_id.is_(None)
    return delete(QuestionReply).where(or_(together, QuestionReply.invitee_id.in_(invitees)))


def exported(rsvp_id: int, invitee_id: int | None) -> list[dict[str, Any]]:
    """Return what one person of an answer replied, or with None what the household replied together."""
    wanted = (
        select(QuestionReply, EventQuestion.text)
        .join(EventQuestion, EventQuestion.id == QuestionReply.question_id)
        .where(QuestionReply.rsvp_id == rsvp_id, QuestionReply.invitee_id.is_not_distinct_from(invitee_id))
        .order_by(EventQuestion.number, EventQuestion.id)
    )
    return [
        {"asked": text, "words": ", ".join(words_from_json(row.words or "[]"))}
        for row, text in db.session.execute(wanted)
    ]
