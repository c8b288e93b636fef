"""What a series must be: two events at least, none of them in another, and a name of its own."""

import pytest

from outreach.events.series.series import (
    LONGEST_TITLE,
    Member,
    SeriesEventsError,
    SeriesTitleError,
    checked_members,
    checked_title,
)

OSLO, BERGEN, TAKEN = Member(1, "Oslo", ""), Member(2, "Bergen", ""), Member(3, "Trondheim", "Fjorårets treff")


@pytest.mark.parametrize("typed", ["", "  ", "x" * (LONGEST_TITLE + 1), "Treff\u202e"])
def test_a_title_is_there_short_and_visible(typed: str) -> None:
    with pytest.raises(SeriesTitleError):
        checked_title(typed)


def test_a_title_is_one_line() -> None:
    assert checked_title("  Treff \n 2026 ") == "Treff 2026"


def test_two_free_events_are_a_series() -> None:
    assert checked_members({2, 1}, (OSLO, BERGEN, TAKEN)) == (1, 2)


@pytest.mark.parametrize(
    ("chosen", "said"), [(set(), "minst to"), ({1}, "minst to"), ({1, 9}, "minst to"), ({1, 3}, "Fjorårets treff")]
)
def test_fewer_than_two_or_one_of_another_series_are_none(chosen: set[int], said: str) -> None:
    with pytest.raises(SeriesEventsError, match=said):
        checked_members(chosen, (OSLO, BERGEN, TAKEN))
