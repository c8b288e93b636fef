"""Calendar files are read by two other parsers, also in the nights when the clock changes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import icalendar
import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from outreach.formats.calendar_file import CalendarEntry, calendar_file

STARTS = datetime(2026, 11, 26, 17, 0, tzinfo=UTC)
ENTRY = CalendarEntry(
    uid="event-1@treffpunkt.example",
    sequence=2,
    title="Ny i Modum-kveld, på Rådhuset; æøå",
    starts_at_utc=STARTS,
    ends_at_utc=STARTS + timedelta(hours=3),
    changed_at_utc=datetime(2026, 11, 2, 11, 0, tzinfo=UTC),
    location="Rådhuset\\Vikersund, 3370",
    description="Kom når du vil.\nMat og kaffe, gratis; for alle.",
    url="https://treffpunkt.example/i/X",
    organizer_name='Modum "den gode" kommune',
    organizer_email="servicetorget@modum.example",
)


def parsed(data: bytes) -> icalendar.Event:
    return icalendar.Calendar.from_ical(data).walk("VEVENT")[0]


def with_start(moment: datetime) -> CalendarEntry:
    return CalendarEntry(
        uid="u",
        sequence=0,
        title="t",
        starts_at_utc=moment,
        ends_at_utc=moment + timedelta(hours=1),
        changed_at_utc=moment,
    )


def test_the_entry_is_read_back_by_icalendar():
    event = parsed(calendar_file([ENTRY]))
    assert event["uid"] == ENTRY.uid
    assert event["sequence"] == 2
    assert event["status"] == "CONFIRMED"
    assert event["summary"] == ENTRY.title
    assert event["description"] == ENTRY.description
    assert event["location"] == ENTRY.location
    assert event["dtstamp"].dt == ENTRY.changed_at_utc
    assert event["dtstart"].dt == STARTS
    assert event["dtstart"].params["TZID"] == "Europe/Oslo"
    assert str(event["organizer"]) == "mailto:servicetorget@modum.example"
    assert event.walk("VALARM")[0]["trigger"].dt == timedelta(days=-1)


def test_the_entry_is_read_back_by_vobject_and_is_valid():
    calendar = vobject.readOne(calendar_file([ENTRY], name="Modum").decode())
    assert calendar.validate()
    event = calendar.vevent
    assert event.summary.value == ENTRY.title
    assert event.description.value == ENTRY.description
    assert event.dtstart.value == STARTS
    assert event.dtend.value == STARTS + timedelta(hours=3)
    assert calendar.method.value == "PUBLISH"


@pytest.mark.parametrize(
    ("address", "uri"),
    [
        ("ase+modum@eksempel.example", "mailto:ase+modum@eksempel.example"),
        ("o'neil@eksempel.example", "mailto:o'neil@eksempel.example"),
        ("50%?&@eksempel.example", "mailto:50%25%3F%26@eksempel.example"),
        ("a\r\nX:b@eksempel.example", "mailto:a%20X%3Ab@eksempel.example"),
    ],
)
def test_an_address_stands_as_a_uri_and_cannot_leave_its_line(address: str, uri: str) -> None:
    entry = parsed(calendar_file([replace(ENTRY, attendee_email=address)], method="REQUEST"))
    assert str(entry["attendee"]) == uri


def test_only_a_request_asks_for_an_answer() -> None:
    asked = replace(ENTRY, attendee_email="ase@eksempel.example", sent_by_email=ENTRY.organizer_email)
    request, cancel = (parsed(calendar_file([asked], method=method)) for method in ("REQUEST", "CANCEL"))
    assert [entry["attendee"].params.get("RSVP") for entry in (request, cancel)] == ["TRUE", None]
    assert request["attendee"].params["PARTSTAT"] == "ACCEPTED"
    assert "SENT-BY" not in request["organizer"].params, "the organizer writes"
    assert "attendee" not in parsed(calendar_file([ENTRY]))


def test_lines_end_with_crlf_and_are_at_most_75_octets():
    data = calendar_file([ENTRY])
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 and b"\r" not in line and b"\n" not in line for line in data.split(b"\r\n"))


def test_the_time_zone_is_written_once_however_many_entries():
    assert calendar_file([ENTRY, ENTRY]).count(b"BEGIN:VTIMEZONE") == 1


def test_a_cancellation_keeps_the_uid_and_has_no_alarm():
    entry = CalendarEntry(
        uid=ENTRY.uid,
        sequence=3,
        title=ENTRY.title,
        starts_at_utc=STARTS,
        ends_at_utc=STARTS + timedelta(hours=3),
        changed_at_utc=ENTRY.changed_at_utc,
        status="CANCELLED",
    )
    data = calendar_file([entry], method="CANCEL")
    assert b"METHOD:CANCEL" in data
    assert parsed(data)["status"] == "CANCELLED"
    assert parsed(data)["sequence"] == 3
    assert b"VALARM" not in data


def test_an_empty_feed_is_still_a_calendar():
    calendar = icalendar.Calendar.from_ical(calendar_file([], name="Alle"))
    assert calendar["x-wr-calname"] == "Alle"


# The nights of 29 March and 25 October 2026, each half hour from 23:00 UTC to 04:00 UTC.
CHANGE_NIGHTS = [
    datetime(2026, month, day, 23, 0, tzinfo=UTC) + timedelta(minutes=30 * step)
    for month, day in ((3, 28), (10, 24))
    for step in range(11)
]


@pytest.mark.parametrize("moment", CHANGE_NIGHTS, ids=str)
def test_the_moment_is_right_in_the_nights_when_the_clock_changes(moment):
    data = calendar_file([with_start(moment)])
    assert parsed(data)["dtstart"].dt.astimezone(UTC) == moment
    assert vobject.readOne(data.decode()).vevent.dtstart.value.astimezone(UTC) == moment


@given(st.integers(0, 17 * 365 * 24 * 60))
def test_every_moment_comes_back(minutes):
    moment = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    assert parsed(calendar_file([with_start(moment)]))["dtstart"].dt.astimezone(UTC) == moment


@given(st.text(max_size=300))
def test_no_text_breaks_out_of_its_line(text):
    entry = CalendarEntry(
        uid="u",
        sequence=0,
        title=text,
        description=text,
        location=text,
        organizer_name=text,
        organizer_email="a@b.example",
        starts_at_utc=STARTS,
        ends_at_utc=STARTS + timedelta(hours=1),
        changed_at_utc=STARTS,
    )
    calendar = icalendar.Calendar.from_ical(calendar_file([entry]))
    assert [component.name for component in calendar.walk()] == [
        "VCALENDAR",
        "VTIMEZONE",
        "DAYLIGHT",
        "STANDARD",
        "VEVENT",
        "VALARM",
    ]
    assert set(calendar.walk("VEVENT")[0]) <= {
        *("UID", "SEQUENCE", "DTSTAMP", "LAST-MODIFIED", "DTSTART", "DTEND", "SUMMARY", "STATUS", "LOCATION"),
        *("DESCRIPTION", "ORGANIZER"),
    }
