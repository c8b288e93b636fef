"""Small counts stay hidden, also from those who subtract."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.formats.small_cells import without_small_cells


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({"a": 5, "b": 0}, {"a": 5, "b": 0}),
        ({"a": 4, "b": 9, "c": 20}, {"a": None, "b": None, "c": 20}),
        ({"a": 4, "b": 3, "c": 20}, {"a": None, "b": None, "c": 20}),
        ({"a": 1, "b": 1, "c": 20, "d": 9}, {"a": None, "b": None, "c": 20, "d": None}),
        ({}, {}),
    ],
)
def test_small_counts_and_what_would_give_them_away_are_hidden(counts, shown):
    assert without_small_cells(counts) == shown


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 30), max_size=8))
def test_no_shown_count_is_small_and_the_rest_tells_of_five_or_more(counts):
    shown = without_small_cells(counts)
    assert not any(count is not None and 0 < count < 5 for count in shown.values())
    hidden = [counts[name] for name, count in shown.items() if count is None]
    all_hidden = len(hidden) == sum(1 for count in counts.values() if count > 0)
    assert not hidden or all_hidden or (len(hidden) >= 2 and sum(hidden) >= 5)
