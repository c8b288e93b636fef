"""Gives each student city a made-up group in social media, whose short link was followed during the last weeks."""

from datetime import datetime, timedelta
from random import Random

from outreach.audit.actor import COMMAND
from outreach.clock import OSLO
from outreach.contact_point.groups import service
from outreach.contact_point.groups.group import GroupDetails
from outreach.events.event import City
from outreach.events.words import CITY_WORDS

_DAYS = 60
_MOST_A_DAY = 6


def load_groups(*, now: datetime, seed: int) -> None:
    """Make a group for each student city, and let some people follow its link each day."""
    random, today = Random(f"{seed}:groups"), now.astimezone(OSLO).date()  # noqa: S311 - made-up clicks
    for city in (City.OSLO, City.BERGEN, City.TRONDHEIM):
        name = f"Modum i {CITY_WORDS[city]} (oppdiktet)"
        row = service.add(
            GroupDetails(city=city, name=name, url=f"https://grupper.example/{city.value}"), actor=COMMAND, now=now
        )
        for back in range(_DAYS):
            for _ in range(random.randint(0, _MOST_A_DAY)):
                service.count_click(row.id, today - timedelta(days=back))
