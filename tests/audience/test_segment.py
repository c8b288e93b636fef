"""Names and windows of segments."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.audience.rule import Age, Attended, MovedIn, Rule, Who, months_to
from outreach.audience.segment import SegmentName, UnknownSegmentError, WindowError, WindowNotReachedError, segment_of

AS_OF = date(2026, 10, 31)
SEEN = {"as_of": AS_OF, "held_days": 395}


def test_moved_in_without_a_window_is_the_twelve_months_to_the_extract():
    segment = segment_of("moved-in", **SEEN)
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
    assert months_to(last, 12) == first


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_twelve_months_are_365_or_366_days(last):
    assert (last - months_to(last, 12)).days + 1 in (365, 366)


def test_one_end_alone_is_filled_in():
    assert segment_of("moved-in", **SEEN, until=date(2026, 6, 30)).since == date(2025, 7, 1)
    assert segment_of("moved-in", **SEEN, since=date(2026, 1, 1)).until == AS_OF


def test_a_window_of_one_day_is_a_window_and_a_backward_one_is_not():
    assert segment_of("moved-in", **SEEN, since=AS_OF, until=AS_OF).since == AS_OF
    with pytest.raises(WindowError):
        segment_of("moved-in", **SEEN, since=date(2026, 11, 1), until=AS_OF)


def test_an_open_window_after_the_extract_says_from_when_the_extract_is():
    with pytest.raises(WindowNotReachedError) as raised:
        segment_of("moved-in", **SEEN, since=AS_OF + timedelta(days=1))
    assert raised.value.values == {"day": AS_OF}


def test_young_away_is_by_year_of_birth_and_has_no_window():
    segment = segment_of("young-away", **SEEN, since=date(2026, 1, 1))
    assert segment.rule == Rule(Who.BOTH, (Age(18, 29),))
    assert (segment.since, segment.until, segment.known_since) == (None, None, date(2025, 10, 1))


@pytest.mark.parametrize("name", ["", "moved_in", "MOVED-IN", "alle"])
def test_an_unknown_segment_is_refused_with_the_known_names(name):
    with pytest.raises(UnknownSegmentError) as caught:
        segment_of(name, **SEEN)
    assert all(str(known) in str(caught.value) for known in SegmentName)


SAVED = {"naboer": ("Naboer", Rule(Who.RESIDENTS, (MovedIn(months=3), Attended())))}


def test_a_saved_segment_is_found_by_its_slug_and_its_window_becomes_two_days():
    segment = segment_of("naboer", **SEEN, saved=SAVED.get)
    assert (segment.title, segment.is_built_in) == ("Naboer", False)
    assert segment.rule.conditions == (MovedIn(since=date(2026, 8, 1), until=AS_OF), Attended())


def test_a_window_that_is_given_replaces_the_rules_own():
    segment = segment_of("naboer", **SEEN, saved=SAVED.get, since=date(2026, 1, 1))
    assert (segment.since, segment.until) == (date(2026, 1, 1), AS_OF)
    segment = segment_of("naboer", **SEEN, saved=SAVED.get, until=date(2026, 6, 30))
    assert (segment.since, segment.until) == (date(2026, 4, 1), date(2026, 6, 30))


def test_a_window_binds_nothing_that_asks_who_has_not_moved_in():
    rule = Rule(Who.RESIDENTS, (MovedIn(months=3, negated=True),))
    segment = segment_of("eldre", **SEEN, saved={"eldre": ("", rule)}.get, since=date(2020, 1, 1))
    assert segment.rule.conditions == (MovedIn(since=date(2026, 8, 1), until=AS_OF, negated=True),)
    assert (segment.since, segment.until) == (None, None)
