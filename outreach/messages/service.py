"""Use cases of messages: who must not be written to, texts from templates, and decisions on doubtful rows."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import render_template
from flask_babel import force_locale

from outreach.audit.actor import Actor
from outreach.audit.service import record
from outreach.database import new_id
from outreach.database.conflicts import insert_if_free
from outreach.database.sealed import key_ring
from outreach.errors import N_, OutreachError
from outreach.messages import suppression
from outreach.messages.email import Attachment, ComposedEmail
from outreach.messages.models import Suppression
from outreach.outbox import service as outbox
from outreach.outbox.models import OutboxMessage
from outreach.outbox.queries import message_by_id
from outreach.outbox.states import Reason, State

RESEND, MARK_DELIVERED = "resend", "delivered"


class AlreadyDecidedError(OutreachError):
    """Somebody else decided, or the worker found out, while the page was open."""

    message = N_("Denne meldingen er allerede avgjort. Last siden på nytt.")
    http_status = 409


def suppress(subject_hash: str, *, purpose: str = suppression.ALL, source: str, now: datetime) -> bool:
    """Note that the one behind `subject_hash` must not be written to; say whether that was new."""
    return insert_if_free(
        Suppression, id=new_id(), subject_hash=subject_hash, purpose=purpose, source=source, since_utc=now
    )


def address_hash(address: str) -> str:
    """Return the keyed hash under which an e-mail address or phone number is suppressed."""
    return key_ring().keyed_hash("address", address.strip().casefold())


def email_from_templates(
    name: str,
    *,
    to: str,
    language: str,
    values: Mapping[str, Any],
    attachments: tuple[Attachment, ...] = (),
    is_outreach: bool = False,
) -> ComposedEmail:
    """Return the e-mail of `templates/outgoing/email/<name>/`: subject.txt, body.txt and body.html in `language`."""
    folder = f"outgoing/email/{name}"
    with force_locale(language):
        return ComposedEmail(
            to=to,
            subject=render_template(f"{folder}/subject.txt", **values),
            text=render_template(f"{folder}/body.txt", **values),
            html=render_template(f"{folder}/body.html", **values),
            attachments=attachments,
            is_outreach=is_outreach,
        )


def decide(message_id: int, decision: str, *, actor: Actor, now: datetime) -> OutboxMessage:
    """Do with a doubtful message what a person decided: send again, or count it as handed over.

    Raises AlreadyDecidedError when it is no longer doubtful.
    """
    message = message_by_id(message_id)
    if message is None or not _is_doubtful(message):
        raise AlreadyDecidedError
    is_resend = decision == RESEND
    was = message.state
    if not outbox.decide(message_id, is_resend=is_resend, now=now):
        raise AlreadyDecidedError
    record(
        "message.resend" if is_resend else "message.mark_delivered",
        subject_kind="outbox_message",
        subject_id=message_id,
        actor=actor,
        now=now,
        was=was,
    )
    return message


def _is_doubtful(message: OutboxMessage) -> bool:
    return message.state == State.UNCERTAIN or (message.state == State.WITHHELD and message.reason == Reason.TOO_LATE)
