import pytest

from outreach.reports.funnel import Funnel, FunnelMismatchError, arrivals, letter_figures


def test_an_empty_funnel_adds_up() -> None:
    assert Funnel().checked().figures()["invited"] == 0


@pytest.mark.parametrize(
    "figures",
    [
        {"invited": 1},
        {"invited": 1, "delivered": 1},
        {"invited": 2, "delivered": 2, "answered": 1, "unanswered": 1},
        {"attending": 1},
        {"coming": 1, "attending": 1, "no_show": 1},
    ],
)
def test_figures_that_contradict_one_another_are_refused(figures: dict[str, int]) -> None:
    with pytest.raises(FunnelMismatchError):
        Funnel(**figures).checked()


def test_a_person_without_a_letter_row_waits() -> None:
    figures = letter_figures({"handed_over": 3, "bounced": 1, None: 2, "queued": 4, "uncertain": 5})
    assert figures == {"delivered": 3, "returned": 1, "waiting": 6, "withheld": 0, "failed": 0, "uncertain": 5}


def test_who_comes_beyond_the_ticket_is_a_walk_in_and_not_an_attendee() -> None:
    assert arrivals(expected={1: 2, 2: 3}, came={1: 4, 2: 1}, without_ticket=1) == (3, 3)


def test_who_comes_on_a_ticket_that_is_no_longer_valid_is_a_walk_in() -> None:
    assert arrivals(expected={}, came={9: 2}, without_ticket=0) == (0, 2)
