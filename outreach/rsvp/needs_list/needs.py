"""Needs put together for those who provide them. In: one line a need. Out: a list for each provider, without names.

Health and belief are special categories (GDPR art. 9), so each provider gets what it must know and nothing else: the
kitchen hears of food only, and nobody hears who it is. Lists of small numbers are no statistics but orders to fill.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from outreach.errors import N_
from outreach.rsvp.answer import NeedKind


class Provider(StrEnum):
    """Who gets a list."""

    KITCHEN = "kjokken"
    INTERPRETER = "tolk"
    TRANSPORT = "skyss"
    HALL = "lokale"
    OTHER = "annet"


KINDS: dict[Provider, tuple[NeedKind, ...]] = {
    Provider.KITCHEN: (NeedKind.DIET, NeedKind.ALLERGY),
    Provider.INTERPRETER: (NeedKind.INTERPRETER,),
    Provider.TRANSPORT: (NeedKind.TRANSPORT,),
    Provider.HALL: (NeedKind.WHEELCHAIR, NeedKind.HEARING_LOOP),
    Provider.OTHER: (NeedKind.OTHER,),
}
PROVIDER_WORDS: dict[Provider, str] = {
    Provider.KITCHEN: N_("Kjøkken"),
    Provider.INTERPRETER: N_("Tolk"),
    Provider.TRANSPORT: N_("Skyss"),
    Provider.HALL: N_("Lokale"),
    Provider.OTHER: N_("Annet"),
}
NEED_WORDS: dict[NeedKind, str] = {
    NeedKind.DIET: N_("Spesiell mat"),
    NeedKind.ALLERGY: N_("Allergi"),
    NeedKind.INTERPRETER: N_("Tolk"),
    NeedKind.WHEELCHAIR: N_("Plass til rullestol"),
    NeedKind.HEARING_LOOP: N_("Teleslynge"),
    NeedKind.TRANSPORT: N_("Skyss"),
    NeedKind.OTHER: N_("Noe annet"),
}


@dataclass(frozen=True)
class NeedLine:
    """One need: its own words, perhaps none. `persons`: 1 when it is one person's, else how many come of the party
    whose need it is. `invitation_id`: whom to ask."""

    kind: NeedKind
    text: str
    persons: int
    invitation_id: int


def by_provider(lines: Iterable[NeedLine]) -> dict[Provider, list[NeedLine]]:
    """Return the lines of each provider that has any, by kind and words, so that what is alike stands together."""
    found = list(lines)
    order = list(NeedKind)
    lists = {
        provider: sorted(
            (line for line in found if line.kind in kinds),
            key=lambda line: (order.index(line.kind), line.text.casefold(), line.invitation_id),
        )
        for provider, kinds in KINDS.items()
    }
    return {provider: lines for provider, lines in lists.items() if lines}
