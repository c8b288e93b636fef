"""Whom to fetch at the door: who may choose, how it is kept, that phones are told at once, and that nobody else is."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from outreach import clock
from outreach.audit.actor import COMMAND
from outreach.checkin import erasure
from outreach.checkin.choices import service as choosing
from outreach.checkin.in_charge.in_charge import InCharge, PhoneFaultError, in_charge_json, phone_of
from outreach.checkin.in_charge.queries import in_charge_of
from outreach.checkin.rehearsal import service as rehearsing
from outreach.database import db
from tests.factories.accounts import sign_in
from tests.factories.checkin import make_event, make_ticket, pair_phone
from tests.factories.events import SLUG
from tests.pages import forms_of, send

PAGE = f"/admin/arrangementer/{SLUG}/dorer"
KARI = InCharge("Kari", "+4791234567")
TOLD = {"name": "Kari", "phone": "91\u00a023\u00a045\u00a067", "dials": "+4791234567"}


@pytest.fixture
def evening(app: Flask) -> Any:
    return make_event()


def put(event: Any, person: InCharge) -> None:
    choosing.put_in_charge(event, person, actor=COMMAND, now=clock.now_utc())
    db.session.commit()


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("", ""),
        (" 91 23 45 67 ", "+4791234567"),
        ("32 78 93 00", "+4732789300"),
        ("+46 8 508 000 00", "+46850800000"),
    ],
)
def test_a_number_is_kept_as_it_is_dialled(typed: str, number: str) -> None:
    assert phone_of(typed) == number


@pytest.mark.parametrize("typed", ["Kari", "9123456", "91 23 45 67 8", "javascript:alert(1)"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(PhoneFaultError):
        phone_of(typed)


def test_a_name_a_number_both_or_neither_is_told() -> None:
    assert in_charge_json(InCharge()) is None
    assert in_charge_json(InCharge("Kari")) == {"name": "Kari", "phone": "", "dials": ""}
    assert in_charge_json(InCharge("", KARI.phone)) == {**TOLD, "name": ""}
    assert in_charge_json(KARI) == TOLD


def test_phones_are_told_at_the_next_round_without_fetching_the_list_anew(client: FlaskClient, evening: Any) -> None:
    make_ticket(evening)
    phone = pair_phone(client, evening)
    first = phone.get("changes")
    assert first.json["in_charge"] is None
    etag = first.headers["ETag"]
    assert phone.get("changes", **{"If-None-Match": etag}).status_code == 304
    put(evening, KARI)
    told = phone.get(f"changes?since={first.json['version']}", **{"If-None-Match": etag})
    assert told.json["in_charge"] == TOLD
    assert (told.json["full"], told.json["roster_version"]) == (False, first.json["roster_version"])
    put(evening, InCharge())
    assert phone.get(f"changes?since={told.json['version']}").json["in_charge"] is None


def test_the_same_again_is_no_news(client: FlaskClient, evening: Any) -> None:
    phone = pair_phone(client, evening)
    put(evening, KARI)
    etag = phone.get("changes").headers["ETag"]
    put(evening, KARI)
    assert phone.get("changes", **{"If-None-Match": etag}).status_code == 304


def test_a_phone_of_another_event_is_told_nothing_of_it(client: FlaskClient, evening: Any) -> None:
    other = make_event(slug="annet")
    phone = pair_phone(client, other)
    put(evening, KARI)
    assert phone.get("changes").json["in_charge"] is None


def test_a_rehearsal_is_told_too_and_at_once(client: FlaskClient, evening: Any) -> None:
    opened = rehearsing.begin(evening, door="Øvelse", actor=COMMAND, now=clock.now_utc())
    db.session.commit()
    body = {"pairing_secret": opened.secret, "device_name": "Øver", "clock_utc": "2026-11-26T17:00:00.000Z"}
    token = client.post("/api/door/v1/pair", json=body).json["device_token"]
    bearer = {"Authorization": f"Bearer {token}"}
    etag = client.get("/api/door/v1/changes", headers=bearer).headers["ETag"]
    put(evening, KARI)
    told = client.get("/api/door/v1/changes", headers={**bearer, "If-None-Match": etag})
    assert told.json["in_charge"] == TOLD


def test_name_and_number_are_sealed_each_for_its_own_row_and_column(app: Flask) -> None:
    one, two = make_event(), make_event(slug="annet")
    for event in (one, two):
        put(event, KARI)
    columns = "in_charge_name_sealed, in_charge_phone_sealed"
    rows = db.session.execute(text(f"SELECT {columns} FROM door_choices")).all()
    kept = [bytes(value) for row in rows for value in row]
    assert len(set(kept)) == 4
    assert not [value for value in kept if b"Kari" in value or b"91234567" in value]


def test_it_is_erased_with_the_events_people(app: Flask, evening: Any) -> None:
    put(evening, KARI)
    erasure.erase_event_people(evening.id)
    db.session.commit()
    db.session.expire_all()
    assert in_charge_of(evening.id) == InCharge()


def test_the_door_lead_says_who_is_in_charge_and_the_trail_does_not_tell_who(
    client: FlaskClient, evening: Any, caplog: pytest.LogCaptureFixture
) -> None:
    sign_in(client, role="door-lead")
    filled = {"in_charge_name": " Kari  Anne ", "in_charge_phone": "912 34 567"}
    assert send(client, _form(client.get(PAGE)), **filled).status_code == 303
    assert in_charge_of(evening.id) == InCharge("Kari Anne", "+4791234567")
    page = client.get(PAGE).text
    assert 'value="Kari Anne"' in page
    assert 'value="91\u00a023\u00a045\u00a067"' in page
    send(client, _form(client.get(PAGE)), in_charge_phone=TOLD["phone"])  # as the page shows it
    assert in_charge_of(evening.id).phone == KARI.phone
    trail = " ".join(str(tuple(row)) for row in db.session.execute(text("SELECT * FROM audit_entry")))
    assert "door.in_charge" in trail
    assert not [word for word in ("Kari", "91234567", "912 34 567") if word in trail + caplog.text]
    send(client, _form(client.get(PAGE)), in_charge_name="", in_charge_phone="")
    assert in_charge_of(evening.id) == InCharge()


def test_a_number_that_is_none_stands_with_its_fault(client: FlaskClient, evening: Any) -> None:
    sign_in(client, role="organiser")
    answer = send(client, _form(client.get(PAGE)), in_charge_name="Kari", in_charge_phone="123")
    assert answer.status_code == 422
    assert "Skriv et telefonnummer med 8 sifre" in answer.text
    assert 'value="123"' in answer.text
    assert in_charge_of(evening.id) == InCharge()


def _form(page: Any) -> Any:
    return next(form for form in forms_of(page) if form.action.endswith("/ansvarlig"))
