"""Use cases of messages: who must not be written to, and texts from templates."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import render_template
from flask_babel import force_locale

from outreach.database import new_id
from outreach.database.conflicts import insert_if_free
from outreach.database.sealed import key_ring
from outreach.messages import suppression
from outreach.messages.email import Attachment, ComposedEmail
from outreach.messages.models import Suppression


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
