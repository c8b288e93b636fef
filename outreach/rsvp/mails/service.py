"""Writes the e-mails about an answer, from what is true at hand-over: a later change, a cancelled event or an erased
address wins over what was queued. Queues what guests are told when an event changes or is called off; who left only a
mobile number gets that as SMS.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from flask_babel import force_locale

from outreach.database.downward import listen
from outreach.errors import N_
from outreach.events.changes import Change
from outreach.events.models import Event
from outreach.events.told_by import count_by
from outreach.formats import qr
from outreach.invitations.models import Invitation
from outreach.invitations.personal_link import invitation_url
from outreach.invitations.service import code_of
from outreach.messages.composers import Withheld, register_composer
from outreach.messages.email import Attachment, CalendarPart, ComposedEmail
from outreach.messages.service import email_from_templates, sms_from_template
from outreach.messages.sms import ComposedSms
from outreach.outbox.models import OutboxMessage
from outreach.outbox.states import Channel, Reason
from outreach.rsvp import queries, service
from outreach.rsvp.answer import RsvpState
from outreach.rsvp.models import Rsvp
from outreach.rsvp.telling.queries import not_yet_told, told_of_change
from outreach.tickets.queries import facts_of_invitation
from outreach.tickets.service import invitation_calendar
from outreach.tickets.ticket import TicketFacts, qr_payload, ticket_url
from outreach.web.headers import settings_of_app

_QR_PIXELS_A_MODULE = 12


@dataclass(frozen=True)
class _Kind:
    """What staff call a kind of message, when one is still true, and what goes with it."""

    words: str
    rsvp_state: RsvpState
    event_state: str
    has_picture: bool = False
    follows_event: bool = False


_KINDS = {
    "rsvp_confirmation": _Kind(N_("Bekreftelse på svar"), RsvpState.ATTENDING, "published", has_picture=True),
    "rsvp_cancellation": _Kind(N_("Bekreftelse på avlysning"), RsvpState.CANCELLED, "published"),
    "event_changed": _Kind(
        N_("Melding om endring"), RsvpState.ATTENDING, "published", has_picture=True, follows_event=True
    ),
    "event_cancelled": _Kind(N_("Melding om avlysning"), RsvpState.ATTENDING, "cancelled", follows_event=True),
}


def install(app: Flask) -> None:
    """Have this module write its kinds of message and hear of changed and cancelled events."""
    for name, kind in _KINDS.items():
        register_composer(app, name, compose, words=kind.words)
    listen(app, "event_facts_changed", _teller("event_changed"))
    listen(app, "event_cancelled", _teller("event_cancelled"))
    count_by(app, told_of_change)


def compose(row: OutboxMessage) -> ComposedEmail | ComposedSms | Withheld:
    """Return the e-mail or SMS of an outbox row, or why it must not leave any more."""
    references = json.loads(row.references_json)
    found = queries.by_id(references["rsvp_id"])
    if found is None:
        return Withheld(Reason.ERASED)
    rsvp, invitation = found
    ticket = facts_of_invitation(invitation.id)
    kind = _KINDS[row.kind]
    reason = _reason_against(kind, rsvp, invitation.event, references)
    to = rsvp.mobile if row.channel == Channel.SMS else rsvp.email
    if kind.follows_event and row.event_id != invitation.event_id:
        # Of another event of the series, which the household left since: revisions of two events say nothing together.
        reason = Reason.SWAPPED
    if reason or ticket is None or not to:
        return Withheld(reason or Reason.ERASED)
    changes = not_yet_told(row, invitation.event) if row.kind == "event_changed" else None
    if changes == ():  # it is again as they were told last
        return Withheld(Reason.REPLACED)
    if row.channel == Channel.SMS:
        return _sms(row, to, ticket, changes or ())
    return _email(row, to, invitation, ticket, changes or ())


def _teller(kind: str) -> Callable[..., None]:
    def tell(*, event_id: int, now: datetime) -> None:
        service.tell_guests(event_id, kind=kind, now=now)

    return tell


def _reason_against(kind: _Kind, rsvp: Rsvp, event: Event, references: dict[str, int]) -> Reason | None:
    if event.state != kind.event_state:
        return Reason.EVENT_CANCELLED
    if rsvp.state != kind.rsvp_state:
        return Reason.REPLACED
    is_latest = references["revision"] == (event.sequence if kind.follows_event else rsvp.revision)
    return None if is_latest else Reason.REPLACED


def _sms(row: OutboxMessage, to: str, ticket: TicketFacts, changes: tuple[Change, ...]) -> ComposedSms:
    # Nothing of their own: phones lie about, and the public page tells the rest.
    page_url = f"{settings_of_app().public_url}/arrangement/{ticket.event_slug}"
    values = {"ticket": ticket, "changes": changes, "page_url": page_url}
    return sms_from_template(row.kind, to=to, language=row.language, values=values)


def _email(
    row: OutboxMessage, to: str, invitation: Invitation, ticket: TicketFacts, changes: tuple[Change, ...]
) -> ComposedEmail:
    site = settings_of_app()
    picture_id = f"qr.{row.id}@{urlsplit(site.public_url).hostname}"
    values: dict[str, Any] = {
        "ticket": ticket,
        "changes": changes,
        "qr_content_id": picture_id,
        "answer_by": invitation.event.answer_by,
        "ticket_url": ticket_url(site.public_url, ticket.code),
        "reads_replies": bool(site.mailbox_url),
        "invitation_url": invitation_url(site.public_url, code_of(invitation)),
    }
    with force_locale(row.language):
        calendar = CalendarPart(*invitation_calendar(ticket, to))
    return email_from_templates(
        row.kind,
        to=to,
        language=row.language,
        values=values,
        attachments=_attachments(_KINDS[row.kind], ticket, calendar, picture_id=picture_id),
        calendar=calendar,
    )


def _attachments(
    kind: _Kind, ticket: TicketFacts, calendar: CalendarPart, *, picture_id: str
) -> tuple[Attachment, ...]:
    # Once more as a file, for programs that see no invitation: of another type, or others would see two.
    file = Attachment("invitasjon.ics", calendar.content, "application/ics")
    if not kind.has_picture:
        return (file,)
    picture = qr.png(qr_payload(settings_of_app().public_url, ticket.code), scale=_QR_PIXELS_A_MODULE)
    return (file, Attachment("billett.png", picture, "image/png", content_id=picture_id))
