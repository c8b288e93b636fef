"""An evening that is over, from letters to the door: families and singles, two waves, two languages. Made-up people."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import update

from outreach import clock
from outreach.database import db
from outreach.events.models import Event
from outreach.outbox.message import REMINDER_WAVE, invitation_letter
from outreach.outbox.models import OutboxMessage
from outreach.outbox.service import queue
from outreach.outbox.states import State
from outreach.people.models import Person
from outreach.rsvp import service as rsvp
from outreach.tickets import queries as tickets
from tests.factories.audience import make_family, make_import
from tests.factories.checkin import pair_phone
from tests.factories.events import make_event
from tests.factories.invitations import event_invitations, invite_all
from tests.factories.rsvp import answer_for

FAMILIES, SINGLES = 6, 8


def lived_evening(app: Flask, **changes: object) -> Event:
    """Return a committed event whose families (three persons) and singles were invited, answered and partly came.

    Every other household says yes, a quarter no, in English every third time; every other singles' letter reminds them;
    of those with a ticket, three in four come.
    """
    event = make_event(**changes)
    extract = make_import()
    homes = [make_family(extract, 1985, 1987, 2016, postcode="3370") for _ in range(FAMILIES)]
    homes += [make_family(extract, 1970, postcode="3360") for _ in range(SINGLES)]
    invite_all(event)
    phone = pair_phone(app.test_client(), event)
    for number, invitation in enumerate(event_invitations(event)):
        if number % 4 == 3:
            continue
        if number % 5 == 4:
            reminder = invitation_letter(invitation_id=invitation.id, event_id=event.id, wave=REMINDER_WAVE)
            queue([reminder], clock.now_utc())
        given = answer_for(invitation, *[number % 4 < 2] * len(invitation.invitees))
        at = clock.now_utc() + timedelta(days=number)
        rsvp.answer(invitation, given, now=at, language="en" if number % 3 == 0 else "nb")
    db.session.execute(update(OutboxMessage).values(state=State.HANDED_OVER.value))
    db.session.commit()
    clock.set_clock(lambda: event.starts_at_utc)
    for number, invitation in enumerate(event_invitations(event)):
        ticket = tickets.facts_of_invitation(invitation.id)
        if ticket and ticket.is_valid and number % 8 != 1:
            phone.results(phone.scan(ticket.code, persons=ticket.persons))
    assert db.session.query(Person).count() == 3 * FAMILIES + SINGLES
    return event
