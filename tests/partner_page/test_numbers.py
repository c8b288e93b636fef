"""No number of a partner's page tells of fewer than five, nor lets anybody work such a number out."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.partner_page.numbers import (
    CAME,
    COMING,
    INVITED,
    NOT_COMING,
    NUMBER_WORDS,
    SILENT,
    WAITING,
    in_fives,
    partner_numbers,
)

PARTS = (COMING, NOT_COMING, WAITING, SILENT)


def figures(coming: int, declined: int, waiting: int, unanswered: int, attended: int = 0) -> dict[str, int]:
    return {
        "coming": coming, "declined": declined, "waitlisted": waiting, "offered": 0, "offer_expired": 0,
        "unanswered": unanswered, "attended": attended,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ((120, 43, 0, 37), (200, 120, 40, 0, 35)),
        # Two are hidden, and the total, so that nothing is worked out.
        ((120, 3, 0, 37), (None, 120, None, 0, None)),
        ((0, 0, 0, 0), (0, 0, 0, 0, 0)),
        ((3, 0, 0, 0), (None, None, 0, 0, 0)),
        ((1, 1, 0, 0), (None, None, None, 0, 0)),
    ],
)
def test_shows_numbers_in_fives_and_hides_the_few(
    told: tuple[int, int, int, int], shown: tuple[int | None, ...]
) -> None:
    numbers = partner_numbers(figures(*told), is_over=False)
    assert tuple(numbers[name] for name in (INVITED, *PARTS)) == shown


@pytest.mark.parametrize(("came", "shown"), [(0, 0), (1, None), (4, None), (5, 5), (9, 5), (10, 10)])
def test_who_came_is_told_only_when_it_is_over_and_only_of_five_or_more(came: int, shown: int | None) -> None:
    assert CAME not in partner_numbers(figures(50, 0, 0, 0, came), is_over=False)
    assert partner_numbers(figures(50, 0, 0, 0, came), is_over=True)[CAME] == shown


def test_what_is_hidden_cannot_be_worked_out_by_subtraction() -> None:
    """An attacker knows the rule and everything shown. Of every way in which up to nine people each can have answered:
    each hidden number may be several, and more than all those below four."""
    alike: dict[tuple[int | None, ...], list[tuple[int, ...]]] = defaultdict(list)
    for told in product(range(10), repeat=len(PARTS)):
        shown = partner_numbers(figures(*told), is_over=False)
        alike[tuple(shown[name] for name in (INVITED, *PARTS))].append(told)
    for shown_numbers, possible in alike.items():
        for at, number in enumerate(shown_numbers[1:]):
            counts = {told[at] for told in possible}
            assert number is not None or len(counts) >= 4, (shown_numbers, counts)


def test_without_the_rule_a_hidden_cell_is_worked_out() -> None:
    """The control of the test above: hiding the one small cell alone, beside an exact total, hides nothing."""
    parts = {COMING: 120, NOT_COMING: 3, WAITING: 0, SILENT: 37}
    naive = {name: count if not 0 < count < 5 else None for name, count in parts.items()}
    assert sum(parts.values()) - sum(count for count in naive.values() if count is not None) == 3


@given(count=st.integers(5, 10_000))
def test_one_answer_more_is_seen_at_most_at_every_fifth(count: int) -> None:
    assert in_fives(count) % 5 == 0
    assert 0 <= count - in_fives(count) < 5


def test_every_number_has_words() -> None:
    assert set(partner_numbers(figures(1, 1, 1, 1, 1), is_over=True)) == set(NUMBER_WORDS)
