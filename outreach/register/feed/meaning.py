"""What an event of the register's feed means for the register copy. Pure: an event's type in, its meaning out.

The feed tells that something happened and not what, so a change that may matter makes the person wait for a fresh
extract. Source of the types: FREG docs @ de3cabb9, "Hendelser fra Folkeregisteret" v1.8. A type that we do not know may
mean anything.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from outreach.errors import N_
from outreach.register.formats.feed import Event


class Meaning(StrEnum):
    """What becomes of the person of an event."""

    DIED = "died"
    EMIGRATED = "emigrated"
    PROTECTED = "protected"
    STALE = "stale"
    NOTHING = "nothing"


# PROTECTED has the words of STALE, since nobody may read out of them that somebody is protected.
REASONS: dict[Meaning, str] = {
    Meaning.DIED: N_("Er død."),
    Meaning.EMIGRATED: N_("Har flyttet til utlandet."),
    Meaning.PROTECTED: N_("Noe er endret i registeret. Vi trenger et nytt uttrekk."),
    Meaning.STALE: N_("Noe er endret i registeret. Vi trenger et nytt uttrekk."),
    Meaning.NOTHING: N_("Endringen betyr ikke noe for oss."),
}
_DECIDED = {
    "personerdoed": Meaning.DIED,
    "personerdod": Meaning.DIED,
    "personerutflyttet": Meaning.EMIGRATED,
    "endringiadressebeskyttelse": Meaning.PROTECTED,
}
# New entries of an address that nobody has moved from or to: renumbering, and corrections from the cadastre.
_NO_MOVES = ("utenflytting", "vedkommuneregulering")
# Parts of the person document that are never read.
_UNREAD_PARTS = frozenset(
    {
        "endringibrukavsamiskspraak",
        "endringifamilierelasjon",
        "endringifoedselinorge",
        "endringiforeldreansvar",
        "endringifratattrettslighandleevne",
        "endringiidentitetsgrunnlag",
        "endringikjoenn",
        "endringikontaktopplysningerfordoedsbo",
        "endringilegitimasjonsdokument",
        "endringiopphold",
        "endringirettslighandleevne",
        "endringisametingetsvalgmanntall",
        "endringisivilstand",
        "endringistatsborgerskap",
        "endringiutenlandskpersonidentifikasjon",
        "endringiutlendingsmyndighetenesidentifikasjonsnummer",
        "endringivergemaal",
    }
)


def meaning_of(type_name: str) -> Meaning:
    """Return what an event of the type `type_name` means, in any case; an unknown type makes the person stale."""
    name = type_name.strip().casefold()
    if name in _UNREAD_PARTS or (name.startswith("endringi") and name.endswith(_NO_MOVES)):
        return Meaning.NOTHING
    return _DECIDED.get(name, Meaning.STALE)


@dataclass
class PersonNews:
    """What the feed says of one number: meanings, each with the day of its last event, date.max when it has none."""

    last_days: dict[Meaning, date] = field(default_factory=dict)

    def add(self, event: Event) -> None:
        """Take one event."""
        meaning = meaning_of(event.type_name)
        day = event.at.date() if event.at else date.max
        self.last_days[meaning] = max(day, self.last_days.get(meaning, date.min))

    @property
    def means_something(self) -> bool:
        """Say whether any of it can change what we hold."""
        return any(meaning is not Meaning.NOTHING for meaning in self.last_days)

    def since(self, seen_as_of: date) -> set[Meaning]:
        """Return what still holds for a person whom an extract of the day `seen_as_of` has shown.

        An event of the day before and earlier is in that extract. Protection always holds: a wrong day, or a table
        without grading, would otherwise take it away.
        """
        return {
            meaning
            for meaning, day in self.last_days.items()
            if meaning is Meaning.PROTECTED or (meaning is not Meaning.NOTHING and day >= seen_as_of)
        }


@dataclass(frozen=True, slots=True)
class Told:
    """What the feed says of one number, as it waits for acceptance."""

    number: str
    news: PersonNews

    def to_list(self) -> list[Any]:
        """Return it as values that JSON knows."""
        return [self.number, {meaning.value: day.isoformat() for meaning, day in self.news.last_days.items()}]

    @classmethod
    def from_list(cls, values: list[Any]) -> "Told":
        """Return what `to_list` wrote."""
        number, days = values
        return cls(number, PersonNews({Meaning(name): date.fromisoformat(day) for name, day in days.items()}))
