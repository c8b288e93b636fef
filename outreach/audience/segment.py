"""A segment: a rule under a name, seen from one extract. Built-in names and windows in, the bound rule out. Pure.

A window includes both its ends. Without one, moved-in is the twelve months that end on the day of the latest extract,
so that an evening held once a year neither forgets a day nor asks anybody twice. Once bound, a window is two days: what
is frozen with a list means the same for ever.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from outreach.audience.rule import Age, Condition, MovedIn, Rule, SignedUp, Who, months_to, window_of
from outreach.errors import N_, OutreachError

YOUNGEST_YEARS, OLDEST_YEARS = 18, 29
USUAL_MONTHS = 12


class SegmentName(StrEnum):
    """The segments that every installation has; the values are those of `flask audience count`."""

    MOVED_IN = "moved-in"
    YOUNG_AWAY = "young-away"
    CONTACT_POINT = "contact-point"


SEGMENT_WORDS = {
    SegmentName.MOVED_IN: N_("Flyttet hit"),
    SegmentName.YOUNG_AWAY: N_("Unge i alderen 18 til 29 år"),
    SegmentName.CONTACT_POINT: N_("Unge som har meldt seg på kontaktpunktet"),
}
BUILT_IN = {
    SegmentName.MOVED_IN: Rule(Who.RESIDENTS, (MovedIn(months=USUAL_MONTHS),)),
    SegmentName.YOUNG_AWAY: Rule(Who.BOTH, (Age(YOUNGEST_YEARS, OLDEST_YEARS),)),
    SegmentName.CONTACT_POINT: Rule(Who.BOTH, (SignedUp(),)),
}


class UnknownSegmentError(OutreachError):
    """No segment has this name, or it is archived."""

    message = N_(
        "Utvalget %(name)s finnes ikke. Velg moved-in, young-away, contact-point eller et utvalg som er lagret."
    )


class WindowError(OutreachError):
    """The window ends before it begins."""

    message = N_("Fra-datoen må være før til-datoen.")


class WindowNotReachedError(WindowError):
    """The window begins after the day of the extract, which therefore knows of nobody in it yet."""

    message = N_("Uttrekket er fra %(day)s. Det vet ikke om noen som har flyttet etter det.")


@dataclass(frozen=True)
class Segment:
    """A rule as an extract of `as_of` sees it. Former residents count when an extract had them since `known_since`.

    `title` is the name in words: a bokmål source text for a built-in one, what staff wrote for a saved one.
    """

    name: str
    title: str
    rule: Rule
    as_of: date
    known_since: date

    @property
    def is_built_in(self) -> bool:
        """Say whether every installation has this segment."""
        return self.name in set(SegmentName)

    @property
    def since(self) -> date | None:
        """Return the first day of the move that the rule asks for, None when it asks for none or is open."""
        return self._window[0]

    @property
    def until(self) -> date | None:
        """Return the last day of the move that the rule asks for, None when it asks for none."""
        return self._window[1]

    @property
    def _window(self) -> tuple[date | None, date | None]:
        moves = [each for each in self.rule.conditions if isinstance(each, MovedIn) and not each.negated]
        return (moves[0].since, moves[0].until) if moves else (None, None)


def bound(
    rule: Rule,
    *,
    name: str,
    title: str,
    as_of: date,
    held_days: int,
    since: date | None = None,
    until: date | None = None,
) -> Segment:
    """Return the segment of `rule` seen from an extract of `as_of`, its windows filled in as two days.

    `since` and `until` replace the window of a rule that asks who has moved in, and bind nothing else. `held_days`: how
    long former residents are held. Raises WindowError.
    """
    conditions = tuple(_with_days(condition, as_of, since, until) for condition in rule.conditions)
    return Segment(name, title, replace(rule, conditions=conditions), as_of, as_of - timedelta(days=held_days))


def segment_of(
    name: str,
    *,
    as_of: date,
    held_days: int,
    saved: Callable[[str], tuple[str, Rule] | None] = lambda name: None,
    since: date | None = None,
    until: date | None = None,
) -> Segment:
    """Return the built-in segment called `name`, or the one that `saved` finds as (title, rule), bound as by `bound`.

    Raises UnknownSegmentError or WindowError.
    """
    if name in set(SegmentName):
        known = SegmentName(name)
        found: tuple[str, Rule] | None = SEGMENT_WORDS[known], BUILT_IN[known]
    else:
        found = saved(name)
    if found is None:
        raise UnknownSegmentError(name=name)
    title, rule = found
    return bound(rule, name=name, title=title, as_of=as_of, held_days=held_days, since=since, until=until)


def _with_days(condition: Condition, as_of: date, since: date | None, until: date | None) -> Condition:
    if not isinstance(condition, MovedIn):
        return condition
    if condition.negated or not (since or until):
        first, last = window_of(condition, as_of)
    else:
        last = until or as_of
        first = since or months_to(last, condition.months or USUAL_MONTHS)
    if first and first > last:
        raise WindowError if until or condition.until else WindowNotReachedError(day=as_of)
    return MovedIn(since=first, until=last, negated=condition.negated)
