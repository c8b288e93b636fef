"""Names and windows of segments."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.audience.segment import SegmentName, UnknownSegmentError, WindowError, segment_of, twelve_months_to

AS_OF = date(2026, 10, 31)


def test_moved_in_without_a_window_is_the_twelve_months_to_the_extract():
    segment = segment_of("moved-in", as_of=AS_OF)
    assert (segment.since, segment.until) == (date(2025, 11, 1), AS_OF)


@pytest.mark.parametrize(
    ("last", "first"),
    [
        (date(2026, 10, 31), date(2025, 11, 1)),
        (date(2026, 12, 31), date(2026, 1, 1)),
        (date(2024, 2, 28), date(2023, 3, 1)),
        (date(2024, 2, 29), date(2023, 3, 1)),
        (date(2025, 2, 28), date(2024, 3, 1)),
        (date(2024, 3, 1), date(2023, 3, 2)),
    ],
)
def test_twelve_months_end_on_the_last_day(last, first):
    assert twelve_months_to(last) == first


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_twelve_months_are_365_or_366_days(last):
    assert (last - twelve_months_to(last)).days + 1 in (365, 366)


def test_one_end_alone_is_filled_in():
    assert segment_of("moved-in", as_of=AS_OF, until=date(2026, 6, 30)).since == date(2025, 7, 1)
    assert segment_of("moved-in", as_of=AS_OF, since=date(2026, 1, 1)).until == AS_OF


def test_a_window_of_one_day_is_a_window_and_a_backward_one_is_not():
    assert segment_of("moved-in", as_of=AS_OF, since=AS_OF, until=AS_OF).since == AS_OF
    with pytest.raises(WindowError):
        segment_of("moved-in", as_of=AS_OF, since=date(2026, 11, 1), until=AS_OF)


def test_young_away_is_by_year_of_birth_and_has_no_window():
    segment = segment_of("young-away", as_of=AS_OF, since=date(2026, 1, 1))
    assert (segment.born_from, segment.born_to, segment.since) == (1997, 2008, None)


@pytest.mark.parametrize("name", ["", "moved_in", "MOVED-IN", "alle"])
def test_an_unknown_segment_is_refused_with_the_known_names(name):
    with pytest.raises(UnknownSegmentError) as caught:
        segment_of(name, as_of=AS_OF)
    assert all(str(known) in str(caught.value) for known in SegmentName)
