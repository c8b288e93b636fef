"""Events of several years beside each other. In: events with kept figures. Out: rows by year and by city. Pure.

A year is that of the day on which an event was held (Europe/Oslo).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from outreach.reports.beside import WHOLES
from outreach.reports.figures import MEASURES, Dimension, Key
from outreach.reports.funnel import Funnel


@dataclass(frozen=True)
class PastEvent:
    """A settled event: what it was, and its figures; `parts` of one dimension, or none."""

    slug: str
    title: str
    kind: str
    city: str
    day: date
    funnel: Funnel
    parts: Mapping[Key, int]


def sums_by(events: Iterable[PastEvent], name: str) -> dict[object, dict[str, int]]:
    """Return the measures by `name` ("year" or "city"), in order, with how many events there were ("events"), and how
    many came in all, those too who had not signed up ("came")."""
    found: dict[object, dict[str, int]] = {}
    for event in events:
        key: object = event.day.year if name == "year" else event.city
        row = found.setdefault(key, dict.fromkeys(("events", "came", *MEASURES), 0))
        row["events"] += 1
        row["came"] += event.funnel.came
        for measure in MEASURES:
            row[measure] += getattr(event.funnel, measure)
    return dict(sorted(found.items(), key=lambda item: str(item[0])))


def beside_by_year(events: Iterable[PastEvent]) -> dict[int, dict[Key, int]]:
    """Return partners who came, what they offered and what guests left at stands, by year, in order; none of a year
    without any."""
    found: dict[int, dict[Key, int]] = {}
    for event in events:
        told = {key: event.parts[key] for key in WHOLES if key in event.parts}
        if told:
            row = found.setdefault(event.day.year, dict.fromkeys(WHOLES, 0))
            row.update({key: row[key] + number for key, number in told.items()})
    return dict(sorted(found.items()))


def across(events: Sequence[PastEvent], dimension: Dimension, measure: str) -> tuple[list[int], dict[str, list[int]]]:
    """Return the years, and `measure` in each of them by bucket of `dimension`."""
    years = sorted({event.day.year for event in events})
    found: dict[str, list[int]] = {}
    for event in events:
        for (of, bucket, name), value in sorted(event.parts.items()):
            if of == dimension and name == measure:
                found.setdefault(bucket, [0] * len(years))[years.index(event.day.year)] += value
    return years, dict(sorted(found.items()))


def share(part: int, whole: int) -> int | None:
    """Return `part` of `whole` in per cent, rounded; None of nothing."""
    return round(100 * part / whole) if whole else None
