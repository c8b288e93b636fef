"""Writes the messages to who waits, from what is true at hand-over: a place that is gone or an offer that has ended is
told of no more. No calendar file goes with them: who waits has no place yet; the confirmation of a yes brings it.
"""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Flask
from sqlalchemy import ColumnElement

from outreach import clock
from outreach.database.downward import listen
from outreach.errors import N_
from outreach.events.changes import Change
from outreach.events.getting_there import on_one_line
from outreach.events.models import Event
from outreach.invitations.models import Invitation
from outreach.invitations.personal_link import invitation_url
from outreach.invitations.service import code_of
from outreach.messages.composers import Withheld, register_composer
from outreach.messages.email import ComposedEmail
from outreach.messages.service import email_from_templates, sms_from_template
from outreach.messages.sms import ComposedSms
from outreach.outbox.models import OutboxMessage
from outreach.outbox.states import Channel, Reason
from outreach.rsvp import queries as answers
from outreach.rsvp.answer import RsvpState
from outreach.rsvp.models import Rsvp
from outreach.rsvp.telling.queries import IS_IN_QUEUE, answered, not_yet_told
from outreach.rsvp.telling.service import tell
from outreach.rsvp.waitlist import queries
from outreach.rsvp.waitlist.models import WaitPlace
from outreach.rsvp.waitlist.offering.service import KIND as OFFER
from outreach.rsvp.waitlist.queue_order import PlaceState
from outreach.web.headers import settings_of_app

JOINED, CHANGED, CLOSED = "waitlist_joined", "waitlist_changed", "waitlist_closed"
_Holds = Callable[[WaitPlace, dict[str, int]], bool]


def install(app: Flask) -> None:
    """Have this module write its kinds of message, and tell who waits when an event changes or is called off."""
    register_composer(app, JOINED, _composer("published", _still_waits), words=N_("Bekreftelse på venteliste"))
    register_composer(app, OFFER, _composer("published", _still_offered), words=N_("Tilbud om plass"))
    register_composer(
        app, CHANGED, _composer("published", _waits_for_what_changed), words=N_("Melding om endring til ventelista")
    )
    register_composer(app, CLOSED, _composer("cancelled", lambda _place, _told: True), words=N_("Melding om avlysning"))
    listen(app, "event_facts_changed", tell_of_change)
    listen(app, "event_cancelled", tell_waiting)


def tell_waiting(*, event_id: int, now: datetime) -> None:
    """Queue that the event is off to those on its waiting list who left an address."""
    _tell(CLOSED, event_id, answered(RsvpState.WAITLISTED), now)


def tell_of_change(*, event_id: int, now: datetime) -> None:
    """Queue what has changed to the same, but not to who let an offer pass."""
    _tell(CHANGED, event_id, IS_IN_QUEUE, now)


def _tell(kind: str, event_id: int, is_asked_for: ColumnElement[bool], now: datetime) -> None:
    tell(event_id, is_asked_for, kind=kind, revision=answers.event_revision(event_id), now=now)


def _composer(event_state: str, holds: _Holds) -> Callable[[OutboxMessage], ComposedEmail | ComposedSms | Withheld]:
    """Return what writes a kind of message that is true of events in `event_state` while `holds`."""

    def compose(row: OutboxMessage) -> ComposedEmail | ComposedSms | Withheld:
        told = json.loads(row.references_json)
        found = answers.by_id(int(row.recipient.partition(":")[2]))
        if found is None:
            return Withheld(Reason.ERASED)
        rsvp, invitation = found
        if row.event_id != invitation.event_id:
            return Withheld(Reason.SWAPPED)
        place = queries.of_invitation(invitation.id)
        if invitation.event.state != event_state:
            return Withheld(Reason.EVENT_CANCELLED)
        if place is None or rsvp.state != RsvpState.WAITLISTED or not holds(place, told):
            return Withheld(Reason.REPLACED)
        changes = not_yet_told(row, invitation.event) if row.kind == CHANGED else None
        if changes == ():  # it is again as they were told last
            return Withheld(Reason.REPLACED)
        return _written(row, rsvp, _values(invitation, place, changes or ()))

    return compose


def _still_waits(place: WaitPlace, told: dict[str, int]) -> bool:
    return place.state == PlaceState.WAITING and place.number == told["number"]


def _waits_for_what_changed(place: WaitPlace, told: dict[str, int]) -> bool:
    """Say whether this is the last change, and nothing that came with or after it told of it already."""
    event = queries.event_now(place.event_id)
    if told["revision"] != event.sequence:
        return False
    if place.state == PlaceState.OFFERED:
        return place.offered_at_utc is not None and place.offered_at_utc < event.changed_at_utc
    return place.state == PlaceState.WAITING


def _still_offered(place: WaitPlace, told: dict[str, int]) -> bool:
    is_open = place.ends_at_utc is not None and clock.now_utc() < place.ends_at_utc
    return place.state == PlaceState.OFFERED and place.offers == told["offer"] and is_open


def _written(row: OutboxMessage, rsvp: Rsvp, values: dict[str, Any]) -> ComposedEmail | ComposedSms | Withheld:
    is_sms = row.channel == Channel.SMS
    to = rsvp.mobile if is_sms else rsvp.email
    if not to:
        return Withheld(Reason.ERASED)
    compose = sms_from_template if is_sms else email_from_templates
    return compose(row.kind, to=to, language=row.language, values=values)


def _values(invitation: Invitation, place: WaitPlace, changes: tuple[Change, ...]) -> dict[str, Any]:
    event: Event = invitation.event
    asked_for = {
        "event_title": event.title,
        "starts_at_utc": event.starts_at_utc,
        "ends_at_utc": event.ends_at_utc,
        "place": on_one_line(event.venue, event.venue_address),
        "persons": place.persons,
    }
    return {
        "ticket": asked_for,
        "changes": changes,
        "page_url": f"{settings_of_app().public_url}/arrangement/{event.slug}",
        "number": 1 + queries.waiting_parties(event.id, before=place.number),
        "until": place.ends_at_utc,
        "invitation_url": invitation_url(settings_of_app().public_url, code_of(invitation)),
    }
