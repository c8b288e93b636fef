"""A new event's form begins with what is usual for its kind."""

from datetime import date, datetime

import pytest

from outreach.events.event import Kind
from outreach.events.starting_points import starting_point


def _local(*parts: int) -> datetime:
    return datetime(*parts)  # noqa: DTZ001 - as people type it


@pytest.mark.parametrize(
    ("today", "starts"),
    [
        (date(2026, 1, 1), _local(2026, 11, 26, 18)),
        (date(2026, 10, 29), _local(2026, 11, 26, 18)),
        (date(2026, 10, 30), _local(2027, 11, 25, 18)),
        (date(2026, 12, 24), _local(2027, 11, 25, 18)),
    ],
)
def test_the_welcome_evening_is_the_last_thursday_of_november_with_time_for_letters(
    today: date, starts: datetime
) -> None:
    point = starting_point(Kind.NY_I_MODUM, today)
    assert (point.starts, point.ends) == (starts, starts.replace(hour=21))


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_a_title_and_words(kind: Kind) -> None:
    point = starting_point(kind, date(2026, 1, 1))
    assert point.title
    assert point.description
