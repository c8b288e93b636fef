"""Folkeregisteret person documents: JSON array, NDJSON, `bulkoppslag`, Tenor's search. Pure: text stream in, rows out.

Source: FREG docs @ de3cabb9 (information model 1.5/1.6.1; promises.md 9). Every property may be missing, every
code may be new or in capitals; what decides (number, dates, grading) is read strictly.
"""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any, TextIO

from outreach.people.person import PersonName, clean_text, written_name
from outreach.people.postal_address import PostalAddress
from outreach.people.protection import Grading, grading_of
from outreach.register.formats import json_stream
from outreach.register.formats.dates import day_of
from outreach.register.formats.encoding import LOSSY
from outreach.register.formats.freg_addresses import (
    UNKNOWN,
    address_key,
    municipality_of,
    postal_address_of,
    residence_of,
    text_of,
)
from outreach.register.problems import Code, EventFeedError, NoRowsError, NotPersonsError, OnlyNumbersError, Problem
from outreach.register.register_row import Columns, ExtractContext, Immigration, RegisterRow, Stay, UnreadableRow

_NUMBER = "foedselsEllerDNummer"
_PERSON = "folkeregisterperson"
# Answers of a bulk lookup, and of Tenor's search.
_LISTS = ("oppslag", "dokumentListe")
_GRADED = ("bostedsadresse", "oppholdsadresse", "deltBosted", "postadresse", "postadresseIUtlandet")
_KNOWN_STATUSES = frozenset(
    {"bosatt", "utflyttet", "forsvunnet", "doed", "opphoert", "foedselsregistrert", "midlertidig", "inaktiv"}
    | {"ikkebosatt", "aktiv"}
)
COLUMNS = Columns(
    national_id=_NUMBER,
    name="navn",
    birth_date="foedsel.foedselsdato",
    moved_on="bostedsadresse.flyttedato",
    postcode="bostedsadresse.postnummer",
    address="bostedsadresse",
    status="status",
)
Entry = dict[str, Any]


def read(stream: TextIO, context: ExtractContext) -> Iterator[RegisterRow | UnreadableRow]:
    """Yield a row for each person in `stream`. Raises UnusableFileError when the file holds something else."""
    row, memory = 0, _Memory()
    for at, value in json_stream.values(stream):
        for document in _documents(value, is_first=row == 0):
            row = max(at, row + 1)
            yield _row_of(document, row, context, memory)
    if not row:
        raise NoRowsError


def _documents(value: Any, *, is_first: bool) -> list[Any]:
    if isinstance(value, dict):
        for name in _LISTS:
            if isinstance(value.get(name), list):
                return [_unwrapped(one) for one in value[name]]
    document = _unwrapped(value)
    if is_first:
        _refuse_other_kinds(document)
    return [document]


def _unwrapped(document: Any) -> Any:
    """Return the person document that an answer of Tenor's search holds as a text, or `document` when it is none."""
    wrapping = document.get("tenorMetadata") if isinstance(document, dict) else None
    source = wrapping.get("kildedata") if isinstance(wrapping, dict) else None
    return json_stream.parsed(source) if isinstance(source, str) else document


def _refuse_other_kinds(value: Any) -> None:
    if not isinstance(value, dict):
        raise NotPersonsError
    if "hendelse" in value or "hendelsetype" in value:
        raise EventFeedError
    if isinstance(value.get(_NUMBER), list):
        raise OnlyNumbersError
    if not value:
        raise NoRowsError
    if not {_PERSON, _NUMBER, "identifikasjonsnummer", "navn"} & value.keys():
        raise NotPersonsError


def _row_of(document: Any, row: int, context: ExtractContext, memory: "_Memory") -> RegisterRow | UnreadableRow:
    if not isinstance(document, dict):
        return UnreadableRow(Problem(row, "", Code.NOT_A_PERSON))
    if "feilmelding" in document:
        return UnreadableRow(Problem(row, "feilmelding", Code.LOOKUP_ERROR))
    person = document.get(_PERSON, document)
    if not isinstance(person, dict):
        return UnreadableRow(Problem(row, _PERSON, Code.NOT_A_PERSON))
    return _Reading(person, row, context, memory).row_for(document.get(_NUMBER))


class _Memory:
    """What one file says again and again: dates and names. Forgotten with the file."""

    def __init__(self) -> None:
        self.day_of = lru_cache(maxsize=16_384)(day_of)
        self.written = lru_cache(maxsize=16_384)(_written)


class _Reading:
    """The reading of one document: collects problems on the way."""

    def __init__(self, person: Entry, row: int, context: ExtractContext, memory: _Memory) -> None:
        self._person, self._row, self._context, self._memory = person, row, context, memory
        self._problems: list[Problem] = []
        self._entries_of: dict[str, list[Entry]] = {}

    def row_for(self, asked: Any) -> RegisterRow:
        """Return the row; `asked` is the number that the document was looked up by."""
        homes = self._entries("bostedsadresse")
        home = next((entry for entry in homes if _is_current(entry)), None)
        residence = residence_of(home) if home else UNKNOWN
        postal = self._postal()
        birth_date, birth_year = self._birth()
        return RegisterRow(
            row=self._row,
            national_ids=self._numbers(asked),
            name=self._name(),
            birth_date=birth_date,
            birth_year=birth_year,
            status=self._status(),
            is_protected=self._is_protected(),
            municipality=self._context.municipalities.fold(residence.municipality),
            postcode=residence.postcode,
            address=postal or residence.address,
            has_postal_address=postal is not None,
            dwelling=residence.dwelling,
            moved_on=self._since(home) if home else None,
            stays=tuple(self._stay(entry) for entry in homes),
            immigrations=self._immigrations(),
            came_from=None,
            problems=self._found(home, postal or residence.address),
            columns=COLUMNS,
        )

    def _found(self, home: Entry | None, address: PostalAddress | None) -> tuple[Problem, ...]:
        # The register always grades a residence; without the mark we cannot know, so the row is not used.
        if home is not None and home.get("adressegradering") is None:
            self._complain("bostedsadresse.adressegradering", Code.GRADING_MISSING)
        if address is not None and any(LOSSY in line for line in (*address.lines, address.place)):
            self._complain(COLUMNS.address, Code.LOSSY_CHARACTER)
        return tuple(dict.fromkeys(self._problems))

    def _entries(self, name: str) -> list[Entry]:
        """Return the entries of a property. Asked several times for the same, so that is remembered."""
        found = self._entries_of.get(name)
        if found is None:
            value = self._person.get(name)
            if not value:
                return []
            values = value if isinstance(value, list) else [value]
            found = self._entries_of[name] = [entry for entry in values if isinstance(entry, dict)]
        return found

    def _current(self, name: str) -> Entry:
        for entry in self._entries(name):
            if _is_current(entry):
                return entry
        return {}

    def _complain(self, column: str, code: Code) -> None:
        self._problems.append(Problem(self._row, column, code))

    def _day(self, value: Any, column: str) -> date | None:
        if value is None or value == "":
            return None
        try:
            return self._memory.day_of(value)
        except (ValueError, TypeError, OverflowError):
            self._complain(column, Code.DATE_INVALID)
            return None

    def _numbers(self, asked: Any) -> tuple[str, ...]:
        entries = self._entries("identifikasjonsnummer")
        if len(entries) > 1:
            entries.sort(key=lambda entry: not (_is_current(entry) and _code(entry.get("status")) != "opphoert"))
        numbers = [text_of(entry.get(_NUMBER)).strip() for entry in entries] + [text_of(asked).strip()]
        return tuple(dict.fromkeys(number for number in numbers if number))

    def _name(self) -> PersonName:
        entry = self._current("navn")
        given = (entry.get("fornavn"), entry.get("mellomnavn"), entry.get("etternavn"))
        parts = [part if part and isinstance(part, str) else "" for part in given]
        if any(LOSSY in part for part in parts):
            self._complain(COLUMNS.name, Code.LOSSY_CHARACTER)
        return PersonName(*[self._memory.written(part) if part else "" for part in parts])

    def _birth(self) -> tuple[date | None, int | None]:
        entry = self._current("foedsel")
        day = self._day(entry.get("foedselsdato"), COLUMNS.birth_date)
        year = text_of(entry.get("foedselsaar"))
        return day, day.year if day else int(year) if len(year) == 4 and year.isdecimal() else None

    def _status(self) -> str:
        if self._day(self._current("doedsfall").get("doedsdato"), "doedsfall.doedsdato"):
            return "doed"
        entry = self._current("status")
        if not entry:  # a lookup without the part "status": whoever has a residence in force is a resident
            return "bosatt" if self._current("bostedsadresse") else ""
        status = _code(entry.get("status"))
        if status not in _KNOWN_STATUSES:
            self._complain("status", Code.STATUS_UNKNOWN)
            return "ukjent"
        return status

    def _is_protected(self) -> bool:
        for entry in self._entries("adressebeskyttelse"):
            if _is_current(entry) and grading_of(entry.get("graderingsnivaa")) is not Grading.UNGRADED:
                return True
        for name in _GRADED:
            for entry in self._entries(name):
                grade = entry.get("adressegradering")
                if grade is not None and _is_current(entry) and grading_of(grade) is not Grading.UNGRADED:
                    return True
        return False

    def _postal(self) -> Any:
        for name in ("postadresse", "postadresseIUtlandet"):
            if entry := self._current(name):
                return postal_address_of(entry)
        return None

    def _since(self, entry: Entry) -> date | None:
        """Return the date of a residence: `flyttedato`, a plain date, before the moment from which it is valid."""
        moved = entry.get("flyttedato")
        return self._day(moved or entry.get("gyldighetstidspunkt"), COLUMNS.moved_on)

    def _stay(self, entry: Entry) -> Stay:
        return Stay(
            since=self._since(entry),
            municipality=self._context.municipalities.fold(municipality_of(entry)),
            address_key=address_key(entry),
            is_current=_is_current(entry),
            is_ended=entry.get("opphoerstidspunkt") is not None,
            updated=text_of(entry.get("ajourholdstidspunkt")),
        )

    def _immigrations(self) -> tuple[Immigration, ...]:
        return tuple(
            Immigration(
                self._day(entry.get("gyldighetstidspunkt"), "innflytting"), text_of(entry.get("fraflyttingsland"))[:8]
            )
            for entry in self._entries("innflytting")
        )


def _written(name: str) -> str:
    return written_name(clean_text(name))


def _is_current(entry: Entry) -> bool:
    """Say whether an entry is in force; the mark is optional, and then an end tells."""
    mark = entry.get("erGjeldende")
    return mark is not False if mark is not None else entry.get("opphoerstidspunkt") is None


def _code(value: Any) -> str:
    return value.strip().casefold() if isinstance(value, str) else ""
