"""Writes the messages of the contact point, from what is true when they are handed over.

The secret of a confirmation is made here, so that it exists in the message and, as SHA-256, in the database: it goes in
with the note that the message will be tried. Written again, it is another one.
"""

import json
from typing import Any

from flask import Flask

from outreach.contact_point import queries
from outreach.contact_point.filling.service import leaves_on
from outreach.contact_point.keeping import LINK_HOURS, MOST_ASKS
from outreach.contact_point.models import SignUp, SignUpRequest
from outreach.contact_point.own_link import confirm_url, own_page_url, typed_code
from outreach.contact_point.service import CONFIRM_KIND, HOME_KIND, STILL_KIND, WELCOME_KIND
from outreach.contact_point.sign_up import Details
from outreach.database import db
from outreach.errors import N_
from outreach.formats.secret_token import new_token, token_hash
from outreach.messages.composers import Withheld, register_composer
from outreach.messages.email import ComposedEmail
from outreach.messages.service import email_from_templates, sms_from_template
from outreach.messages.sms import ComposedSms
from outreach.outbox.models import OutboxMessage
from outreach.outbox.states import Channel, Reason
from outreach.web.headers import settings_of_app

Composed = ComposedEmail | ComposedSms | Withheld


def install(app: Flask) -> None:
    """Have this module write the messages of the contact point."""
    register_composer(app, CONFIRM_KIND, compose_confirmation, words=N_("Bekreft påmelding til kontaktpunktet"))
    register_composer(app, WELCOME_KIND, compose_welcome, words=N_("Velkommen til kontaktpunktet"))
    register_composer(app, STILL_KIND, compose_question, words=N_("Spørsmål om du fortsatt studerer"))
    register_composer(app, HOME_KIND, compose_thanks, words=N_("Takk til en som har flyttet hjem"))


def compose_confirmation(row: OutboxMessage) -> Composed:
    """Return the link or the code by which an address is confirmed, or why it must not leave any more."""
    waiting = queries.request_by_id(json.loads(row.references_json)["request_id"])
    if waiting is None:
        return Withheld(Reason.ERASED)
    details = Details.from_json(waiting.details or "")
    known = queries.by_contact(details.contact)
    values = {
        "name": _first_name(details.name),
        "hours": LINK_HOURS,
        "is_change": waiting.sign_up_id is not None,
        "own_url": own_url(known) if known else "",
        "code": typed_code(queries.code_mac(waiting.id)),
    }
    if details.channel is Channel.EMAIL:
        values["confirm_url"] = _fresh_link(waiting)
    return _written(CONFIRM_KIND, details.channel, details.contact, row.language, values)


def compose_welcome(row: OutboxMessage) -> Composed:
    """Return the message that brings the link to one's own page."""
    return _to_signed_up(row, WELCOME_KIND)


def compose_question(row: OutboxMessage) -> Composed:
    """Return the yearly question, unless it was answered meanwhile."""
    found = queries.by_id(json.loads(row.references_json)["sign_up_id"])
    if found is not None and not found.asks:
        return Withheld(Reason.ANSWERED)
    return _to_signed_up(row, STILL_KIND)


def compose_thanks(row: OutboxMessage) -> Composed:
    """Return the thanks to somebody who has moved home, unless they have said meanwhile that they have not."""
    found = queries.by_id(json.loads(row.references_json)["sign_up_id"])
    if found is not None and found.home_at_utc is None:
        return Withheld(Reason.ANSWERED)
    return _to_signed_up(row, HOME_KIND)


def own_url(row: SignUp) -> str:
    """Return the address of somebody's own page."""
    return own_page_url(settings_of_app().public_url, queries.code_of(row.selector, row.generation))


def _to_signed_up(row: OutboxMessage, name: str) -> Composed:
    found = queries.by_id(json.loads(row.references_json)["sign_up_id"])
    if found is None:
        return Withheld(Reason.ERASED)
    if found.channel != row.channel:
        return Withheld(Reason.REPLACED)
    values = {
        "name": _first_name(found.name or ""),
        "own_url": own_url(found),
        "is_last": found.asks >= MOST_ASKS,
        "let_go_on": leaves_on(found),
    }
    return _written(name, Channel(found.channel), found.contact or "", row.language, values)


def _written(name: str, channel: Channel, to: str, language: str, values: dict[str, Any]) -> Composed:
    if channel is Channel.SMS:
        return sms_from_template(name, to=to, language=language, values=values)
    return email_from_templates(name, to=to, language=language, values=values)


def _fresh_link(waiting: SignUpRequest) -> str:
    token = new_token()
    waiting.token_hash = token_hash(token)
    db.session.flush()
    return confirm_url(settings_of_app().public_url, token)


def _first_name(name: str) -> str:
    return name.split(" ", 1)[0]
