"""The events of the demo: an evening that was, with guests who came, one that is coming, and meetups. Pure.

In: today. Out: details of events as staff would enter them.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from outreach.events.event import City, EventDetails, Kind
from outreach.events.words import CITY_WORDS

_OSLO = ZoneInfo("Europe/Oslo")
DAYS_UNTIL_COMING = 24
DAYS_SINCE_PAST = 40
DAYS_INVITED_BEFORE = 28
DAYS_UNTIL_MEETUPS = 52
_STUDY_CITIES = (City.OSLO, City.BERGEN, City.TRONDHEIM)
_VENUE = "Modum kulturhus (oppdiktet)"
_ADDRESS = "Oppdiktaveien 1, 3370 Vikersund"
_ACCESS = "Inngangen er uten trinn, og det er heis til salen. HC-toalett i 1. etasje. Teleslynge i salen."
_STOP = "Vikersund stasjon, fem minutter å gå"
_PARKING = "Gratis bak huset. To plasser for HC-kort ved inngangen."
_DESCRIPTION = (
    "Har du flyttet til Modum det siste året? Kom og bli kjent med naboer, lag, foreninger og arbeidsplasser. "
    "Vi serverer middag, og barna er velkomne. Det koster ingenting."
)
_PROGRAMME = (
    "18.00 Dørene åpner, mat og prat\n"
    "18.45 Velkommen – ordføreren\n"
    "19.00 Lag og foreninger viser seg fram – frivilligsentralen\n"
    "20.30 Takk for i kveld"
)


def coming_evening(today: date) -> EventDetails:
    """Return the evening that guests are answering to now."""
    day = today + timedelta(days=DAYS_UNTIL_COMING)
    evening = _evening(day, slug=f"ny-i-modum-{day.year}", title="Ny i Modum-kveld", capacity=500)
    return replace(evening, is_open_sign_up=True, capacity_wheelchairs=12)


def past_evening(today: date) -> EventDetails:
    """Return the evening that was, near enough that its people are not erased yet."""
    day = today - timedelta(days=DAYS_SINCE_PAST)
    return _evening(day, slug=f"bli-kjent-{day.isoformat()[:7]}", title="Bli kjent-kveld", capacity=None)


def meetups(today: date) -> tuple[EventDetails, ...]:
    """Return the meetups of the coming weeks in the cities where young people study."""
    return tuple(
        _meetup(today + timedelta(days=DAYS_UNTIL_MEETUPS + number), city) for number, city in enumerate(_STUDY_CITIES)
    )


def _meetup(day: date, city: City) -> EventDetails:
    usual = _evening(
        day, slug=f"treff-{city.value}-{day.year}", title=f"Treff i {CITY_WORDS[city]} {day.year}", capacity=60
    )
    return replace(
        usual,
        kind=Kind.MEETUP,
        city=city,
        venue="Kafé Elvekanten (oppdiktet)",
        venue_address=f"Oppdiktaveien 2, {CITY_WORDS[city]}",
        nearest_stop="Elvekanten (oppdiktet), to minutter å gå",
        parking="",
        description="Studerer du et annet sted enn i Modum? Vi spanderer mat, og forteller om jobber og tomter hjemme.",
        programme="18.00 Mat og prat\n19.00 Jobber, sommerjobber og tomter – næringssjefen\n20.00 Quiz om Modum",
    )


def _evening(day: date, *, slug: str, title: str, capacity: int | None) -> EventDetails:
    return EventDetails(
        slug=slug,
        kind=Kind.NY_I_MODUM,
        title=title,
        starts_at_utc=moment(day, 18),
        ends_at_utc=moment(day, 21),
        venue=_VENUE,
        answer_by=day - timedelta(days=4),
        venue_address=_ADDRESS,
        access_information=_ACCESS,
        nearest_stop=_STOP,
        parking=_PARKING,
        capacity=capacity,
        description=_DESCRIPTION,
        programme=_PROGRAMME,
    )


def moment(day: date, hour: int) -> datetime:
    """Return the full `hour` of `day` in Oslo, as UTC."""
    return datetime.combine(day, time(hour), _OSLO).astimezone(UTC)
