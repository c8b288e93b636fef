"""Gives a household's ticket a new code when it asks for one, while the ticket still lets somebody in. Never commits.

It is asked for with the code of the invitation: who holds a ticket that went astray can not take it over.
"""

from datetime import datetime

from outreach.errors import N_, OutreachError
from outreach.invitations import queries as invitations
from outreach.tickets import service as tickets
from outreach.tickets.queries import valid_of_invitation
from outreach.tickets.ticket import TicketFacts

# Each code of a ticket is kept at the door for good, and tried when an old one is shown.
MOST_CODES = 20


class NoNewTicketError(OutreachError):
    """The household can make no new ticket: there is none in force."""

    message = N_("Her er det ingen billett som gjelder nå.")
    http_status = 410


class TicketOverError(NoNewTicketError):
    """The event is over or called off."""

    message = N_("Arrangementet er over eller avlyst. Da trengs ingen ny billett.")


class TooManyTicketsError(NoNewTicketError):
    """The ticket was replaced so often that somebody should talk with the household."""

    message = N_("Billetten er byttet ut mange ganger. Ring oss, så hjelper vi deg.")
    http_status = 409


def replaceable(invitation_id: int, now: datetime) -> TicketFacts:
    """Return the ticket that the household may replace. Raises NoNewTicketError or TicketOverError."""
    ticket = valid_of_invitation(invitation_id)
    if ticket is None:
        raise NoNewTicketError
    if ticket.event_is_cancelled or ticket.ends_at_utc <= now:
        raise TicketOverError
    return ticket


def replace_own(invitation_id: int, *, seen: int, now: datetime) -> None:
    """Give the ticket a new code instead of that of generation `seen`.

    Raises as `replaceable`, TooManyTicketsError, or InvitationGoneError for an invitation that is not in force.
    """
    invitations.hold_active(invitation_id)
    ticket = replaceable(invitation_id, now)
    if ticket.generation >= MOST_CODES and ticket.generation == seen:
        raise TooManyTicketsError
    tickets.replace(ticket.ticket_id, seen=seen, now=now)
