"""Use cases of messages: who must not be written to, and texts from templates."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from flask import render_template
from flask_babel import force_locale

from outreach.database import new_id
from outreach.database.conflicts import insert_if_free
from outreach.database.sealed import key_ring
from outreach.messages import queries, suppression
from outreach.messages.contact import subject_of
from outreach.messages.email import Attachment, CalendarPart, ComposedEmail
from outreach.messages.models import Suppression
from outreach.messages.sms import ComposedSms, in_plain_signs
from outreach.messages.unsubscribe_link import Wish, token_of
from outreach.outbox import service as outbox
from outreach.outbox.message import NewMessage
from outreach.outbox.states import Reason
from outreach.web.headers import settings_of_app

# Keeps times on one line of a page; a program that shows plain text may show it as a box.
_JOINER = "\u2060"


def suppress(subject_hash: str, *, purpose: str = suppression.ALL, source: str, now: datetime) -> bool:
    """Note that the one behind `subject_hash` must not be written to; say whether that was new."""
    return insert_if_free(
        Suppression, id=new_id(), subject_hash=subject_hash, purpose=purpose, source=source, since_utc=now
    )


def address_hash(address: str) -> str:
    """Return the keyed hash under which an e-mail address or phone number is suppressed."""
    return key_ring().keyed_hash("address", subject_of(address))


def address_hashes(address: str) -> tuple[str, ...]:
    """Return each keyed hash under which an e-mail address or phone number may have been suppressed."""
    return key_ring().keyed_candidates("address", subject_of(address))


def unsubscribe_url(address: str, topic: str) -> str:
    """Return the link by which whoever reads mail at `address` says no to `topic`."""
    return f"{settings_of_app().public_url}/avmeld/{token_of(Wish(topic, address_hash(address)), unsubscribe_mac)}"


def unsubscribe_mac(signed: str) -> bytes:
    """Return the MAC of what an unsubscribe link holds, under the installation's link key."""
    return key_ring().link_mac("unsubscribe", signed, 0)


def gateway_token() -> str:
    """Return what an SMS gateway shows when it calls us: computed, 256 bits, and new with a new SECRET_KEY."""
    return key_ring().link_mac("sms-gateway", "", 0).hex()


def queue_outreach(messages: Iterable[tuple[NewMessage, str]], now: datetime, *, topic: str) -> int:
    """Queue messages that we begin, each with its e-mail address or number; return how many were new.

    Whoever said no to `topic` gets a row that is withheld from the start, so that what was asked for adds up.
    """
    wanted = [(message, address_hashes(address)) for message, address in messages]
    kinds = {message.kind for message, _ in wanted}
    stopped = {
        kind: queries.suppressed_hashes(
            [one for message, hashes in wanted if message.kind == kind for one in hashes],
            suppression.binding_purposes(kind, is_outreach=True, topic=topic),
        )
        for kind in kinds
    }
    return outbox.queue(
        (
            message if stopped[message.kind].isdisjoint(hashes) else replace(message, withheld=Reason.SUPPRESSED)
            for message, hashes in wanted
        ),
        now,
    )


def email_from_templates(
    name: str,
    *,
    to: str,
    language: str,
    values: Mapping[str, Any],
    attachments: tuple[Attachment, ...] = (),
    calendar: CalendarPart | None = None,
    topic: str = "",
) -> ComposedEmail:
    """Return the e-mail of `templates/outgoing/email/<name>/`: subject.txt, body.txt and body.html in `language`.

    `topic`: what the reader can say no to, by a link at the foot; empty for an answer to what a guest just did.
    """
    folder = f"outgoing/email/{name}"
    way_out = unsubscribe_url(to, topic) if topic else ""
    values = {**values, "unsubscribe_url": f"{way_out}?lang={language}" if way_out else ""}
    with force_locale(language):
        return ComposedEmail(
            to=to,
            subject=render_template(f"{folder}/subject.txt", **values),
            text=render_template(f"{folder}/body.txt", **values).replace(_JOINER, ""),
            html=render_template(f"{folder}/body.html", **values),
            attachments=attachments,
            calendar=calendar,
            is_outreach=bool(topic),
            topic=topic,
            unsubscribe_url=way_out,
        )


def sms_from_template(name: str, *, to: str, language: str, values: Mapping[str, Any], topic: str = "") -> ComposedSms:
    """Return the text message of `templates/outgoing/sms/<name>.txt` in `language`, on one line; `topic` as above."""
    with force_locale(language):
        text = render_template(f"outgoing/sms/{name}.txt", **values)
    return ComposedSms(to=to, text=in_plain_signs(text), is_outreach=bool(topic), topic=topic)
