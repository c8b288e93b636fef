"""The rule of a segment: whom it is about, and conditions that must all hold. Pure: values in, JSON in and out.

Ages are by year of birth, as schools count; upper secondary school ends in the year in which one turns nineteen. What
is relative ("the last twelve months") is reckoned from the day of the extract, never from today, so that the same
extract gives the same people. JSON carries a version: a rule that this code does not know is refused, never guessed at.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from outreach.errors import N_, OutreachError

VERSION = 1
SCHOOL_LEAVING_AGE_YEARS = 19


class Who(StrEnum):
    """Whom the rule is about. Former residents are those of earlier extracts that we still may hold."""

    RESIDENTS = "residents"
    FORMER = "former"
    BOTH = "both"


@dataclass(frozen=True)
class MovedIn:
    """Moved in in the last `months` before the extract, or from `since` to `until`, both included; None: open."""

    months: int | None = None
    since: date | None = None
    until: date | None = None
    negated: bool = False


@dataclass(frozen=True)
class Age:
    """The age that is reached in the extract's year, both ends included; None: open."""

    youngest: int | None = None
    oldest: int | None = None


@dataclass(frozen=True)
class BirthYear:
    """Born in these years, both included; None: open."""

    first: int | None = None
    last: int | None = None


@dataclass(frozen=True)
class SchoolLeaving:
    """Turned nineteen, so done with upper secondary school, in these years, both included; None: open."""

    first: int | None = None
    last: int | None = None


@dataclass(frozen=True)
class Children:
    """Lives in a household with a resident who reaches one of these ages in the extract's year."""

    youngest: int | None = 0
    oldest: int | None = 17
    negated: bool = False


@dataclass(frozen=True)
class PostcodeArea:
    """Lives at one of these postcodes; one of one to three digits stands for all that begin so."""

    areas: tuple[str, ...] = ()
    negated: bool = False


@dataclass(frozen=True)
class StudyCity:
    """Has a postal address in one of these student towns."""

    cities: tuple[str, ...] = ()
    negated: bool = False


@dataclass(frozen=True)
class SignedUp:
    """Has signed up for the contact point; with `interests` (`interest.Interest` values) to hear of one of them."""

    interests: tuple[str, ...] = ()
    negated: bool = False


@dataclass(frozen=True)
class Invited:
    """Was invited to another event: ever, or in the last `months` before the extract or after it."""

    months: int | None = None
    negated: bool = False


@dataclass(frozen=True)
class Attended:
    """Came to another event."""

    negated: bool = False


@dataclass(frozen=True)
class Unanswered:
    """Was invited to another event, and the household has not answered."""

    negated: bool = False


Condition = (
    MovedIn
    | Age
    | BirthYear
    | SchoolLeaving
    | Children
    | PostcodeArea
    | StudyCity
    | SignedUp
    | Invited
    | Attended
    | Unanswered
)
KINDS: dict[str, type[Condition]] = {
    "moved_in": MovedIn,
    "age": Age,
    "birth_year": BirthYear,
    "school_leaving": SchoolLeaving,
    "children": Children,
    "postcode": PostcodeArea,
    "study_city": StudyCity,
    "signed_up": SignedUp,
    "invited": Invited,
    "attended": Attended,
    "unanswered": Unanswered,
}
# Parts that came later: left out where they say nothing, so that an older rule stays the same text.
_LATER = frozenset({"interests"})
_KIND_OF = {kind: name for name, kind in KINDS.items()}


class RuleFormatError(OutreachError):
    """A stored rule cannot be read: another version, or not one of ours."""

    message = N_("Utvalget er lagret på en måte som denne versjonen ikke kan lese. Lag utvalget på nytt.")


@dataclass(frozen=True)
class Rule:
    """Whom the rule is about, and the conditions that must all hold; at most one of each kind."""

    who: Who = Who.RESIDENTS
    conditions: tuple[Condition, ...] = ()

    def to_json(self) -> str:
        """Return the rule as JSON with its version; equal rules give equal texts."""
        parts = [_part(condition) for condition in self.conditions]
        return json.dumps({"version": VERSION, "who": self.who.value, "all_of": parts}, sort_keys=True)


def kind_of(condition: Condition) -> str:
    """Return the name of the condition's kind, as in JSON."""
    return _KIND_OF[type(condition)]


def is_negated(condition: Condition) -> bool:
    """Say whether the condition must not hold."""
    return bool(getattr(condition, "negated", False))


def rule_of_json(text: str) -> Rule:
    """Return the rule that `text` tells. Raises RuleFormatError."""
    try:
        given = json.loads(text)
        if given["version"] != VERSION or set(given) != {"version", "who", "all_of"}:
            raise RuleFormatError
        return Rule(Who(given["who"]), tuple(_condition(part) for part in given["all_of"]))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise RuleFormatError from error


def window_of(condition: MovedIn, as_of: date) -> tuple[date | None, date]:
    """Return the first (None: open) and last day of the move, seen from an extract of `as_of`."""
    last = condition.until or as_of
    return (months_to(last, condition.months) if condition.months else condition.since), last


def birth_years_of(condition: Age | BirthYear | SchoolLeaving | Children, as_of: date) -> tuple[int | None, int | None]:
    """Return the first and last year of birth that the condition means; None: open."""
    if isinstance(condition, Age | Children):
        return _minus(as_of.year, condition.oldest), _minus(as_of.year, condition.youngest)
    earlier = SCHOOL_LEAVING_AGE_YEARS if isinstance(condition, SchoolLeaving) else 0
    return _earlier(condition.first, earlier), _earlier(condition.last, earlier)


def months_to(last: date, months: int) -> date:
    """Return the first day of the `months` whose last day is `last`.

    A day that the earlier month does not have is the first of the next: so no day is in two windows.
    """
    day_after = last + timedelta(days=1)
    month = day_after.year * 12 + day_after.month - 1 - months
    year, month = divmod(month, 12)
    try:
        return date(year, month + 1, day_after.day)
    except ValueError:
        return date(year + (month == 11), (month + 1) % 12 + 1, 1)


def _minus(year: int, age: int | None) -> int | None:
    return None if age is None else year - age


def _earlier(year: int | None, years: int) -> int | None:
    return None if year is None else year - years


def _part(condition: Condition) -> dict[str, Any]:
    values = {field.name: getattr(condition, field.name) for field in fields(condition)}
    plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
    return {"kind": kind_of(condition), **{name: value for name, value in plain.items() if value or name not in _LATER}}


def _condition(part: Mapping[str, Any]) -> Condition:
    kind = KINDS[part["kind"]]
    known = {field.name for field in fields(kind)}
    given = {name: value for name, value in part.items() if name != "kind"}
    if not known - _LATER <= set(given) <= known:
        raise RuleFormatError
    values = {name: _READERS.get(name, _whole)(value) for name, value in given.items()}  # type: ignore[no-untyped-call]
    made: Condition = kind(**values)
    return made


def _whole(value: Any) -> int | None:
    if value is not None and type(value) is not int:
        raise RuleFormatError
    return value


def _flag(value: Any) -> bool:
    if type(value) is not bool:
        raise RuleFormatError
    return value


def _day(value: Any) -> date | None:
    return None if value is None else date.fromisoformat(value)


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise RuleFormatError
    return tuple(value)


_READERS: dict[str, Callable[[Any], Any]] = {
    "negated": _flag,
    "since": _day,
    "until": _day,
    "areas": _texts,
    "cities": _texts,
    "interests": _texts,
}
