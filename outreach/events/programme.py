"""The programme of an event: what happens when, and who stands for it. Pure.

In: text as staff write it, one point a line, "18.00 Velkommen – ordføreren"; a dash for a list, "kl." and a colon after
the time may stand there too, and a second time says when the point ends. A text without any time is free text, in
Markdown. Out: points in the order of the lines, or what is wrong with which line.
"""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from outreach.errors import N_
from outreach.events.rich_text import to_plain
from outreach.formats.norwegian_dates import OSLO

# "10.11.2026" is a date.
_TIME = r"(\d{1,2})[.:](\d{2})(?![.:]?\d)"
_LINE = re.compile(
    rf"(?:[-*•]\s+)?(?:kl\.?\s*)?{_TIME}(?:\s*[-–]\s*(?:kl\.?\s*)?{_TIME})?\s*[:–-]?\s*(.*)", re.IGNORECASE
)
_WHO = re.compile(r"^(.*\S)\s+[–-]\s+(\S.*)$")
_A_DAY = timedelta(days=1)
NO_TIME = N_("Linje %(line)s må begynne med et klokkeslett, for eksempel 18.00.")
NO_SUCH_TIME = N_("Klokkeslettet i linje %(line)s finnes ikke.")
NO_WORDS = N_("Skriv hva som skjer etter klokkeslettet i linje %(line)s.")


@dataclass(frozen=True)
class Point:
    """One line of a programme. Times are those of the clock on the wall; `who` is empty when nobody is named."""

    starts: time
    ends: time | None
    what: str
    who: str = ""

    @property
    def line(self) -> str:
        """Return the point on one line, as staff write it."""
        return f"{self.times} {self.what}{f' – {self.who}' if self.who else ''}"

    @property
    def times(self) -> str:
        """Return when, as "18.00" or "18.00–19.00"."""
        return f"{self.starts:%H.%M}" + (f"–{self.ends:%H.%M}" if self.ends else "")


@dataclass(frozen=True)
class LineFault:
    """What is wrong with a line (from 1): bokmål source text with a place for the number."""

    line: int
    message: str


@dataclass(frozen=True)
class Timed:
    """A point with its moments in UTC, None for an event of several days, where the clock does not tell which."""

    point: Point
    starts_at_utc: datetime | None
    ends_at_utc: datetime | None


def points(text: str) -> tuple[Point, ...]:
    """Return the points of `text`; none when it is free text, or when a line cannot be read."""
    found = [_point(line) for _number, line in _lines(text)]
    read = tuple(point for point in found if isinstance(point, Point))
    return read if len(read) == len(found) else ()


def faults(text: str) -> tuple[LineFault, ...]:
    """Return each line that cannot be read, of a text that has times; none of a free text."""
    lines = _lines(text)
    if not any(_LINE.fullmatch(line) for _number, line in lines):
        return ()
    read = ((number, _point(line)) for number, line in lines)
    return tuple(LineFault(number, found) for number, found in read if isinstance(found, str))


def timed(text: str, starts_at_utc: datetime, ends_at_utc: datetime) -> tuple[Timed, ...]:
    """Return the points of `text` with their moments, for an event from `starts_at_utc` to `ends_at_utc`."""
    found = points(text)
    if ends_at_utc - starts_at_utc > _A_DAY:
        return tuple(Timed(point, None, None) for point in found)
    return tuple(_timed(point, starts_at_utc, ends_at_utc) for point in found)


def plain(text: str) -> str:
    """Return the programme without marks, a point a line: for mails and calendars."""
    return "\n".join(point.line for point in points(text)) or to_plain(text)


def _lines(text: str) -> list[tuple[int, str]]:
    return [(number, line.strip()) for number, line in enumerate(text.split("\n"), 1) if line.strip()]


def _point(line: str) -> Point | str:
    """Return the point that a line tells, or what is wrong with it."""
    found = _LINE.fullmatch(line)
    if found is None:
        return NO_TIME
    hour, minute, end_hour, end_minute, words = found.groups()
    try:
        starts = time(int(hour), int(minute))
        ends = time(int(end_hour), int(end_minute)) if end_hour else None
    except ValueError:
        return NO_SUCH_TIME
    words = words.replace("**", "").strip()
    if not words:
        return NO_WORDS
    parts = _WHO.match(words)
    return Point(starts, ends, *(parts.groups() if parts else (words, "")))


def _timed(point: Point, first: datetime, last: datetime) -> Timed:
    starts = _moment(point.starts, first, last)
    ends = _moment(point.ends, max(first, starts), last) if point.ends else None
    return Timed(point, starts, ends if ends is None or ends > starts else None)


def _moment(clock: time, first: datetime, last: datetime) -> datetime:
    """Return when the clock shows `clock`, on the day of `first`; after midnight when that is still the event."""
    day = first.astimezone(OSLO).date()
    moment = datetime.combine(day, clock, OSLO)
    after_midnight = datetime.combine(day + _A_DAY, clock, OSLO)
    found = after_midnight if moment < first and after_midnight <= last else moment
    return found.astimezone(first.tzinfo)
