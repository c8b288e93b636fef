"""The door API on a real database: pairing, roster, scans, changes, and what each refuses."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from outreach import clock
from outreach.checkin.crowd.service import crowd_of
from outreach.checkin.door_feed import utc_text
from outreach.checkin.models import DoorDevice, Scan
from outreach.checkin.phones.service import roster_salt
from outreach.checkin.roster import entry_id
from outreach.database import db
from outreach.events.models import Event
from outreach.tickets.models import Ticket
from tests.conftest import NOW
from tests.factories.checkin import code_of, make_event, make_ticket, pair_phone, pairing_secret


@pytest.fixture
def evening(client: FlaskClient) -> Any:
    return make_event()


def scan_count() -> int:
    return db.session.scalar(select(func.count()).select_from(Scan))


def test_pairing_answers_with_a_token_and_what_the_phone_must_know(client: FlaskClient, evening: Any) -> None:
    secret = pairing_secret(evening, "Sør")
    body = {"pairing_secret": secret, "device_name": "Kari", "clock_utc": utc_text(NOW - timedelta(seconds=90))}
    told = client.post("/api/door/v1/pair", json=body).json
    assert told["event"]["slug"] == evening.slug
    assert (told["door"], told["doors"]) == ("Sør", ["Sør"])
    assert told["clock_offset_seconds"] == 90
    assert told["expires_at_utc"] == "2026-11-27T02:00:00.000Z"
    stored = db.session.scalars(select(DoorDevice)).one()
    assert told["device_token"] not in (stored.token_hash, stored.name)
    assert stored.clock_offset_ms == 90_000


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"pairing_secret": "feil"}, 410),
        ({"pairing_secret": ""}, 410),
        ({"device_name": "  "}, 422),
        ({"device_name": "x" * 41}, 422),
        ({"device_name": "Ola\0"}, 422),
        ({"clock_utc": "nå"}, 422),
        ({"clock_utc": None}, 422),
        ({"pairing_secret": 5}, 422),
    ],
)
def test_a_pairing_that_cannot_be_made_says_why(
    client: FlaskClient, evening: Any, change: dict[str, Any], status: int
) -> None:
    body = {"pairing_secret": pairing_secret(evening), "device_name": "Ola", "clock_utc": utc_text(NOW), **change}
    answer = client.post("/api/door/v1/pair", json=body)
    assert answer.status_code == status
    assert len(answer.json["error"]) > 20
    assert db.session.scalar(select(func.count()).select_from(DoorDevice)) == 0


def test_a_link_of_a_shift_that_is_over_pairs_nobody(client: FlaskClient, evening: Any) -> None:
    secret = pairing_secret(evening)
    clock.set_clock(lambda: evening.ends_at_utc + timedelta(hours=6))
    body = {"pairing_secret": secret, "device_name": "Ola", "clock_utc": utc_text(NOW)}
    assert client.post("/api/door/v1/pair", json=body).status_code == 410


@pytest.mark.parametrize("path", ["roster", "changes"])
@pytest.mark.parametrize("header", [{}, {"Authorization": "Bearer feil"}, {"Authorization": "Basic x"}])
def test_a_stranger_gets_401_in_words(client: FlaskClient, path: str, header: dict[str, str]) -> None:
    answer = client.get(f"/api/door/v1/{path}", headers=header)
    assert answer.status_code == 401
    assert "Be arrangøren om en ny lenke" in answer.json["error"]


def test_a_phone_that_is_let_go_is_a_stranger_at_once(client: FlaskClient, evening: Any) -> None:
    phone = pair_phone(client, evening)
    assert phone.get("changes").status_code == 200
    db.session.execute(update(DoorDevice).values(is_revoked=True))
    db.session.commit()
    assert phone.get("changes").status_code == 401
    assert phone.post(phone.scan("x")).status_code == 401
    assert scan_count() == 0


def test_a_token_ends_with_the_shift(client: FlaskClient, evening: Any) -> None:
    phone = pair_phone(client, evening)
    clock.set_clock(lambda: evening.ends_at_utc + timedelta(hours=6))
    assert phone.get("roster").status_code == 401


def test_a_scan_is_stored_once_however_often_it_is_sent(client: FlaskClient, evening: Any) -> None:
    phone, ticket = pair_phone(client, evening), make_ticket(evening)
    scan = phone.scan(code_of(ticket))
    first, again = phone.results(scan)[0], phone.results(scan, scan)
    assert first == {"scan_id": scan["scan_id"], "stored": True, "class": "first", "earlier": None}
    assert again == [first, first]
    assert scan_count() == 1


@pytest.mark.parametrize("spelling", ["{}", "http://localhost/billett/{}", "HTTP://LOCALHOST/BILLETT/{}", " {} "])
def test_a_ticket_is_known_however_it_is_spelt(client: FlaskClient, evening: Any, spelling: str) -> None:
    phone, ticket = pair_phone(client, evening), make_ticket(evening)
    assert phone.results(phone.scan(spelling.format(code_of(ticket))))[0]["class"] == "first"
    stored = db.session.scalars(select(Scan)).one()
    assert (stored.ticket_id, stored.ticket_hash) == (ticket.id, "")


def test_a_repeat_names_door_and_time(client: FlaskClient, evening: Any) -> None:
    phone, ticket = pair_phone(client, evening), make_ticket(evening)
    phone.results(phone.scan(code_of(ticket)))
    clock.set_clock(lambda: NOW + timedelta(minutes=5))
    result = phone.results(phone.scan(code_of(ticket)))[0]
    assert result["class"] == "repeat"
    assert result["earlier"] == {"door": "Hovedinngang", "at_utc": "2026-11-02T11:00:00.000Z"}


def test_a_clash_is_told_to_the_second_door_and_heard_by_both(client: FlaskClient, evening: Any) -> None:
    north, south, ticket = pair_phone(client, evening, "Nord"), pair_phone(client, evening, "Sør"), make_ticket(evening)
    north.results(north.scan(code_of(ticket)))
    before = north.get("changes").json["version"]
    clock.set_clock(lambda: NOW + timedelta(seconds=2))
    answer = south.post(south.scan(code_of(ticket))).json
    assert answer["results"][0]["class"] == "clash"
    assert answer["results"][0]["earlier"] == {"door": "Nord", "at_utc": "2026-11-02T11:00:00.000Z"}
    heard = [phone.get(f"changes?since={before}").json for phone in (north, south)]
    assert heard[0]["clashes"] == heard[1]["clashes"] == answer["clashes"]
    assert [side["door"] for side in heard[0]["clashes"][0]["doors"]] == ["Nord", "Sør"]
    assert heard[0]["headcount"] == {"total": 1, "arrived": 1, "doors": {"Nord": 1, "Sør": 0}}


def test_a_phone_with_a_wrong_clock_does_not_become_first(client: FlaskClient, evening: Any) -> None:
    ticket = make_ticket(evening)
    north = pair_phone(client, evening, "Nord")
    behind = pair_phone(client, evening, "Sør", clock_error=timedelta(hours=-3))
    north.results(north.scan(code_of(ticket)))
    clock.set_clock(lambda: NOW + timedelta(seconds=1))
    assert behind.results(behind.scan(code_of(ticket)))[0]["class"] == "clash"
    stored = db.session.scalars(select(Scan).where(Scan.door == "Sør")).one()
    assert stored.at_utc == NOW + timedelta(seconds=1)
    assert stored.phone_at_utc == NOW + timedelta(seconds=1, hours=-3)


def test_scans_made_offline_are_ordered_by_when_they_were_made(client: FlaskClient, evening: Any) -> None:
    north, south, ticket = pair_phone(client, evening, "Nord"), pair_phone(client, evening, "Sør"), make_ticket(evening)
    offline = north.scan(code_of(ticket), light="amber")
    clock.set_clock(lambda: NOW + timedelta(minutes=10))
    assert south.results(south.scan(code_of(ticket)))[0]["class"] == "first"
    assert north.results(offline)[0]["class"] == "first"
    assert [clash["doors"][0]["door"] for clash in north.get("changes").json["clashes"]] == ["Nord"]


def test_one_bad_scan_does_not_stop_the_others(client: FlaskClient, evening: Any) -> None:
    phone, ticket = pair_phone(client, evening), make_ticket(evening)
    good = phone.scan(code_of(ticket))
    bad = [
        {**phone.scan("x"), "scan_id": "kort"},
        {**phone.scan("x"), "kind": "hopp"},
        {**phone.scan("x"), "persons": -1},
        {**phone.scan("x"), "persons": True},
        {**phone.scan("x"), "scanned_at_utc": "i går"},
        {**phone.scan("x"), "scanned_at_utc": "0001-01-01T00:00:00+14:00"},
        {**phone.scan("x"), "ticket": "x" * 301},
        {**phone.scan("x"), "counter": 2**31},
        {**phone.scan("x"), "door": "a\nb"},
        "tekst",
        None,
    ]
    results = phone.results(*bad, good)
    assert [result["stored"] for result in results] == [False] * len(bad) + [True]
    assert all("feltet" in result["error"] for result in results[:-1])
    assert scan_count() == 1


def test_the_server_stores_what_is_well_formed_whatever_it_says(client: FlaskClient, evening: Any) -> None:
    phone = pair_phone(client, evening)
    scans = [
        phone.scan("https://andre.example/qr/1", light="red"),
        phone.scan("", kind="walk_in", persons=3),
        phone.scan("", kind="undo"),
        phone.scan("ref:1.1"),
        phone.scan("ref:99999999999999999999.1"),
        phone.scan("\ud800"),
        phone.scan("x", verdict="rosa", door="En helt annen dør"),
        phone.scan("x", counter=None, persons=None, verdict=None, roster_version=None, door=None),
    ]
    results = phone.results(*scans)
    assert all(result["stored"] for result in results)
    assert [result["class"] for result in results] == ["unknown", "undone", "undone", *["unknown"] * 5]
    assert scan_count() == len(scans)


def test_each_reason_for_an_unknown_code_is_told(client: FlaskClient, evening: Any) -> None:
    phone = pair_phone(client, evening)
    elsewhere = make_ticket(make_event(slug="annet"))
    never = code_of(make_ticket(evening, generation=2), 3)
    scans = [phone.scan(code_of(elsewhere)), phone.scan(never), phone.scan("hei")]
    reasons = [(result["class"], result["reason"]) for result in phone.results(*scans)]
    assert reasons == [("unknown", "other_event"), ("unknown", "never_ours"), ("unknown", "mistyped")]
    assert db.session.scalars(select(Scan.ticket_id)).all() == [None] * 3


def test_revoked_and_replaced_tickets_are_told_apart(client: FlaskClient, evening: Any) -> None:
    phone = pair_phone(client, evening)
    revoked, replaced = make_ticket(evening, state="revoked"), make_ticket(evening, generation=3)
    scans = [phone.scan(code_of(revoked)), phone.scan(code_of(replaced, 1), light="red"), phone.scan(code_of(replaced))]
    told = [(result["class"], result.get("reason")) for result in phone.results(*scans)]
    assert told == [("revoked", "revoked"), ("revoked", "replaced"), ("first", None)]


def test_undo_takes_a_scan_back(client: FlaskClient, evening: Any) -> None:
    phone, ticket = pair_phone(client, evening), make_ticket(evening, persons=5)
    scan = phone.scan(code_of(ticket), persons=5)
    phone.results(scan)
    results = phone.results(
        phone.scan(code_of(ticket), kind="undo", persons=0, undoes=scan["scan_id"]),
        phone.scan(code_of(ticket), persons=3),
    )
    assert [result["class"] for result in results] == ["undone", "first"]
    assert phone.get("changes").json["headcount"]["total"] == 3
    assert crowd_of(evening.id).persons_by_ticket == {ticket.id: 3}


def test_more_than_a_batch_is_refused_in_words(client: FlaskClient, evening: Any) -> None:
    phone = pair_phone(client, evening)
    answer = phone.post(*[phone.scan("x") for _ in range(501)])
    assert answer.status_code == 413
    assert "500" in answer.json["error"]
    assert scan_count() == 0


@pytest.mark.parametrize("body", ["", "[]", "{", '{"scans": 1, "clock_utc": "2026-11-02T11:00:00Z"}', '{"scans": []}'])
def test_an_upload_that_cannot_be_read_is_refused_in_words(client: FlaskClient, evening: Any, body: str) -> None:
    phone = pair_phone(client, evening)
    answer = client.post("/api/door/v1/scans", data=body, headers=phone.bearer, content_type="application/json")
    assert answer.status_code == 422
    assert "feltet" in answer.json["error"]


def test_the_roster_is_sealed_and_answers_304_until_it_changes(client: FlaskClient, evening: Any) -> None:
    phone, ticket = pair_phone(client, evening), make_ticket(evening, persons=2)
    answer = phone.get("roster")
    code = code_of(ticket)
    assert [entry["entry"] for entry in answer.json["entries"]] == [entry_id(code, roster_salt(evening.id))]
    assert code not in answer.text
    assert str(ticket.id) not in answer.text
    etag = answer.headers["ETag"]
    assert phone.get("roster", **{"If-None-Match": etag}).status_code == 304
    assert phone.get("roster").text == answer.text
    clock.set_clock(lambda: NOW + timedelta(minutes=1))
    make_ticket(evening)
    since = phone.get("roster").json["version"]
    clock.set_clock(lambda: NOW + timedelta(minutes=2))
    make_ticket(evening)
    newer = phone.get(f"roster?since={since}", **{"If-None-Match": etag})
    assert (newer.status_code, newer.json["full"], len(newer.json["entries"])) == (200, False, 2)
    assert len(phone.get("roster?since=rot").json["entries"]) == 3


def test_changes_answer_304_until_something_happens(client: FlaskClient, evening: Any) -> None:
    phone, ticket = pair_phone(client, evening), make_ticket(evening)
    answer = phone.get("changes")
    assert answer.json["full"]
    etag, since = answer.headers["ETag"], answer.json["version"]
    assert phone.get(f"changes?since={since}", **{"If-None-Match": etag}).status_code == 304
    clock.set_clock(lambda: NOW + timedelta(minutes=1))
    phone.results(phone.scan(code_of(ticket)))
    newer = phone.get(f"changes?since={since}", **{"If-None-Match": etag}).json
    entry = entry_id(code_of(ticket), roster_salt(evening.id))
    assert newer["admissions"] == [
        {"entry": entry, "inside": 1, "door": "Hovedinngang", "at_utc": "2026-11-02T11:01:00.000Z"}
    ]
    assert not newer["full"]


def test_a_revoked_ticket_and_a_new_answer_reach_the_phones(client: FlaskClient, evening: Any) -> None:
    phone, ticket = pair_phone(client, evening), make_ticket(evening)
    since = phone.get("changes").json["version"]
    clock.set_clock(lambda: NOW + timedelta(minutes=1))
    db.session.execute(update(Ticket).values(state="revoked", version=2, changed_at_utc=clock.now_utc()))
    db.session.commit()
    new = make_ticket(evening)
    told = phone.get(f"changes?since={since}").json
    salt = roster_salt(evening.id)
    assert told["revocations"] == [entry_id(code_of(ticket), salt)]
    assert {answer["entry"] for answer in told["answers"]} == {entry_id(code_of(t), salt) for t in (ticket, new)}


def test_a_phone_hears_nothing_of_another_event(client: FlaskClient, evening: Any) -> None:
    phone, other = pair_phone(client, evening), make_event(slug="annet")
    stranger, ticket = pair_phone(client, other, "Deres dør"), make_ticket(other)
    scan = stranger.scan(code_of(ticket))
    stranger.results(scan)
    told = phone.get("changes").json
    assert told["admissions"] == []
    assert told["headcount"] == {"total": 0, "arrived": 0, "doors": {"Hovedinngang": 0}}
    assert phone.get("roster").json["entries"] == []
    told = phone.results(scan)[0]
    assert (told["stored"], told["class"]) == (True, "unknown"), "it is kept there, and need not be sent again"


def test_asking_notes_contact_but_not_each_second(client: FlaskClient, evening: Any) -> None:
    phone = pair_phone(client, evening)
    for seconds, expected in ((10, 0), (30, 30), (40, 30)):
        clock.set_clock(lambda seconds=seconds: NOW + timedelta(seconds=seconds))
        assert phone.get("changes").status_code == 200
        assert db.session.scalars(select(DoorDevice.last_seen_at_utc)).one() == NOW + timedelta(seconds=expected)
        db.session.rollback()


def _waiting() -> int:
    db.session.rollback()
    return db.session.scalars(select(DoorDevice.waiting_scans)).one()


def test_a_phone_tells_how_many_scans_wait_on_it(client: FlaskClient, evening: Any) -> None:
    phone = pair_phone(client, evening)
    steps = [(0, 0, 0), (1, 7, 7), (2, 6, 7), (29, 5, 7), (31, 4, 4), (32, 0, 0), (33, 100_000, 100_000)]
    for seconds, told, expected in steps:
        clock.set_clock(lambda seconds=seconds: NOW + timedelta(seconds=seconds))
        assert phone.get(f"changes?waiting={told}").status_code == 200
        assert _waiting() == expected, seconds


def test_an_upload_tells_how_many_more_scans_wait(client: FlaskClient, evening: Any) -> None:
    phone = pair_phone(client, evening)
    for told, expected in ((150, 150), (50, 150), (0, 0), (3, 3), (None, 3)):
        assert len(phone.results(phone.scan(code_of(make_ticket(evening))), waiting=told)) == 1
        assert _waiting() == expected, told


def test_an_answer_that_has_not_changed_is_noted_too(client: FlaskClient, evening: Any) -> None:
    phone = pair_phone(client, evening)
    tag = {"If-None-Match": phone.get("changes").headers["ETag"]}
    assert phone.get("changes?waiting=2", **tag).status_code == 304
    assert _waiting() == 2


@pytest.mark.parametrize("told", ["", "-1", "100001", "9999999", "1.5", "tolv", "٣", True, 1.0, -1, 10**6, [], {}])
def test_a_number_of_scans_that_cannot_be_is_ignored_and_loses_no_scan(
    client: FlaskClient, evening: Any, told: Any
) -> None:
    phone = pair_phone(client, evening)
    phone.get("changes?waiting=8")
    assert phone.results(phone.scan(code_of(make_ticket(evening))), waiting=told)[0]["stored"]
    asked = client.get("/api/door/v1/changes", query_string={"waiting": str(told)}, headers=phone.bearer)
    assert (asked.status_code, _waiting()) == (200, 8)


def test_the_api_description_names_each_route_of_the_api(app: Flask, client: FlaskClient) -> None:
    described = client.get("/api/door/v1/openapi.json").json
    assert described["openapi"].startswith("3.1")
    routes = {
        (str(rule).removeprefix("/api/door/v1"), method.lower())
        for rule in app.url_map.iter_rules()
        if str(rule).startswith("/api/door/v1/")
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert {(path, method) for path, item in described["paths"].items() for method in item} == routes


def test_phones_are_told_how_many_places_are_free_for_guests_without_a_ticket(client: FlaskClient) -> None:
    evening = make_event(capacity=10)
    phone = pair_phone(client, evening)
    make_ticket(evening, persons=4)
    make_ticket(evening, persons=5, state="revoked")
    phone.results(phone.scan("", kind="walk_in", persons=2))
    told = phone.get("changes")
    assert told.json["places"] == {"free": 4}
    db.session.execute(update(Event).values(capacity=None))
    db.session.commit()
    later = phone.get(f"changes?since={told.json['version']}", **{"If-None-Match": told.headers["ETag"]})
    assert later.json["places"] == {"free": None}


def test_an_undo_finds_its_guest_without_a_ticket_after_a_new_pairing(client: FlaskClient, evening: Any) -> None:
    first, again = pair_phone(client, evening, "Nord"), pair_phone(client, evening, "Sør")
    walk_in = first.scan("", kind="walk_in", persons=3)
    first.results(walk_in)
    other = again.scan("", kind="walk_in", persons=2)
    undo = again.scan("", kind="undo", persons=0, undoes=walk_in["scan_id"])
    assert [result["class"] for result in again.results(other, undo)] == ["first", "undone"]
    assert again.get("changes").json["headcount"]["total"] == 2
    last = again.scan("", kind="undo", persons=0, undoes=other["scan_id"])
    again.results(last)
    assert again.get("changes").json["headcount"]["total"] == 0
