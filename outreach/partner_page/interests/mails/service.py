"""Writes to guests who left something at a stand, from what is true at hand-over; what was taken back is not."""

import json
from typing import Any

from flask import Flask

from outreach.database.downward import listen
from outreach.errors import N_
from outreach.messages.composers import Withheld, register_composer
from outreach.messages.email import ComposedEmail
from outreach.messages.service import email_from_templates, sms_from_template
from outreach.messages.sms import ComposedSms
from outreach.outbox.models import OutboxMessage
from outreach.outbox.states import Channel, Reason
from outreach.partner_page import erasure
from outreach.partner_page.interest import interest_url
from outreach.partner_page.interests import queries
from outreach.partner_page.interests.service import ANSWER_KIND, RECEIPT_KIND
from outreach.partner_page.models import StandInterest
from outreach.web.headers import settings_of_app

Composed = ComposedEmail | ComposedSms | Withheld


def install(app: Flask) -> None:
    """Have this module write to these guests, also after the event, and hear of partners that leave."""
    register_composer(app, RECEIPT_KIND, compose, after_event=True, words=N_("Kvittering til en gjest ved en stand"))
    register_composer(app, ANSWER_KIND, compose, after_event=True, words=N_("Svar fra en partner til en gjest"))
    listen(app, "partner_leaves", erasure.partner_leaves)


def compose(row: OutboxMessage) -> Composed:
    """Return the message of an outbox row, or why it must not leave any more."""
    told = json.loads(row.references_json)
    interest = queries.by_id(told["interest_id"])
    if interest is None:
        return Withheld(Reason.ERASED)
    values = _values(interest)
    if row.kind == ANSWER_KIND:
        answer = queries.answer(interest.id, told["answer_id"])
        if answer is None:
            return Withheld(Reason.ERASED)
        values["answer"] = answer.text or ""
    to = interest.contact or ""
    if row.channel == Channel.SMS:
        return sms_from_template(row.kind, to=to, language=row.language, values=values)
    return email_from_templates(row.kind, to=to, language=row.language, values=values)


def _values(interest: StandInterest) -> dict[str, Any]:
    return {
        "name": (interest.name or "").split(" ", 1)[0],
        "partner": interest.participation.organisation.name,
        "own_url": interest_url(settings_of_app().public_url, queries.code_of(interest)),
    }
