"""Writes the e-mails to partners, from what is true at hand-over, and queues what they are told of the event.

Withdrawn, answered, erased, or a contact who said no: then the message does not leave.
"""

import json
from datetime import datetime
from typing import Any

from flask import Flask

from outreach.database.downward import listen
from outreach.database.sealed import key_ring
from outreach.errors import N_, NotFoundError
from outreach.events import queries as events
from outreach.messages.composers import Withheld, register_composer
from outreach.messages.contact import subject_of
from outreach.messages.email import ComposedEmail
from outreach.messages.recipients import RecipientWords, tell_recipients
from outreach.messages.service import email_from_templates
from outreach.messages.suppression import ALL
from outreach.outbox.models import OutboxMessage
from outreach.outbox.states import Reason
from outreach.partner_page.interests.mails import service as interest_mails
from outreach.partners.models import Participation, PartnerTask
from outreach.partners.organisation import TOPIC
from outreach.partners.organisations import service as organisations
from outreach.partners.participation import ROLE_WORDS, Role, State
from outreach.partners.participations import queries
from outreach.partners.participations.service import INVITATION_KIND, REMINDER_KIND, TASK_KIND, queue
from outreach.partners.partner_link import partner_url
from outreach.rsvp.telling.queries import news_of
from outreach.web.headers import settings_of_app

NEWS_KIND = "partner_news"
# Which answers make a message one that is no longer true.
_SETTLED = {
    INVITATION_KIND: {State.DECLINED},
    REMINDER_KIND: {State.CONFIRMED, State.DECLINED},
    TASK_KIND: {State.ASKED, State.DECLINED},
    NEWS_KIND: {State.DECLINED},
}


def install(app: Flask) -> None:
    """Have this module write to partners, and hear of changed and cancelled events and of those who say no; and the
    messages to guests at stands written, too."""
    register_composer(app, INVITATION_KIND, compose, words=N_("Invitasjon til en partner"))
    register_composer(app, REMINDER_KIND, compose, words=N_("Påminnelse til en partner"))
    register_composer(app, TASK_KIND, compose, words=N_("Påminnelse om en oppgave"))
    register_composer(app, NEWS_KIND, compose, words=N_("Beskjed til en partner om arrangementet"))
    tell_recipients(app, "participation", recipient_words)
    listen(app, "event_facts_changed", tell_of_event)
    listen(app, "event_cancelled", tell_of_event)
    listen(app, "no_was_said", no_was_said)
    interest_mails.install(app)


def compose(row: OutboxMessage) -> ComposedEmail | Withheld:
    """Return the e-mail of an outbox row, or why it must not leave any more."""
    told = json.loads(row.references_json)
    found = queries.by_id(told["participation_id"])
    reason = _reason_against(found, row.kind)
    if reason or found is None or found.contact is None:
        return Withheld(reason or Reason.ERASED)
    changes = news_of(row, found.event) if row.kind == NEWS_KIND else ()
    if changes is None:
        return Withheld(Reason.REPLACED)
    values = {**_values(found), "changes": changes}
    if row.kind == TASK_KIND:
        values["task"] = _task(found.id, told["task_id"])
        if values["task"] is None:
            return Withheld(Reason.ANSWERED)
    to = found.contact.email or ""
    return email_from_templates(row.kind, to=to, language=row.language, values=values, topic=TOPIC)


def tell_of_event(*, event_id: int, now: datetime) -> None:
    """Tell those partners that come, or were asked, what has changed, or that it is off.

    Listens to "event_facts_changed" and "event_cancelled"."""
    revision = events.by_id(event_id).sequence
    for row in queries.of_event(event_id):
        if row.asked_at_utc is not None and row.state in (State.ASKED, State.CONFIRMED):
            queue(row, NEWS_KIND, f"partner-news:{revision}", now=now, revision=revision)


def no_was_said(*, subject_hash: str, purpose: str, now: datetime) -> None:
    """End the consent of a contact who said no by a link, or to staff. Listens to "no_was_said"."""
    if purpose not in (TOPIC, ALL):
        return
    ring = key_ring()
    organisations.no_was_said(lambda email: ring.is_hash_of(subject_hash, "address", subject_of(email)), now=now)


def recipient_words(ids: Any) -> dict[int, RecipientWords]:
    """Return who the recipients of messages are, as staff may see it: partners, not persons."""
    return {
        one: RecipientWords(name, f"/admin/arrangementer/{slug}/partnere/{one}")
        for one, (name, slug) in queries.names_of(ids).items()
    }


def _reason_against(row: Participation | None, kind: str) -> Reason | None:
    if row is None or row.contact is None:
        return Reason.ERASED
    if row.state == State.WITHDRAWN:
        return Reason.REVOKED
    if not row.contact.may_be_written_to:
        return Reason.SUPPRESSED
    if row.event.state == "cancelled" and kind != NEWS_KIND:
        return Reason.EVENT_CANCELLED
    return Reason.ANSWERED if State(row.state) in _SETTLED[kind] else None


def _values(row: Participation) -> dict[str, Any]:
    contact = row.contact
    return {
        "name": ((contact.name if contact else "") or "").split(" ", 1)[0],
        "partner": row.organisation.name,
        "event": row.event,
        "role": ROLE_WORDS[Role(row.role)],
        "own_url": partner_url(settings_of_app().public_url, queries.code_of(row)),
    }


def _task(participation_id: int, task_id: int) -> PartnerTask | None:
    """Return the task that a reminder is about, None when it is done or gone."""
    try:
        task = queries.task(participation_id, task_id)
    except NotFoundError:
        return None
    return None if task.done_at_utc else task
