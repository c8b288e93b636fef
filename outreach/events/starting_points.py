"""What a new event's form begins with, so that staff change words instead of finding them. In: the kind and today.

The welcome evening is proposed for the last Thursday of November, 18 to 21, the next one that is at least four weeks
away: letters need that long. Texts are bokmål source texts.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from outreach.errors import N_
from outreach.events.event import Kind

_LETTERS_NEED = timedelta(weeks=4)
_NOVEMBER = 11
_THURSDAY = 3


@dataclass(frozen=True)
class StartingPoint:
    """Title, texts and local times (Europe/Oslo) that a form begins with; times are None when there is no custom."""

    title: str
    description: str
    programme: str
    starts: datetime | None = None
    ends: datetime | None = None


TITLES = {
    Kind.NY_I_MODUM: N_("Ny i Modum-kveld"),
    Kind.MEETUP: N_("Treff for Modum-ungdom"),
    Kind.GATHERING: N_("Samling i Modum"),
}
_DESCRIPTION = {
    Kind.NY_I_MODUM: N_(
        "Vi vil gjerne bli kjent med deg som er ny hos oss.\n\n"
        "Du møter naboer, lag og foreninger, og folk fra kommunen som kan svare på spørsmål. "
        "Vi byr på mat. Ta gjerne med barna. Det koster ingenting."
    ),
    Kind.MEETUP: N_(
        "Bor du borte fra Modum for å studere eller jobbe? Kom og treff andre fra Modum.\n\n"
        "Vi byr på mat, og forteller hva som skjer hjemme."
    ),
    Kind.GATHERING: N_("Er du hjemme i Modum? Kom og treff kjente og bedrifter fra Modum.\n\nVi byr på mat."),
}
_PROGRAMME = {
    Kind.NY_I_MODUM: N_(
        "- kl. 18.00: Ordføreren ønsker velkommen\n- kl. 18.30: Mat\n"
        "- kl. 19.15: Besøk bordene til lag, foreninger og tjenester\n- kl. 20.45: Takk for i kveld"
    ),
    Kind.MEETUP: "",
    Kind.GATHERING: "",
}


def starting_point(kind: Kind, today: date) -> StartingPoint:
    """Return what a new event of `kind` begins with."""
    day = _next_welcome_evening(today) if kind is Kind.NY_I_MODUM else None
    return StartingPoint(
        title=TITLES[kind],
        description=_DESCRIPTION[kind],
        programme=_PROGRAMME[kind],
        starts=datetime.combine(day, time(18)) if day else None,  # local by design
        ends=datetime.combine(day, time(21)) if day else None,  # local by design
    )


def _next_welcome_evening(today: date) -> date:
    this_year = _last_thursday_of_november(today.year)
    return this_year if this_year - today >= _LETTERS_NEED else _last_thursday_of_november(today.year + 1)


def _last_thursday_of_november(year: int) -> date:
    last = date(year, _NOVEMBER, 30)
    return last - timedelta(days=(last.weekday() - _THURSDAY) % 7)
