"""CSV that is safe to open in a spreadsheet: no cell is read as a formula (OWASP, "CSV injection").

In: any values. Out: text in the form of RFC 4180.
"""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

# A spreadsheet runs a cell that begins so; the wide forms because some fold them to ASCII first.
_FORMULA_STARTS = tuple("=+-@\t\r\n\0＝＋－＠")
_QUOTE = "'"


def safe_row(row: Iterable[object]) -> list[object]:
    """Return a row for a workbook: numbers as they are, texts by `safe_cell`."""
    return [safe_cell(cell) if isinstance(cell, str) else cell for cell in row]


def safe_cell(value: object) -> str:
    """Return `value` as text that a spreadsheet shows and never runs; None is empty. NUL is taken out."""
    text = "" if value is None else str(value).replace("\0", "")
    return _QUOTE + text if text.lstrip(" \u00a0").startswith(_FORMULA_STARTS) else text


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]], *, delimiter: str = ",") -> str:
    """Return `header` and `rows` as CSV with CRLF line ends; every cell is made safe."""
    out = StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow([safe_cell(cell) for cell in header])
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return out.getvalue()
