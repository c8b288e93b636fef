"""A new event's form begins with what is usual for its kind."""

from datetime import date, datetime

import pytest

from outreach.events.starting_points import Template, starting_point


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
    point = starting_point(Template.WELCOME, today)
    assert (point.starts, point.ends) == (starts, starts.replace(hour=21))


@pytest.mark.parametrize(
    ("template", "today", "starts"),
    [
        (Template.CHRISTMAS, date(2026, 11, 30), _local(2026, 12, 28, 18)),
        (Template.CHRISTMAS, date(2026, 12, 1), _local(2027, 12, 28, 18)),
        (Template.SUMMER, date(2026, 6, 4), _local(2026, 7, 2, 17)),
        (Template.SUMMER, date(2026, 6, 5), _local(2027, 7, 1, 17)),
    ],
)
def test_gatherings_at_home_have_a_day_of_their_own(template: Template, today: date, starts: datetime) -> None:
    point = starting_point(template, today)
    assert (point.starts, point.ends) == (starts, starts.replace(hour=starts.hour + 3))


@pytest.mark.parametrize("template", Template)
def test_every_template_has_a_title_and_words(template: Template) -> None:
    point = starting_point(template, date(2026, 1, 1))
    assert point.title
    assert point.description
