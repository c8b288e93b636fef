"""Counts for the funnel: a handful of grouped statements, whatever the number of guests."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, bindparam, case, exists, func, select

from outreach.checkin.admitted.queries import let_in
from outreach.checkin.crowd.service import crowd_of
from outreach.checkin.models import Scan
from outreach.database import db, run
from outreach.events.models import Event
from outreach.invitations.models import Invitation, Invitee
from outreach.outbox.models import OutboxMessage
from outreach.reports.figures import Key
from outreach.reports.funnel import Coming, Funnel, answer_figure, arrivals, funnels_of, letter_figures
from outreach.reports.models import EventBreakdown, EventFigure, SettledEvent
from outreach.rsvp.models import PersonAnswer, Rsvp
from outreach.rsvp.waitlist.models import WaitPlace
from outreach.tickets.models import Ticket

# Put together once: building a statement takes as long as running it.
_figure, _part = EventFigure.__table__.c, EventBreakdown.__table__.c
_FUNNEL_OF = select(_figure.name, _figure.value).where(_figure.event_id == bindparam("event_id")).order_by(_figure.name)
_PARTS_OF = (
    select(_part.dimension, _part.bucket, _part.measure, _part.value)
    .where(_part.event_id == bindparam("event_id"))
    .order_by(_part.id)
)


def funnel(event_id: int) -> Funnel:
    """Return the event's funnel: kept figures when its people are erased, else counted now."""
    return kept_funnel(event_id) or counted_funnel(event_id)


def counted_funnel(event_id: int) -> Funnel:
    """Return the event's funnel as its rows are now. Raises FunnelMismatchError."""
    return _count(event_id).checked()


def kept_funnel(event_id: int) -> Funnel | None:
    """Return the funnel that was kept of the event, None when none was."""
    rows = run(_FUNNEL_OF, {"event_id": event_id}).rows
    return Funnel(**dict(rows)) if rows else None


def kept_parts(event_id: int) -> dict[Key, int]:
    """Return the breakdowns that were kept of the event."""
    return {(of, bucket, measure): value for of, bucket, measure, value in run(_PARTS_OF, {"event_id": event_id}).rows}


def kept_funnels(event_ids: Sequence[int]) -> dict[int, Funnel]:
    """Return the funnels that were kept, by event."""
    columns = (EventFigure.event_id, EventFigure.name, EventFigure.value)
    wanted = select(*columns).where(EventFigure.event_id.in_(event_ids))
    return funnels_of(db.session.execute(wanted.order_by(EventFigure.event_id, EventFigure.name)))


def settled_at(event_id: int) -> datetime | None:
    """Return since when the event's figures do not change any more, None while they do."""
    wanted = select(SettledEvent.settled_at_utc).where(SettledEvent.event_id == event_id)
    return db.session.scalars(wanted.order_by(SettledEvent.id)).first()


def unsettled(*, ended_before: datetime) -> list[Event]:
    """Return the events that guests have seen, that ended before the moment and are not settled, in order of time."""
    is_settled = exists().where(SettledEvent.event_id == Event.id)
    due = select(Event).where(Event.ends_at_utc <= ended_before, Event.state != "draft", ~is_settled)
    return list(db.session.scalars(due.order_by(Event.ends_at_utc, Event.id)))


def coming(event_id: int) -> Coming:
    """Return how many said that they come, and how many of those are told by e-mail when something changes."""
    reached = case((Rsvp.email_sealed.is_not(None), Rsvp.persons), else_=0)
    figures = select(func.coalesce(func.sum(Rsvp.persons), 0), func.coalesce(func.sum(reached), 0))
    persons, with_email = db.session.execute(figures.where(Rsvp.event_id == event_id, Rsvp.state == "attending")).one()
    return Coming(int(persons), int(with_email))


def came_elsewhere(event_id: int) -> Select[Any]:
    """Return the SELECT of the persons (`person_id`) who came to another event, for the audience: who said yes and
    whose ticket let somebody in. Of a party of which only a part came nobody knows which: all of it counts."""
    return _said_yes(Invitee.event_id != event_id).where(Ticket.id.in_(let_in()))


def came(event_id: int) -> Select[Any]:
    """Return the SELECT of the persons (`person_id`) who came to this event; of one whose doors scanned nobody, of
    those who said yes."""
    nobody_scanned = ~select(Scan.scan_id).where(Scan.event_id == event_id, Scan.ticket_id.is_not(None)).exists()
    return _said_yes(Invitee.event_id == event_id).where(nobody_scanned | Ticket.id.in_(let_in()))


def unanswered_elsewhere(event_id: int) -> Select[Any]:
    """Return the SELECT of the persons (`person_id`) whose household owes another event an answer."""
    asked = select(Invitee.person_id.label("person_id")).outerjoin(Rsvp, Rsvp.invitation_id == Invitee.invitation_id)
    wanted = asked.where(Invitee.event_id != event_id, Invitee.person_id.is_not(None), Rsvp.id.is_(None))
    return wanted.order_by(Invitee.person_id)


def _said_yes(where: Any) -> Select[Any]:
    return (
        select(Invitee.person_id.label("person_id"))
        .join(PersonAnswer, PersonAnswer.invitee_id == Invitee.id)
        .join(Rsvp, Rsvp.id == PersonAnswer.rsvp_id)
        .outerjoin(Ticket, Ticket.invitation_id == Invitee.invitation_id)
        .where(where, Invitee.person_id.is_not(None), PersonAnswer.is_coming, Rsvp.state == "attending")
        .order_by(Invitee.person_id)
    )


def _count(event_id: int) -> Funnel:
    letters = _persons_by_letter_state(event_id)
    answers = _persons_by_answer(event_id)
    extra = _extra_guests(event_id)
    invited = sum(letters.values())
    answered = sum(answers.values())
    signed_up = _signed_up(event_id)
    attending = answers["coming"] + extra + signed_up["signed_up_coming"]
    crowd = crowd_of(event_id)
    attended, walk_ins = arrivals(
        expected=_persons_by_ticket(event_id), came=crowd.persons_by_ticket, without_ticket=crowd.walked_in
    )
    return Funnel(
        invited=invited,
        **letter_figures(letters),
        answered=answered,
        unanswered=invited - answered,
        **answers,
        extra_guests=extra,
        attending=attending,
        attended=attended,
        no_show=attending - attended,
        walk_ins=walk_ins,
        signed_up=sum(signed_up.values()),
        **signed_up,
    )


def _persons_by_letter_state(event_id: int) -> dict[str | None, int]:
    # By the recipient alone: by the event as well, SQLite would look through all its messages for each invitation.
    letter = and_(
        OutboxMessage.kind == "invitation_letter",
        OutboxMessage.recipient == func.concat("invitation:", Invitation.id),
    )
    rows = db.session.execute(
        select(OutboxMessage.state, func.count(Invitee.id))
        .select_from(Invitee)
        .join(Invitation, Invitation.id == Invitee.invitation_id)
        .outerjoin(OutboxMessage, letter)
        .where(Invitation.event_id == event_id, Invitation.is_signed_up.is_(False))
        .group_by(OutboxMessage.state)
        .order_by(OutboxMessage.state)
    )
    return {row[0]: row[1] for row in rows}


def _persons_by_answer(event_id: int) -> dict[str, int]:
    rows = db.session.execute(
        select(Rsvp.state, WaitPlace.state, PersonAnswer.is_coming, func.count())
        .join(PersonAnswer, PersonAnswer.rsvp_id == Rsvp.id)
        .join(Invitation, Invitation.id == Rsvp.invitation_id)
        .outerjoin(WaitPlace, WaitPlace.invitation_id == Rsvp.invitation_id)
        .where(Rsvp.event_id == event_id, Invitation.is_signed_up.is_(False))
        .group_by(Rsvp.state, WaitPlace.state, PersonAnswer.is_coming)
        .order_by(Rsvp.state, WaitPlace.state, PersonAnswer.is_coming)
    )
    found = dict.fromkeys(("coming", "declined", "waitlisted", "offered", "offer_expired"), 0)
    for state, place, is_coming, count in rows:
        found[answer_figure(state, place) if is_coming else "declined"] += count
    return found


def _extra_guests(event_id: int) -> int:
    brought = select(func.coalesce(func.sum(Rsvp.extra_children), 0)).join(
        Invitation, Invitation.id == Rsvp.invitation_id
    )
    mine = brought.where(Rsvp.event_id == event_id, Rsvp.state == "attending", Invitation.is_signed_up.is_(False))
    return int(db.session.execute(mine).scalar_one())


def _signed_up(event_id: int) -> dict[str, int]:
    """Return the persons of parties that signed up themselves, by what they say now."""
    own = (Rsvp.event_id == event_id, Invitation.is_signed_up.is_(True))
    seats = select(Rsvp.state, func.sum(Rsvp.persons)).join(Invitation, Invitation.id == Rsvp.invitation_id)
    by_state = dict(db.session.execute(seats.where(*own).group_by(Rsvp.state).order_by(Rsvp.state)).all())
    answers = select(func.count()).select_from(PersonAnswer).join(Rsvp, Rsvp.id == PersonAnswer.rsvp_id)
    no = answers.join(Invitation, Invitation.id == Rsvp.invitation_id).where(*own, PersonAnswer.is_coming.is_(False))
    return {
        "signed_up_coming": by_state.get("attending", 0),
        "signed_up_waiting": by_state.get("waitlisted", 0),
        "signed_up_cancelled": db.session.scalar(no) or 0,
    }


def _persons_by_ticket(event_id: int) -> dict[int, int]:
    rows = db.session.execute(
        select(Ticket.id, Ticket.persons)
        .where(Ticket.event_id == event_id, Ticket.state == "valid")
        .order_by(Ticket.id)
    )
    return {row.id: row.persons for row in rows}
