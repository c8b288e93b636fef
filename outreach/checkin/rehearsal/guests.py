"""The made-up guests of a rehearsal. In: an event. Out: tickets as the door needs them, with what each should show.

None of them is a row: they are the same each time, so a printed sheet stays good, and no code of theirs is a guest's.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from outreach.checkin.scan_ticket import TicketRow
from outreach.errors import N_
from outreach.formats.short_code import ALPHABET

PURPOSE = "rehearsal ticket"
ELSEWHERE = "rehearsal elsewhere"
_SELECTOR_LENGTH = 6
_MADE_UTC = datetime(2020, 1, 1, tzinfo=UTC)
# How many may come in without a ticket, so that "full" can be seen.
FREE_PLACES = 4


@dataclass(frozen=True)
class MadeUpGuest:
    """One ticket to practise on: who it is said to be, and in words what the phone should show."""

    number: int
    name: str
    persons: int
    shows: str
    is_valid: bool = True
    generation: int = 1
    needs: str = ""
    is_elsewhere: bool = False


GUESTS = (
    MadeUpGuest(1, "Øve Olsen", 1, N_("Grønt. Skann den en gang til: rødt, allerede inne.")),
    MadeUpGuest(
        2, "Prøve Pedersen", 5, N_("Grønt, fem personer. Velg at tre kom. Skann igjen: gult, slipp inn resten.")
    ),
    MadeUpGuest(
        3, "Teste Tangen", 2, N_("Grønt. Telefonen sier fra om rullestol når arrangøren har valgt det."), needs="w"
    ),
    MadeUpGuest(4, "Dobbel Dahl", 1, N_("Skann den ved to dører samtidig: begge får vite det.")),
    MadeUpGuest(5, "Avlyst Aas", 1, N_("Rødt: avmeldt."), is_valid=False),
    MadeUpGuest(6, "Gammel Glad", 1, N_("Rødt: gammel billett."), generation=2),
    MadeUpGuest(7, "Fremmed Foss", 1, N_("Rødt: ikke på lista."), is_elsewhere=True),
    MadeUpGuest(
        8, "Flytur Fjell", 1, N_("Sett telefonen i flymodus og skann: gult, og den sendes når nettet er tilbake.")
    ),
)


def selector_of(event_id: int, number: int) -> str:
    """Return the selector of made-up guest `number` at the event: the same each time."""
    value, found = event_id * 100 + number, []
    for _ in range(_SELECTOR_LENGTH):
        value, digit = divmod(value, len(ALPHABET))
        found.append(ALPHABET[digit])
    return "".join(found)


def rows(event_id: int) -> list[TicketRow]:
    """Return the made-up tickets that are on the list, in order of number, which is their id."""
    return [
        TicketRow(
            id=guest.number,
            event_id=event_id,
            selector=selector_of(event_id, guest.number),
            generation=guest.generation,
            is_valid=guest.is_valid,
            persons=guest.persons,
            version=1,
            changed_at_utc=_MADE_UTC,
        )
        for guest in GUESTS
        if not guest.is_elsewhere
    ]


def shown_code(guest: MadeUpGuest, event_id: int, code_of: Callable[[str, str, int], str]) -> str:
    """Return the code on the guest's sheet, ungrouped; `code_of(purpose, selector, generation)` computes one."""
    purpose = ELSEWHERE if guest.is_elsewhere else PURPOSE
    return code_of(purpose, selector_of(event_id, guest.number), 1)


def needs_of(told: Mapping[str, str]) -> dict[int, str]:
    """Return the letters of the needs by number, of those kinds that are `told` (letter → kind)."""
    return {guest.number: guest.needs for guest in GUESTS if guest.needs in told}
