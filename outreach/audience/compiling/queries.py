"""A rule as SQL. In: a bound segment and what later capabilities know. Out: expressions over one row of `person`.

A condition that can be negated is true or false and never null, so that "not" means what it says also for a person of
whom something is unknown. Sets of persons stand as `IN (SELECT …)`: both databases build them once a
statement, not once a person.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, false, func, null, or_, select, true, union_all
from sqlalchemy.orm import aliased

from outreach.audience.history import History
from outreach.audience.rule import (
    Age,
    Attended,
    BirthYear,
    Children,
    Condition,
    Invited,
    MovedIn,
    PostcodeArea,
    Rule,
    SchoolLeaving,
    SignedUp,
    StudyCity,
    Unanswered,
    Who,
    birth_years_of,
    is_negated,
    months_to,
    window_of,
)
from outreach.audience.segment import Segment
from outreach.clock import OSLO
from outreach.people.models import Person

SelectPersons = Callable[[int], Select[Any]]
DEAD = ("doed", "død")
_Test = Callable[["Sight", Any], ColumnElement[bool]]


@dataclass(frozen=True)
class Sight:
    """What a rule is seen from: the segment's extract, the event at hand (0: none), and what others know."""

    segment: Segment
    event_id: int
    history: Mapping[History, Sequence[SelectPersons]]


@dataclass(frozen=True)
class Known:
    """The value that decides a condition, and the table that must be joined to a person for it, if any."""

    value: ColumnElement[Any]
    table: Subquery | None = None
    on: ColumnElement[bool] | None = None


def belongs(sight: Sight) -> ColumnElement[bool]:
    """Return whether a person is one whom the rule is about and for whom all conditions hold.

    A rule about residents takes former ones too: they are listed as left out because they have moved.
    """
    about = ~Person.is_resident if sight.segment.rule.who is Who.FORMER else true()
    return and_(about, *(holds(sight, condition) for condition in sight.segment.rule.conditions))


def can_be_reached(segment: Segment) -> ColumnElement[bool]:
    """Return whether the rule's own word on residence lets a person be asked."""
    is_known_still = Person.seen_as_of >= segment.known_since
    if segment.rule.who is Who.RESIDENTS:
        return and_(Person.is_resident)
    return or_(Person.is_resident, is_known_still)


def is_of_few(rule: Rule) -> bool:
    """Say whether a condition of `rule` holds for so few that all others need not be read to find them."""
    return any(isinstance(condition, _HOLD_FOR_FEW) and not is_negated(condition) for condition in rule.conditions)


def is_of_a_handful(rule: Rule) -> bool:
    """Say whether a condition of `rule` holds for so few that to look up each costs less than to find, once, everybody
    to whom something applies that is told of by others: at most one in fifty, where moved in is one in twenty."""
    return any(isinstance(condition, StudyCity | SignedUp) and not condition.negated for condition in rule.conditions)


def holds(sight: Sight, condition: Condition) -> ColumnElement[bool]:
    """Return whether `condition` holds, its own "not" counted in."""
    test = _TESTS[type(condition)](sight, condition)
    return ~test if is_negated(condition) else test


def known(sight: Sight, condition: Condition) -> Known:
    """Return the value that decides `condition`."""
    if isinstance(condition, Children):
        return _children_count(sight, condition)
    if isinstance(condition, Invited) and sight.history.get(History.INVITED):
        return _last_invited(sight)
    return Known(_COLUMNS.get(type(condition), null()))


def _moved_in(sight: Sight, condition: MovedIn) -> ColumnElement[bool]:
    first, last = window_of(condition, sight.segment.as_of)
    days = Person.moved_in_on <= last if first is None else Person.moved_in_on.between(first, last)
    return and_(Person.moved_in_on.is_not(None), days) if condition.negated else days


def _born(sight: Sight, condition: Age | BirthYear | SchoolLeaving) -> ColumnElement[bool]:
    return _between(Person.birth_year, *birth_years_of(condition, sight.segment.as_of))


def _children(sight: Sight, condition: Children) -> ColumnElement[bool]:
    child = aliased(Person)
    homes = select(child.household_id).where(*_is_child(child, sight, condition))
    return and_(Person.household_id.is_not(None), Person.household_id.in_(homes))


def _children_count(sight: Sight, condition: Children) -> Known:
    child = aliased(Person)
    counted = select(child.household_id, func.count().label("number")).where(*_is_child(child, sight, condition))
    homes = counted.group_by(child.household_id).subquery()
    return Known(func.coalesce(homes.c.number, 0), homes, homes.c.household_id == Person.household_id)


def _is_child(child: Any, sight: Sight, condition: Children) -> tuple[ColumnElement[bool], ...]:
    years = birth_years_of(condition, sight.segment.as_of)
    return child.household_id.is_not(None), child.is_resident, _between(child.birth_year, *years)


def _postcode(_: Sight, condition: PostcodeArea) -> ColumnElement[bool]:
    lengths = sorted({len(area) for area in condition.areas})
    return or_(
        false(),
        *(
            (Person.postcode if length == 4 else func.substr(Person.postcode, 1, length)).in_(
                [area for area in condition.areas if len(area) == length]
            )
            for length in lengths
        ),
    )


def _city(_: Sight, condition: StudyCity) -> ColumnElement[bool]:
    return Person.study_city.in_(condition.cities)


def _among(what: History) -> _Test:
    return lambda sight, _: _is_in(_told(sight, what))


def _signed_up(sight: Sight, condition: SignedUp) -> ColumnElement[bool]:
    if not condition.interests:
        return _is_in(_told(sight, History.SIGNED_UP))
    told = _told(sight, History.INTERESTED)
    if told is None:
        return false()
    return Person.id.in_(select(told.c.person_id).where(told.c.interest.in_(condition.interests)))


def _invited(sight: Sight, condition: Invited) -> ColumnElement[bool]:
    if condition.months is None:
        return _is_in(_told(sight, History.EVER_INVITED))
    told = _told(sight, History.INVITED)
    if told is None:
        return false()
    first = months_to(sight.segment.as_of, condition.months)
    return Person.id.in_(select(told.c.person_id).where(told.c.at_utc >= _midnight(first)))


def _last_invited(sight: Sight) -> Known:
    told = _told(sight, History.INVITED)
    assert told is not None
    last = select(told.c.person_id, func.max(told.c.at_utc).label("at_utc")).group_by(told.c.person_id).subquery()
    return Known(last.c.at_utc, last, last.c.person_id == Person.id)


def _told(sight: Sight, what: History) -> Subquery | None:
    selects = [select_persons(sight.event_id).order_by(None) for select_persons in sight.history.get(what, ())]
    if not selects:
        return None
    return (selects[0] if len(selects) == 1 else union_all(*selects)).subquery()


def _is_in(told: Subquery | None) -> ColumnElement[bool]:
    return false() if told is None else Person.id.in_(select(told.c.person_id))


def _between(column: Any, first: int | None, last: int | None) -> ColumnElement[bool]:
    if first is None or last is None:
        ends = [column >= first] if first is not None else [column <= last]
        return and_(column.is_not(None), *ends)
    between: ColumnElement[bool] = column.between(first, last)
    return between


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=OSLO)


_HOLD_FOR_FEW = (MovedIn, SchoolLeaving, StudyCity, SignedUp, Attended, Unanswered)
_TESTS: dict[type[Condition], _Test] = {
    MovedIn: _moved_in,
    Age: _born,
    BirthYear: _born,
    SchoolLeaving: _born,
    Children: _children,
    PostcodeArea: _postcode,
    StudyCity: _city,
    SignedUp: _signed_up,
    Attended: _among(History.ATTENDED),
    Unanswered: _among(History.UNANSWERED),
    Invited: _invited,
}
_COLUMNS: dict[type[Condition], Any] = {
    MovedIn: Person.moved_in_on,
    Age: Person.birth_year,
    BirthYear: Person.birth_year,
    SchoolLeaving: Person.birth_year,
    PostcodeArea: Person.postcode,
    StudyCity: Person.study_city,
}
