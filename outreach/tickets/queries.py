"""Finds tickets: by what a guest or a door typed or scanned, and the facts that their pages and files show."""

import hmac

from sqlalchemy import Row, select

from outreach.database import db
from outreach.database.sealed import key_ring
from outreach.errors import NotFoundError
from outreach.events.models import Event
from outreach.formats.short_code import TICKET, compute, read
from outreach.tickets.models import Ticket
from outreach.tickets.ticket import ReplacedTicketError, TicketFacts, TicketState

PURPOSE = "ticket"


def ticket_code(selector: str, generation: int) -> str:
    """Return the whole code, ungrouped, of a ticket's selector and generation."""
    return compute(TICKET, selector, key_ring().link_mac(PURPOSE, selector, generation))


def calendar_secret(ticket_id: int) -> str:
    """Return what stands in the UID of a ticket's calendar entry: 32 hexadecimal digits, the same for good."""
    return key_ring().link_mac("calendar-reply", str(ticket_id), 0)[:16].hex()


def code_of(ticket: Ticket, generation: int | None = None) -> str:
    """Return the whole code of `ticket`, ungrouped; of an earlier `generation` when given."""
    return ticket_code(ticket.selector, generation or ticket.generation)


def by_code(typed: str) -> Ticket:
    """Return the ticket of a typed or scanned code or link, whatever its state.

    Raises MistypedCodeError, NotFoundError for a code that was never ours, ReplacedTicketError for an old generation.
    """
    return _found(typed)[0]


def facts_by_code(typed: str) -> TicketFacts:
    """Return the ticket of `typed` with its event. Raises as `by_code`."""
    ticket, event = _found(typed)
    return _facts(ticket, event)


def facts_of_invitation(invitation_id: int) -> TicketFacts | None:
    """Return the ticket of an invitation with its event, or None before a first yes."""
    query = _WITH_EVENT.where(Ticket.invitation_id == invitation_id).order_by(Ticket.id)
    row = db.session.execute(query).one_or_none()
    return _facts(*row) if row else None


def valid_of_invitation(invitation_id: int) -> TicketFacts | None:
    """Return the ticket of an invitation that lets somebody in, or None."""
    ticket = facts_of_invitation(invitation_id)
    return ticket if ticket and ticket.is_valid else None


_WITH_EVENT = select(Ticket, Event).join(Event, Event.id == Ticket.event_id)


def _found(typed: str) -> Row[Ticket, Event]:
    code = read(TICKET, typed)
    row = db.session.execute(_WITH_EVENT.where(Ticket.selector == code.selector).order_by(Ticket.id)).one_or_none()
    if row is None:
        raise NotFoundError
    ticket = row[0]
    if hmac.compare_digest(code_of(ticket), code.text):
        return row
    for generation in range(1, ticket.generation):
        if hmac.compare_digest(code_of(ticket, generation), code.text):
            raise ReplacedTicketError
    raise NotFoundError


def _facts(ticket: Ticket, event: Event) -> TicketFacts:
    return TicketFacts(
        ticket_id=ticket.id,
        code=code_of(ticket),
        generation=ticket.generation,
        persons=ticket.persons,
        sequence=event.sequence + ticket.version,
        changed_at_utc=max(ticket.changed_at_utc, event.changed_at_utc),
        is_valid=ticket.state == TicketState.VALID,
        event_slug=event.slug,
        event_title=event.title,
        event_is_cancelled=event.state == "cancelled",
        starts_at_utc=event.starts_at_utc,
        ends_at_utc=event.ends_at_utc,
        venue=event.venue,
        venue_address=event.venue_address,
        access_information=event.access_information,
        calendar_secret=calendar_secret(ticket.id),
        nearest_stop=event.nearest_stop,
        parking=event.parking,
        programme=event.programme,
    )
