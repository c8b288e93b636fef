"""Built-in segments: a name and a window in, the rule to select by out. Pure.

A window includes both its ends. Without one it is the twelve months that end on the day of the latest extract, so that
an evening held once a year neither forgets a day nor asks anybody twice. Ages are by year of birth, as schools count.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from outreach.errors import N_, OutreachError

YOUNGEST_YEARS, OLDEST_YEARS = 18, 29


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


class UnknownSegmentError(OutreachError):
    """No segment has this name."""

    message = N_("Utvalget %(name)s finnes ikke. Velg moved-in, young-away eller contact-point.")


class WindowError(OutreachError):
    """The window ends before it begins."""

    message = N_("Fra-datoen må være før til-datoen.")


@dataclass(frozen=True)
class Segment:
    """What to select by: the window of the move (both ends included), or the span of birth years; None: not used."""

    name: SegmentName
    since: date | None = None
    until: date | None = None
    born_from: int | None = None
    born_to: int | None = None


def segment_of(name: str, *, as_of: date, since: date | None = None, until: date | None = None) -> Segment:
    """Return the segment called `name`, seen from an extract of `as_of`. `since` and `until` only bind moved-in.

    A missing end is filled in: until `as_of`, and since twelve months before the end.
    Raises UnknownSegmentError or WindowError.
    """
    if name not in set(SegmentName):
        raise UnknownSegmentError(name=name)
    if name == SegmentName.MOVED_IN:
        return _moved_in(as_of, since, until)
    if name == SegmentName.YOUNG_AWAY:
        return Segment(SegmentName.YOUNG_AWAY, born_from=as_of.year - OLDEST_YEARS, born_to=as_of.year - YOUNGEST_YEARS)
    return Segment(SegmentName.CONTACT_POINT)


def twelve_months_to(last: date) -> date:
    """Return the first day of the twelve months whose last day is `last`."""
    day_after = last + timedelta(days=1)
    # From 29 February the year before begins on 1 March, so that no day is in two years.
    try:
        return day_after.replace(year=day_after.year - 1)
    except ValueError:
        return date(day_after.year - 1, 3, 1)


def _moved_in(as_of: date, since: date | None, until: date | None) -> Segment:
    last = until or as_of
    first = since or twelve_months_to(last)
    if first > last:
        raise WindowError
    return Segment(SegmentName.MOVED_IN, since=first, until=last)
