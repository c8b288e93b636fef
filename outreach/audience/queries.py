"""Every SELECT of a segment: one statement judges each person, others count or list what it says.

Later capabilities know who asked to be left alone and who has been invited. They hand in a SELECT of person ids
(`know_by`), which becomes a part of the one statement: 13,000 people are judged in the database, never in a loop.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Flask, current_app
from sqlalchemy import ColumnElement, Row, Select, Subquery, and_, case, false, func, or_, select

from outreach.audience.counts import AudienceCount, count_of
from outreach.audience.exclusions import Inclusion, Reason
from outreach.audience.models import AudienceList, AudienceMember
from outreach.audience.segment import Segment, SegmentName
from outreach.database import db
from outreach.people.models import Household, Person
from outreach.people.person import PersonName

_EXTENSION = "treffpunkt.audience"
PAGE_SIZE = 100
_DEAD = ("doed", "død")
_INCLUSIONS = {
    SegmentName.MOVED_IN: Inclusion.MOVED_IN,
    SegmentName.YOUNG_AWAY: Inclusion.YOUNG,
    SegmentName.CONTACT_POINT: Inclusion.SIGNED_UP,
}

SelectPersons = Callable[[int], Select[Any]]


@dataclass(frozen=True)
class ListedPerson:
    """One line of the list that staff look through."""

    person_id: int
    name: str
    birth_year: int | None
    moved_in_on: date | None
    reason: str


def know_by(app: Flask, reason: Reason | Inclusion, select_persons: SelectPersons) -> None:
    """Have `select_persons(event_id)`, a SELECT of person ids, tell in `app` to whom `reason` applies."""
    app.extensions.setdefault(_EXTENSION, {})[reason] = select_persons


def count(segment: Segment, *, event_id: int, import_id: int) -> AudienceCount:
    """Return how many of `segment` may be asked to the event, judged by the latest import's id."""
    judged = _judged(segment, event_id=event_id, import_id=import_id).subquery()
    by_reason = select(judged.c.reason, func.count()).group_by(judged.c.reason).order_by(judged.c.reason)
    return count_of([(reason, number) for reason, number in db.session.execute(by_reason)], _households(judged))


def judged_persons(segment: Segment, *, event_id: int, import_id: int) -> Sequence[Row[Any]]:
    """Return (person_id, household_id, birth_year, reason) of everybody in `segment`, households together, eldest
    first: `reason` is a Reason or an Inclusion."""
    statement = _judged(segment, event_id=event_id, import_id=import_id)
    return db.session.execute(
        statement.order_by(Person.household_id, func.coalesce(Person.birth_year, 9999), Person.id)
    ).all()


def listed(
    segment: Segment, *, event_id: int, import_id: int, reason: str, page: int
) -> tuple[list[ListedPerson], int]:
    """Return one page (from 1, PAGE_SIZE long) of the persons of `segment`, and how many there are in all.

    `reason` is one reason, "in" for all who may be asked, "out" for all who are left out. In the order of year of
    birth; names are opened for this page only.
    """
    judged = _judged(segment, event_id=event_id, import_id=import_id).subquery()
    wanted = _wanted(judged, reason)
    number = db.session.scalar(select(func.count()).select_from(judged).where(wanted)) or 0
    rows = db.session.execute(
        select(Person, judged.c.reason)
        .join(judged, judged.c.person_id == Person.id)
        .where(wanted)
        .order_by(judged.c.household_id, func.coalesce(Person.birth_year, 9999), Person.id)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    return [_line(person, why) for person, why in rows], number


def included(list_id: int) -> list[tuple[int, int | None]]:
    """Return (person_id, household_id) of those in a frozen list, households together, eldest first."""
    rows = db.session.execute(
        select(AudienceMember.person_id, Person.household_id)
        .join(Person, Person.id == AudienceMember.person_id)
        .where(AudienceMember.list_id == list_id, AudienceMember.is_included)
        .order_by(Person.household_id, func.coalesce(Person.birth_year, 9999), Person.id)
    )
    return [(person_id, household_id) for person_id, household_id in rows]


def same_lists(event_id: int, segment: Segment) -> Select[Any]:
    """Return a SELECT of the ids of earlier lists of this very segment and window for the event."""
    return select(AudienceList.id).where(
        AudienceList.event_id == event_id,
        AudienceList.segment == segment.name.value,
        AudienceList.since.is_not_distinct_from(segment.since),
        AudienceList.until.is_not_distinct_from(segment.until),
    )


def lists_of(event_id: int) -> Sequence[AudienceList]:
    """Return the frozen lists of an event, the latest first."""
    return db.session.scalars(
        select(AudienceList)
        .where(AudienceList.event_id == event_id)
        .order_by(AudienceList.frozen_at_utc.desc(), AudienceList.id)
    ).all()


def _judged(segment: Segment, *, event_id: int, import_id: int) -> Select[Any]:
    """Return the SELECT of each person in `segment` with the first reason that fits."""
    reason = case(
        (Person.status.in_(_DEAD), Reason.DECEASED.value),
        (~Person.is_resident, Reason.MOVED_OUT.value),
        (_needs_a_look(import_id), Reason.BY_HAND.value),
        (Person.address_sealed.is_(None), Reason.NO_ADDRESS.value),
        *_known(event_id, Reason.SUPPRESSED, Inclusion.ALREADY_INVITED),
        else_=_INCLUSIONS[segment.name].value,
    )
    return (
        select(
            Person.id.label("person_id"),
            Person.household_id.label("household_id"),
            Person.birth_year.label("birth_year"),
            reason.label("reason"),
        )
        .outerjoin(Household, Household.id == Person.household_id)
        .where(_belongs(segment))
    )


def _needs_a_look(import_id: int) -> ColumnElement[bool]:
    """Say who is handled by hand: set aside with the household, held back for a faulty row, or not in the extract."""
    is_set_aside = func.coalesce(Household.set_aside_reason, "") != ""
    return or_(is_set_aside, Person.is_held_back, Person.seen_import_id != import_id)


def _known(event_id: int, *reasons: Reason | Inclusion) -> list[tuple[ColumnElement[bool], str]]:
    told: dict[Reason | Inclusion, SelectPersons] = current_app.extensions.get(_EXTENSION, {})
    return [(Person.id.in_(told[reason](event_id)), reason.value) for reason in reasons if reason in told]


def _belongs(segment: Segment) -> ColumnElement[bool]:
    if segment.name is SegmentName.MOVED_IN:
        return Person.moved_in_on.between(segment.since, segment.until)
    if segment.name is SegmentName.YOUNG_AWAY:
        return and_(Person.birth_year.between(segment.born_from, segment.born_to), Person.is_resident)
    return false()


def _wanted(judged: Subquery, reason: str) -> ColumnElement[bool]:
    groups = {"in": tuple(Inclusion), "out": tuple(Reason)}
    return judged.c.reason.in_([value.value for value in groups.get(reason, ())] or [reason])


def _households(judged: Subquery) -> int:
    """Count households, and each person without one as a household: that many letters."""
    alone = func.count().filter(judged.c.household_id.is_(None))
    number = select(func.count(judged.c.household_id.distinct()) + alone).where(_wanted(judged, "in"))
    return db.session.scalar(number) or 0


def _line(person: Person, reason: str) -> ListedPerson:
    name = PersonName(given=person.given_name or "", middle=person.middle_name or "", family=person.family_name or "")
    return ListedPerson(
        person_id=person.id,
        name=name.full,
        birth_year=person.birth_year,
        moved_in_on=person.moved_in_on,
        reason=reason,
    )
