"""Staff save a rule under a name, change it, archive it and take it back. Never commits."""

from datetime import datetime

from sqlalchemy import CursorResult, update

from outreach.audience.models import SavedSegment
from outreach.audience.rule import Rule
from outreach.audience.rule_checks import check
from outreach.audience.segment import SegmentName
from outreach.audit.actor import Actor
from outreach.audit.service import record
from outreach.database import db, new_id
from outreach.database.conflicts import insert_if_free
from outreach.errors import N_, OutreachError
from outreach.events.event import one_line, slug_of

LONGEST_NAME = 80


class SegmentNameError(OutreachError):
    """The segment has no name that an address can be made of, or too long a one."""

    message = N_("Skriv et navn med bokstaver eller tall, høyst 80 tegn.")


class NameTakenError(OutreachError):
    """Another segment, perhaps an archived one, has this name."""

    message = N_("Et annet utvalg har allerede dette navnet. Velg et annet.")
    http_status = 409


class SegmentChangedError(OutreachError):
    """Somebody else changed the segment after this form was opened."""

    message = N_("Noen andre har endret utvalget mens du hadde det åpent. Åpne det på nytt og gjør endringen igjen.")
    http_status = 409


def create(name: str, rule: Rule, *, now: datetime, actor: Actor) -> str:
    """Save `rule` as `name`; return the slug that was made of it. Raises RuleError and the name's errors."""
    check(rule)
    named = _name(name)
    slug = slug_of(named)
    if slug in set(SegmentName):
        raise NameTakenError
    segment_id = new_id()
    is_in = insert_if_free(
        SavedSegment,
        id=segment_id,
        slug=slug,
        name=named,
        rule_json=rule.to_json(),
        revision=1,
        created_at_utc=now,
        created_by_id=actor.id,
        changed_at_utc=now,
        changed_by_id=actor.id,
    )
    if not is_in:
        raise NameTakenError
    record("segment.create", subject_kind="segment", subject_id=segment_id, actor=actor, now=now)
    return slug


def change(segment: SavedSegment, name: str, rule: Rule, *, revision: int, now: datetime, actor: Actor) -> None:
    """Give `segment`, seen at `revision`, a new name and rule. Its slug stays, since commands and lists say it.

    Raises RuleError, the name's errors, and SegmentChangedError.
    """
    check(rule)
    values = {
        "name": _name(name),
        "rule_json": rule.to_json(),
        "revision": revision + 1,
        "changed_at_utc": now,
        "changed_by_id": actor.id,
    }
    at_that = update(SavedSegment).where(SavedSegment.id == segment.id, SavedSegment.revision == revision)
    done = db.session.execute(at_that.values(**values))
    assert isinstance(done, CursorResult)
    if done.rowcount != 1:
        raise SegmentChangedError
    record("segment.change", subject_kind="segment", subject_id=segment.id, actor=actor, now=now)


def archive(segment: SavedSegment, *, now: datetime, actor: Actor) -> None:
    """Offer the segment no more. Lists that were made by it stay. Twice is as once."""
    if segment.archived_at_utc is None:
        segment.archived_at_utc = now
        record("segment.archive", subject_kind="segment", subject_id=segment.id, actor=actor, now=now)


def restore(segment: SavedSegment, *, now: datetime, actor: Actor) -> None:
    """Offer an archived segment again. Twice is as once."""
    if segment.archived_at_utc is not None:
        segment.archived_at_utc = None
        record("segment.restore", subject_kind="segment", subject_id=segment.id, actor=actor, now=now)


def _name(text: str) -> str:
    named = one_line(text)
    if not slug_of(named) or len(named) > LONGEST_NAME:
        raise SegmentNameError
    return named
