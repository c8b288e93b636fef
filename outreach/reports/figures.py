"""The figures of one event by what they are about: numbers of persons and of households, and nothing of anybody. Pure.

In: counted rows. Out: a value that is kept and compared with those of other years (ADR 0023). A dimension has buckets,
a bucket has measures; each household is in one bucket of a dimension, so that buckets add up to the whole.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from outreach.reports.funnel import Funnel

_OSLO = ZoneInfo("Europe/Oslo")
NONE = ""


class Dimension(StrEnum):
    """What figures are broken down by."""

    POSTCODE = "postcode"
    CHANNEL = "channel"
    LANGUAGE = "language"
    WAVE = "wave"
    SEGMENT = "segment"
    CHILDREN = "children"
    DAY = "day"
    ARRIVAL = "arrival"
    WAITLIST = "waitlist"
    PARTNER = "partner"
    PARTNER_KIND = "partner_kind"
    OFFER = "offer"
    INTEREST = "interest"


# Those by which the whole walk is broken down.
BY_HOUSEHOLD = (
    Dimension.POSTCODE,
    Dimension.CHANNEL,
    Dimension.LANGUAGE,
    Dimension.WAVE,
    Dimension.SEGMENT,
    Dimension.CHILDREN,
)
# Persons, in walk order; `households` beside them.
MEASURES = ("invited", "delivered", "answered", "attending", "attended")
HOUSEHOLDS, ANSWERS, ARRIVED = "households", "answers", "arrived"
YES, NO = "yes", "no"
ARRIVAL_STEP = timedelta(minutes=15)
Key = tuple[str, str, str]


@dataclass(frozen=True)
class Figures:
    """The funnel, and each value by (dimension, bucket, measure)."""

    funnel: Funnel = field(default_factory=Funnel)
    parts: Mapping[Key, int] = field(default_factory=dict)

    def table(self, dimension: Dimension) -> dict[str, dict[str, int]]:
        """Return measures by bucket, the buckets in order; none where nothing was counted."""
        found: dict[str, dict[str, int]] = {}
        for (of, bucket, measure), value in sorted(self.parts.items()):
            if of == dimension:
                found.setdefault(bucket, {})[measure] = value
        return found


@dataclass(frozen=True)
class CountedGroup:
    """Households that are alike in every dimension, in the order of BY_HOUSEHOLD, with their sums."""

    buckets: Sequence[str]
    households: int = 0
    invited: int = 0
    delivered: int = 0
    answered: int = 0
    attending: int = 0
    attended: int = 0


def parts_of(groups: Iterable[CountedGroup]) -> Counter[Key]:
    """Return the values of every dimension of BY_HOUSEHOLD."""
    found: Counter[Key] = Counter()
    names = (HOUSEHOLDS, *MEASURES)
    for group in groups:
        values = [(name, getattr(group, name)) for name in names]
        for dimension, bucket in zip(BY_HOUSEHOLD, group.buckets, strict=True):
            for name, value in values:
                found[(dimension, bucket, name)] += value
    return found


def days_of(hours: Mapping[datetime, int]) -> Counter[Key]:
    """Return first answers by day in Europe/Oslo from those by hour (UTC)."""
    found: Counter[Key] = Counter()
    for hour, number in hours.items():
        found[(Dimension.DAY, hour.astimezone(_OSLO).date().isoformat(), ANSWERS)] += number
    return found


def arrivals_of(came: Mapping[datetime, int], *, starts_at_utc: datetime) -> Counter[Key]:
    """Return persons by quarter of an hour (Europe/Oslo) from those by minute.

    A clock that is a day off is no part of the evening: its arrivals count under NONE, so that the sum is whole.
    """
    found: Counter[Key] = Counter()
    for minute, persons in came.items():
        is_near = abs(minute - starts_at_utc) < timedelta(hours=12)
        floored = minute - (minute - datetime(2000, 1, 1, tzinfo=UTC)) % ARRIVAL_STEP
        bucket = floored.astimezone(_OSLO).strftime("%H.%M") if is_near else NONE
        found[(Dimension.ARRIVAL, bucket, ARRIVED)] += persons
    return found


def waitlist_of(states: Mapping[str, int]) -> Counter[Key]:
    """Return households by what became of their place on the waiting list."""
    return Counter({(Dimension.WAITLIST, state, HOUSEHOLDS): number for state, number in states.items()})
