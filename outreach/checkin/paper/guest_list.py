"""The guest list in sheets. In: parties. Out: lines by surname, in sheets, and the JSON that Typst sets them from.

A line is a ticket and stands under its first adult; the others' names stand on it too.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from outreach.checkin.names.name_index import Party, names_for_door
from outreach.formats.norwegian_order import order_key

LINES_A_SHEET = 24


@dataclass(frozen=True)
class ListLine:
    """One line as it is printed."""

    number: int
    ticket_id: int
    names: str
    persons: int


def sheets(parties: Iterable[Party]) -> list[list[ListLine]]:
    """Return the lines of `parties` by surname, numbered from 1, in sheets of LINES_A_SHEET; none without guests."""
    ordered = sorted(parties, key=_order)
    lines = [ListLine(at, party.ticket_id, shown(party), party.persons) for at, party in enumerate(ordered, start=1)]
    return [lines[at : at + LINES_A_SHEET] for at in range(0, len(lines), LINES_A_SHEET)]


def _order(party: Party) -> tuple[str, list[str], int]:
    names = [order_key(name) for name in names_for_door(party.comers)]
    return order_key(party.surname), names, party.ticket_id


def shown(party: Party) -> str:
    """Return the names of a party on one line, the surname that it stands under first."""
    first, *others = names_for_door(party.comers)
    given = first.removesuffix(f" {party.surname}")
    listed = f"{party.surname}, {given}" if party.surname and given != first else first
    return "; ".join([listed, *others])


def printed(
    printed_sheets: Sequence[Sequence[ListLine]], qrs: Sequence[bytes], words: dict[str, Any]
) -> dict[str, Any]:
    """Return the data of the Typst template: `words` with the sheets, each with its QR as PNG bytes."""
    return {
        **words,
        "sheets": [
            {"number": at, "qr": list(qr), "lines": [[line.number, line.names, line.persons] for line in lines]}
            for at, (lines, qr) in enumerate(zip(printed_sheets, qrs, strict=True), start=1)
        ],
    }
