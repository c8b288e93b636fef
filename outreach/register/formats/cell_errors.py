"""Cells whose value nobody knows: an error such as #N/A, or a formula whose answer was never saved. Pure.

The reader of workbooks gives both as an empty cell, and an empty grading would read as "not protected". So the sheets'
own XML is searched while it is unpacked, and what is found stands in the rows as spreadsheets show an error.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

from outreach.register.problems import UnplacedErrorError

SHOWN = "#FEIL!"
# As spreadsheets show and export them, in Norwegian, English and LibreOffice.
_SHOWN_ERROR = re.compile(r"#[A-ZÆØÅ]+(/[A-Z0-9]+)?[!?]?|Err:\d{3}")
# A cell with the longest formula that a spreadsheet takes is shorter.
_TAIL_BYTES = 1 << 16
_MOST_BYTES_ABOUT_SHEETS = 1 << 20
_SIGNS = (b't="e"', b"t='e'", b"<f", b":f")
_CELL_END = re.compile(rb"</(?:\w+:)?c>")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^<>]*>[^<]")
_KIND = re.compile(rb"""\st\s*=\s*["'](\w+)["']""")
_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Z]{1,3})(\d{1,7})["']""")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^<>]*>")
_LINK = re.compile(rb"<(?:\w+:)?Relationship\s[^<>]*>")
_ATTRIBUTE = re.compile(rb"""\s(?:\w+:)?(id|Id|Target)\s*=\s*["']([^"']*)["']""")
_OLD_EPOCH = re.compile(rb"""\sdate1904\s*=\s*["'](?:1|true)["']""")
_BOOK, _LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"

Places = frozenset[tuple[int, int]]


def is_shown_error(cell: str) -> bool:
    """Say whether a cell holds what a spreadsheet shows for an error: #N/A, #I/T, #REF!, #VERDI!, Err:502."""
    return cell[:1] in ("#", "E") and _SHOWN_ERROR.fullmatch(cell) is not None


class FoundErrors:
    """What was found in one workbook while it was unpacked."""

    def __init__(self) -> None:
        self._places: dict[str, set[tuple[int, int]]] = defaultdict(set)
        self._about_sheets: dict[str, bytes] = {_BOOK: b"", _LINKS: b""}
        self._entry, self._tail = "", b""

    def add(self, entry: str, piece: bytes) -> None:
        """Take the next unpacked piece of `entry`. Raises UnplacedErrorError."""
        name = entry.casefold()
        if name in self._about_sheets and len(self._about_sheets[name]) < _MOST_BYTES_ABOUT_SHEETS:
            self._about_sheets[name] += piece
        text = self._tail + piece if name == self._entry else piece
        self._entry, self._tail = name, text[-_TAIL_BYTES:]
        if any(sign in text for sign in _SIGNS):
            self._places[name].update(_places(text))

    def of_sheet(self, position: int) -> Places:
        """Return (row, column) from 0 of each cell without a known value in the sheet at `position` of the workbook.

        Where the workbook does not tell which entry the sheet is, those of every entry.
        """
        entry = dict(enumerate(self._entries())).get(position, "")
        known = [self._places[entry]] if entry in self._places else [] if entry else self._places.values()
        return frozenset(place for places in known for place in places)

    @property
    def counts_from_1904(self) -> bool:
        """Say whether day numbers of the workbook begin in 1904, as on old Macs."""
        return _OLD_EPOCH.search(self._about_sheets[_BOOK]) is not None

    def _entries(self) -> Iterator[str]:
        """Yield the entry of each sheet in the order of the workbook; "" where nothing tells."""
        links = {}
        for tag in _LINK.findall(self._about_sheets[_LINKS]):
            told = {name.lower(): value for name, value in _ATTRIBUTE.findall(tag)}
            links[told.get(b"id")] = told.get(b"target", b"").decode("utf-8", "replace").casefold()
        for tag in _SHEET.findall(self._about_sheets[_BOOK]):
            target = links.get(dict(_ATTRIBUTE.findall(tag)).get(b"id"), "")
            yield target[1:] if target.startswith("/") else f"xl/{target}" if target else ""


def _places(text: bytes) -> Iterator[tuple[int, int]]:
    # What stands after the last end is whole in the next stretch.
    for cell in _CELL_END.split(text)[:-1]:
        start = max(cell.rfind(b"<c "), cell.rfind(b":c "))
        attributes, _, content = cell[start:].partition(b">")
        if start >= 0 and _is_unknown(attributes, content):
            yield _place(attributes)


def _is_unknown(attributes: bytes, content: bytes) -> bool:
    kind = _KIND.search(attributes)
    if kind is None:
        return _FORMULA.search(content) is not None and _VALUE.search(content) is None
    # A formula whose answer is an empty text says so by its kind.
    return kind[1] == b"e"


def _place(attributes: bytes) -> tuple[int, int]:
    found = _PLACE.search(attributes)
    if found is None:
        raise UnplacedErrorError
    column = 0
    for letter in found[1]:
        column = column * 26 + letter - 64
    return int(found[2]) - 1, column - 1
