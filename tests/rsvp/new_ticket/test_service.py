"""A household's own new ticket: once for each asking, only while it lets somebody in, and not without end."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from outreach.audit.models import AuditEntry
from outreach.database import db
from outreach.events import service as events
from outreach.invitations.models import Invitation
from outreach.invitations.queries import InvitationGoneError
from outreach.rsvp import service as rsvp
from outreach.rsvp.new_ticket import service
from outreach.rsvp.new_ticket.service import MOST_CODES, NoNewTicketError, TicketOverError, TooManyTicketsError
from outreach.tickets.models import Ticket
from tests.conftest import NOW
from tests.factories.events import make_event
from tests.factories.rsvp import answer_for, give_answer, make_household


@pytest.fixture
def coming(app: Flask) -> Invitation:
    invitation = make_household(make_event())
    give_answer(invitation, answer_for(invitation, True, False, True))
    return invitation


def _ticket() -> tuple[int, int, str]:
    return tuple(db.session.execute(select(Ticket.generation, Ticket.version, Ticket.state)).one())  # type: ignore[return-value]


def test_the_code_that_was_seen_is_replaced_once(coming: Invitation) -> None:
    for _click in range(2):
        service.replace_own(coming.id, seen=1, now=NOW)
    assert _ticket() == (2, 2, "valid")
    [said] = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "ticket.replaced"))
    assert (said.actor_kind, said.subject_kind) == ("guest", "ticket")
    service.replace_own(coming.id, seen=2, now=NOW)
    assert _ticket() == (3, 3, "valid")


def test_a_ticket_stays_replaced_when_the_answer_changes(coming: Invitation) -> None:
    service.replace_own(coming.id, seen=1, now=NOW)
    give_answer(coming, answer_for(coming, True, True, True))
    assert _ticket() == (2, 3, "valid")


def test_there_is_none_for_who_has_no_ticket_in_force(coming: Invitation) -> None:
    nobody = make_household(coming.event)
    rsvp.cancel(coming, NOW)
    for invitation in (coming, nobody):
        with pytest.raises(NoNewTicketError) as refused:
            service.replace_own(invitation.id, seen=1, now=NOW)
        assert (type(refused.value), refused.value.http_status) == (NoNewTicketError, 410)
    assert _ticket() == (1, 2, "revoked")


def test_there_is_none_from_the_minute_the_event_ends(coming: Invitation) -> None:
    ends = coming.event.ends_at_utc
    service.replace_own(coming.id, seen=1, now=ends - timedelta(minutes=1))
    with pytest.raises(TicketOverError):
        service.replace_own(coming.id, seen=2, now=ends)
    assert _ticket()[0] == 2


def test_there_is_none_to_an_event_that_is_called_off(coming: Invitation) -> None:
    events.cancel_event(coming.event, NOW)
    with pytest.raises(TicketOverError):
        service.replace_own(coming.id, seen=1, now=NOW)


def test_the_last_code_is_told_to_call_us(coming: Invitation) -> None:
    db.session.execute(update(Ticket).values(generation=MOST_CODES - 1))
    service.replace_own(coming.id, seen=MOST_CODES - 1, now=NOW)
    assert _ticket()[0] == MOST_CODES
    with pytest.raises(TooManyTicketsError):
        service.replace_own(coming.id, seen=MOST_CODES, now=NOW)
    service.replace_own(coming.id, seen=MOST_CODES - 1, now=NOW)
    assert _ticket()[0] == MOST_CODES


def test_there_is_none_of_an_invitation_that_was_taken_back(coming: Invitation) -> None:
    db.session.execute(update(Invitation).where(Invitation.id == coming.id).values(state="revoked"))
    with pytest.raises(InvitationGoneError):
        service.replace_own(coming.id, seen=1, now=NOW)
    db.session.execute(update(Invitation).where(Invitation.id == coming.id).values(state="active"))
    service.replace_own(coming.id, seen=1, now=NOW)
    assert _ticket()[0] == 2
