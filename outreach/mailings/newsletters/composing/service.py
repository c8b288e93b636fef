"""Writes one person's newsletter at hand-over, or says why it must not leave any more.

What was true when it was queued is looked at again: paused or called off, consent withdrawn, another city or interest,
erased. The address itself is looked at by the worker.
"""

import json

from flask import Flask

from outreach.audience.interest import Interest
from outreach.contact_point.mails.service import own_url
from outreach.contact_point.models import SignUp
from outreach.contact_point.queries import by_id as sign_up_by_id
from outreach.contact_point.sign_up import NEWS_TOPIC
from outreach.mailings import queries
from outreach.mailings.audiences.service import ContactPoint
from outreach.mailings.composing.service import email_around, texts_of
from outreach.mailings.fields import newsletter_values
from outreach.mailings.groups import channel_of, reason_of
from outreach.mailings.mailing import MAY_LEAVE, Kind, State, outbox_kind
from outreach.mailings.models import Mailing
from outreach.mailings.newsletters.offers.service import offered_to
from outreach.mailings.newsletters.recipients.queries import group_now
from outreach.mailings.written import Written, version_for, write
from outreach.messages.composers import Withheld, register_composer
from outreach.messages.email import ComposedEmail
from outreach.messages.sms import ComposedSms
from outreach.outbox.models import OutboxMessage
from outreach.outbox.states import Channel, Reason
from outreach.web.headers import settings_of_app


def install(app: Flask) -> None:
    """Have this module write newsletters."""
    register_composer(app, outbox_kind(Kind.NEWSLETTER), compose)


def compose(row: OutboxMessage) -> ComposedEmail | ComposedSms | Withheld:
    """Return the message of an outbox row, or why it must not leave any more. Raises UnfilledError."""
    references = json.loads(row.references_json)
    mailing, person = queries.by_id(references["mailing_id"]), sign_up_by_id(references["sign_up_id"])
    if mailing is None or person is None:
        return Withheld(Reason.ERASED)
    reason = _reason_against(mailing, person, Channel(row.channel))
    if reason:
        return Withheld(reason)
    written = written_for(mailing, person, row.language)
    if row.channel == Channel.SMS:
        return ComposedSms(to=person.contact or "", text=written.sms, is_outreach=True, topic=NEWS_TOPIC)
    return email_around(written, Kind.NEWSLETTER, to=person.contact or "", topic=NEWS_TOPIC, own_url=own_url(person))


def written_for(mailing: Mailing, person: SignUp, language: str) -> Written:
    """Return what one person reads, in `language` or the version that is next to it. Raises UnfilledError."""
    site, text = settings_of_app(), version_for(texts_of(mailing), language)
    first_name = (person.name or "").split(" ", 1)[0]
    interests = tuple(Interest(one.interest) for one in person.interests)
    values = newsletter_values(
        first_name,
        own_url(person),
        text.language,
        opportunities=offered_to(interests, text.language),
        phone=site.contact_phone,
        organisation=site.organisation_name,
    )
    return write(text, values, is_one=True, own_origin=site.public_url)


def _reason_against(mailing: Mailing, person: SignUp, channel: Channel) -> Reason | None:
    if mailing.state == State.PAUSED:
        return Reason.PAUSED
    if State(mailing.state) not in MAY_LEAVE:
        return Reason.CALLED_OFF
    group = group_now(person.id, ContactPoint(mailing).choice, (channel,))
    return None if channel_of(group) is channel else reason_of(group)
