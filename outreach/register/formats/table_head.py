"""Where a table begins: its header row, or that it has none. Pure: numbered rows in, header and rows out.

Some systems put a title or a date above the header, divide it over two rows ("Navn" above "Fornavn" and "Etternavn"),
call columns by words that we do not know, or leave the header out. Then the rows tell: the first one with a valid
national number is a person.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice, zip_longest

from outreach.people.national_id import fault_of
from outreach.people.person import clean_text
from outreach.register.formats import headers
from outreach.register.problems import TooManyColumnsError, UnknownColumnsError

MOST_COLUMNS = 200
SAMPLE_ROWS = 200
_ROWS_TO_HEADER = 20
_LONGEST_HEADER = 60
_UNNAMED = "Kolonne"
Cells = Sequence[str]
Record = tuple[int, Cells]


@dataclass(frozen=True)
class Table:
    """An opened table. `header` has a different name for each column, `sample` the first of `records`.

    Without a header of its own (`has_header` False) the columns are called Kolonne 1, Kolonne 2 and so on. `row` is
    where it begins, from 1; `spans` has for the position of each header that covers several columns its last one.
    """

    header: tuple[str, ...]
    has_header: bool
    sample: Sequence[Record]
    records: Iterator[Record]
    serials: bool = False
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    row: int = 1
    spans: Mapping[int, int] = field(default_factory=dict)


def table_of(records: Iterable[Record], mapping: Mapping[str, str], *, is_only_looked_at: bool = False) -> Table:
    """Return the table that begins somewhere in the first rows of `records`.

    When it is only looked at, rows that nothing is known about make a table too, so that a person can say what they
    are. Raises TooManyColumnsError, UnknownColumnsError.
    """
    remaining = iter(records)
    head = list(islice(remaining, SAMPLE_ROWS))
    if any(len(cells) > MOST_COLUMNS and any(cells[MOST_COLUMNS:]) for _, cells in head):
        raise TooManyColumnsError(most=MOST_COLUMNS)
    start = _start(head[:_ROWS_TO_HEADER], mapping)
    if start is None and (is_only_looked_at or _are_unnamed(mapping)):
        start = _first_guess(head)
    if start is None:
        raise UnknownColumnsError
    at, has_header = start
    if has_header:
        at, cells = _whole_header(head, at)
    else:
        cells = [""] * max(len(cells) for _, cells in head)
    names = named(cells)
    sample = head[at + has_header :]
    return Table(names, has_header, sample, chain(sample, remaining), row=head[at][0])


def named(cells: Cells) -> tuple[str, ...]:
    """Return a name for each column: its header, with a number when it is blank or another column has it too."""
    names: list[str] = []
    taken: dict[str, int] = {}
    for position, cell in enumerate(cells, start=1):
        name = clean_text(cell)[:_LONGEST_HEADER] or f"{_UNNAMED} {position}"
        taken[headers.folded(name)] = count = taken.get(headers.folded(name), 0) + 1
        names.append(name if count == 1 else f"{name} ({count})")
    return tuple(names)


def _start(head: Sequence[Record], mapping: Mapping[str, str]) -> tuple[int, bool] | None:
    """Return the index in `head` of the header (True), or of the first row of a table without one (False)."""
    wanted = {headers.folded(header) for header in mapping.values() if header}
    for at, (_, cells) in enumerate(head):
        own = {headers.folded(cell) for cell in cells if cell}
        if wanted & own and wanted <= {headers.folded(name) for name in named(cells)}:
            return at, True
    for at, (_, cells) in enumerate(head):
        if headers.is_header(cells):
            return at, True
    for at, (_, cells) in enumerate(head):
        if any(has_number(cell) for cell in cells):
            return (at - 1, True) if at and _is_all_words(head[at - 1][1]) else (at, False)
    return None


def _whole_header(head: Sequence[Record], at: int) -> tuple[int, Cells]:
    """Return the index of the last row of the header that is at `at`, and what it calls the columns.

    A row beneath may divide what it names, or a row above may name what it leaves blank.
    """
    cells = head[at][1]
    if at + 1 < len(head) and _divides(head[at + 1][1]):
        return at + 1, _over(cells, head[at + 1][1])
    if at and _is_all_words(head[at - 1][1]):
        return at, _over(head[at - 1][1], cells)
    return at, cells


def _divides(cells: Cells) -> bool:
    return headers.is_header(cells) and _is_all_words(cells)


def _over(upper: Cells, lower: Cells) -> Cells:
    return [below if below.strip() else above for above, below in zip_longest(upper, lower, fillvalue="")]


def _first_guess(head: Sequence[Record]) -> tuple[int, bool] | None:
    filled = [at for at, (_, cells) in enumerate(head) if sum(1 for cell in cells if cell.strip()) > 1]
    return (filled[0], _is_all_words(head[filled[0]][1])) if filled else None


def _are_unnamed(mapping: Mapping[str, str]) -> bool:
    return bool(mapping) and all(not header or header.startswith(f"{_UNNAMED} ") for header in mapping.values())


def _is_all_words(cells: Cells) -> bool:
    filled = [cell for cell in cells if cell.strip()]
    return len(filled) > 1 and not any(cell.strip()[0].isdigit() for cell in filled)


def has_number(cell: str) -> bool:
    """Say whether a cell holds a valid national number, test numbers included, however it is spaced."""
    number = "".join(cell.split()).zfill(11)
    return fault_of(number, synthetic_allowed=True) is None and number != "0" * 11
