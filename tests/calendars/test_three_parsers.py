"""Every calendar file that we make is understood alike by icalendar, ical.js and node-ical: also in the nights when the
clock changes, after a change, and when it is called off.
"""

import hashlib
import json
import re
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest
from flask.testing import FlaskClient
from flask_babel import force_locale

from outreach.database import db
from outreach.events import service as events
from outreach.events.models import Event
from outreach.feeds import queries as feeds
from outreach.feeds import service as feed_service
from outreach.feeds.queries import Owner
from outreach.rsvp import service as rsvp
from outreach.tickets.queries import facts_of_invitation
from outreach.tickets.service import invitation_calendar
from outreach.tickets.ticket import TicketFacts
from tests.conftest import NOW
from tests.factories.contact_point import make_sign_up
from tests.factories.events import SLUG, event_details, make_event
from tests.factories.rsvp import answer_for, give_answer, make_household

HERE = Path(__file__).parent
ADDRESS = "ase+modum@eksempel.example"
HOUR = timedelta(hours=1)
# Clocks go forward at 01.00 UTC on 28 March 2027, back at 01.00 UTC on 25 October 2026 and 31 October 2027.
STARTS = {
    "evening": datetime(2026, 11, 26, 17, tzinfo=UTC),
    "over the night in March": datetime(2027, 3, 27, 23, tzinfo=UTC),
    "before the hour that is skipped": datetime(2027, 3, 28, 0, 30, tzinfo=UTC),
    "after the hour that is skipped": datetime(2027, 3, 28, 1, tzinfo=UTC),
    "the first of the hour that comes twice": datetime(2027, 10, 31, 0, 15, tzinfo=UTC),
    "the second of the hour that comes twice": datetime(2027, 10, 31, 1, 15, tzinfo=UTC),
    "over the night in October": datetime(2027, 10, 30, 21, tzinfo=UTC),
}
TEXTS = {
    "title": 'Treff; med "mat", kaffe\\te og æøå Á č ŋ',
    "venue": "Kafé Fjellfoten, 2. etasje; bak",
    "description": "Første linje.\n\nAndre, med komma; og\\skråstrek. " + "Lang tekst med ø og å. " * 12,
    "access_information": "Heis.\nTeleslynge, spør oss.",
}


def _by_icalendar(content: bytes) -> dict[str, Any]:
    calendar = icalendar.Calendar.from_ical(content)
    return {"method": str(calendar["METHOD"]), "events": [_event(one) for one in calendar.walk("VEVENT")]}


def _event(entry: icalendar.Event) -> dict[str, Any]:
    attendee = entry.get("ATTENDEE")
    parameters = attendee.params if attendee is not None else {}
    moments = {name: entry[key].dt.astimezone(UTC) for name, key in
               (("starts", "DTSTART"), ("ends", "DTEND"), ("stamp", "DTSTAMP"))}  # fmt: skip
    return {
        "uid": str(entry["UID"]),
        "sequence": int(entry["SEQUENCE"]),
        **{name: str(entry.get(name.upper(), "")) for name in ("status", "summary", "location", "description", "url")},
        **{name: moment.isoformat().replace("+00:00", "Z") for name, moment in moments.items()},
        "organizer": str(entry.get("ORGANIZER", "")).removeprefix("mailto:"),
        "attendee": str(attendee or "").removeprefix("mailto:"),
        "partstat": str(parameters.get("PARTSTAT", "")),
        "rsvp": str(parameters.get("RSVP", "")),
    }


def _read_by_node(contents: list[bytes]) -> list[dict[str, Any]]:
    told = json.dumps([content.decode() for content in contents])
    done = subprocess.run(
        ["node", str(HERE / "read.mjs")], input=told.encode(), capture_output=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr.decode()
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def _agree(files: dict[str, bytes]) -> dict[str, dict[str, Any]]:
    """Assert that the three agree on each of `files`; return what they read by its name."""
    read = {name: _by_icalendar(content) for name, content in files.items()}
    for (name, expected), found in zip(read.items(), _read_by_node(list(files.values())), strict=True):
        for parser, understood in found.items():
            by_uid = [sorted(one["events"], key=lambda event: event["uid"]) for one in (understood, expected)]
            assert by_uid[0] == by_uid[1], f"{name}: {parser}"
            assert understood["method"] == expected["method"], f"{name}: {parser}"
    return read


def _files(client: FlaskClient, event: Event) -> dict[str, bytes]:
    """Return every kind of calendar file about `event`, of a guest who comes and one who cancelled."""
    files = {path: client.get(path).data for path in (f"/arrangement/{event.slug}.ics", "/kalender/alle.ics")}
    files[event.city] = client.get(f"/kalender/{event.city}.ics").data
    for state in ("comes", "cancelled"):
        invitation = make_household(event)
        if event.state == "published":
            give_answer(invitation, answer_for(invitation, True, True, False, email=ADDRESS))
        ticket = facts_of_invitation(invitation.id)
        if ticket is None:
            continue
        if state == "cancelled":
            rsvp.cancel(invitation, NOW)
            db.session.commit()
            ticket = facts_of_invitation(invitation.id)
            assert ticket is not None
        feed_service.start(Owner(ticket_id=ticket.ticket_id), language="nb", now=NOW)
        db.session.commit()
        feed = feeds.of_owner(Owner(ticket_id=ticket.ticket_id))
        assert feed is not None
        files |= {
            f"{state}: the holder's own": client.get(f"/billett/{ticket.code}.ics").data,
            f"{state}: the mail's": _mail(ticket),
            f"{state}: the feed's": client.get(f"/kalender/{feeds.code_of(feed)}.ics").data,
        }
    return files


def _mail(ticket: TicketFacts) -> bytes:
    with force_locale("nb"):
        return invitation_calendar(ticket, ADDRESS)[0]


@pytest.mark.parametrize("starts", STARTS.values(), ids=STARTS)
def test_the_three_agree_on_each_file_and_on_the_moment(client: FlaskClient, starts: datetime) -> None:
    event = make_event(starts_at_utc=starts, ends_at_utc=starts + 4 * HOUR, answer_by=starts.date(), **TEXTS)
    read = _agree(_files(client, event))
    assert len(read) == 9
    for name, calendar in read.items():
        for entry in calendar["events"]:
            assert (entry["starts"], entry["ends"]) == (
                starts.isoformat().replace("+00:00", "Z"), (starts + 4 * HOUR).isoformat().replace("+00:00", "Z"),
            ), name  # fmt: skip
            assert entry["summary"] == TEXTS["title"], name
            assert entry["description"].count(TEXTS["access_information"]) == 1, name
    assert [read[f"{state}: the mail's"]["method"] for state in ("comes", "cancelled")] == ["REQUEST", "CANCEL"]


def test_they_agree_after_a_change_and_when_it_is_called_off(client: FlaskClient) -> None:
    event = make_event(city="oslo")
    make_event(slug="julekveld", title="Julekveld", city="oslo")
    invitation = make_household(event)
    give_answer(invitation, answer_for(invitation, True, True, True, email=ADDRESS))
    student = make_sign_up(city="oslo")
    feed_service.start(Owner(sign_up_id=student.id), language="nb", now=NOW)
    db.session.commit()
    feed = feeds.of_owner(Owner(sign_up_id=student.id))
    assert feed is not None

    def files() -> dict[str, bytes]:
        db.session.commit()
        ticket = facts_of_invitation(invitation.id)
        assert ticket is not None
        paths = (f"/arrangement/{SLUG}.ics", "/kalender/oslo.ics", f"/kalender/{feeds.code_of(feed)}.ics")
        return {path: client.get(path).data for path in paths} | {"mail": _mail(ticket)}

    first = _agree(files())
    starts = STARTS["the second of the hour that comes twice"]
    moved = event_details(city="oslo", starts_at_utc=starts, ends_at_utc=starts + HOUR, **TEXTS)
    events.change_event(event, moved, NOW)
    second = _agree(files())
    events.cancel_event(event, NOW)
    last = _agree(files())
    for name in first:
        versions = [_of(calendar[name], event, first["mail"]) for calendar in (first, second, last)]
        assert [one["status"] for one in versions] == ["CONFIRMED", "CONFIRMED", "CANCELLED"], name
        assert len({one["uid"] for one in versions}) == 1, name
        numbers = [one["sequence"] for one in versions]
        assert numbers == sorted(set(numbers)), name
    assert [calendar["mail"]["method"] for calendar in (first, second, last)] == ["REQUEST", "REQUEST", "CANCEL"]


def test_where_nothing_is_known_of_the_way_in_nothing_is_added(client: FlaskClient) -> None:
    event = make_event(description="Kom som du er.", access_information="", programme="")
    invitation = make_household(event)
    give_answer(invitation, answer_for(invitation, True, True, True, email=ADDRESS))
    ticket = facts_of_invitation(invitation.id)
    assert ticket is not None
    told = {
        path: _by_icalendar(client.get(path).data)["events"][0]["description"]
        for path in (f"/arrangement/{SLUG}.ics", "/kalender/alle.ics", f"/billett/{ticket.code}.ics")
    }
    assert list(told.values()) == [*["Kom som du er."] * 2, f"Vis billetten i døra. Kode: {ticket.printed_code}"]


def _of(calendar: dict[str, Any], event: Event, mail: dict[str, Any]) -> dict[str, Any]:
    own = {f"event-{event.id}@localhost", mail["events"][0]["uid"]}
    found: dict[str, Any] = next(entry for entry in calendar["events"] if entry["uid"] in own)
    return found


def test_a_parser_that_misreads_is_found(client: FlaskClient) -> None:
    """The control: a file in which the hour that comes twice is told wrongly."""
    make_event(starts_at_utc=STARTS["evening"], ends_at_utc=STARTS["evening"] + HOUR)
    content = client.get(f"/arrangement/{SLUG}.ics").data
    (wrong,) = _read_by_node([content.replace(b"TZOFFSETTO:+0100", b"TZOFFSETTO:+0300")])
    assert wrong["ical.js"]["events"][0]["starts"] != _by_icalendar(content)["events"][0]["starts"]


def test_the_vendored_readers_are_those_that_are_noted() -> None:
    noted = dict(re.findall(r"^\| `([^`]+)`.*`([0-9a-f]{64})` \|$", (HERE / "vendor/README.md").read_text(), re.M))
    assert set(noted) == {path.name for path in (HERE / "vendor").glob("*js")}
    for name, digest in noted.items():
        assert hashlib.sha256((HERE / "vendor" / name).read_bytes()).hexdigest() == digest
