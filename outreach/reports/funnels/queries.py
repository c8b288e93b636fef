"""The funnels of events: figures that were kept, else counted from rows now, in a handful of grouped
statements whatever the number of events and guests.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, func, select

from outreach.checkin.crowd.service import crowd_of
from outreach.checkin.models import Scan
from outreach.database import db, run
from outreach.invitations.models import Invitation, Invitee
from outreach.outbox.models import OutboxMessage
from outreach.reports.funnel import Funnel, answer_figure, arrivals, funnels_of, letter_figures
from outreach.reports.models import EventFigure
from outreach.rsvp.models import PersonAnswer, Rsvp
from outreach.rsvp.waitlist.models import WaitPlace
from outreach.tickets.models import Ticket

# Put together once: building a statement takes as long as running it.
_figure = EventFigure.__table__.c
_FUNNEL_OF = select(_figure.name, _figure.value).where(_figure.event_id == bindparam("event_id")).order_by(_figure.name)
_ANSWERS = ("coming", "declined", "waitlisted", "offered", "offer_expired")
_invited = Invitation.is_signed_up.is_(False)
_own = Invitation.is_signed_up.is_(True)


def funnel(event_id: int) -> Funnel:
    """Return the event's funnel: kept figures when its people are erased, else counted now."""
    return kept_funnel(event_id) or counted_funnel(event_id)


def kept_funnel(event_id: int) -> Funnel | None:
    """Return the funnel that was kept of the event, None when none was."""
    rows = run(_FUNNEL_OF, {"event_id": event_id}).rows
    return Funnel(**dict(rows)) if rows else None


def kept_funnels(event_ids: Sequence[int]) -> dict[int, Funnel]:
    """Return the funnels that were kept, by event."""
    columns = (EventFigure.event_id, EventFigure.name, EventFigure.value)
    wanted = select(*columns).where(EventFigure.event_id.in_(event_ids))
    return funnels_of(db.session.execute(wanted.order_by(EventFigure.event_id, EventFigure.name)))


def funnels(event_ids: Sequence[int]) -> dict[int, Funnel]:
    """Return the funnels of the events, by event: kept figures of those whose figures were kept, else counted now."""
    kept = kept_funnels(event_ids)
    return kept | counted_funnels([event_id for event_id in event_ids if event_id not in kept])


def counted_funnel(event_id: int) -> Funnel:
    """Return the event's funnel as its rows are now. Raises FunnelMismatchError."""
    return counted_funnels([event_id])[event_id]


def counted_funnels(event_ids: Sequence[int]) -> dict[int, Funnel]:
    """Return the funnels of the events as their rows are now, by event. Raises FunnelMismatchError."""
    if not event_ids:
        return {}
    letters, answers = _persons_by_letter_state(event_ids), _persons_by_answer(event_ids)
    extra, signed_up, came = _extra_guests(event_ids), _signed_up(event_ids), _arrivals(event_ids)
    return {
        event_id: _funnel(
            letters=letters[event_id],
            answers=answers[event_id],
            extra=extra.get(event_id, 0),
            signed_up=signed_up[event_id],
            came=came.get(event_id, (0, 0)),
        ).checked()
        for event_id in event_ids
    }


def _funnel(
    *,
    letters: dict[str | None, int],
    answers: Mapping[str, int],
    extra: int,
    signed_up: Mapping[str, int],
    came: tuple[int, int],
) -> Funnel:
    invited, answered = sum(letters.values()), sum(answers.values())
    attending = answers["coming"] + extra + signed_up["signed_up_coming"]
    attended, walk_ins = came
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


def _persons_by_letter_state(event_ids: Sequence[int]) -> dict[int, dict[str | None, int]]:
    # By the recipient alone: by the event as well, SQLite would look through all its messages for each invitation.
    letter = and_(
        OutboxMessage.kind == "invitation_letter",
        OutboxMessage.recipient == func.concat("invitation:", Invitation.id),
    )
    counted = (
        select(Invitation.event_id, OutboxMessage.state, func.count(Invitee.id))
        .select_from(Invitee)
        .join(Invitation, Invitation.id == Invitee.invitation_id)
        .outerjoin(OutboxMessage, letter)
        .where(Invitation.event_id.in_(event_ids), _invited)
    )
    found: dict[int, dict[str | None, int]] = defaultdict(dict)
    for event_id, state, persons in _grouped(counted, Invitation.event_id, OutboxMessage.state):
        found[event_id][state] = persons
    return found


def _persons_by_answer(event_ids: Sequence[int]) -> dict[int, dict[str, int]]:
    parts = (Rsvp.event_id, Rsvp.state, WaitPlace.state, PersonAnswer.is_coming)
    counted = (
        select(*parts, func.count())
        .join(PersonAnswer, PersonAnswer.rsvp_id == Rsvp.id)
        .join(Invitation, Invitation.id == Rsvp.invitation_id)
        .outerjoin(WaitPlace, WaitPlace.invitation_id == Rsvp.invitation_id)
        .where(Rsvp.event_id.in_(event_ids), _invited)
    )
    found: dict[int, dict[str, int]] = defaultdict(lambda: dict.fromkeys(_ANSWERS, 0))
    for event_id, state, place, is_coming, persons in _grouped(counted, *parts):
        found[event_id][answer_figure(state, place) if is_coming else "declined"] += persons
    return found


def _extra_guests(event_ids: Sequence[int]) -> dict[int, int]:
    extra = func.sum(Rsvp.extra_children + Rsvp.extra_adults)
    brought = select(Rsvp.event_id, extra).join(Invitation, Invitation.id == Rsvp.invitation_id)
    coming = brought.where(Rsvp.event_id.in_(event_ids), Rsvp.state == "attending", _invited)
    return {event_id: int(persons) for event_id, persons in _grouped(coming, Rsvp.event_id)}


def _signed_up(event_ids: Sequence[int]) -> dict[int, dict[str, int]]:
    """Return the persons of parties that signed up themselves, by what they say now, by event."""
    names = {"attending": "signed_up_coming", "waitlisted": "signed_up_waiting"}
    seats = select(Rsvp.event_id, Rsvp.state, func.sum(Rsvp.persons)).join(
        Invitation, Invitation.id == Rsvp.invitation_id
    )
    mine = seats.where(Rsvp.event_id.in_(event_ids), _own, Rsvp.state.in_(names))
    found: dict[int, dict[str, int]] = defaultdict(
        lambda: {"signed_up_coming": 0, "signed_up_waiting": 0, "signed_up_cancelled": 0}
    )
    for event_id, state, persons in _grouped(mine, Rsvp.event_id, Rsvp.state):
        found[event_id][names[state]] = int(persons)
    answers = select(Rsvp.event_id, func.count()).join(PersonAnswer, PersonAnswer.rsvp_id == Rsvp.id)
    no = answers.join(Invitation, Invitation.id == Rsvp.invitation_id).where(
        Rsvp.event_id.in_(event_ids), _own, PersonAnswer.is_coming.is_(False)
    )
    for event_id, persons in _grouped(no, Rsvp.event_id):
        found[event_id]["signed_up_cancelled"] = persons
    return found


def _arrivals(event_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Return (attended, walk-ins) of the events whose doors have scanned somebody: of the few that go on or just did.

    Each evening's crowd is remembered in this process and only asked for what is new.
    """
    scanned = select(Scan.event_id).where(Scan.event_id.in_(event_ids))
    opened = [event_id for (event_id,) in _grouped(scanned, Scan.event_id)]
    tickets: dict[int, dict[int, int]] = defaultdict(dict)
    valid = select(Ticket.event_id, Ticket.id, Ticket.persons).where(
        Ticket.event_id.in_(opened), Ticket.state == "valid"
    )
    for event_id, ticket_id, persons in db.session.execute(valid.order_by(Ticket.id)) if opened else ():
        tickets[event_id][ticket_id] = persons
    crowds = {event_id: crowd_of(event_id) for event_id in opened}
    return {
        event_id: arrivals(expected=tickets[event_id], came=crowd.persons_by_ticket, without_ticket=crowd.walked_in)
        for event_id, crowd in crowds.items()
    }


def _grouped(counted: Select[*tuple[Any, ...]], *parts: Any) -> Sequence[Row[*tuple[Any, ...]]]:
    return db.session.execute(counted.group_by(*parts).order_by(*parts)).all()
