from dataclasses import replace
from datetime import UTC, datetime

import icalendar
import pytest
import vobject

from outreach.formats.calendar_file import calendar_file
from outreach.tickets.ticket import (
    Sender,
    TicketFacts,
    calendar_entry,
    calendar_uid,
    qr_payload,
    ticket_of_uid,
    ticket_url,
)

FACTS = TicketFacts(
    ticket_id=4711,
    code="CDFHJK23456789CD",
    generation=1,
    persons=4,
    sequence=3,
    changed_at_utc=datetime(2026, 11, 2, 11, tzinfo=UTC),
    is_valid=True,
    event_slug="ny-i-modum-2026",
    event_title="Ny i Modum-kveld 2026",
    event_is_cancelled=False,
    starts_at_utc=datetime(2026, 11, 26, 17, tzinfo=UTC),
    ends_at_utc=datetime(2026, 11, 26, 20, tzinfo=UTC),
    venue="Modum kulturhus",
    venue_address="Vikersundgata 30",
    access_information="",
    calendar_secret="00112233445566778899aabbccddeeff",
)
SITE = "https://treff.example"
UID = "ticket-4711.00112233445566778899aabbccddeeff@treff.example"


def _parsed(facts: TicketFacts) -> icalendar.Event:
    sender = Sender("Modum", "m@m.no", "from@m.no")
    entry = calendar_entry(facts, url=SITE, uid=calendar_uid(facts, SITE), description="Kode", sender=sender)
    content = calendar_file([entry])
    vobject.readOne(content.decode()).validate(raiseException=True)
    return icalendar.Calendar.from_ical(content).walk("VEVENT")[0]


def test_the_code_is_printed_in_four_groups() -> None:
    assert FACTS.printed_code == "CDFH-JK23-4567-89CD"


@pytest.mark.parametrize(
    ("public_url", "payload"),
    [
        ("https://treff.example", "HTTPS://TREFF.EXAMPLE/BILLETT/CDFH"),
        ("https://treff.example:8443", "HTTPS://TREFF.EXAMPLE:8443/BILLETT/CDFH"),
        ("https://kommune.example/Treff", "https://kommune.example/Treff/billett/CDFH"),
    ],
)
def test_the_qr_is_in_capitals_unless_the_address_has_a_path(public_url: str, payload: str) -> None:
    assert qr_payload(public_url, "CDFH") == payload
    assert ticket_url(public_url, "CDFH") == f"{public_url}/billett/CDFH"


def test_the_calendar_entry_is_the_ticket_with_a_uid_that_stays() -> None:
    event = _parsed(FACTS)
    assert str(event["UID"]) == UID
    assert event["SEQUENCE"] == 3
    assert str(event["STATUS"]) == "CONFIRMED"
    assert event["DTSTART"].dt == FACTS.starts_at_utc
    assert event["DTSTART"].params["TZID"] == "Europe/Oslo"
    assert str(event["LOCATION"]) == "Modum kulturhus, Vikersundgata 30"


@pytest.mark.parametrize("change", [{"is_valid": False}, {"event_is_cancelled": True}])
def test_a_ticket_that_is_off_cancels_its_entry_under_the_same_uid(change: dict[str, bool]) -> None:
    event = _parsed(replace(FACTS, sequence=4, **change))
    assert (str(event["STATUS"]), str(event["UID"])) == ("CANCELLED", UID)


@pytest.mark.parametrize(
    ("uid", "found"),
    [
        (UID, (4711, FACTS.calendar_secret)),
        (f" {UID.upper()}\t", (4711, FACTS.calendar_secret)),
        (UID.replace("treff.example", "andre.example"), None),
        ("ticket-4711@treff.example", None),
        (UID.replace("ff@", "f@"), None),
        (UID.replace("4711", "4" * 20), None),
        (UID.replace("4711", "9" * 19), None),
        ("event-1@treff.example", None),
        ("", None),
    ],
)
def test_a_uid_names_its_ticket_only_where_it_is_whole_and_ours(uid: str, found: tuple[int, str] | None) -> None:
    assert ticket_of_uid(uid, SITE) == found
