"""What a new event's form begins with, so that staff change words instead of finding them. In: the template and today.

The welcome evening is proposed for the last Thursday of November, 18 to 21, the gathering at Christmas for 28 December
and the one in summer for the first Thursday of July: the next one that is at least four weeks away, since letters need
that long. Texts are bokmål source texts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from outreach.errors import N_
from outreach.events.event import Kind

_LETTERS_NEED = timedelta(weeks=4)
_JULY, _NOVEMBER, _DECEMBER = 7, 11, 12
_THURSDAY = 3


class Template(StrEnum):
    """What a new event is begun as: the welcome evening, a meetup in a study city, or a gathering at home."""

    WELCOME = "ny-i-modum"
    MEETUP = "meetup"
    CHRISTMAS = "jul"
    SUMMER = "sommer"


KIND_OF = {
    Template.WELCOME: Kind.NY_I_MODUM,
    Template.MEETUP: Kind.MEETUP,
    Template.CHRISTMAS: Kind.GATHERING,
    Template.SUMMER: Kind.GATHERING,
}


@dataclass(frozen=True)
class StartingPoint:
    """Title, texts and local times (Europe/Oslo) that a form begins with; times are None when there is no custom."""

    title: str
    description: str
    programme: str
    starts: datetime | None = None
    ends: datetime | None = None


TITLES = {
    Template.WELCOME: N_("Ny i Modum-kveld"),
    Template.MEETUP: N_("Treff for Modum-ungdom"),
    Template.CHRISTMAS: N_("Romjulstreff i Modum"),
    Template.SUMMER: N_("Sommertreff i Modum"),
}
_DESCRIPTION = {
    Template.WELCOME: N_(
        "Vi vil gjerne bli kjent med deg som er ny hos oss.\n\n"
        "Du møter naboer, lag og foreninger, og folk fra kommunen som kan svare på spørsmål. "
        "Vi byr på mat. Ta gjerne med barna. Det koster ingenting."
    ),
    Template.MEETUP: N_(
        "Bor du borte fra Modum for å studere eller jobbe? Kom og treff andre fra Modum.\n\n"
        "Vi byr på mat, og forteller hva som skjer hjemme."
    ),
    Template.CHRISTMAS: N_(
        "Er du hjemme i jula? Kom og treff kjente og bedrifter fra Modum.\n\nVi byr på mat. Det koster ingenting."
    ),
    Template.SUMMER: N_(
        "Er du hjemme i sommer? Kom og treff kjente og bedrifter fra Modum.\n\nVi griller. Det koster ingenting."
    ),
}
_PROGRAMME = {
    Template.WELCOME: N_(
        "18.00 Velkommen – ordføreren\n18.30 Mat\n"
        "19.15 Besøk bordene til lag, foreninger og tjenester\n20.45 Takk for i kveld"
    ),
    Template.MEETUP: "",
    Template.CHRISTMAS: N_(
        "18.00 Velkommen hjem\n18.15 Mat\n19.00 Lærlingplasser, jobber og oppgaver i Modum\n"
        "20.00 Tid til å snakke sammen"
    ),
    Template.SUMMER: N_(
        "17.00 Velkommen hjem, og grillen er varm\n18.00 Jobber, oppgaver og tomter i Modum\n"
        "19.00 Tid til å snakke sammen"
    ),
}


def starting_point(template: Template, today: date) -> StartingPoint:
    """Return what a new event of `template` begins with."""
    times = _TIMES.get(template)
    day = _next(times.day_of, today) if times else None
    return StartingPoint(
        title=TITLES[template],
        description=_DESCRIPTION[template],
        programme=_PROGRAMME[template],
        starts=datetime.combine(day, times.starts) if times and day else None,  # local by design
        ends=datetime.combine(day, times.ends) if times and day else None,  # local by design
    )


@dataclass(frozen=True)
class _Times:
    """The usual day of a year, and from when to when (local)."""

    day_of: Callable[[int], date]
    starts: time
    ends: time


def _next(day_of: Callable[[int], date], today: date) -> date:
    this_year = day_of(today.year)
    return this_year if this_year - today >= _LETTERS_NEED else day_of(today.year + 1)


def _last_thursday_of_november(year: int) -> date:
    last = date(year, _NOVEMBER, 30)
    return last - timedelta(days=(last.weekday() - _THURSDAY) % 7)


def _between_the_years(year: int) -> date:
    return date(year, _DECEMBER, 28)


def _first_thursday_of_july(year: int) -> date:
    first = date(year, _JULY, 1)
    return first + timedelta(days=(_THURSDAY - first.weekday()) % 7)


_TIMES = {
    Template.WELCOME: _Times(_last_thursday_of_november, time(18), time(21)),
    Template.CHRISTMAS: _Times(_between_the_years, time(18), time(21)),
    Template.SUMMER: _Times(_first_thursday_of_july, time(17), time(20)),
}
