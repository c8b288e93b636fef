"""Whom a change reaches by which way, and since which change a household has not been told."""

import json
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from outreach.database import db
from outreach.events import queries as events
from outreach.events.changes import Change, changes, starts_before
from outreach.events.models import Event
from outreach.events.told_by import Told
from outreach.outbox.models import OutboxMessage
from outreach.outbox.states import Channel, State
from outreach.rsvp.answer import RsvpState
from outreach.rsvp.models import Rsvp
from outreach.rsvp.waitlist.models import WaitPlace
from outreach.rsvp.waitlist.offer_times import ToldBy, best_way
from outreach.rsvp.waitlist.queue_order import PlaceState
from outreach.web.headers import settings_of_app

CHANGED_KINDS = ("event_changed", "waitlist_changed")
_CHANNELS = {ToldBy.EMAIL: Channel.EMAIL, ToldBy.SMS: Channel.SMS}
_HAVE_COME = (State.HANDED_OVER.value, State.DELIVERED.value)
_HAS_EMAIL, _HAS_MOBILE = Rsvp.email_sealed.is_not(None), Rsvp.mobile_sealed.is_not(None)
_OPEN = (PlaceState.WAITING.value, PlaceState.OFFERED.value)
# Who let an offer pass waits no more, though the answer still says so.
IS_IN_QUEUE = and_(
    Rsvp.state == RsvpState.WAITLISTED.value,
    exists().where(WaitPlace.invitation_id == Rsvp.invitation_id, WaitPlace.state.in_(_OPEN)),
)


class Reachable(NamedTuple):
    """An answer of somebody who can be written to, in which language, and by which one way."""

    rsvp_id: int
    language: str
    channel: Channel


def answered(state: RsvpState) -> ColumnElement[bool]:
    """Select answers that are `state`."""
    return Rsvp.state == state.value


def reachable(event_id: int, is_asked_for: ColumnElement[bool]) -> list[Reachable]:
    """Return whose answers to an event are asked for and who can be told: by e-mail, else by SMS, never by both."""
    wanted = select(Rsvp.id, Rsvp.language, _HAS_EMAIL, _HAS_MOBILE)
    rows = db.session.execute(wanted.where(Rsvp.event_id == event_id, is_asked_for).order_by(Rsvp.id))
    found = ((id_, language, _way(email, mobile)) for id_, language, email, mobile in rows)
    return [Reachable(id_, language, _CHANNELS[way]) for id_, language, way in found if way in _CHANNELS]


def first_start(event_id: int, revision: int) -> datetime:
    """Return when an event begins, or began before the change that made `revision` when that was earlier: who does not
    hear of it comes then."""
    begins = db.session.scalars(select(Event.starts_at_utc).where(Event.id == event_id).order_by(Event.id)).one()
    before = events.facts_before(event_id, revision)
    return min(begins, starts_before(before)) if before is not None else begins


def told_of_change(event_id: int) -> Told:
    """Return how many households, of those who come and those who wait, are told of a change by which way."""
    return _by_way(event_id, or_(answered(RsvpState.ATTENDING), IS_IN_QUEUE), func.count())


def persons_by_way(event_id: int, state: RsvpState) -> Told:
    """Return how many persons whose answer is `state`, children brought along among them, are told by which way."""
    return _by_way(event_id, answered(state), func.coalesce(func.sum(Rsvp.persons), 0))


def not_yet_told(
    row: OutboxMessage, event: Event, *, kinds: tuple[str, ...] = CHANGED_KINDS
) -> tuple[Change, ...] | None:
    """Return what of `event` the message's reader has not been told yet: since the first change of which no message of
    `kinds` has left to them. None when nothing was kept of it; empty when all was changed back."""
    since = _since(row, event.id, kinds)
    before = events.facts_before(event.id, since) if since is not None else None
    return changes(before, event, row.language) if before is not None else None


def news_of(row: OutboxMessage, event: Event) -> tuple[Change, ...] | None:
    """Return what a message about `event` to somebody who is no guest has to tell, as `not_yet_told`: empty when it is
    called off, or nothing was kept. None: a later message tells of it, or all was changed back."""
    if json.loads(row.references_json).get("revision", event.sequence) != event.sequence:
        return None
    if event.state == "cancelled":
        return ()
    found = not_yet_told(row, event, kinds=(row.kind,))
    return (found or None) if found is not None else ()


def _since(row: OutboxMessage, event_id: int, kinds: tuple[str, ...]) -> int | None:
    mine = select(OutboxMessage.state, OutboxMessage.references_json).where(
        OutboxMessage.recipient == row.recipient,
        OutboxMessage.kind.in_(kinds),
        OutboxMessage.event_id == event_id,
    )
    found = [
        (state, json.loads(told).get("revision", 0))
        for state, told in db.session.execute(mine.order_by(OutboxMessage.id))
    ]
    last = max((revision for state, revision in found if state in _HAVE_COME), default=-1)
    return min((revision for _state, revision in found if revision > last), default=None)


def _by_way(event_id: int, is_asked_for: ColumnElement[bool], number: ColumnElement[int]) -> Told:
    ways = select(_HAS_EMAIL, _HAS_MOBILE, number).where(Rsvp.event_id == event_id, is_asked_for)
    found = dict.fromkeys(ToldBy, 0)
    for email, mobile, count in db.session.execute(ways.group_by(_HAS_EMAIL, _HAS_MOBILE).order_by(_HAS_EMAIL)):
        found[_way(email, mobile)] += int(count)
    return Told(found[ToldBy.EMAIL], found[ToldBy.SMS], found[ToldBy.PHONE])


def _way(has_email: bool, has_mobile: bool) -> ToldBy:
    return best_way(has_email=has_email, has_mobile=has_mobile and settings_of_app().is_sms_set_up)
