"""Which step of a question may follow which, and what is kept of what was typed."""

import pytest

from outreach.questions.archive import FreeText, archive_of
from outreach.questions.question import (
    MOST_CHARACTERS,
    STATUS_WORDS,
    EmptyTextError,
    QuestionMovedOnError,
    Status,
    TooLongTextError,
    kept_text,
    require_step,
)

MAY = {
    (Status.NEW, Status.TAKEN),
    (Status.NEW, Status.ANSWERED),
    (Status.NEW, Status.CLOSED),
    (Status.TAKEN, Status.TAKEN),
    (Status.TAKEN, Status.ANSWERED),
    (Status.TAKEN, Status.CLOSED),
    (Status.ANSWERED, Status.CLOSED),
}


@pytest.mark.parametrize("now", Status)
@pytest.mark.parametrize("then", Status)
def test_a_question_is_answered_once_and_never_opened_again(now: Status, then: Status) -> None:
    if (now, then) in MAY:
        require_step(now, then)
    else:
        with pytest.raises(QuestionMovedOnError):
            require_step(now, then)


def test_every_status_has_words() -> None:
    assert set(STATUS_WORDS) == set(Status)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Hei  du  ", "Hei du"),
        ("En\r\nto\rtre", "En\nto\ntre"),
        ("\n\nEn\n\n\n\nto\n\n", "En\n\nto"),
        ("A\u202eB\x00C", "A B C"),
        ("å" * MOST_CHARACTERS, "å" * MOST_CHARACTERS),
    ],
)
def test_keeps_the_lines_and_nothing_that_cannot_be_seen(typed: str, kept: str) -> None:
    assert kept_text(typed) == kept


@pytest.mark.parametrize("typed", ["", "  \n \t", "\u202e"])
def test_nothing_is_no_question(typed: str) -> None:
    with pytest.raises(EmptyTextError):
        kept_text(typed)


def test_a_question_too_long_is_told_how_long_it_is() -> None:
    with pytest.raises(TooLongTextError) as fault:
        kept_text("a" * (MOST_CHARACTERS + 1))
    assert fault.value.values == {"typed": 2001, "most": 2000}


def test_the_archive_hides_small_counts_and_holds_marked_texts_alone() -> None:
    found = archive_of({"new": 0, "closed": 3, "answered": 40}, [FreeText("2026-11-02", "Hva?", "Det.")])
    assert found == {
        "questions": 43,
        "by_status": {"new": 0, "closed": None, "answered": None},
        "texts": [{"asked_on": "2026-11-02", "question": "Hva?", "answer": "Det."}],
    }
