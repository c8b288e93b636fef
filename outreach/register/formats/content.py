"""Which column is which field by what stands in it, for columns whose header says nothing. Pure: rows in, places out.

A guess must be almost certain: four of five filled cells, and at least three of them, say the same. A date that decides
who is invited is guessed only where there is no header at all: a column called "sist endret" is no date of moving.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from statistics import median

from outreach.people.national_id import parts_of
from outreach.people.protection import Grading, grading_of
from outreach.register.formats.dates import day_of_cell
from outreach.register.formats.table_head import Table, has_number
from outreach.register.municipalities import Municipalities, Postcodes

_LEAST_CELLS = 3
_LEAST_SHARE = 0.8
_GROWN_YEARS = 10
_STATUS_WORDS = frozenset({"bosatt", "busett", "utflyttet", "utflytta", "død", "doed", "midlertidig", "forsvunnet"})
_STREET = re.compile(r"[^\W\d][^\d]*\s\d{1,4}\s?[A-Za-zÆØÅæøå]?(,?\s\d{4}\s\D+)?")
_DWELLING = re.compile(r"[HULK]\d{4}", re.IGNORECASE)
_COMMA_NAME = re.compile(r"[^\W\d][^\d,]*,\s*[^\W\d][^\d,]*")
Column = Sequence[str]


class ContentGuess:
    """Guesses the fields of the columns of one table from its first rows."""

    def __init__(self, table: Table, municipalities: Municipalities, postcodes: Postcodes) -> None:
        self._table, self._municipalities, self._postcodes = table, municipalities, postcodes
        self._columns = [[_cell(cells, at) for _, cells in table.sample] for at in range(len(table.header))]

    def positions(self, known: Mapping[str, int]) -> dict[str, int]:
        """Return the position of each field that content tells; columns and fields of `known` are left alone."""
        taken = set(known.values())
        found: dict[str, int] = {}
        for field, at in self._candidates(known):
            if at not in taken and field not in found and field not in known:
                found[field] = at
                taken.add(at)
        return found

    def _candidates(self, known: Mapping[str, int]) -> Iterator[tuple[str, int]]:
        """Yield (field, position), the surest first."""
        yield from (("grading", at) for at, column in enumerate(self._columns) if _is_grading(column))
        for field, is_such in self._tests():
            yield from ((field, at) for at, column in enumerate(self._columns) if _holds(column, is_such))
        number = known.get("national_id", self._first(has_number))
        yield from self._births(number)
        postcode = known.get("postcode", self._first(self._is_postcode))
        yield from self._places(postcode)
        if not self._table.has_header:
            yield from self._moves(known, number)

    def _tests(self) -> tuple[tuple[str, Callable[[str], bool]], ...]:
        return (
            ("national_id", has_number),
            ("status", lambda cell: cell.casefold() in _STATUS_WORDS),
            ("dwelling_number", lambda cell: _DWELLING.fullmatch(cell) is not None),
            ("municipality", self._is_own),
            ("postcode", self._is_postcode),
            ("street_address", lambda cell: _STREET.fullmatch(cell) is not None),
            ("name", lambda cell: _COMMA_NAME.fullmatch(cell) is not None),
        )

    def _first(self, is_such: Callable[[str], bool]) -> int | None:
        return next((at for at, column in enumerate(self._columns) if _holds(column, is_such)), None)

    def _is_postcode(self, cell: str) -> bool:
        return len(cell) in (3, 4) and self._postcodes.knows(cell.zfill(4))

    def _is_own(self, cell: str) -> bool:
        return len(cell) in (3, 4) and self._municipalities.number_of(cell) == self._municipalities.own

    def _births(self, number: int | None) -> Iterator[tuple[str, int]]:
        """Yield the columns of dates that are those of the national numbers."""
        if number is None:
            return
        numbers = self._columns[number]
        for at, column in enumerate(self._columns):
            pairs = [(cell, other) for cell, other in zip(column, numbers, strict=True) if cell and has_number(other)]
            if len(pairs) >= _LEAST_CELLS and _share(_is_birth(*pair) for pair in pairs) >= _LEAST_SHARE:
                yield "birth_date", at

    def _places(self, postcode: int | None) -> Iterator[tuple[str, int]]:
        """Yield the columns that repeat the name of the postcode's place."""
        if postcode is None:
            return
        places = [self._postcodes.place(cell.zfill(4)) for cell in self._columns[postcode]]
        for at, column in enumerate(self._columns):
            pairs = [(cell, place) for cell, place in zip(column, places, strict=True) if cell and place]
            same = _share(cell.casefold() == place.casefold() for cell, place in pairs)
            if len(pairs) >= _LEAST_CELLS and same >= _LEAST_SHARE:
                yield "place", at

    def _moves(self, known: Mapping[str, int], number: int | None) -> Iterator[tuple[str, int]]:
        """Yield the one column of dates that is no birth date, and the one of municipalities that is not the own."""
        births = {at for _, at in self._births(number)} | {known.get("birth_date")}
        dates = [at for at, column in enumerate(self._columns) if at not in births and _holds(column, _is_date)]
        if number is None and len(dates) == 2:
            dates = _later(dates, self._columns)
        if len(dates) == 1:
            yield "moved_on", dates[0]
        others = [at for at, column in enumerate(self._columns) if _holds(column, self._is_other)]
        if len(others) == 1:
            yield "previous_municipality", others[0]

    def _is_other(self, cell: str) -> bool:
        is_number = len(cell) in (3, 4) and cell.isdigit()
        return is_number and cell.zfill(4) in self._municipalities.folded and not self._is_own(cell)


def _cell(cells: Sequence[str], at: int) -> str:
    return cells[at].strip() if at < len(cells) else ""


def _holds(column: Column, is_such: Callable[[str], bool]) -> bool:
    filled = [cell for cell in column if cell]
    return len(filled) >= _LEAST_CELLS and _share(is_such(cell) for cell in filled) >= _LEAST_SHARE


def _share(answers: Iterator[bool]) -> float:
    given = list(answers)
    return sum(given) / len(given) if given else 0.0


def _is_grading(column: Column) -> bool:
    """Say whether every filled cell is a word of the register's for a grading; most cells are empty, so one is enough.

    "Nei" and digits stand in many columns and tell nothing.
    """
    filled = [cell for cell in column if cell]
    return bool(filled) and all(not cell.isdigit() and grading_of(cell) is not Grading.UNKNOWN for cell in filled)


def _is_date(cell: str) -> bool:
    return _date(cell) is not None


def _date(cell: str) -> date | None:
    try:
        return day_of_cell(cell)
    except (ValueError, OverflowError):
        return None


def _is_birth(cell: str, number: str) -> bool:
    day = _date(cell)
    return day is not None and parts_of("".join(number.split()).zfill(11)).may_be_born_on(day)


def _later(positions: Sequence[int], columns: Sequence[Column]) -> list[int]:
    """Return which of two columns of dates is later by far, or none."""
    first, second = (median(day.year for cell in columns[at] if (day := _date(cell))) for at in positions)
    if abs(first - second) < _GROWN_YEARS:
        return []
    return [positions[0] if first > second else positions[1]]
