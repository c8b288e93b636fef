"""What staff do with events. A change is announced downward in the same transaction: invitations, tickets and messages
hear of it before it is committed. When it is one that guests hear of (`changes.FACTS`) it raises `sequence`, so that
every calendar takes the new version, and what was before is kept, so that a message can name what differs.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, fields
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from outreach.audit.actor import COMMAND, Actor
from outreach.audit.service import record
from outreach.database import db
from outreach.database.downward import announce
from outreach.errors import N_, OutreachError
from outreach.events import queries
from outreach.events.changes import FACTS, kept
from outreach.events.copying import copied
from outreach.events.event import SPLIT, Brings, City, EventDetails, Kind, SlugTakenError, State, check, oslo_day
from outreach.events.models import Event, EventChange

# What no letter or mailing tells. The last day for answers is not here: letters and mailings that were released with
# another must not leave, although nobody who has answered is told of it.
_TERMS = frozenset({"brings", "is_open_sign_up", "capacity", *SPLIT})
_UNSYNCHRONISED = {"synchronize_session": False}


class Effect(StrEnum):
    """What a change does: nothing at all, something that nobody is told of, or something that guests are told."""

    NONE = ""
    QUIET = "quiet"
    TOLD = "told"


class EventCancelledError(OutreachError):
    """A cancelled event is over and done with: it is not changed, published or cancelled again."""

    message = N_("Arrangementet er avlyst og kan ikke endres. Lag et nytt arrangement.")
    http_status = 409


def details_of(event: Event) -> EventDetails:
    """Return the details that `event` has now."""
    values = {field.name: getattr(event, field.name) for field in fields(EventDetails)}
    chosen = {"kind": Kind(event.kind), "city": City(event.city), "brings": Brings(event.brings)}
    return EventDetails(**{**values, **chosen})


def not_cancelled(event: Event) -> Event:
    """Return `event`. Raises EventCancelledError when it is called off."""
    _refuse_cancelled(event)
    return event


def create_event(
    details: EventDetails, now: datetime, *, publish: bool = False, actor: Actor = COMMAND, known_programme: str = ""
) -> Event:
    """Make an event, a draft unless `publish`. `known_programme`: as in `check`. Raises EventDetailsError or
    SlugTakenError."""
    check(details, known_programme=known_programme)
    state = State.PUBLISHED if publish else State.DRAFT
    event = Event(**_columns(details), state=state.value, sequence=0, created_at_utc=now, changed_at_utc=now)
    with _slug_is_free():
        db.session.add(event)
    record("event.create", subject_kind="event", subject_id=event.id, actor=actor, now=now, state=state.value)
    return event


def copy_event(event: Event, now: datetime, *, actor: Actor = COMMAND) -> Event:
    """Make a draft like `event`, another year (`copying.copied`); nothing of its guests comes along."""
    details = copied(details_of(event), oslo_day(now), queries.all_slugs())
    copy = create_event(details, now, actor=actor, known_programme=event.programme)
    announce("event_copied", event_id=event.id, copy_id=copy.id, now=now)
    return copy


def change_event(event: Event, details: EventDetails, now: datetime, *, actor: Actor = COMMAND) -> Effect:
    """Give `event` new details; say what that does. Guests are told of facts by those who listen, and of nothing else.

    Raises EventDetailsError, SlugTakenError or EventCancelledError.
    """
    _refuse_cancelled(event)
    check(details, known_programme=event.programme)
    changed = {name: value for name, value in _columns(details).items() if getattr(event, name) != value}
    if not changed:
        return Effect.NONE
    is_told, is_of_terms = not changed.keys().isdisjoint(FACTS), changed.keys() <= _TERMS
    before = kept(event)
    with _slug_is_free():
        for name, value in changed.items():
            setattr(event, name, value)
        event.changed_at_utc = now
        event.sequence += 1 if is_told else 0
        event.revision += 0 if is_of_terms else 1
        if is_told:
            revision = {"event_id": event.id, "revision": event.sequence}
            db.session.add(EventChange(**revision, before_json=before, changed_at_utc=now))
    record("event.change", subject_kind="event", subject_id=event.id, actor=actor, now=now, fields=sorted(changed))
    announce("event_terms_changed" if is_of_terms else "event_changed", event_id=event.id, now=now)
    if is_told:
        announce("event_facts_changed", event_id=event.id, now=now)
    return Effect.TOLD if is_told else Effect.QUIET


def touch_page(event_ids: Iterable[int], now: datetime) -> None:
    """Have the public pages of these events rendered anew: something else that they show has changed.

    Nothing about the events themselves changes: calendars keep their version, and nobody is told.
    """
    mine = Event.id.in_(sorted(set(event_ids)))
    db.session.execute(update(Event).where(mine).values(changed_at_utc=now), execution_options=_UNSYNCHRONISED)


def publish_event(event: Event, now: datetime, *, actor: Actor = COMMAND) -> None:
    """Show a draft to guests. A published event stays as it is. Raises EventCancelledError."""
    _refuse_cancelled(event)
    if event.state == State.PUBLISHED:
        return
    event.state = State.PUBLISHED.value
    event.changed_at_utc = now
    db.session.flush()
    record("event.publish", subject_kind="event", subject_id=event.id, actor=actor, now=now)


def cancel_event(event: Event, now: datetime, *, actor: Actor = COMMAND) -> None:
    """Call the event off for good; guests are told by those who listen. Twice is as once."""
    if event.state == State.CANCELLED:
        return
    event.state = State.CANCELLED.value
    _raise_sequence(event, now)
    db.session.flush()
    record("event.cancel", subject_kind="event", subject_id=event.id, actor=actor, now=now)
    announce("event_cancelled", event_id=event.id, now=now)


def _columns(details: EventDetails) -> dict[str, Any]:
    return {**asdict(details), "kind": details.kind.value, "city": details.city.value}


def _raise_sequence(event: Event, now: datetime) -> None:
    event.sequence += 1
    event.revision += 1
    event.changed_at_utc = now


def _refuse_cancelled(event: Event) -> None:
    if event.state == State.CANCELLED:
        raise EventCancelledError


@contextmanager
def _slug_is_free() -> Iterator[None]:
    try:
        with db.session.begin_nested():
            yield
    except IntegrityError as error:
        if "slug" not in str(error.orig):
            raise
        raise SlugTakenError from error
