"""CSV cells are never formulas and always come back."""

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.formats.safe_csv import csv_text, safe_cell

DANGEROUS = "=+-@\t\r\0"


@pytest.mark.parametrize("start", [*DANGEROUS, "\n", " =", "\u00a0@", "＝", "＠", "\0=", "-1"])
def test_no_cell_starts_a_formula(start):
    assert not safe_cell(start + "1+1").startswith(tuple(DANGEROUS))
    assert not safe_cell(start + "1+1").lstrip(" ").startswith(tuple(DANGEROUS))


@given(st.text())
def test_no_text_at_all_starts_a_formula_or_holds_nul(text):
    cell = safe_cell(text)
    assert not cell.startswith(tuple(DANGEROUS))
    assert "\0" not in cell
    assert cell.removeprefix("'") == text.replace("\0", "").removeprefix("'")


@pytest.mark.parametrize(("value", "cell"), [(None, ""), (0, "0"), (-5, "'-5"), ("Åse", "Åse"), ("O'Neil", "O'Neil")])
def test_plain_values_stay_as_they_are(value, cell):
    assert safe_cell(value) == cell


@given(st.lists(st.lists(st.text(st.characters(exclude_characters="\0")), min_size=2, max_size=2), max_size=5))
def test_rows_come_back_as_safe_cells(rows):
    read = list(csv.reader(StringIO(csv_text(["navn", "sted"], rows), newline="")))
    assert read == [["navn", "sted"], *[[safe_cell(cell) for cell in row] for row in rows]]


def test_lines_end_as_rfc_4180_says_and_the_delimiter_can_be_the_spreadsheets():
    assert csv_text(["a", "b"], [["1,5", "x"]]) == 'a,b\r\n"1,5",x\r\n'
    assert csv_text(["a", "b"], [["1,5", "x"]], delimiter=";") == "a;b\r\n1,5;x\r\n"
