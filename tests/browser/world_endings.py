"""Links that were right once: taken back, given a new code, erased, or to an event that is called off."""

from datetime import UTC, date, datetime, timedelta

from outreach import clock
from outreach.audit.actor import COMMAND
from outreach.database import db
from outreach.events.models import Event
from outreach.formats.short_code import INVITATION, read
from outreach.invitations import erasure as invitations_erasure
from outreach.invitations import service as invitations
from outreach.invitations.models import Invitation
from outreach.invitations.queries import code_of
from outreach.rsvp import erasure as rsvp_erasure
from outreach.tickets import erasure as tickets_erasure
from outreach.tickets import service as tickets
from outreach.tickets.queries import facts_of_invitation
from outreach.tickets.ticket import TicketFacts
from tests.conftest import NOW
from tests.factories.events import make_event
from tests.factories.rsvp import answer_for, give_answer, make_household, token_of

_NEVER_GIVEN = 9


def endings(event: Event) -> dict[str, str]:
    """Make them for `event`, which is to come, and for one that is over; return what stands in the addresses."""
    taken_back, replaced = make_household(event, ("Nils",)), make_household(event, ("Kari", "Ola"))
    invitations.revoke(taken_back, now=NOW, actor=COMMAND)
    old = _ticket_of_coming(replaced)
    tickets.replace(old.ticket_id, seen=old.generation, now=NOW)
    db.session.commit()
    return {
        "taken_back": token_of(taken_back),
        "never_given": _never_given(replaced),
        "ticket_replaced": old.code,
        **_erased(),
    }


def ticket_for(event: Event) -> str:
    """Return the code of a ticket to `event`, still to be called off."""
    return _ticket_of_coming(make_household(event, ("Sondre", "Vilde"))).code


def _never_given(invitation: Invitation) -> str:
    """Return a whole code that opens nothing, as one mistyped by a lucky slip, or one that was replaced."""
    return code_of(read(INVITATION, token_of(invitation)).selector, _NEVER_GIVEN)


def _erased() -> dict[str, str]:
    over = make_event(
        slug="sommerkaffe-2026",
        title="Sommerkaffe",
        starts_at_utc=datetime(2026, 6, 11, 16, 0, tzinfo=UTC),
        ends_at_utc=datetime(2026, 6, 11, 19, 0, tzinfo=UTC),
        answer_by=date(2026, 6, 9),
    )
    guests = make_household(over, ("Eva",))
    clock.set_clock(lambda: NOW - timedelta(days=200))
    try:
        ticket = _ticket_of_coming(guests)
    finally:
        clock.set_clock(lambda: NOW)
    for eraser in (tickets_erasure, rsvp_erasure, invitations_erasure):
        eraser.erase_event_people(over.id)
    db.session.commit()
    return {"erased": token_of(guests), "ticket_erased": ticket.code}


def _ticket_of_coming(invitation: Invitation) -> TicketFacts:
    give_answer(invitation, answer_for(invitation, *(True for _guest in invitation.invitees)))
    ticket = facts_of_invitation(invitation.id)
    assert ticket is not None
    return ticket
