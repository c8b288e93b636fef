"""Writes to hosts from what is true at hand-over: the link to the page, and that the event was changed or cancelled."""

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any

from flask import Flask

from outreach.database import db
from outreach.database.downward import listen
from outreach.database.sealed import key_ring
from outreach.errors import N_
from outreach.events import queries as events
from outreach.hosts import queries
from outreach.hosts.host import TOPIC, host_url
from outreach.hosts.models import EventHost
from outreach.hosts.service import LINK_KIND, NEWS_KIND, queue
from outreach.messages.composers import Withheld, register_composer
from outreach.messages.contact import subject_of
from outreach.messages.email import ComposedEmail
from outreach.messages.recipients import RecipientWords, tell_recipients
from outreach.messages.service import email_from_templates, sms_from_template
from outreach.messages.sms import ComposedSms
from outreach.messages.suppression import ALL
from outreach.outbox.models import OutboxMessage
from outreach.outbox.states import Channel, Reason
from outreach.rsvp.telling.queries import news_of
from outreach.web.headers import settings_of_app


def install(app: Flask) -> None:
    """Have this module write to hosts, and hear of changed and cancelled events and of those who say no."""
    register_composer(app, LINK_KIND, compose, words=N_("Lenke til en vert"))
    register_composer(app, NEWS_KIND, compose, words=N_("Beskjed til en vert om arrangementet"))
    tell_recipients(app, "event_host", recipient_words)
    listen(app, "event_facts_changed", tell_of_event)
    listen(app, "event_cancelled", tell_of_event)
    listen(app, "no_was_said", no_was_said)


def compose(row: OutboxMessage) -> ComposedEmail | ComposedSms | Withheld:
    """Return the message of an outbox row, or why it must not leave any more."""
    host = queries.by_id(json.loads(row.references_json)["host_id"])
    reason = _reason_against(host, row.kind)
    if reason or host is None:
        return Withheld(reason or Reason.ERASED)
    changes = news_of(row, host.event) if row.kind == NEWS_KIND else ()
    if changes is None:
        return Withheld(Reason.REPLACED)
    to, values = host.contact or "", {**_values(host), "changes": changes}
    if row.channel == Channel.SMS:
        return sms_from_template(row.kind, to=to, language=row.language, values=values, topic=TOPIC)
    return email_from_templates(row.kind, to=to, language=row.language, values=values, topic=TOPIC)


def tell_of_event(*, event_id: int, now: datetime) -> None:
    """Tell the hosts who have their link what has changed, or that it is off. Listens to "event_facts_changed"
    and "event_cancelled"."""
    revision = events.by_id(event_id).sequence
    for host in queries.of_event(event_id):
        if host.sent_at_utc is not None and host.may_be_written_to:
            queue(host, NEWS_KIND, f"host-news:{revision}", now=now, revision=revision)


def no_was_said(*, subject_hash: str, purpose: str, now: datetime) -> None:
    """End the consent of hosts who said no by a link, an SMS, or to staff. Listens to "no_was_said"."""
    if purpose not in (TOPIC, ALL):
        return
    ring = key_ring()
    for host in queries.everybody():
        if host.no_at_utc is None and ring.is_hash_of(subject_hash, "address", subject_of(host.contact or "")):
            host.no_at_utc = now
    db.session.flush()


def recipient_words(ids: Collection[int]) -> dict[int, RecipientWords]:
    """Return who the recipients of messages are, as staff may see it."""
    return {
        row.id: RecipientWords(row.name or "", f"/admin/arrangementer/{slug}/verter")
        for row, slug in queries.slugs_of(ids)
    }


def _reason_against(host: EventHost | None, kind: str) -> Reason | None:
    if host is None:
        return Reason.ERASED
    if host.withdrawn_at_utc is not None:
        return Reason.REVOKED
    if host.no_at_utc is not None:
        return Reason.SUPPRESSED
    return Reason.EVENT_CANCELLED if host.event.state == "cancelled" and kind != NEWS_KIND else None


def _values(host: EventHost) -> dict[str, Any]:
    return {
        "name": (host.name or "").split(" ", 1)[0],
        "event": host.event,
        "own_url": host_url(settings_of_app().public_url, queries.code_of(host)),
    }
