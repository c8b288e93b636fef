"""A series of meetups in three cities, made by its own service."""

from outreach import clock
from outreach.audit.actor import COMMAND
from outreach.database import db
from outreach.events.models import Event
from outreach.events.series import service
from tests.factories.events import make_event

CITIES = ("oslo", "bergen", "trondheim")


def make_series(*capacities: int | None) -> list[Event]:
    """Return committed, published meetups in as many cities as there are `capacities`, in one series."""
    events = [
        make_event(slug=f"treff-{city}", title=f"Treff i {city.title()}", kind="meetup", city=city, capacity=capacity)
        for city, capacity in zip(CITIES, capacities, strict=False)
    ]
    service.make_series("Treff høsten 2026", [event.id for event in events], now=clock.now_utc(), actor=COMMAND)
    db.session.commit()
    return events
