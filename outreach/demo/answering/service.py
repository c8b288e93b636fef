"""Has a few made-up guests answer in their calendar: a maybe, a no to what has changed since, another time."""

from datetime import datetime, timedelta

from outreach.demo.loading import queries
from outreach.rsvp.replies.calendar_reply import CalendarReply, Said
from outreach.rsvp.replies.service import take
from outreach.tickets.queries import facts_of_invitation
from outreach.tickets.ticket import calendar_uid
from outreach.web.headers import settings_of_app

# What each says, and how many versions ago their entry is; none changes who comes.
_ANSWERS = ((Said.TENTATIVE, 0), (Said.DECLINED, 1), (Said.PROPOSAL, 0))


def answer_in_calendars(event_id: int, *, now: datetime) -> None:
    """Take in the answers of those who come and left an address."""
    guests = queries.guests_with_email(event_id, limit=len(_ANSWERS))
    for number, ((said, versions_ago), rsvp) in enumerate(zip(_ANSWERS, guests, strict=False)):
        ticket = facts_of_invitation(rsvp.invitation_id)
        if ticket is not None:
            reply = CalendarReply(
                message_key=f"<demo-{number}@gjest.example>",
                said=said,
                uid=calendar_uid(ticket, settings_of_app().public_url),
                attendee=(rsvp.email or "").lower(),
                sequence=ticket.sequence - versions_ago,
                stamped_at_utc=now - timedelta(minutes=5),
            )
            take(reply, now=now)
