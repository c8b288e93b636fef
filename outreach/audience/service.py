"""Use cases of the audience: find the segment as the latest extract sees it, count it, freeze it as a list."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, insert

from outreach.audience import queries
from outreach.audience.counts import AudienceCount
from outreach.audience.exclusions import Inclusion
from outreach.audience.models import AudienceList, AudienceMember
from outreach.audience.segment import Segment, segment_of
from outreach.audit.actor import Actor
from outreach.audit.service import record
from outreach.database import db, new_id
from outreach.errors import N_, OutreachError
from outreach.events.models import Event
from outreach.register.models import RegisterImport
from outreach.register.queries import latest_import


class NoExtractError(OutreachError):
    """Nothing was imported yet, so there is nobody to select."""

    message = N_("Det er ikke lest inn noe uttrekk fra folkeregisteret ennå. Les inn et uttrekk først.")


@dataclass(frozen=True)
class SeenSegment:
    """A segment as the latest extract sees it."""

    segment: Segment
    extract: RegisterImport


def see(name: str, *, since: date | None, until: date | None) -> SeenSegment:
    """Return the segment called `name` with its window filled in. Raises NoExtractError and what `segment_of` does."""
    extract = latest_import()
    if extract is None:
        raise NoExtractError
    return SeenSegment(segment_of(name, as_of=extract.as_of, since=since, until=until), extract)


def count(event: Event, *, segment: str, since: date | None, until: date | None) -> AudienceCount:
    """Return how many of `segment` may be asked to `event`, and how many are left out for which reason."""
    seen = see(segment, since=since, until=until)
    return queries.count(seen.segment, event_id=event.id, import_id=seen.extract.id)


def freeze(event: Event, *, segment: str, since: date | None, until: date | None, now: datetime) -> AudienceList:
    """Keep who is in `segment` for `event` at `now`, and who is left out, each with the reason; return the list.

    A list of the same segment and window is replaced: the reasons of today count.
    """
    seen = see(segment, since=since, until=until)
    db.session.execute(delete(AudienceList).where(AudienceList.id.in_(queries.same_lists(event.id, seen.segment))))
    frozen = AudienceList(
        event_id=event.id,
        segment=seen.segment.name.value,
        since=seen.segment.since,
        until=seen.segment.until,
        frozen_at_utc=now,
    )
    db.session.add(frozen)
    db.session.flush()
    _add_members(frozen, seen, event.id)
    return frozen


def _add_members(frozen: AudienceList, seen: SeenSegment, event_id: int) -> None:
    included = {reason.value for reason in Inclusion}
    members = [
        {
            "id": new_id(),
            "list_id": frozen.id,
            "person_id": person.person_id,
            "is_included": person.reason in included,
            "reason": person.reason,
        }
        for person in queries.judged_persons(seen.segment, event_id=event_id, import_id=seen.extract.id)
    ]
    if members:
        db.session.execute(insert(AudienceMember), members)


def note_look(event_id: int, *, reason: str, page: int, actor: Actor, now: datetime) -> None:
    """Write down that `actor` looked at the names of one page of the persons with `reason`."""
    record("audience.look", subject_kind="event", subject_id=event_id, actor=actor, now=now, reason=reason, page=page)
