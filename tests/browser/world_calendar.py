"""Answers from calendars for the page of those that were set aside: of households, and of nobody we know."""

from datetime import timedelta

from outreach.database import db
from outreach.events.models import Event
from outreach.feeds.queries import Owner
from outreach.feeds.service import start
from outreach.rsvp.replies.calendar_reply import BrokenReply, CalendarReply, Said
from outreach.rsvp.replies.service import take
from outreach.tickets.queries import facts_of_invitation
from outreach.tickets.ticket import calendar_uid
from tests.conftest import NOW
from tests.factories.rsvp import answer_for, give_answer, make_household

_ANSWERS: tuple[tuple[Said, int], ...] = ((Said.DECLINED, 1), (Said.PROPOSAL, 0), (Said.TENTATIVE, 0), (Said.OTHER, 0))


def calendar_answers(event: Event) -> dict[str, str]:
    """Have guests of `event` answer in their calendar; return the ticket of one who has a calendar of its own."""
    for number, (said, versions_ago) in enumerate(_ANSWERS):
        address = f"gjest{number}@eksempel.example"
        invitation = make_household(event, ("Tone",))
        give_answer(invitation, answer_for(invitation, True, email=address))
        ticket = facts_of_invitation(invitation.id)
        assert ticket is not None
        uid, at = calendar_uid(ticket, "http://localhost"), NOW - timedelta(hours=number)
        take(CalendarReply(f"<{number}@x>", said, uid, address, ticket.sequence - versions_ago, at), now=at)
    take(CalendarReply("<u@x>", Said.DECLINED, "ukjent", "x@eksempel.example", 0, NOW), now=NOW)
    take(BrokenReply("<b@x>"), now=NOW)
    start(Owner(ticket_id=ticket.ticket_id), language="nb", now=NOW)
    db.session.commit()
    return {"ticket_with_calendar": ticket.code}
