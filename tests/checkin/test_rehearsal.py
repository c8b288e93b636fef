"""A rehearsal: made-up guests on phones that are paired to it, and no trace of it in anything that is counted."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from outreach import clock
from outreach.audit.actor import COMMAND
from outreach.checkin import queries
from outreach.checkin.choices import service as choosing
from outreach.checkin.door_feed import utc_text
from outreach.checkin.models import Scan
from outreach.checkin.rehearsal import service
from outreach.checkin.rehearsal.guests import GUESTS, shown_code
from outreach.database import db
from outreach.reports.funnels.queries import funnel
from tests.factories.accounts import sign_in
from tests.factories.checkin import Phone, code_of, make_event, make_ticket, pair_phone
from tests.factories.events import SLUG
from tests.pages import forms_of, send

PAGE = f"/admin/arrangementer/{SLUG}/dorer"


@pytest.fixture
def evening(app: Flask) -> Any:
    return make_event()


def practising(client: FlaskClient, evening: Any) -> Phone:
    opened = service.begin(evening, door="Øvelse", actor=COMMAND, now=clock.now_utc())
    db.session.commit()
    phone = Phone(client, "", opened.door)
    body = {"pairing_secret": opened.secret, "device_name": "Kari", "clock_utc": utc_text(phone.now())}
    told = client.post("/api/door/v1/pair", json=body).json
    assert told["rehearsal"] is True
    phone.token = told["device_token"]
    return phone


def made_up(evening: Any, number: int) -> str:
    return shown_code(GUESTS[number - 1], evening.id, service.code_for)


def test_each_made_up_guest_is_what_the_sheet_says(client: FlaskClient, evening: Any) -> None:
    phone = practising(client, evening)
    scans = [phone.scan(made_up(evening, guest.number), persons=guest.persons) for guest in GUESTS]
    classes = [result["class"] for result in phone.results(*scans)]
    assert classes == ["first", "first", "first", "first", "revoked", "revoked", "unknown", "first"]
    again = phone.scan(made_up(evening, 1), scanned_at_utc=utc_text(phone.now() + timedelta(seconds=9)))
    assert phone.results(again)[0]["class"] == "repeat"
    assert len(phone.get("roster").json["entries"]) == len(GUESTS)


def test_two_practising_doors_hear_of_a_clash(client: FlaskClient, evening: Any) -> None:
    doors = [practising(client, evening) for _ in range(2)]
    for phone in doors:
        phone.results(phone.scan(made_up(evening, 4)))
    [clash] = doors[0].get("changes").json["clashes"]
    assert {side["door"] for side in clash["doors"]} == {"Øvelse 1", "Øvelse 2"}
    assert made_up(evening, 4).endswith(clash["ticket_ending"])


def test_places_run_out_so_that_full_can_be_seen(client: FlaskClient, evening: Any) -> None:
    phone = practising(client, evening)
    before = phone.get("changes")
    phone.results(phone.scan("", kind="walk_in", persons=3))
    after = phone.get("changes", **{"If-None-Match": before.headers["ETag"]})
    assert (before.json["places"], after.json["places"]) == ({"free": 4}, {"free": 1})
    assert phone.get("changes", **{"If-None-Match": after.headers["ETag"]}).status_code == 304


def test_nothing_of_a_rehearsal_is_counted_and_nothing_of_the_evening_is_practised_on(
    client: FlaskClient, evening: Any
) -> None:
    ticket = make_ticket(evening, persons=3)
    real, phone = pair_phone(client, evening), practising(client, evening)
    before = (funnel(evening.id), real.get("changes").json, queries.scan_counts(evening.id))
    phone.results(
        phone.scan(made_up(evening, 2), persons=5),
        phone.scan("", kind="walk_in", persons=2),
        phone.scan(code_of(ticket), persons=3),
        phone.scan(f"ref:{ticket.id}.1", persons=3),
    )
    assert phone.get("changes").json["headcount"]["arrived"] > 0
    told = real.get("changes").json
    assert (funnel(evening.id), {**told, "server_utc": ""}, queries.scan_counts(evening.id)) == (
        before[0],
        {**before[1], "server_utc": ""},
        before[2],
    )
    assert queries.doors(evening.id) == [real.door]
    assert real.results(real.scan(made_up(evening, 1)))[0]["class"] == "unknown"


def test_an_undo_takes_a_made_up_guest_out_again(client: FlaskClient, evening: Any) -> None:
    phone = practising(client, evening)
    scan = phone.scan(made_up(evening, 2), persons=5)
    phone.results(scan)
    phone.results(phone.scan(made_up(evening, 2), kind="undo", persons=0, undoes=scan["scan_id"]))
    assert phone.get("changes").json["headcount"]["total"] == 0


def test_made_up_names_open_with_the_evenings_pin(client: FlaskClient, evening: Any) -> None:
    phone = practising(client, evening)
    assert phone.get("names").status_code == 404
    choosing.search_names(evening, is_on=True, actor=COMMAND, now=clock.now_utc())
    db.session.commit()
    assert phone.get("changes").json["names_version"] == phone.get("names").json["version"] != ""


def test_the_door_lead_begins_and_ends_a_rehearsal_and_nothing_of_it_is_left(client: FlaskClient, evening: Any) -> None:
    sign_in(client, role="door-lead")
    begin = next(form for form in forms_of(client.get(PAGE)) if form.action.endswith("/ovelse"))
    assert send(client, begin).status_code == 303
    assert "Koble telefoner til «Øvelse 1»" in client.get(PAGE).text
    sheet = client.get(f"{PAGE}/ovelse")
    assert all(guest.name in sheet.text for guest in GUESTS)
    phone = practising(client.application.test_client(), evening)
    phone.results(phone.scan(made_up(evening, 1)), phone.scan("", kind="walk_in", persons=1))
    end = next(form for form in forms_of(client.get(PAGE)) if form.action.endswith("/avslutt"))
    assert send(client, end).status_code == 303
    assert phone.get("changes").status_code == 401
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Scan)) == 0
    assert "Avslutt øvelsen" not in client.get(PAGE).text
