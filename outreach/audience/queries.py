"""Every SELECT of a segment: one statement judges each person, others count or list what it says.

Later capabilities know who asked to be left alone, who has been invited and who came. They hand in a SELECT of person
ids (`know_by`), which becomes a part of the one statement: 13,000 people are judged in the database, never in a loop.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from flask import Flask, current_app
from sqlalchemy import ColumnElement, Row, Select, String, and_, case, func, literal_column, or_, select
from sqlalchemy.orm import aliased

from outreach.audience.compiling.queries import (
    DEAD,
    SelectPersons,
    Sight,
    belongs,
    can_be_reached,
    is_of_a_handful,
    is_of_few,
)
from outreach.audience.compiling.queries import known as known_of
from outreach.audience.counts import AudienceCount, count_of
from outreach.audience.exclusions import Inclusion, Reason
from outreach.audience.history import History
from outreach.audience.models import IS_SET_ASIDE
from outreach.audience.rule import Who
from outreach.audience.segment import Segment, SegmentName
from outreach.database import db
from outreach.people.models import Household, Person
from outreach.people.person import NO_EXTRACT, PersonName

_EXTENSION, _OF_ONE = "treffpunkt.audience", "treffpunkt.audience.of_one"
TestPerson = Callable[[type[Person]], ColumnElement[bool]]
NO_EVENT = 0
PAGE_SIZE = 100
_INCLUSIONS = {
    SegmentName.MOVED_IN: Inclusion.MOVED_IN,
    SegmentName.YOUNG_AWAY: Inclusion.YOUNG,
    SegmentName.CONTACT_POINT: Inclusion.SIGNED_UP,
}
_GROUPS = {"in": tuple(Inclusion), "out": tuple(Reason)}


@dataclass(frozen=True)
class ListedPerson:
    """One line of the list that staff look through."""

    person_id: int
    name: str
    birth_year: int | None
    moved_in_on: date | None
    reason: str


def know_by(
    app: Flask, what: Reason | Inclusion | History, select_persons: SelectPersons, *, of_one: TestPerson | None = None
) -> None:
    """Have `select_persons(event_id)`, a SELECT of person ids, tell in `app` to whom `what` applies.

    For a History the SELECT is of events other than `event_id` (0: none is at hand), its column is called `person_id`,
    and that of INVITED has a second one, `at_utc`. Several may tell of the same thing. `of_one` says the same of a row
    of Person by itself: a rule about a handful asks for each of them instead of finding everybody.
    """
    if of_one is not None:
        app.extensions.setdefault(_OF_ONE, {})[select_persons] = of_one
    app.extensions.setdefault(_EXTENSION, {}).setdefault(what, []).append(select_persons)
    _count_select.cache_clear()


def is_told(what: History) -> bool:
    """Say whether any capability knows of `what`."""
    return what in _told()


def sight(segment: Segment, event_id: int) -> Sight:
    """Return what the segment's rule is seen from."""
    history = {what: tuple(told) for what, told in _told().items() if isinstance(what, History)}
    return Sight(segment, event_id, history)


def count(segment: Segment, *, event_id: int, import_id: int) -> AudienceCount:
    """Return how many of `segment` may be asked to the event, judged by the latest import's id; in one statement."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - werkzeug's own way
    found = db.session.connection().execute(_count_select(app, segment, event_id, import_id)).mappings().one()
    return count_of({str(name): number for name, number in found.items()})


@lru_cache(maxsize=256)
def _count_select(app: Flask, segment: Segment, event_id: int, import_id: int) -> Select[Any]:
    """Return the statement of `count`, kept by what it is made of: putting it together takes longer than a small count.

    `app` is in the key because each has been told other things.
    """
    # Judged once and then counted in one pass: to group a million rows by their reason is to sort them.
    reason = reason_of(segment, event_id=event_id, import_id=import_id).label("reason")
    each_person = select(Person.household_id, reason).where(belongs(sight(segment, event_id)))
    if not is_of_few(segment.rule):
        # Homes in order: told apart in any other, each is looked for among all before it, which no cache holds.
        each_person = each_person.order_by(Person.household_id)
    judged = each_person.cte("judged").prefix_with("MATERIALIZED")
    may_be_asked = judged.c.reason.in_([_word(reason) for reason in Inclusion])
    home = case((may_be_asked, judged.c.household_id))
    alone = func.count().filter(may_be_asked, judged.c.household_id.is_(None))
    told = (*Reason, Inclusion.ALREADY_INVITED)
    each = [func.count().filter(judged.c.reason == _word(reason)).label(reason) for reason in told]
    people, homes = func.count().filter(may_be_asked), func.count(home.distinct()) + alone
    figures: list[Any] = [people.label("people"), homes.label("households"), *each]
    found: Select[Any] = select(*figures)
    return found


def judged_persons(segment: Segment, *, event_id: int, import_id: int) -> Sequence[Row[Any]]:
    """Return (person_id, household_id, birth_year, reason, *values) of everybody in `segment`, households together,
    eldest first: `reason` is a Reason or an Inclusion, the values are those that decide each condition."""
    statement = judged_select(segment, event_id=event_id, import_id=import_id)
    for condition in segment.rule.conditions:
        value = known_of(sight(segment, event_id), condition)
        statement = statement.add_columns(value.value)
        if value.table is not None:
            statement = statement.outerjoin(value.table, value.on)
    return db.session.execute(statement.order_by(*_TOGETHER)).all()


def listed(
    segment: Segment, *, event_id: int, import_id: int, reason: str, page: int
) -> tuple[list[ListedPerson], int]:
    """Return one page (from 1, PAGE_SIZE long) of the persons of `segment`, and how many there are in all.

    `reason` is one reason, "in" for all who may be asked, "out" for all who are left out. In the order of year of
    birth; names are opened for this page only.
    """
    judged = judged_select(segment, event_id=event_id, import_id=import_id).subquery()
    wanted = judged.c.reason.in_([value.value for value in _GROUPS.get(reason, ())] or [reason])
    number = db.session.scalar(select(func.count()).select_from(judged).where(wanted)) or 0
    rows = db.session.execute(
        select(Person, judged.c.reason)
        .join(judged, judged.c.person_id == Person.id)
        .where(wanted)
        .order_by(*_TOGETHER)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    return [_line(person, why) for person, why in rows], number


def judged_select(segment: Segment, *, event_id: int, import_id: int) -> Select[Any]:
    """Return the SELECT of each person in `segment` with the first reason that fits."""
    judged: Select[Any] = select(  # type: ignore[assignment]
        Person.id.label("person_id"),
        Person.household_id.label("household_id"),
        Person.birth_year.label("birth_year"),
        reason_of(segment, event_id=event_id, import_id=import_id).label("reason"),
    )
    return judged.where(belongs(sight(segment, event_id)))


def reason_of(segment: Segment, *, event_id: int, import_id: int) -> ColumnElement[str]:
    """Return the reason, a Reason or an Inclusion, of a person in whom the rule holds."""
    inclusion = _INCLUSIONS[SegmentName(segment.name)] if segment.is_built_in else Inclusion.RULE
    # Few have no address: with their own index, a count need not open everybody's row.
    other = aliased(Person)
    return case(
        (Person.status.in_([_word(status) for status in DEAD]), _word(Reason.DECEASED)),
        (~can_be_reached(segment), _word(Reason.MOVED_OUT)),
        (_needs_a_look(segment, import_id), _word(Reason.BY_HAND)),
        (Person.id.in_(select(other.id).where(other.address_sealed.is_(None))), _word(Reason.NO_ADDRESS)),
        *_known(segment, event_id, Reason.SUPPRESSED, Inclusion.ALREADY_INVITED),
        (~Person.is_resident, _word(Inclusion.FORMER)),
        else_=_word(inclusion),
    )


def _needs_a_look(segment: Segment, import_id: int) -> ColumnElement[bool]:
    """Say who is handled by hand: set aside with the household, held back for a faulty row, or not in the extract.

    A former resident is in no household and often not in the extract. Who once shared a dwelling with a household that
    is set aside is handled with it: the letter would go there.
    """
    set_aside = select(Household.id).where(IS_SET_ASIDE)
    causes = [
        and_(Person.household_id.is_not(None), Person.household_id.in_(set_aside)),
        Person.is_held_back,
        and_(Person.is_resident, Person.seen_import_id.not_in((import_id, NO_EXTRACT))),
    ]
    if segment.rule.who is not Who.RESIDENTS:
        causes.append(_lived_beside(set_aside, each=is_of_a_handful(segment.rule)))
    return or_(*causes)


def _lived_beside(set_aside: Select[Any], *, each: bool) -> ColumnElement[bool]:
    """Say who is a former resident of a dwelling that somebody of the households `set_aside` lives in.

    With `each`, every person of a handful is looked up. Else they are found once from the homes that are set aside,
    which in a large municipality are themselves many, in places of the table that no cache holds.
    """
    former, neighbour = aliased(Person), aliased(Person)
    dwellings = select(neighbour.dwelling_hash).where(
        neighbour.household_id.in_(set_aside), neighbour.dwelling_hash != ""
    )
    if not each:
        return Person.id.in_(select(former.id).where(~former.is_resident, former.dwelling_hash.in_(dwellings)))
    own = select(former.id).where(former.id == Person.id)
    return and_(
        ~Person.is_resident,
        own.where(dwellings.where(neighbour.dwelling_hash == former.dwelling_hash).exists()).exists(),
    )


def _known(
    segment: Segment, event_id: int, *reasons: Reason | Inclusion
) -> list[tuple[ColumnElement[bool], ColumnElement[str]]]:
    told, by_row = _told(), current_app.extensions.get(_OF_ONE, {}) if is_of_a_handful(segment.rule) else {}

    def is_meant(tell: SelectPersons) -> ColumnElement[bool]:
        if tell not in by_row:
            return Person.id.in_(tell(event_id).order_by(None))
        own = aliased(Person)
        return select(own.id).where(own.id == Person.id, by_row[tell](own)).exists()

    return [(is_meant(tell), _word(reason)) for reason in reasons for tell in told.get(reason, ())]


def _word(value: str) -> ColumnElement[str]:
    """Return one of our own words as SQL has it: a parameter each would cost a small count as much as its rows."""
    return literal_column(f"'{value}'", String)


def _told() -> dict[Reason | Inclusion | History, list[SelectPersons]]:
    told: dict[Reason | Inclusion | History, list[SelectPersons]] = current_app.extensions.get(_EXTENSION, {})
    return told


def _line(person: Person, reason: str) -> ListedPerson:
    return ListedPerson(
        person_id=person.id,
        name=name_of(person),
        birth_year=person.birth_year,
        moved_in_on=person.moved_in_on,
        reason=reason,
    )


def name_of(person: Person) -> str:
    """Return the person's whole name, opened."""
    given, middle, family = person.given_name or "", person.middle_name or "", person.family_name or ""
    return PersonName(given=given, middle=middle, family=family).full


_TOGETHER = (Person.household_id, func.coalesce(Person.birth_year, 9999), Person.id)
