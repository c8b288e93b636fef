"""What an invitation can be, and which persons go together in one. Pure: persons in, parties out.

A household is asked by one invitation; a person without a household by one of their own. Someone who is asked already
is never asked again; someone new in a household that has an invitation joins it, since its code is in their kitchen.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from outreach.errors import N_


class State(StrEnum):
    """`revoked`: the code opens nothing any more; `erased`: the people behind it are gone from our records."""

    ACTIVE = "active"
    REVOKED = "revoked"
    ERASED = "erased"


STATE_WORDS = {
    State.ACTIVE: N_("Gjelder"),
    State.REVOKED: N_("Trukket tilbake"),
    State.ERASED: N_("Slettet"),
}


@dataclass(frozen=True)
class Made:
    """An invitation that exists: its id, whether it is active, and the highest position in it."""

    invitation_id: int
    is_active: bool
    last_position: int


class EventTerms(Protocol):
    """What decides whether answers to an event are taken."""

    @property
    def state(self) -> str:
        """Return the state of the event."""

    @property
    def answer_by(self) -> date:
        """Return the last day for answers (Europe/Oslo, inclusive)."""

    @property
    def starts_at_utc(self) -> datetime:
        """Return when it begins."""

    @property
    def series_id(self) -> int | None:
        """Return the series that it is in, or None."""


class Asked(Protocol):
    """An invitation as answering needs it: opened by its code, or as it is stored."""

    @property
    def id(self) -> int:
        """Return its id."""

    @property
    def event_id(self) -> int:
        """Return the event that it asks to."""

    @property
    def event(self) -> EventTerms:
        """Return that event's terms."""


@dataclass(frozen=True)
class AskedTo:
    """The event of an invitation, as far as its household's pages tell of it. `answer_by`: as in `events.models`."""

    id: int
    slug: str
    kind: str
    state: str
    title: str
    starts_at_utc: datetime
    ends_at_utc: datetime
    venue: str
    venue_address: str
    access_information: str
    brings: str
    capacity: int | None
    capacity_adults: int | None
    capacity_children: int | None
    capacity_wheelchairs: int | None
    answer_by: date
    changed_at_utc: datetime
    series_id: int | None
    nearest_stop: str
    parking: str


@dataclass(frozen=True)
class OpenedInvitation:
    """An invitation whose code somebody has. `code` is ungrouped. `is_signed_up`: nobody asked them.

    `language`: as in `invitations.models`, "nb" where nobody has told us.
    """

    id: int
    code: str
    state: State
    event: AskedTo
    is_signed_up: bool
    language: str

    @property
    def event_id(self) -> int:
        """Return the event that it asks to."""
        return self.event.id


@dataclass(frozen=True)
class Plan:
    """What to make. `parties`: household or None, persons in order. `joiners`: invitation, position, person."""

    parties: tuple[tuple[int | None, tuple[int, ...]], ...]
    joiners: tuple[tuple[int, int, int], ...]


def plan(persons: Iterable[tuple[int, int | None]], *, asked: frozenset[int], made: Mapping[int, Made]) -> Plan:
    """Return what to make for `persons`, (person, household) in the order of the letter.

    `asked`: persons with an invitation to the event; `made`: invitations by household. A household whose invitation
    was revoked or erased is left alone: somebody decided that.
    """
    parties: dict[int | None, list[int]] = {}
    single: list[tuple[None, tuple[int, ...]]] = []
    joiners: list[tuple[int, int, int]] = []
    positions = {household: invitation.last_position for household, invitation in made.items()}
    for person, household in persons:
        if person in asked:
            continue
        if household is None:
            single.append((None, (person,)))
        elif household not in made:
            parties.setdefault(household, []).append(person)
        elif made[household].is_active:
            positions[household] += 1
            joiners.append((made[household].invitation_id, positions[household], person))
    grouped = [(household, tuple(members)) for household, members in parties.items()]
    return Plan(parties=(*grouped, *single), joiners=tuple(joiners))
