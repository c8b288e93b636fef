"""The placeholders of a mailing: what may stand in which kind, what each means, and their values. Pure.

In: the event's facts as plain values, and what is this household's own. Out: values by name, in one language; one of
several lines is a list.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from outreach.errors import N_
from outreach.events.series.meetups import Choice, told
from outreach.formats.norwegian_dates import OSLO, day_and_month, long_date, time_of_day
from outreach.invitations.letters.addressing import listed
from outreach.mailings.mailing import Kind

FIRST_NAMES = "fornavn"
SURVEY = "undersøkelse"
OWN_PAGE = "side"
OPPORTUNITIES = "muligheter"
SERIES, PLACES, CITIES = "serie", "steder", "byer"
OF_SERIES = frozenset({SERIES, PLACES, CITIES})
_OF_NEWSLETTERS = frozenset({FIRST_NAMES, OWN_PAGE, OPPORTUNITIES, "telefon", "avsender"})
FIELD_WORDS = {
    FIRST_NAMES: N_("Fornavnene til dem det gjelder"),
    "arrangement": N_("Navnet på arrangementet"),
    "dato": N_("Dagen arrangementet er"),
    "tid": N_("Klokkeslettet det begynner"),
    "slutt": N_("Klokkeslettet det slutter"),
    "sted": N_("Stedet"),
    "adresse": N_("Adressen til stedet"),
    "adkomst": N_("Hvordan man kommer seg inn"),
    SERIES: N_("Navnet på serien som arrangementet er med i"),
    PLACES: N_("Stedene som de kan velge mellom, med dag og tid: en linje for hvert"),
    CITIES: N_("Byene som de kan velge mellom"),
    "svarfrist": N_("Siste dag for å svare"),
    "lenke": N_("Gjestens egen side, der de svarer og endrer"),
    OWN_PAGE: N_("Mottakerens egen side, der de endrer og melder seg av"),
    OPPORTUNITIES: N_("Mulighetene fra partnere som passer til det mottakeren vil høre om"),
    "billett": N_("Lenke til billetten"),
    SURVEY: N_("Lenke til undersøkelsen"),
    "telefon": N_("Telefonen vår"),
    "avsender": N_("Navnet på kommunen"),
}
_EVERYBODY = {"nb": "alle sammen", "nn": "alle saman"}
_YOU = {"nb": "du", "nn": "du"}
_AND = {"nb": "og", "nn": "og", "en": "and"}
_ANSWER_BY = {"nb": "svar innen", "nn": "svar innan"}


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """What is the same for everybody. `choice`: the meetups of the event's series, where the text tells of them."""

    title: str
    starts_at_utc: datetime
    ends_at_utc: datetime
    venue: str
    venue_address: str
    access_information: str
    answer_by: date
    phone: str
    organisation: str
    survey_url: str
    choice: Choice | None = None


@dataclass(frozen=True, kw_only=True)
class Own:
    """What is one household's own. `first_names` may be empty: we may not or cannot say them. `ticket_url` may be.

    `is_one`: one person is written to, so the text says "du". `survey_url`: of our own survey, with their ballot.
    """

    first_names: tuple[str, ...]
    is_one: bool
    invitation_url: str
    ticket_url: str
    survey_url: str = ""


def known_fields(kind: Kind, *, is_in_series: bool = False) -> frozenset[str]:
    """Return the placeholders that may stand in a mailing of `kind`; `is_in_series`: its event is one of a series."""
    if kind is Kind.NEWSLETTER:
        return _OF_NEWSLETTERS
    left_out = {SURVEY} if kind is not Kind.THANKS else {"billett", "svarfrist"}
    left_out |= {OWN_PAGE, OPPORTUNITIES}
    if not is_in_series or kind is Kind.THANKS:
        left_out |= OF_SERIES
    if kind is Kind.REMINDER:
        left_out = left_out | {"billett"}
    return frozenset(FIELD_WORDS) - left_out


def field_values(about: Occasion, own: Own, language: str) -> dict[str, str]:
    """Return the value of each placeholder in `language`; "" where there is none."""
    return {
        FIRST_NAMES: names(own.first_names, language),
        "arrangement": about.title,
        "dato": long_date(about.starts_at_utc.astimezone(OSLO).date(), language),
        "tid": time_of_day(about.starts_at_utc, language),
        "slutt": time_of_day(about.ends_at_utc, language),
        "sted": about.venue,
        "adresse": about.venue_address,
        "adkomst": " ".join(about.access_information.split()),
        **_series_values(about.choice, language),
        "svarfrist": long_date(about.answer_by, language),
        "lenke": own.invitation_url,
        "billett": own.ticket_url,
        SURVEY: about.survey_url or own.survey_url,
        "telefon": about.phone,
        "avsender": about.organisation,
    }


def _series_values(choice: Choice | None, language: str) -> dict[str, str]:
    if choice is None:
        return {}
    lines = [f"{city}: {when_and_where}" for city, when_and_where in told(choice, language)]
    if not choice.has_one_deadline:
        last = [day_and_month(meetup.answer_by, language) for meetup in choice.meetups]
        words = _ANSWER_BY.get(language, "answer by")
        lines = [f"{line} ({words} {day})" for line, day in zip(lines, last, strict=True)]
    cities = listed(choice.cities, _AND.get(language, "&"))
    return {SERIES: choice.title, PLACES: "\n".join(lines), CITIES: cities}


def newsletter_values(
    first_name: str, own_page: str, language: str, *, opportunities: str, phone: str, organisation: str
) -> dict[str, str]:
    """Return the value of each placeholder of a newsletter in `language`; a first name may be empty."""
    return {
        FIRST_NAMES: first_name or _YOU.get(language, "there"),
        OWN_PAGE: own_page,
        OPPORTUNITIES: opportunities,
        "telefon": phone,
        "avsender": organisation,
    }


def names(first_names: Sequence[str], language: str) -> str:
    """Return the names as a greeting lists them; without any, words that fit all."""
    if not first_names:
        return _EVERYBODY.get(language, "everyone")
    return listed(first_names, _AND.get(language, "&"))
