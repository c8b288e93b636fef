"""An evening that is going on: two doors, guests who came over forty minutes, and one ticket used at both.

Some who said yes are not here yet, some said no, and some never answered.
"""

from datetime import timedelta

from flask import Flask

from outreach.audit.actor import COMMAND
from outreach.checkin.choices import service as choosing
from outreach.checkin.door_feed import utc_text
from outreach.checkin.in_charge.in_charge import InCharge
from outreach.checkin.paper.service import make_list
from outreach.database import db
from outreach.events import queries as events
from outreach.events.event import City, Kind
from outreach.events.models import Event
from outreach.invitations.models import Invitation
from outreach.rsvp.answer import NeedKind, NeedWish
from outreach.tickets.queries import facts_of_invitation
from tests.conftest import NOW
from tests.factories.checkin import Phone, make_event, pair_phone
from tests.factories.rsvp import answer_for, give_answer, make_household

SLUG = "apen-kveld"
_CAME = ((-41, 4), (-38, 2), (-37, 5), (-33, 3), (-32, 1), (-31, 4), (-27, 6), (-26, 2), (-24, 3), (-18, 2), (-6, 1))
_NAMES = ("Mona", "Terje", "Ella", "Jakob", "Signe", "Olav")
# What some of those who came need, by their place in `_CAME`.
_NEEDS = {
    2: (NeedWish(NeedKind.WHEELCHAIR, "", 1),),
    5: (NeedWish(NeedKind.INTERPRETER, "Polsk", 1),),
}


def evening_of(app: Flask) -> dict[str, str]:
    """Make the evening and return its name for addresses."""
    event = make_event(
        slug=SLUG,
        kind=Kind.GATHERING,
        title="Åpen kveld",
        city=City.MODUM,
        capacity=60,
        starts_at_utc=NOW - timedelta(minutes=30),
        ends_at_utc=NOW + timedelta(hours=3),
        answer_by=NOW.date(),
    )
    doors = [pair_phone(app.test_client(), event, door) for door in ("Hovedinngang", "Bakdør")]
    for number, (minutes, persons) in enumerate(_CAME):
        _scan(doors[number % 3 == 2], _coming(event, persons, _NEEDS.get(number, ())), minutes, persons)
    twice = _coming(event, 2)
    _coming(event, 3, (NeedWish(NeedKind.HEARING_LOOP, "", 1),))
    _answered(event, _NAMES[:2], is_coming=False)
    make_household(event, _NAMES[:4])
    for minutes, door in ((-12, doors[0]), (-4, doors[1])):
        _scan(door, twice, minutes, 2)
    doors[1].get("changes?waiting=12")
    with app.app_context():
        choosing.search_names(event, is_on=True, actor=COMMAND, now=NOW)
        choosing.tell_needs(event, ["wheelchair"], actor=COMMAND, now=NOW)
        choosing.put_in_charge(event, InCharge("Solveig", "+4799900902"), actor=COMMAND, now=NOW)
        db.session.commit()
    return {"slug_evening": SLUG}


def paper_of(app: Flask, slug: str) -> None:
    """Make the guest list of an event on paper."""
    with app.app_context():
        make_list(events.by_slug(slug), actor=COMMAND, now=NOW)
        db.session.commit()


def _coming(event: Event, persons: int, needs: tuple[NeedWish, ...] = ()) -> str:
    """Have `persons` of one household come; return the code of their ticket."""
    ticket = facts_of_invitation(_answered(event, _NAMES[:persons], is_coming=True, needs=needs).id)
    assert ticket is not None
    return ticket.code


def _answered(event: Event, names: tuple[str, ...], *, is_coming: bool, needs: tuple[NeedWish, ...] = ()) -> Invitation:
    household = make_household(event, names)
    give_answer(household, answer_for(household, *(is_coming for _name in names), needs=needs))
    return household


def _scan(door: Phone, code: str, minutes: int, persons: int) -> None:
    at = utc_text(NOW + timedelta(minutes=minutes))
    door.results(door.scan(code, persons=persons, scanned_at_utc=at))
