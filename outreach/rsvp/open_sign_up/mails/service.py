"""Writes the e-mail by which a sign-up is confirmed, from what is true when it is handed over.

The secret is made here, so that it exists in the message and, as SHA-256, in the database. What is known of the
address is told in the e-mail only, to whoever reads that mailbox: that a party of its own, or an answer with this
address, is there already.
"""

import json

from flask import Flask

from outreach import clock
from outreach.database import db
from outreach.errors import N_
from outreach.formats.secret_token import new_token, token_hash
from outreach.invitations.models import Invitation
from outreach.invitations.personal_link import invitation_url
from outreach.invitations.service import code_of
from outreach.messages.composers import Withheld, register_composer
from outreach.messages.email import ComposedEmail
from outreach.messages.service import email_from_templates
from outreach.outbox.models import OutboxMessage
from outreach.outbox.states import Reason
from outreach.rsvp.open_sign_up import queries
from outreach.rsvp.open_sign_up.keeping import LINK_HOURS
from outreach.rsvp.open_sign_up.models import OpenRequest
from outreach.rsvp.open_sign_up.open_form import party_from_json
from outreach.rsvp.open_sign_up.service import KIND
from outreach.web.headers import settings_of_app


def install(app: Flask) -> None:
    """Have this module write its kind of message."""
    register_composer(app, KIND, compose, words=N_("Bekreft påmelding"))


def compose(row: OutboxMessage) -> ComposedEmail | Withheld:
    """Return the e-mail of an outbox row, or why it must not leave any more."""
    waiting = queries.request_by_id(json.loads(row.references_json)["request_id"])
    if waiting is None:
        return Withheld(Reason.ERASED)
    event, party = queries.event_of(waiting), party_from_json(waiting.details or "")
    if not queries.is_open_for_all(event, clock.today_oslo()):
        return Withheld(Reason.EVENT_CANCELLED)
    own = queries.invitation_of(event.id, party.email)
    asked = queries.asked_with(event.id, party.email)
    values = {
        "event": event,
        "party": party,
        "hours": LINK_HOURS,
        "own_url": _url_of(own) if own else "",
        "asked_url": _url_of(asked) if asked else "",
        "confirm_url": _fresh_link(waiting),
    }
    return email_from_templates(KIND, to=party.email, language=row.language, values=values)


def _url_of(invitation: Invitation) -> str:
    return invitation_url(settings_of_app().public_url, code_of(invitation))


def _fresh_link(waiting: OpenRequest) -> str:
    token = new_token()
    waiting.token_hash = token_hash(token)
    db.session.flush()
    return f"{settings_of_app().public_url}/pamelding/{token}"
