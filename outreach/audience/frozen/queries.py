"""Every SELECT of frozen lists: what was used for an event, and who was in it or left out."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from outreach.audience.models import AudienceList, AudienceMember
from outreach.audience.queries import PAGE_SIZE, name_of
from outreach.audience.segment import Segment
from outreach.database import db
from outreach.errors import N_, NotFoundError
from outreach.events.models import Event
from outreach.people.models import Person


@dataclass(frozen=True)
class KeptMember:
    """One person of a frozen list, as it was then; `name` is today's."""

    person_id: int
    name: str
    is_included: bool
    reason: str
    known_json: str


@dataclass(frozen=True)
class Use:
    """One use of a segment: the event, and how many were in the list and are still held."""

    kept: AudienceList
    event: Event
    included: int


def included(list_id: int) -> list[tuple[int, int | None]]:
    """Return (person_id, household_id) of those in a frozen list, households together, eldest first."""
    rows = db.session.execute(
        select(AudienceMember.person_id, Person.household_id)
        .join(Person, Person.id == AudienceMember.person_id)
        .where(AudienceMember.list_id == list_id, AudienceMember.is_included)
        .order_by(Person.household_id, func.coalesce(Person.birth_year, 9999), Person.id)
    )
    return [(person_id, household_id) for person_id, household_id in rows]


def same_lists(event_id: int, segment: Segment) -> Sequence[int]:
    """Return the ids of earlier lists of this very segment, rule and window for the event."""
    wanted = select(AudienceList.id).where(
        AudienceList.event_id == event_id,
        AudienceList.segment == segment.name,
        AudienceList.rule_json.in_([segment.rule.to_json(), ""]),
        AudienceList.since.is_not_distinct_from(segment.since),
        AudienceList.until.is_not_distinct_from(segment.until),
    )
    return db.session.scalars(wanted.order_by(AudienceList.id)).all()


def asked_in(list_ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Return (reason, known_json) by person of those who were in any of the lists."""
    rows = db.session.execute(
        select(AudienceMember.person_id, AudienceMember.reason, AudienceMember.known_json)
        .where(AudienceMember.list_id.in_(list_ids), AudienceMember.is_included)
        .order_by(AudienceMember.id)
    )
    return {person_id: (reason, known_json) for person_id, reason, known_json in rows}


def lists_of(event_id: int) -> Sequence[AudienceList]:
    """Return the frozen lists of an event, the latest first."""
    return db.session.scalars(
        select(AudienceList)
        .where(AudienceList.event_id == event_id)
        .order_by(AudienceList.frozen_at_utc.desc(), AudienceList.id)
    ).all()


def list_of(event_id: int, list_id: int) -> AudienceList:
    """Return one list of the event. Raises NotFoundError, also for another event's."""
    wanted = select(AudienceList).where(AudienceList.id == list_id, AudienceList.event_id == event_id)
    found: AudienceList | None = db.session.scalar(wanted)
    if found is None:
        raise NotFoundError(N_("Vi finner ikke lista."))
    return found


def uses_of(segment: str) -> list[Use]:
    """Return where the segment called `segment` was used, the latest first."""
    kept = func.count(AudienceMember.id).filter(AudienceMember.is_included)
    rows = db.session.execute(
        select(AudienceList, Event, kept)
        .join(Event, Event.id == AudienceList.event_id)
        .outerjoin(AudienceMember, AudienceMember.list_id == AudienceList.id)
        .where(AudienceList.segment == segment)
        .group_by(AudienceList.id, Event.id)
        .order_by(AudienceList.frozen_at_utc.desc(), AudienceList.id)
    )
    return [Use(*row) for row in rows]


def counts_of(list_id: int) -> tuple[int, int]:
    """Return how many of the list are still held: those who were in, and those who were left out."""
    inside = func.count().filter(AudienceMember.is_included)
    row = db.session.execute(select(inside, func.count() - inside).where(AudienceMember.list_id == list_id)).one()
    return row[0], row[1]


def members(list_id: int, *, page: int) -> list[KeptMember]:
    """Return one page (from 1) of a list: those in it first, then in the order of its rows."""
    rows = db.session.execute(
        select(AudienceMember, Person)
        .join(Person, Person.id == AudienceMember.person_id)
        .where(AudienceMember.list_id == list_id)
        .order_by(AudienceMember.is_included.desc(), Person.household_id, Person.birth_year, Person.id)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    return [
        KeptMember(person.id, name_of(person), member.is_included, member.reason, member.known_json)
        for member, person in rows
    ]
