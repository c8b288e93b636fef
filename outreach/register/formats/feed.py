"""Folkeregisteret's feed of events (`hendelser/feed`) as JSON. Pure: a text stream in, events out, nothing decided.

An event says that something happened to a number, never what the person's data are now: no name, no address, no
municipality. Source: FREG docs @ de3cabb9, `konsumenttjenester/hendelsesliste.md`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TextIO

from outreach.people.person import clean_text
from outreach.register.formats import json_stream
from outreach.register.formats.dates import OSLO
from outreach.register.formats.freg_addresses import text_of
from outreach.register.problems import Code, NoRowsError, NotPersonsError, Problem
from outreach.register.register_row import UnreadableRow

_NUMBER = "folkeregisteridentifikator"
_LONGEST_TYPE = 80
COLUMN = f"hendelse.{_NUMBER}"


@dataclass(frozen=True, slots=True)
class Event:
    """One event: its row in the file, the number as written, the type's name, its place in the feed, and its time.

    `sequence` and `at` (in Europe/Oslo) are None when the file does not say.
    """

    row: int
    number: str
    type_name: str
    sequence: int | None
    at: datetime | None


def read(stream: TextIO) -> Iterator[Event | UnreadableRow]:
    """Yield the events of `stream` in their order. Raises UnusableFileError when the file holds something else."""
    row = 0
    for at, value in json_stream.values(stream):
        entry = _entry(value)
        if row == 0 and entry is None:
            raise NotPersonsError
        row = max(at, row + 1)
        yield _event(value, entry, row) if entry else UnreadableRow(Problem(row, "hendelse", Code.NOT_AN_EVENT))
    if not row:
        raise NoRowsError


def _entry(value: Any) -> dict[str, Any] | None:
    if not isinstance(value, dict):
        return None
    entry = value.get("hendelse", value)
    return entry if isinstance(entry, dict) and ("hendelsetype" in entry or _NUMBER in entry) else None


def _event(value: dict[str, Any], entry: dict[str, Any], row: int) -> Event:
    sequence = text_of(value.get("sekvensnummer", entry.get("sekvensnummer")))
    return Event(
        row=row,
        number=text_of(entry.get(_NUMBER)).strip(),
        type_name=clean_text(text_of(entry.get("hendelsetype")))[:_LONGEST_TYPE],
        sequence=int(sequence) if sequence.isascii() and sequence.isdigit() and len(sequence) < 19 else None,
        at=_moment(entry.get("ajourholdstidspunkt")),
    )


def _moment(value: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value)
        return moment.astimezone(OSLO) if moment.tzinfo else moment.replace(tzinfo=OSLO)
    except (TypeError, ValueError, OverflowError):
        return None
