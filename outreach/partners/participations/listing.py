"""The list of an event's partners as a table: for staff, and for the council's meetings. Pure.

In: what each line holds. Out: cells of words; none begins as a formula does, whoever opens the file.
"""

from collections.abc import Callable
from dataclasses import dataclass

from outreach.errors import N_
from outreach.formats.safe_csv import safe_row
from outreach.partners.participation import ROLE_WORDS, STATE_WORDS, Role, State

COLUMNS = (
    N_("Partner"), N_("Organisasjonsnummer"), N_("Rolle"), N_("Svar"), N_("Plass"), N_("Strøm"), N_("Bord"),
    N_("Skjerm"), N_("Noe annet?"), N_("I programmet"), N_("Kontakt"), N_("E-post"), N_("Telefon"),
    N_("Oppgaver gjort"), N_("Oppgaver i alt"),
)  # fmt: skip
# Of several events, for the council's meetings: each line begins with which one, and when.
COLUMNS_OF_ALL = (N_("Arrangement"), N_("Når"), *COLUMNS)
WIDTHS = (32, 18, 12, 14, 12, 8, 8, 8, 40, 32, 24, 30, 16, 14, 14)
WIDTHS_OF_ALL = (32, 24, *WIDTHS)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One partner in one role, as the list has it; contact "" where there is none."""

    name: str
    number: str
    role: Role
    state: State
    was_asked: bool
    place: str
    power: bool
    tables: int
    screen: bool
    note: str
    slot: str
    contact: str
    email: str
    phone: str
    done: int
    tasks: int


def state_words(state: State, *, was_asked: bool) -> str:
    """Return how far it has come, as a source text."""
    return N_("Ikke spurt ennå") if state is State.ASKED and not was_asked else STATE_WORDS[state]


def cells(line: Line, say: Callable[[str], str]) -> list[object]:
    """Return the cells of a line under COLUMNS, in the language of `say`."""
    words = (say(N_("Nei")), say(N_("Ja")))
    row = [
        line.name, line.number, say(ROLE_WORDS[line.role]), say(state_words(line.state, was_asked=line.was_asked)),
        line.place, words[line.power], line.tables, words[line.screen], line.note, line.slot, line.contact, line.email,
        line.phone, line.done, line.tasks,
    ]  # fmt: skip
    return safe_row(row)
