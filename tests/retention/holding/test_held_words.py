"""An export on paper: what is empty is left out, no is said, rows inside rows are drawn out."""

from datetime import UTC, date, datetime

from outreach.retention.holding.held_words import NO, YES, Line, lines_of


def _titled(number: str) -> str:
    return f"Modum ({number})"


def test_a_row_becomes_lines_in_its_order() -> None:
    row = {
        "name": "Åse Lien", "postcode": "", "moved_on": None, "lives_here": False, "birth_date": "1990-04-12",
        "invited_at": "2026-11-02T11:00:00+00:00", "message_state": "handed_over", "extra_children": 0,
        "has_attended": True,
    }  # fmt: skip
    assert lines_of(row, _titled) == [
        Line("Navn", text="Åse Lien"),
        Line("Bor i kommunen", text="", word=NO),
        Line("Fødselsdato", day=date(1990, 4, 12)),
        Line("Invitert", moment=datetime(2026, 11, 2, 11, tzinfo=UTC)),
        Line("Status", text="handed_over", word="Sendt"),
        Line("Møtte opp", word=YES),
    ]


def test_rows_inside_a_row_and_names_of_what_is_kept_back_are_said() -> None:
    row = {"needs": [{"need": "diet", "words": "Vegetar"}], "held_for_the_household": ["email", "needs"]}
    kept_back = "Lagret for husstanden, vises ikke fordi det kan gjelde andre"
    assert [(line.label, line.text or line.word) for line in lines_of(row, _titled)] == [
        ("Behov", "diet"), ("Med egne ord", "Vegetar"), (kept_back, "E-post"), (kept_back, "Behov"),
    ]  # fmt: skip


def test_codes_of_the_register_are_said_in_words_and_where_a_row_stands_is_left_out() -> None:
    row = {"reference": "7905602727578228416.0", "municipality": "3316", "moved_from": "", "person_status": "bosatt"}
    assert [(line.label, line.word or line.text) for line in lines_of(row, _titled)] == [
        ("Kommune", "Modum (3316)"), ("Personstatus", "Bosatt"),
    ]  # fmt: skip
