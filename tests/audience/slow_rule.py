"""What a rule means, said once more and slowly: one person at a time, by age and calendar, without SQL.

The control of the compiled statement. It shares the rule's dataclasses and nothing else.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from outreach.audience import rule as rules


@dataclass(frozen=True)
class Life:
    """What is known of one made-up person."""

    birth_year: int | None = None
    moved_in_on: date | None = None
    postcode: str = ""
    study_city: str = ""
    is_resident: bool = True
    seen_as_of: date = date(2026, 10, 31)
    home: int | None = None
    invited_on: tuple[date, ...] = ()
    remembered_on: tuple[date, ...] = ()
    has_come: bool = False
    came_once: bool = False
    owes_answer: bool = False
    neighbours: tuple["Life", ...] = field(default=(), compare=False)


def fits(rule: rules.Rule, life: Life, as_of: date) -> bool:
    """Say whether all of the rule holds for `life`, whoever may be asked in the end."""
    if rule.who is rules.Who.FORMER and life.is_resident:
        return False
    return all(holds(condition, life, as_of) for condition in rule.conditions)


def holds(condition: rules.Condition, life: Life, as_of: date) -> bool:
    """Say whether one condition holds, its "not" counted in."""
    return _plain(condition, life, as_of) != getattr(condition, "negated", False)


def _plain(condition: rules.Condition, life: Life, as_of: date) -> bool:
    past = _of_the_past(condition, life, as_of)
    return _of_the_person(condition, life, as_of) if past is None else past


def _of_the_person(condition: rules.Condition, life: Life, as_of: date) -> bool:
    match condition:
        case rules.MovedIn():
            return life.moved_in_on is not None and life.moved_in_on in _days(condition, as_of)
        case rules.Age():
            return life.birth_year is not None and _within(as_of.year - life.birth_year, condition)
        case rules.BirthYear():
            return life.birth_year is not None and _within_years(life.birth_year, condition)
        case rules.SchoolLeaving():
            return life.birth_year is not None and _within_years(life.birth_year + 19, condition)
        case rules.Children():
            return any(_is_child(other, condition, as_of) for other in life.neighbours)
        case rules.PostcodeArea():
            return any(life.postcode.startswith(area) for area in condition.areas)
    return life.study_city in condition.cities


def _of_the_past(condition: rules.Condition, life: Life, as_of: date) -> bool | None:
    match condition:
        case rules.SignedUp():
            return False
        case rules.Invited():
            days = life.invited_on + life.remembered_on
            return any(condition.months is None or day >= _back(as_of, condition.months) for day in days)
        case rules.Attended():
            return life.has_come or life.came_once
        case rules.Unanswered():
            return life.owes_answer
    return None


class _Days:
    def __init__(self, first: date, last: date) -> None:
        self.first, self.last = first, last

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def _days(condition: rules.MovedIn, as_of: date) -> _Days:
    if condition.months:
        return _Days(_back(as_of, condition.months), as_of)
    return _Days(condition.since or date.min, condition.until or as_of)


def _back(last: date, months: int) -> date:
    """Return the day after the same day `months` earlier, walking month by month; what a month lacks runs over."""
    start = last + timedelta(days=1)
    year, month = start.year, start.month
    for _ in range(months):
        year, month = (year - 1, 12) if month == 1 else (year, month - 1)
    first = date(year, month, 1)
    end = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    return first + timedelta(days=start.day - 1) if first + timedelta(days=start.day - 1) < end else end


def _within(age: int, condition: rules.Age | rules.Children) -> bool:
    return (condition.youngest is None or age >= condition.youngest) and (
        condition.oldest is None or age <= condition.oldest
    )


def _within_years(year: int, condition: rules.BirthYear | rules.SchoolLeaving) -> bool:
    return (condition.first is None or year >= condition.first) and (condition.last is None or year <= condition.last)


def _is_child(other: Life, condition: rules.Children, as_of: date) -> bool:
    return other.is_resident and other.birth_year is not None and _within(as_of.year - other.birth_year, condition)
