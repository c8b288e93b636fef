"""Use cases of the audience: find the segment as the latest extract sees it, count it, freeze it as a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, insert

from outreach.audience import known_values, queries
from outreach.audience.counts import AudienceCount
from outreach.audience.exclusions import Inclusion
from outreach.audience.frozen import queries as frozen_lists
from outreach.audience.models import AudienceList, AudienceMember
from outreach.audience.phrase import bokmaal
from outreach.audience.rule import Rule
from outreach.audience.rule_words import rule_phrases
from outreach.audience.saved import queries as saved
from outreach.audience.segment import Segment, bound, segment_of
from outreach.audit.actor import Actor
from outreach.audit.service import record
from outreach.database import db, new_id
from outreach.events.models import Event
from outreach.register.extract_age import NoExtractError
from outreach.register.models import RegisterImport
from outreach.register.queries import latest_import, postcodes
from outreach.web.headers import settings_of_app

_INCLUSIONS = frozenset(reason.value for reason in Inclusion)
_PREVIEW = "forhandsvisning"


@dataclass(frozen=True)
class SeenSegment:
    """A segment as the latest extract sees it."""

    segment: Segment
    extract: RegisterImport


def see(name: str, *, since: date | None = None, until: date | None = None, also_archived: bool = False) -> SeenSegment:
    """Return the segment called `name`, built-in or saved, with its window filled in.

    Raises NoExtractError and what `segment_of` does; an archived segment is unknown unless `also_archived`.
    """
    extract = _extract()
    find = saved.any_rule if also_archived else saved.rule_in_use
    held_days = settings_of_app().retention_register_days
    segment = segment_of(name, as_of=extract.as_of, held_days=held_days, saved=find, since=since, until=until)
    return SeenSegment(segment, extract)


def preview(rule: Rule) -> SeenSegment:
    """Return a rule that is not saved as the latest extract sees it. Raises NoExtractError."""
    extract = _extract()
    held_days = settings_of_app().retention_register_days
    return SeenSegment(bound(rule, name=_PREVIEW, title="", as_of=extract.as_of, held_days=held_days), extract)


def count(event: Event, *, segment: str, since: date | None, until: date | None) -> AudienceCount:
    """Return how many of `segment` may be asked to `event`, and how many are left out for which reason."""
    return count_seen(see(segment, since=since, until=until), event.id)


def count_seen(seen: SeenSegment, event_id: int = queries.NO_EVENT) -> AudienceCount:
    """Return how many of a segment that was seen may be asked to the event, or to any when none is at hand."""
    return queries.count(seen.segment, event_id=event_id, import_id=seen.extract.id)


def freeze(event: Event, *, segment: str, since: date | None, until: date | None, now: datetime) -> AudienceList:
    """Keep who is in `segment` for `event` at `now`, and who is left out, each with the reason; return the list.

    A list of the same segment, rule and window is replaced: the reasons of today count, but who was asked by it keeps
    the reason for that. A list of another rule under the same name stays as it is.
    """
    seen = see(segment, since=since, until=until)
    asked = _take_away(frozen_lists.same_lists(event.id, seen.segment))
    frozen = _list_of(seen.segment, event.id, now)
    db.session.add(frozen)
    db.session.flush()
    people = queries.judged_persons(seen.segment, event_id=event.id, import_id=seen.extract.id)
    members = [_member(frozen.id, person, asked) for person in people]
    if members:
        db.session.execute(insert(AudienceMember), members)
    return frozen


def _extract() -> RegisterImport:
    extract = latest_import()
    if extract is None:
        raise NoExtractError
    return extract


def _take_away(list_ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Delete the lists; return the reason, and what was known, of those who were asked by any of them."""
    if not list_ids:
        return {}
    asked = frozen_lists.asked_in(list_ids)
    db.session.execute(delete(AudienceList).where(AudienceList.id.in_(list_ids)))
    return asked


def _list_of(segment: Segment, event_id: int, now: datetime) -> AudienceList:
    lines = rule_phrases(segment.rule, postcodes().place)
    return AudienceList(
        event_id=event_id,
        segment=segment.name,
        name=segment.title,
        rule_json=segment.rule.to_json(),
        rule_text="\n".join(bokmaal(line) for line in lines),
        as_of=segment.as_of,
        since=segment.since,
        until=segment.until,
        frozen_at_utc=now,
    )


def _member(list_id: int, person: Sequence[Any], asked: dict[int, tuple[str, str]]) -> dict[str, Any]:
    person_id, _, _, reason, *values = person
    was_asked = reason == Inclusion.ALREADY_INVITED and person_id in asked
    kept_reason, kept = asked[person_id] if was_asked else (reason, known_values.to_json(values))
    return {
        "id": new_id(),
        "list_id": list_id,
        "person_id": person_id,
        "is_included": kept_reason in _INCLUSIONS,
        "reason": kept_reason,
        "known_json": kept,
    }


def note_look(event_id: int, *, reason: str, page: int, actor: Actor, now: datetime) -> None:
    """Write down that `actor` looked at the names of one page of the persons with `reason`."""
    record("audience.look", subject_kind="event", subject_id=event_id, actor=actor, now=now, reason=reason, page=page)


def note_list_look(list_id: int, *, page: int, actor: Actor, now: datetime) -> None:
    """Write down that `actor` looked at the names of one page of a frozen list."""
    record("audience.look", subject_kind="audience_list", subject_id=list_id, actor=actor, now=now, page=page)
