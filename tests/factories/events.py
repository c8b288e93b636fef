"""Events for tests: the made-up "Ny i Modum-kveld 2026", three weeks after the tests' NOW."""

from datetime import UTC, date, datetime
from typing import Any

from outreach import clock
from outreach.database import db
from outreach.events import service
from outreach.events.event import City, EventDetails, Kind
from outreach.events.models import Event

SLUG = "ny-i-modum-2026"


def event_details(**changes: Any) -> EventDetails:
    """Return details that can be used, with `changes`."""
    values: dict[str, Any] = {
        "slug": SLUG,
        "kind": Kind.NY_I_MODUM,
        "title": "Ny i Modum-kveld 2026",
        "starts_at_utc": datetime(2026, 11, 26, 17, 0, tzinfo=UTC),
        "ends_at_utc": datetime(2026, 11, 26, 20, 0, tzinfo=UTC),
        "venue": "Modum kulturhus",
        "venue_address": "Vikersundgata 30, 3370 Vikersund",
        "access_information": "Trinnfri inngang.",
        "answer_by": date(2026, 11, 23),
        "city": City.MODUM,
        "capacity": None,
        "description": "Bli kjent med **Modum**.",
        "programme": "- kl. 18.00: Velkommen\n- kl. 19.00: Mat",
    }
    values.update(changes)
    return EventDetails(**{**values, "kind": Kind(values["kind"]), "city": City(values["city"])})


def make_event(*, publish: bool = True, **changes: Any) -> Event:
    """Return a new, committed event, published unless told otherwise."""
    event = service.create_event(event_details(**changes), clock.now_utc(), publish=publish)
    db.session.commit()
    return event
