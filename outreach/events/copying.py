"""An event again, another year: the same weekday and times, the same words. In: details and today. Out: details.

52 weeks keep the weekday, so "the last Thursday of November" stays one, or becomes the last but one, which staff see in
the form. Times keep what the clock on the wall says, whatever the clocks do in between.
"""

import re
from collections.abc import Container
from dataclasses import replace
from datetime import date, datetime, timedelta

from outreach.events.event import OSLO, EventDetails, oslo_day, oslo_moment

_YEAR = timedelta(weeks=52)
_YEAR_IN_TEXT = re.compile(r"\b20\d\d\b")
_SLUG_LENGTH = 80


def copied(details: EventDetails, today: date, taken: Container[str]) -> EventDetails:
    """Return `details` moved by as many times 52 weeks as bring the event after `today`, at least one.

    A year in title and web address follows; `taken` are the web addresses that exist. Texts stay: they are for people
    to look over.
    """
    old_year = oslo_day(details.starts_at_utc).year
    shift = _YEAR
    while oslo_day(details.starts_at_utc) + shift <= today:
        shift += _YEAR
    starts = _moved(details.starts_at_utc, shift)
    year = oslo_day(starts).year
    return replace(
        details,
        slug=_free(_with_year(details.slug, old_year, year, "-"), taken),
        title=details.title.replace(str(old_year), str(year)),
        starts_at_utc=starts,
        ends_at_utc=_moved(details.ends_at_utc, shift),
        answer_by=details.answer_by + shift,
    )


def _moved(moment_utc: datetime, shift: timedelta) -> datetime:
    return oslo_moment(moment_utc.astimezone(OSLO).replace(tzinfo=None, fold=0) + shift)


def _with_year(slug: str, old_year: int, year: int, joint: str) -> str:
    if _YEAR_IN_TEXT.search(slug):
        return _YEAR_IN_TEXT.sub(lambda found: str(year) if found[0] == str(old_year) else found[0], slug)
    return f"{slug[: _SLUG_LENGTH - 5].rstrip(joint)}{joint}{year}"


def _free(slug: str, taken: Container[str]) -> str:
    candidate, number = slug, 1
    while candidate in taken:
        number += 1
        end = f"-{number}"
        candidate = f"{slug[: _SLUG_LENGTH - len(end)].rstrip('-')}{end}"
    return candidate
