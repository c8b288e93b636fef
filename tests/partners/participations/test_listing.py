from typing import Any

import pytest

from outreach.partners.participation import Role, State
from outreach.partners.participations.listing import COLUMNS, WIDTHS, Line, cells, state_words


def line(**values: Any) -> Line:
    usual: dict[str, Any] = {
        "name": "Modum Trevare AS", "number": "310000019", "role": Role.STAND, "state": State.CONFIRMED,
        "was_asked": True, "place": "Stand 4", "power": True, "tables": 2, "screen": False, "note": "Roll-up",
        "slot": "kl. 18.30 Om tre", "contact": "Berit", "email": "berit@trevare.example", "phone": "+47 99 99 99 01",
        "done": 1, "tasks": 3,
    }  # fmt: skip
    return Line(**{**usual, **values})


def test_a_line_has_a_cell_for_each_column() -> None:
    row = cells(line(), str)
    assert len(row) == len(COLUMNS) == len(WIDTHS)
    assert row[2:8] == ["Stand", "Kommer", "Stand 4", "Ja", 2, "Nei"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_no_cell_begins_as_a_formula_does(start: str) -> None:
    told = f'{start}HYPERLINK("x")'
    row = cells(line(name=told, place=told, note=told, slot=told, contact=told, email=told, phone=told), str)
    assert not [cell for cell in row if isinstance(cell, str) and cell[:1] in "=+-@\t"[:5] and cell]


def test_who_was_never_asked_has_not_left_us_without_an_answer() -> None:
    assert state_words(State.ASKED, was_asked=False) == "Ikke spurt ennå"
    assert state_words(State.ASKED, was_asked=True) == "Ikke svart"
    assert state_words(State.CONFIRMED, was_asked=False) == "Kommer"
