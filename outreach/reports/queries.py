"""What others ask of the figures: parts that were kept, what is to be settled, and who came for the audience."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, exists, select

from outreach.checkin.admitted.queries import let_in
from outreach.checkin.models import Scan
from outreach.database import db, run
from outreach.events.models import Event
from outreach.invitations.models import Invitee
from outreach.reports.figures import Key
from outreach.reports.models import EventBreakdown, SettledEvent
from outreach.rsvp.models import PersonAnswer, Rsvp
from outreach.tickets.models import Ticket

# Put together once: building a statement takes as long as running it.
_part = EventBreakdown.__table__.c
_PARTS_OF = (
    select(_part.dimension, _part.bucket, _part.measure, _part.value)
    .where(_part.event_id == bindparam("event_id"))
    .order_by(_part.id)
)


def kept_parts(event_id: int) -> dict[Key, int]:
    """Return the breakdowns that were kept of the event."""
    return {(of, bucket, measure): value for of, bucket, measure, value in run(_PARTS_OF, {"event_id": event_id}).rows}


def settled_at(event_id: int) -> datetime | None:
    """Return since when the event's figures do not change any more, None while they do."""
    wanted = select(SettledEvent.settled_at_utc).where(SettledEvent.event_id == event_id)
    return db.session.scalars(wanted.order_by(SettledEvent.id)).first()


def unsettled(*, ended_before: datetime) -> list[Event]:
    """Return the events that guests have seen, that ended before the moment and are not settled, in order of time."""
    is_settled = exists().where(SettledEvent.event_id == Event.id)
    due = select(Event).where(Event.ends_at_utc <= ended_before, Event.state != "draft", ~is_settled)
    return list(db.session.scalars(due.order_by(Event.ends_at_utc, Event.id)))


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
