"""A series of meetups for browsers: a household that has answered, one that has not, and a city that is full."""

from typing import Any

from outreach import clock
from outreach.audit.actor import COMMAND
from outreach.database import db
from outreach.events.series import service
from outreach.events.study_place import StudyPlace
from tests.factories.events import make_event
from tests.factories.rsvp import answer_for, give_answer, make_household, token_of


def series_of(*places: dict[str, Any]) -> dict[str, str]:
    """Make an event of each of `places` (details of a meetup, by city) and put them in a series; the second is full."""
    events = [
        make_event(slug=f"serie-{one['city'].value}", title=f"Studenttreff i {one['city'].value.title()}", **one)
        for one in places
    ]
    events[1].capacity = 2
    series = service.make_series(
        "Treff i studiebyene 2027", [one.id for one in events], now=clock.now_utc(), actor=COMMAND
    )
    swaps, asked = make_household(events[0], ("Åse", "Bjørn")), make_household(events[0], ("Carl",))
    for guest in (swaps, make_household(events[1], ("Dag", "Eva"))):
        give_answer(guest, answer_for(guest, True, True))
    has_moved = make_household(events[0], ("Frida",))
    has_moved.lives_in = StudyPlace.BERGEN.value
    db.session.commit()
    links = {"swaps": token_of(swaps), "chooses": token_of(asked), "has_moved": token_of(has_moved)}
    return {"series": str(series.id), **links}
