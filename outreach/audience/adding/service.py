"""Puts one person on an event's list by hand. Never commits."""

from datetime import date, datetime

from outreach.audience.adding.queries import BY_HAND_LIST, list_of
from outreach.audience.exclusions import WORDS, Inclusion
from outreach.audience.models import AudienceList, AudienceMember
from outreach.database import db, new_id
from outreach.database.conflicts import insert_if_free
from outreach.events.models import Event


def add_to_list(event: Event, person_id: int, *, as_of: date, now: datetime) -> int:
    """Put the person on the event's list of those added by hand, made now if there is none; return the list's id."""
    kept = list_of(event.id)
    if kept is None:
        kept = AudienceList(
            event_id=event.id, segment=BY_HAND_LIST, name=WORDS[Inclusion.ADDED], as_of=as_of, frozen_at_utc=now
        )
        db.session.add(kept)
        db.session.flush()
    insert_if_free(
        AudienceMember,
        id=new_id(),
        list_id=kept.id,
        person_id=person_id,
        is_included=True,
        reason=Inclusion.ADDED.value,
        known_json="",
    )
    return kept.id
