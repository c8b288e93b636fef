"""The survey's pure rules: when it is open, what is counted, what is shown, and whose ballot it is."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest

from outreach.surveys.ballot import ballot_in, token_of
from outreach.surveys.survey import (
    NO_ANSWER,
    NothingChosenError,
    Question,
    Stage,
    at_least,
    chosen,
    closes_at,
    options,
    results,
    stage,
)

ENDS = datetime(2026, 11, 26, 20, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("state", "now", "expected"),
    [
        ("published", ENDS - SECOND, Stage.BEFORE),
        ("published", ENDS, Stage.OPEN),
        ("published", closes_at(ENDS) - SECOND, Stage.OPEN),
        ("published", closes_at(ENDS), Stage.CLOSED),
        ("cancelled", ENDS, Stage.BEFORE),
    ],
)
def test_is_open_for_two_weeks_after_the_event(state: str, now: datetime, expected: Stage) -> None:
    assert stage(state, ENDS, now) is expected


def test_takes_one_option_of_each_question_and_nothing_else() -> None:
    typed = {"liked": "good", "learned": "<b>", "name": "Åse"}
    assert chosen(typed) == {Question.LIKED: "good", Question.LEARNED: NO_ANSWER, Question.AGAIN: NO_ANSWER}
    with pytest.raises(NothingChosenError):
        chosen({"liked": "none", "again": ""})


@pytest.mark.parametrize(("number", "told"), [(0, 0), (4, 0), (5, 5), (9, 5), (10, 10)])
def test_tells_how_many_have_answered_in_steps(number: int, told: int) -> None:
    assert at_least(number) == told


def test_shows_nothing_of_four_and_hides_small_cells_of_more() -> None:
    def counts(**liked: int) -> dict[Question, dict[str, int]]:
        number = sum(liked.values())
        return {Question.LIKED: liked, Question.LEARNED: {"all": number}, Question.AGAIN: {"yes": number}}

    assert results(counts(good=4)).number is None
    shown = results(counts(very_good=12, good=8, bad=1))
    assert shown.number == 21
    assert shown.counts[Question.LIKED] == {"very_good": 12, "good": None, "so_so": 0, "bad": None, "none": 0}
    assert set(shown.counts[Question.AGAIN]) == set(options(Question.AGAIN))


def _mac(purpose: str, text: str) -> bytes:
    return hashlib.sha256(f"key:{purpose}:{text}".encode()).digest()


def test_a_ticket_has_one_ballot_however_often_it_was_replaced() -> None:
    first, replaced = token_of("CDFHJK234567899X", 7, _mac), token_of("CDFHJKRTV2345678", 7, _mac)
    assert first == replaced
    assert len(first) == 32
    assert ballot_in(first.upper(), 7, _mac) == first[:16]


def test_a_ballot_without_our_stamp_or_of_another_event_is_none() -> None:
    token = token_of("CDFHJK234567899X", 7, _mac)
    other = "b" if token[0] == "a" else "a"
    for wrong in ("", token[:-1], other + token[1:], token[:16], "æ" * 32):
        assert ballot_in(wrong, 7, _mac) is None
    assert ballot_in(token, 8, _mac) is None
