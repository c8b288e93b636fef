"""Writes the SMS with a ticket, from what is true at hand-over; by e-mail the ticket goes as a confirmation again."""

import json

from flask import Flask

from outreach.errors import N_
from outreach.messages.composers import Withheld, register_composer
from outreach.messages.service import sms_from_template
from outreach.messages.sms import ComposedSms
from outreach.outbox.models import OutboxMessage
from outreach.outbox.states import Reason
from outreach.rsvp import queries
from outreach.rsvp.answer import RsvpState
from outreach.rsvp.desk.service import SMS_KIND
from outreach.tickets.queries import facts_of_invitation
from outreach.tickets.ticket import ticket_url
from outreach.web.headers import settings_of_app


def install(app: Flask) -> None:
    """Have this module write the SMS with a ticket."""
    register_composer(app, SMS_KIND, compose, words=N_("Billett på SMS"))


def compose(row: OutboxMessage) -> ComposedSms | Withheld:
    """Return the SMS of an outbox row, or why it must not leave any more."""
    references = json.loads(row.references_json)
    found = queries.by_id(references["rsvp_id"])
    if found is None or not found[0].mobile_sealed:
        return Withheld(Reason.ERASED)
    rsvp, invitation = found
    ticket = facts_of_invitation(invitation.id)
    if invitation.event.state != "published":
        return Withheld(Reason.EVENT_CANCELLED)
    if rsvp.state != RsvpState.ATTENDING or ticket is None or rsvp.revision != references["revision"]:
        return Withheld(Reason.REPLACED)
    values = {"ticket": ticket, "ticket_url": ticket_url(settings_of_app().public_url, ticket.code)}
    return sms_from_template("ticket", to=rsvp.mobile or "", language=row.language, values=values)
