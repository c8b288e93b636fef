"""After erasure the doors of one event hold nothing, and those of another all they had."""

from flask.testing import FlaskClient
from sqlalchemy import func, select

from outreach import clock
from outreach.audit.actor import COMMAND
from outreach.checkin import erasure
from outreach.checkin.choices import service as choosing
from outreach.checkin.models import DoorDevice, DoorPairing, Scan
from outreach.database import db
from tests.factories.checkin import code_of, make_event, make_ticket, pair_phone


def test_scans_phones_and_links_of_the_event_are_gone(client: FlaskClient) -> None:
    events = [make_event(), make_event(slug="annet")]
    for event in events:
        phone = pair_phone(client, event)
        phone.results(phone.scan(code_of(make_ticket(event))), phone.scan("ukjent"))
        choosing.search_names(event, is_on=True, actor=COMMAND, now=clock.now_utc())
    assert erasure.erase_event_people(events[0].id) == {
        "scan": 2,
        "door_device": 1,
        "door_pairing": 1,
        "door_choices": 1,
        "paper_sheet": 0,
    }
    db.session.commit()
    assert [
        db.session.scalar(select(func.count()).select_from(table)) for table in (Scan, DoorDevice, DoorPairing)
    ] == [
        2,
        1,
        1,
    ]
    assert erasure.erase_event_people(events[0].id) == {
        "scan": 0,
        "door_device": 0,
        "door_pairing": 0,
        "door_choices": 0,
        "paper_sheet": 0,
    }
