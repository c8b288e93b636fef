"""Makes an offer to one party whose turn it is, and queues the one message that tells of it, in one transaction."""

from dataclasses import dataclass
from datetime import datetime

from outreach.audit.actor import SYSTEM
from outreach.audit.service import record
from outreach.events.models import Event
from outreach.outbox.message import NewMessage
from outreach.outbox.service import queue
from outreach.outbox.states import Channel
from outreach.rsvp.answer import recipient
from outreach.rsvp.waitlist import queries
from outreach.rsvp.waitlist.models import WaitPlace
from outreach.rsvp.waitlist.offer_times import ToldBy, offer_times
from outreach.rsvp.waitlist.queries import Reach
from outreach.rsvp.waitlist.queue_order import PlaceState, Why
from outreach.web.headers import settings_of_app

KIND = "seat_offer"
_CHANNELS = {ToldBy.EMAIL: Channel.EMAIL, ToldBy.SMS: Channel.SMS}


@dataclass(frozen=True)
class Freed:
    """What made places free: why, and which invitation, None when no household did."""

    why: Why
    invitation_id: int | None = None


def offer(place: WaitPlace, event: Event, freed: Freed, now: datetime) -> None:
    """Offer `place` its seats, which the caller counts as held, and tell the household; staff call whom we cannot.

    The number of the offer is in the message's purpose, so each offer sends one.
    """
    reach = queries.reach(place.invitation_id)
    told_by = reach.told_by if reach else ToldBy.PHONE
    times = offer_times(now, hours=settings_of_app().offer_hours, told_by=told_by, starts_at_utc=event.starts_at_utc)
    place.state = PlaceState.OFFERED.value
    place.offers += 1
    place.told_by = told_by.value
    place.offered_at_utc, place.ends_at_utc = now, times.ends_at_utc
    note_freed(place, freed, now)
    record(
        "waitlist.offer",
        subject_kind="invitation",
        subject_id=place.invitation_id,
        actor=SYSTEM,
        now=now,
        persons=place.persons,
        way=place.told_by,
        why=freed.why.value,
        freed_by=freed.invitation_id,
    )
    if reach and told_by in _CHANNELS:
        _tell(place, reach, due=times.told_at_utc, now=now)


def note_freed(place: WaitPlace, freed: Freed, now: datetime) -> None:
    """Note what made room for `place`."""
    place.freed_why, place.freed_by_id, place.freed_at_utc = freed.why.value, freed.invitation_id, now


def _tell(place: WaitPlace, reach: Reach, *, due: datetime, now: datetime) -> None:
    message = NewMessage(
        purpose=f"{KIND}:{place.id}:{place.offers}",
        recipient=recipient(reach.rsvp_id),
        channel=_CHANNELS[reach.told_by],
        kind=KIND,
        language=reach.language,
        references={"place_id": place.id, "offer": place.offers},
        event_id=place.event_id,
        due_at_utc=due,
    )
    queue([message], now)
