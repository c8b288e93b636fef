"""The meetups of a series as an invitation tells of them: which city, when, where. Pure.

In: the events that can be chosen, the earliest first. Out: a line for each, in one language.
"""

from dataclasses import dataclass
from datetime import date, datetime

from outreach.events.event import City
from outreach.events.words import CITY_WORDS
from outreach.formats.norwegian_dates import OSLO, day_and_month, long_date, time_of_day, weekday_and_day

# So many characters stand behind the longest day, time and city on a printed line.
_ROOM_FOR_A_PLACE = 32


@dataclass(frozen=True)
class Meetup:
    """One event that can be chosen; `revision`: as in `events.models`."""

    event_id: int
    revision: int
    kind: str
    city: str
    starts_at_utc: datetime
    ends_at_utc: datetime
    venue: str
    venue_address: str
    answer_by: date

    @property
    def starts_on(self) -> date:
        """Return its day in Europe/Oslo."""
        return self.starts_at_utc.astimezone(OSLO).date()

    @property
    def city_name(self) -> str:
        """Return what the city is called, the same in each language."""
        return CITY_WORDS[City(self.city)]


@dataclass(frozen=True)
class Choice:
    """What an invitation to an event of a series offers: the series' title, and what can be chosen, perhaps one."""

    title: str
    meetups: tuple[Meetup, ...]

    @property
    def offers_several(self) -> bool:
        """Say whether there is something to choose between."""
        return len(self.meetups) > 1

    @property
    def cities(self) -> tuple[str, ...]:
        """Return the cities, each once."""
        return tuple(dict.fromkeys(meetup.city_name for meetup in self.meetups))

    @property
    def names(self) -> tuple[str, ...]:
        """Return names that are the same in each language, and so are facts of a text where they stand."""
        places = [name for each in self.meetups for name in (each.venue, each.venue_address) if name]
        return tuple(dict.fromkeys((self.title, *self.cities, *places)))

    @property
    def revision(self) -> list[str]:
        """Return what a release of words about the meetups is of."""
        return [self.title, *(f"{meetup.event_id}:{meetup.revision}" for meetup in self.meetups)]

    @property
    def has_one_deadline(self) -> bool:
        """Say whether the last day for answers is the same everywhere."""
        return len({meetup.answer_by for meetup in self.meetups}) < 2


def told(choice: Choice, language: str) -> tuple[tuple[str, str], ...]:
    """Return the city, and when and where, of each meetup: one short line, since there is little room on paper."""
    first = min(meetup.starts_on.year for meetup in choice.meetups)
    return tuple((each.city_name, _when_and_where(each, language, first)) for each in choice.meetups)


def last_days(choice: Choice, language: str) -> str:
    """Return the last day for answers: one for all, or that of each city."""
    if choice.has_one_deadline:
        return long_date(choice.meetups[0].answer_by, language)
    years = {meetup.answer_by.year for meetup in choice.meetups}
    days = [
        (meetup.city_name, day_and_month(meetup.answer_by, language), meetup.answer_by) for meetup in choice.meetups
    ]
    if len(years) > 1:
        return ", ".join(f"{city} {day} {last.year}" for city, day, last in days)
    return f"{', '.join(f'{city} {day}' for city, day, _last in days)} {min(years)}"


def _when_and_where(meetup: Meetup, language: str, first_year: int) -> str:
    """Return when and where: the street only where the line stays one on paper, in each language alike, and the year
    only when it is a later one than that of the first meetup."""
    day = weekday_and_day(meetup.starts_on, language)
    year = f" {meetup.starts_on.year}" if meetup.starts_on.year != first_year else ""
    until = time_of_day(meetup.ends_at_utc, language).removeprefix("kl. ")
    joint = ", " if language == "en" else " "
    when = f"{day}{year}{joint}{time_of_day(meetup.starts_at_utc, language)}–{until}"
    where = ", ".join(part for part in (meetup.venue, meetup.venue_address.split(",")[0].strip()) if part)
    return f"{when}, {where if len(where) <= _ROOM_FOR_A_PLACE else meetup.venue}"
