"""Arrivals over time. In: persons by minute. Out: persons who came in, step by step, without a gap.

A step is five minutes, or as many times that as the evening needs to fit into a chart.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

_STEPS_MINUTES = (5, 10, 15, 30, 60, 180, 720)
MOST_STEPS = 36
_EPOCH = datetime.fromisoformat("2000-01-01T00:00:00+00:00")


@dataclass(frozen=True)
class Arrivals:
    """Persons who came in from `start_utc` on, for one step."""

    start_utc: datetime
    persons: int


def arrivals(came: Mapping[datetime, int]) -> tuple[timedelta, list[Arrivals]]:
    """Return the length of a step, and the steps from the first arrival to the last; none when nobody came.

    `came`: persons by the minute (UTC) in which they came.
    """
    if not came:
        return timedelta(minutes=_STEPS_MINUTES[0]), []
    first, last = min(came), max(came)
    step = _step(first, last)
    counts: Counter[datetime] = Counter()
    for minute, persons in came.items():
        counts[_floor(minute, step)] += persons
    # Clocks that are days off are no part of the evening: the last steps are shown.
    steps = min((_floor(last, step) - _floor(first, step)) // step + 1, MOST_STEPS)
    starts = [_floor(last, step) - step * back for back in reversed(range(steps))]
    return step, [Arrivals(start, counts[start]) for start in starts]


def _step(first: datetime, last: datetime) -> timedelta:
    steps = [timedelta(minutes=minutes) for minutes in _STEPS_MINUTES]
    fits = (step for step in steps if _floor(last, step) - _floor(first, step) < step * MOST_STEPS)
    return next(fits, steps[-1])


def _floor(moment: datetime, step: timedelta) -> datetime:
    return moment - (moment - _EPOCH) % step
