"""Rows of a table (CSV, XLSX) as register rows. Pure: header and cells in, rows out; the same rule for both kinds.

A table has no history: the latest move is a date and where from. Spreadsheets take away leading zeros, round long
numbers and write dates in many ways; what can be put right without guessing is put right.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from outreach.people.household import Dwelling, dwelling
from outreach.people.person import PersonName, clean_text, split_name, written_name
from outreach.people.postal_address import PostalAddress, care_of_line
from outreach.people.protection import Grading, grading_of_cell
from outreach.register.formats import headers
from outreach.register.formats.cell_errors import is_shown_error
from outreach.register.formats.content import ContentGuess
from outreach.register.formats.dates import day_of_cell, has_short_year
from outreach.register.formats.encoding import LOSSY
from outreach.register.formats.table_head import Cells, Table
from outreach.register.problems import Code, NoRowsError, Problem
from outreach.register.register_row import CameFrom, Columns, ExtractContext, RegisterRow

_STATUSES = {
    "": "bosatt",
    "bosatt": "bosatt",
    "busett": "bosatt",
    "aktiv": "bosatt",
    "død": "doed",
    "doed": "doed",
    "utflyttet": "utflyttet",
    "utflytta": "utflyttet",
    "utvandret": "utflyttet",
    "utvandra": "utflyttet",
    "forsvunnet": "forsvunnet",
    "opphørt": "opphoert",
    "opphoert": "opphoert",
    "midlertidig": "midlertidig",
    "inaktiv": "inaktiv",
    "ikkebosatt": "ikkebosatt",
}
_FULL_ADDRESS = re.compile(r"^(.*?),?\s+(\d{4})\s+(\D+)$")
_ROUNDED = re.compile(r"\d([.,]\d+)?[eE]\+?\d+")
_NUMBER_NOISE = re.compile(r"[\s.=\"'\u00a0-]+")
_QUOTED = re.compile(r'="([^"]*)"')
_FROM_ABROAD = frozenset({"utland", "utlandet", "innvandret", "innvandra", "innvandring"})
_ADDRESS_LINES = ("address_line_1", "address_line_2", "address_line_3")


@dataclass(frozen=True)
class TableShape:
    """Where the fields are. `header` names the columns, `serials`: bare numbers may be spreadsheet dates.

    `guessed` are the fields that no header of their own tells; of them, `divided` share a header that covers several
    columns, and the rest are told by the content of their columns.
    """

    header: Sequence[str]
    positions: Mapping[str, int]
    serials: bool = False
    guessed: frozenset[str] = frozenset()
    divided: frozenset[str] = frozenset()

    @property
    def columns(self) -> Columns:
        """Return what the file calls the fields that later checks may complain about."""
        name = self.called("name") or self.called("family_name")
        address = self.called("street_address") or self.called("address_line_1")
        return Columns(
            self.called("national_id"),
            name,
            self.called("birth_date"),
            self.called("moved_on"),
            self.called("postcode"),
            address,
            self.called("status"),
        )

    def called(self, field: str) -> str:
        """Return the header of `field`, or "" when the table has no such column."""
        return self.header[self.positions[field]] if field in self.positions else ""


def shape_of(table: Table, mapping: Mapping[str, str], context: ExtractContext) -> TableShape:
    """Return where the fields of `table` are: as `mapping` says, else by header, else by content. Raises MappingError.

    Columns may be missing: `headers.refuse_incomplete` tells.
    """
    chosen = headers.chosen(table.header, mapping)
    known = headers.merged(mapping, chosen, headers.recognised(table.header))
    divided = headers.divided_name(known, table.spans) if "name" not in mapping else {}
    if divided:
        del known["name"]
    guess = ContentGuess(table, context.municipalities, context.postcodes)
    positions = headers.merged(mapping, known, divided, guess.positions({**known, **divided}))
    guessed = frozenset(positions.keys() - known.keys())
    return TableShape(table.header, positions, table.serials, guessed, guessed & divided.keys())


def rows(shape: TableShape, records: Iterable[tuple[int, Cells]], context: ExtractContext) -> Iterator[RegisterRow]:
    """Yield a row for each of `records` (row, cells) that is not blank. Raises NoRowsError when there is none."""
    reader = _Reader(shape, context)
    count = 0
    for row, cells in records:
        if any(cells):
            count += 1
            yield reader.row_of(row, cells)
    if not count:
        raise NoRowsError


def _written(cell: str) -> str:
    return written_name(clean_text(cell))


def _is_graded(cell: str) -> bool:
    return grading_of_cell(cell) is not Grading.UNGRADED


def _day_of_any_cell(cell: str, serials: bool) -> date:
    return day_of_cell(clean_text(cell), serials=serials)


class _Reader:
    """Reads rows of one shape; what does not differ from row to row is made once."""

    def __init__(self, shape: TableShape, context: ExtractContext) -> None:
        self._shape, self._context = shape, context
        self._columns = shape.columns
        self._width = len(shape.header)
        # Fields that the table lacks are read from an empty cell that each row gets at its end.
        self._at = {field: shape.positions.get(field, self._width) for field in headers.FIELDS}
        # A file has a few hundred municipalities and some thousand dates and names, again and again.
        self._is_graded = lru_cache(maxsize=256)(_is_graded)
        self._came_from = lru_cache(maxsize=4_096)(self._origin)
        self._written = lru_cache(maxsize=16_384)(_written)
        self._number_of = lru_cache(maxsize=4_096)(context.municipalities.number_of)
        self._day_of = lru_cache(maxsize=4_096)(_day_of_any_cell)
        self._address_lines = [field for field in _ADDRESS_LINES if field in shape.positions]
        self._has_more_lines = bool(self._address_lines) or "care_of" in shape.positions
        self._has_whole_name = "name" in shape.positions
        self._number_at, self._grading_at = self._at["national_id"], self._at["grading"]
        self._before_at, self._country_at = self._at["previous_municipality"], self._at["previous_country"]
        self._problems: list[Problem] = []

    def row_of(self, row: int, raw_cells: Cells) -> RegisterRow:
        """Return the register row of `raw_cells`, which may be fewer or more than the headers."""
        self._problems = []
        cells = self._without_errors(row, self._even(row, raw_cells))
        number = self._number(row, cells)
        birth_date = self._birth(row, cells)
        moved_on = self._day(row, cells, "moved_on")
        street, postcode, place = self._street(row, cells)
        address = self._address(row, cells, street, postcode, place)
        return RegisterRow(
            row=row,
            national_ids=(number,) if number else (),
            name=self._name(row, cells),
            birth_date=birth_date,
            birth_year=birth_date.year if birth_date else None,
            status=self._status(row, cells),
            is_protected=self._is_graded(cells[self._grading_at]),
            municipality=self._municipality(cells),
            postcode=postcode,
            address=address,
            has_postal_address=False,
            dwelling=self._dwelling(cells, street, postcode),
            moved_on=moved_on,
            stays=(),
            immigrations=(),
            came_from=self._came_from(cells[self._before_at], cells[self._country_at]),
            problems=tuple(self._problems),
            columns=self._columns,
        )

    def _even(self, row: int, raw_cells: Cells) -> Cells:
        """Return as many cells as there are headers, without spaces around, and one empty cell after them."""
        cells = [cell.strip() for cell in raw_cells]
        if len(cells) > self._width and any(cells[self._width :]):
            self._complain(row, "", Code.TOO_MANY_CELLS)
        missing = self._width - len(cells)
        if missing > 0 and len(cells) <= self._at["grading"] < self._width:
            # Half a line, of a file that was cut: an empty grading would read as "not protected".
            self._complain(row, self._shape.called("grading"), Code.TOO_FEW_CELLS)
        return [*cells[: self._width], *[""] * missing, ""] if missing else [*cells, ""]

    def _without_errors(self, row: int, cells: Cells) -> Cells:
        """Return `cells` with nothing in those that show a spreadsheet's error: nobody knows what they should say."""
        text = "".join(cells)
        if "#" not in text and "Err:" not in text:
            return cells
        broken = {at: field for field, at in self._shape.positions.items() if is_shown_error(cells[at])}
        for field in broken.values():
            self._complain(row, self._shape.called(field), Code.CELL_ERROR)
        return ["" if at in broken else cell for at, cell in enumerate(cells)]

    def _complain(self, row: int, column: str, code: Code) -> None:
        self._problems.append(Problem(row, column, code))

    def _number(self, row: int, cells: Cells) -> str:
        cell = cells[self._number_at]
        if cell.isascii() and cell.isdigit():
            return cell.zfill(11) if len(cell) == 10 else cell
        if _ROUNDED.fullmatch(cell):
            self._complain(row, self._columns.national_id, Code.NATIONAL_ID_ROUNDED)
            return ""
        number = _NUMBER_NOISE.sub("", clean_text(cell))
        return number.zfill(11) if len(number) == 10 else number

    def _birth(self, row: int, cells: Cells) -> date | None:
        cell = cells[self._at["birth_date"]]
        return None if not cell or has_short_year(cell) else self._day(row, cells, "birth_date")

    def _day(self, row: int, cells: Cells, field: str) -> date | None:
        cell = cells[self._at[field]]
        if not cell:
            return None
        try:
            return self._day_of(cell, self._shape.serials)
        except (ValueError, OverflowError):
            self._complain(row, self._shape.called(field), Code.DATE_INVALID)
            return None

    def _name(self, row: int, cells: Cells) -> PersonName:
        family, given = self._name_part(row, cells, "family_name"), self._name_part(row, cells, "given_name")
        whole = self._text(row, cells, "name") if self._has_whole_name else ""
        if whole and not family:
            name = split_name(whole) if not given else PersonName(given, "", whole)
            return PersonName(written_name(name.given), written_name(name.middle), written_name(name.family))
        return PersonName(given, self._name_part(row, cells, "middle_name"), family)

    def _name_part(self, row: int, cells: Cells, field: str) -> str:
        cell = cells[self._at[field]]
        if not cell:
            return ""
        if LOSSY in cell or cell[0] == "=":
            return written_name(self._text(row, cells, field))
        return self._written(cell)

    def _text(self, row: int, cells: Cells, field: str) -> str:
        cell = cells[self._at[field]]
        # Most cells are plain.
        if not cell or (cell.isascii() and cell[0] != "=" and cell.isprintable() and "  " not in cell):
            return cell
        if LOSSY in cell:
            self._complain(row, self._shape.called(field), Code.LOSSY_CHARACTER)
        if cell[0] == "=":
            cell = self._value_of(row, cell, field)
        return clean_text(cell)

    def _value_of(self, row: int, cell: str, field: str) -> str:
        """Return the text of a cell such as ="3370", by which spreadsheets are kept from counting with it."""
        if quoted := _QUOTED.fullmatch(cell):
            return quoted[1]
        self._complain(row, self._shape.called(field), Code.FORMULA)
        return ""

    def _status(self, row: int, cells: Cells) -> str:
        cell = cells[self._at["status"]]
        status = _STATUSES.get(cell) or _STATUSES.get(cell.casefold().replace(" ", ""))
        if status is None:
            self._complain(row, self._columns.status, Code.STATUS_UNKNOWN)
        return status or "ukjent"

    def _municipality(self, cells: Cells) -> str:
        cell = cells[self._at["municipality"]]
        return self._number_of(cell) or cell[:4] if cell else self._context.municipalities.own

    def _origin(self, before: str, country: str) -> CameFrom:
        if country or not before or before.casefold() in _FROM_ABROAD:
            return CameFrom("", country) if country or not before else CameFrom("", before)
        # A municipality that we do not know by name is another one all the same.
        return CameFrom(self._number_of(before) or "ukjent", "")

    def _street(self, row: int, cells: Cells) -> tuple[str, str, str]:
        street = self._text(row, cells, "street_address")
        postcode, place = self._text(row, cells, "postcode"), self._text(row, cells, "place")
        if not postcode and (found := _FULL_ADDRESS.match(street)):
            street, postcode, place = found.groups()
        if not postcode and (found := re.match(r"(\d{4})\s+(\D+)$", place)):
            postcode, place = found.groups()
        if len(postcode) == 3 and postcode.isdigit():
            postcode = "0" + postcode
        return street, postcode, place or self._context.postcodes.place(postcode)

    def _address(self, row: int, cells: Cells, street: str, postcode: str, place: str) -> PostalAddress | None:
        if not self._has_more_lines:
            return PostalAddress((street,), postcode, place) if street else None
        care_of = care_of_line(self._text(row, cells, "care_of"))
        more = [self._text(row, cells, field) for field in self._address_lines]
        lines = tuple(dict.fromkeys(line for line in (care_of, *more, street) if line))
        return PostalAddress(lines, postcode, place) if lines else None

    def _dwelling(self, cells: Cells, street: str, postcode: str) -> Dwelling | None:
        place = street or clean_text(cells[self._at["address_line_1"]])
        return dwelling(street=place, postcode=postcode, number=cells[self._at["dwelling_number"]])
