"""The staff page of an event's doors."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from outreach import clock
from outreach.audit.models import AuditEntry
from outreach.checkin.door_feed import utc_text
from outreach.checkin.models import DoorDevice, DoorPairing
from outreach.checkin.pairing import secret_hash
from outreach.database import db
from tests.factories.accounts import sign_in
from tests.factories.checkin import make_event, pair_phone, pairing_secret

PATH = "/admin/arrangementer/ny-i-modum-2026/dorer"


@pytest.fixture
def evening(client: FlaskClient) -> Any:
    return make_event()


def token_of(page: str) -> str:
    found = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page)
    assert found
    return found[1]


def post(client: FlaskClient, path: str, **fields: str) -> Any:
    return client.post(path, data={"csrf_token": token_of(client.get(PATH).text), **fields})


def test_a_stranger_is_sent_to_sign_in_and_a_reader_may_not(client: FlaskClient, evening: Any) -> None:
    assert client.get(PATH).status_code == 303
    sign_in(client, role="reader")
    assert client.get(PATH).status_code == 403


@pytest.mark.parametrize("role", ["admin", "organiser", "door-lead"])
def test_those_who_manage_doors_see_them(client: FlaskClient, evening: Any, role: str) -> None:
    sign_in(client, role=role)
    assert "Ingen dører er åpnet" in client.get(PATH).text


def test_the_pairing_qr_is_shown_once(client: FlaskClient, evening: Any) -> None:
    sign_in(client, role="door-lead")
    answer = post(client, PATH, door="  Sør  inngang ")
    assert answer.status_code == 303
    shown = client.get(PATH).text
    link = re.search(r"http://localhost/door/#([\w-]{43})", shown)
    assert link
    assert "<svg" in shown
    pairing = db.session.scalars(select(DoorPairing)).one()
    assert (pairing.door, pairing.secret_hash) == ("Sør inngang", secret_hash(link[1]))
    again = client.get(PATH).text
    assert "/door/#" not in again
    assert "Sør inngang" in again


def test_a_door_without_a_name_is_refused_beside_its_field(client: FlaskClient, evening: Any) -> None:
    sign_in(client)
    for name, words in (("", "Skriv et navn på døra."), ("x" * 41, "høyst 40 tegn"), ("\u200b", "Skriv et navn")):
        answer = post(client, PATH, door=name)
        assert answer.status_code == 422
        assert words in answer.text
    assert db.session.scalar(select(func.count()).select_from(DoorPairing)) == 0


def test_closing_a_door_lets_its_phones_go(client: FlaskClient, evening: Any) -> None:
    phone = pair_phone(client, evening, "Nord")
    sign_in(client)
    pairing = db.session.scalars(select(DoorPairing)).one()
    page = client.get(PATH).text
    assert "Telefon ved Nord" in page
    assert post(client, f"{PATH}/{pairing.id}/steng").status_code == 303
    assert phone.get("changes").status_code == 401
    page = client.get(PATH).text
    assert "Stengt" in page
    assert "Koblet fra" in page


def test_one_phone_can_be_let_go_without_the_others(client: FlaskClient, evening: Any) -> None:
    lost, kept = pair_phone(client, evening, "Nord"), pair_phone(client, evening, "Sør")
    sign_in(client)
    device = db.session.scalars(select(DoorDevice).where(DoorDevice.door == "Nord")).one()
    path = f"/admin/arrangementer/{evening.slug}/telefoner/{device.id}/koble-fra"
    assert post(client, path).status_code == 303
    assert (lost.get("changes").status_code, kept.get("changes").status_code) == (401, 200)


def test_a_door_of_another_event_is_not_found(client: FlaskClient, evening: Any) -> None:
    other = make_event(slug="annet")
    pair_phone(client, other)
    sign_in(client)
    pairing, device = db.session.scalars(select(DoorPairing)).one(), db.session.scalars(select(DoorDevice)).one()
    assert post(client, f"{PATH}/{pairing.id}/steng").status_code == 404
    path = f"/admin/arrangementer/{evening.slug}/telefoner/{device.id}/koble-fra"
    assert post(client, path).status_code == 404
    assert client.get("/admin/arrangementer/finnes-ikke/dorer").status_code == 404


def test_a_post_without_the_forms_token_changes_nothing(client: FlaskClient, evening: Any) -> None:
    sign_in(client)
    assert client.post(PATH, data={"door": "Nord"}).status_code == 400
    assert db.session.scalar(select(func.count()).select_from(DoorPairing)) == 0


def test_each_act_is_in_the_audit_trail(client: FlaskClient, evening: Any) -> None:
    sign_in(client)
    post(client, PATH, door="Nord")
    pair_phone(client, evening, "Sør")
    pairing = db.session.scalars(select(DoorPairing).where(DoorPairing.door == "Nord")).one()
    post(client, f"{PATH}/{pairing.id}/steng")
    acts = db.session.scalars(select(AuditEntry.act).where(AuditEntry.act.like("door.%")).order_by(AuditEntry.act))
    assert acts.all() == ["door.close", "door.open", "door.open", "door.pair"]


def test_two_open_doors_are_never_called_the_same(client: FlaskClient, evening: Any) -> None:
    sign_in(client)
    post(client, PATH, door="Nord")
    answer = post(client, PATH, door=" nord ")
    assert answer.status_code == 409
    assert "Det finnes alt en åpen dør med dette navnet." in answer.text
    pairing = db.session.scalars(select(DoorPairing)).one()
    post(client, f"{PATH}/{pairing.id}/steng")
    assert post(client, PATH, door="Nord").status_code == 303
    assert db.session.scalar(select(func.count()).select_from(DoorPairing)) == 2


def test_the_door_of_another_event_or_of_a_shift_that_is_over_takes_no_name(client: FlaskClient, evening: Any) -> None:
    sign_in(client)
    pairing_secret(make_event(slug="annet"), "Nord")
    pairing_secret(evening, "Sør")
    db.session.execute(update(DoorPairing).values(expires_at_utc=clock.now_utc()))
    db.session.commit()
    for door in ("Nord", "Sør"):
        assert post(client, PATH, door=door).status_code == 303


def test_a_new_code_pairs_at_the_same_door_and_the_old_one_no_more(client: FlaskClient, evening: Any) -> None:
    first = pairing_secret(evening, "Nord")
    early = pair(client, first)
    sign_in(client)
    pairing = db.session.scalars(select(DoorPairing)).one()
    assert post(client, f"{PATH}/{pairing.id}/ny-kode").status_code == 303
    link = re.search(r"http://localhost/door/#([\w-]{43})", client.get(PATH).text)
    assert link
    assert "/door/#" not in client.get(PATH).text
    assert pair(client, first).status_code == 410
    late = pair(client, link[1])
    assert (late.status_code, late.json["doors"]) == (201, early.json["doors"])
    bearer = {"Authorization": f"Bearer {early.json['device_token']}"}
    assert client.get("/api/door/v1/changes", headers=bearer).status_code == 200
    assert db.session.scalar(select(func.count()).select_from(DoorPairing)) == 1
    assert "door.renew" in db.session.scalars(select(AuditEntry.act)).all()


@pytest.mark.parametrize("values", [{"is_revoked": True}, {"expires_at_utc": datetime(2026, 1, 1, tzinfo=UTC)}])
def test_a_closed_door_gets_no_new_code(client: FlaskClient, evening: Any, values: dict[str, Any]) -> None:
    secret = pairing_secret(evening, "Nord")
    db.session.execute(update(DoorPairing).values(**values))
    db.session.commit()
    sign_in(client)
    pairing = db.session.scalars(select(DoorPairing)).one()
    path = f"{PATH}/{pairing.id}/ny-kode"
    pairing_hash = pairing.secret_hash
    assert post(client, path).status_code == 409
    assert pairing_hash == secret_hash(secret) == db.session.scalars(select(DoorPairing.secret_hash)).one()


def pair(client: FlaskClient, secret: str) -> Any:
    body = {"pairing_secret": secret, "device_name": "Kari", "clock_utc": utc_text(clock.now_utc())}
    return client.post("/api/door/v1/pair", json=body)
