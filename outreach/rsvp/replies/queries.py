"""What is read for answers from calendars: whether one is known, whose it is, which wait for staff."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select

from outreach.database import db
from outreach.database.sealed import key_ring
from outreach.errors import NotFoundError
from outreach.events.models import Event
from outreach.invitations.models import Invitation
from outreach.rsvp.models import Rsvp
from outreach.rsvp.replies.calendar_reply import Said
from outreach.rsvp.replies.judging import Earlier, Outcome
from outreach.rsvp.replies.models import CalendarAnswer
from outreach.tickets.models import Ticket

HASHED = "calendar-answer"
MOST_LISTED = 200
_COUNTED = CalendarAnswer.outcome != Outcome.SET_ASIDE.value
_WAITS = and_(CalendarAnswer.outcome == Outcome.SET_ASIDE.value, CalendarAnswer.settled_at_utc.is_(None))


@dataclass(frozen=True)
class Line:
    """One answer that was set aside, with its event where it is known."""

    answer: CalendarAnswer
    slug: str
    title: str


def is_known(message_key: str, answer_key: str) -> bool:
    """Say whether this mail, or the answer in it, was taken in before."""
    is_it: ColumnElement[bool] = CalendarAnswer.message_hash.in_(_candidates(message_key))
    if answer_key:
        is_it = or_(is_it, CalendarAnswer.answer_hash.in_(_candidates(answer_key)))
    return bool(db.session.scalar(select(func.count()).where(is_it)))


def asked_by(ticket_id: int) -> tuple[Invitation, Rsvp] | None:
    """Return the invitation and the answer of a ticket; None when they are erased, or never were."""
    query = select(Invitation, Rsvp).join(Ticket, Ticket.invitation_id == Invitation.id)
    with_answer = query.join(Rsvp, Rsvp.invitation_id == Invitation.id).where(Ticket.id == ticket_id)
    row = db.session.execute(with_answer.order_by(Invitation.id)).one_or_none()
    return (row[0], row[1]) if row else None


def event_of_ticket(ticket_id: int) -> int | None:
    """Return the event of a ticket, None when there is no such ticket."""
    found: int | None = db.session.scalar(select(Ticket.event_id).where(Ticket.id == ticket_id))
    return found


def last_counted(invitation_id: int) -> Earlier | None:
    """Return the last answer from a calendar that counted for an invitation."""
    query = select(CalendarAnswer.sequence, CalendarAnswer.stamped_at_utc, CalendarAnswer.sequence_after)
    mine = query.where(CalendarAnswer.invitation_id == invitation_id, _COUNTED)
    row = db.session.execute(mine.order_by(*_NEWEST_FIRST).limit(1)).one_or_none()
    return Earlier(*row) if row else None  # type: ignore[arg-type]  # what counted has all three


def last_no(invitation_id: int) -> CalendarAnswer | None:
    """Return the last no from a calendar that took a household's yes back."""
    mine = select(CalendarAnswer).where(
        CalendarAnswer.invitation_id == invitation_id,
        CalendarAnswer.said == Said.DECLINED.value,
        CalendarAnswer.outcome == Outcome.TAKEN.value,
        or_(CalendarAnswer.came != "", CalendarAnswer.came_extra > 0),
    )
    found: CalendarAnswer | None = db.session.scalars(mine.order_by(*_NEWEST_FIRST).limit(1)).one_or_none()
    return found


def waiting() -> list[Line]:
    """Return the answers that staff have not dealt with, the newest first, at most MOST_LISTED."""
    query = select(CalendarAnswer, func.coalesce(Event.slug, ""), func.coalesce(Event.title, ""))
    wanted = query.outerjoin(Event, Event.id == CalendarAnswer.event_id).where(_WAITS)
    newest = wanted.order_by(CalendarAnswer.received_at_utc.desc(), CalendarAnswer.id).limit(MOST_LISTED)
    return [Line(*row) for row in db.session.execute(newest)]


def waiting_count() -> int:
    """Return how many answers staff have not dealt with."""
    return db.session.scalar(select(func.count()).where(_WAITS)) or 0


def counted_by() -> dict[str, int]:
    """Return how many answers counted, by what they said."""
    query = select(CalendarAnswer.said, func.count()).where(_COUNTED).group_by(CalendarAnswer.said)
    return dict(db.session.execute(query.order_by(CalendarAnswer.said)).all())


def to_settle(answer_id: int) -> CalendarAnswer:
    """Return an answer that was set aside. Raises NotFoundError."""
    query = select(CalendarAnswer).where(
        CalendarAnswer.id == answer_id, CalendarAnswer.outcome == Outcome.SET_ASIDE.value
    )
    found: CalendarAnswer | None = db.session.scalars(query.order_by(CalendarAnswer.id)).one_or_none()
    if found is None:
        raise NotFoundError
    return found


def of_no_event(before: datetime) -> ColumnElement[bool]:
    """Return the condition of those that belong to no event and came before `before`."""
    return and_(CalendarAnswer.event_id.is_(None), CalendarAnswer.received_at_utc < before)


def _candidates(key: str) -> Collection[str]:
    return key_ring().keyed_candidates(HASHED, key)


_NEWEST_FIRST = (CalendarAnswer.stamped_at_utc.desc(), CalendarAnswer.received_at_utc.desc(), CalendarAnswer.id)
