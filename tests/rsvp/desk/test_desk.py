"""The front desk's pure rules: what is a code, when answers are taken, what is kept of a note."""

from datetime import UTC, date, datetime

import pytest

from outreach.rsvp.desk.desk import NOTE_LIMIT, EmptyNoteError, LongNoteError, Taken, answers_are, is_code, kept_note

STARTS = datetime(2026, 11, 26, 17, 0, tzinfo=UTC)


class Terms:
    """An event that begins on 26 November, with answers until the 23rd."""

    state = "published"
    answer_by = date(2026, 11, 23)
    starts_at_utc = STARTS


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("K7MF-2XQC-9DHR", True),
        ("k7mf 2xqc", True),
        ("CDFH-JKMN-PRTV", True),
        ("CDFH JKMN P", True),
        ("CDFH JKMN", False),
        ("Åse Lien", False),
        ("Anna Kristine", False),
        ("Ng", False),
        ("", False),
    ],
)
def test_tells_a_code_from_a_name(typed: str, *, expected: bool) -> None:
    assert is_code(typed) is expected


@pytest.mark.parametrize(
    ("state", "now", "today", "expected"),
    [
        ("published", datetime(2026, 11, 23, 22, 59, tzinfo=UTC), date(2026, 11, 23), Taken.OPEN),
        ("published", datetime(2026, 11, 23, 23, 0, tzinfo=UTC), date(2026, 11, 24), Taken.LATE),
        ("published", datetime(2026, 11, 26, 16, 59, tzinfo=UTC), date(2026, 11, 26), Taken.LATE),
        ("published", STARTS, date(2026, 11, 26), Taken.CLOSED),
        ("cancelled", datetime(2026, 11, 20, tzinfo=UTC), date(2026, 11, 20), Taken.CLOSED),
        ("draft", datetime(2026, 11, 20, tzinfo=UTC), date(2026, 11, 20), Taken.CLOSED),
    ],
)
def test_takes_answers_late_until_the_event_begins(state: str, now: datetime, today: date, expected: Taken) -> None:
    terms = Terms()
    terms.state = state
    assert answers_are(terms, now=now, today=today) is expected


def test_keeps_the_lines_of_a_note_and_nothing_that_disguises() -> None:
    assert kept_note(" Ringte  om \u202eskyss.\r\nKommer kanskje. \n\n") == "Ringte om skyss.\nKommer kanskje."


@pytest.mark.parametrize(("typed", "error"), [(" \n ", EmptyNoteError), ("x" * (NOTE_LIMIT + 1), LongNoteError)])
def test_refuses_no_note_and_one_that_is_too_long(typed: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        kept_note(typed)
    assert kept_note("x" * NOTE_LIMIT)
