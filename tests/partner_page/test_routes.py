"""Staff ask Enhetsregisteret, which is off until it is set, and whose silence changes nothing."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from outreach.database import db
from outreach.partners.models import Organisation
from tests.factories.accounts import sign_in
from tests.factories.business_register import BusinessRegisterServer
from tests.factories.partners import make_partner
from tests.pages import Form, forms_of, send


@pytest.fixture
def server() -> Iterator[BusinessRegisterServer]:
    with BusinessRegisterServer().running() as running:
        yield running


@pytest.fixture
def staff(
    app: Flask, client: FlaskClient, server: BusinessRegisterServer, monkeypatch: pytest.MonkeyPatch
) -> FlaskClient:
    settings = app.extensions["treffpunkt.settings"]
    services = replace(settings.services, business_register_url=server.url)
    monkeypatch.setitem(app.extensions, "treffpunkt.settings", replace(settings, services=services))
    sign_in(client)
    return client


def look_up(client: FlaskClient, row: Organisation) -> Form:
    return next(form for form in forms_of(client.get(f"/admin/partnere/{row.id}")) if "enhetsregisteret" in form.action)


def test_what_the_register_says_is_kept_and_shown(staff: FlaskClient, server: BusinessRegisterServer) -> None:
    row = make_partner()
    server.register(row.number or "", "MODUM TREVARE AS", konkurs=True)
    answer = send(staff, look_up(staff, row))
    assert answer.status_code == 303
    page = staff.get(answer.location).text
    assert "Enhetsregisteret svarte: Konkurs" in page
    assert "MODUM TREVARE AS" in page
    assert server.asked == [f"/enhetsregisteret/api/enheter/{row.number}"]
    assert server.accepted == ["application/json"]


def test_a_number_that_nobody_has_is_told(staff: FlaskClient, server: BusinessRegisterServer) -> None:
    row = make_partner()
    assert send(staff, look_up(staff, row)).status_code == 303
    assert "Finnes ikke i Enhetsregisteret" in staff.get(f"/admin/partnere/{row.id}").text
    server.removed.add(row.number or "")
    assert send(staff, look_up(staff, row)).status_code == 303
    assert "Slettet" in staff.get(f"/admin/partnere/{row.id}").text


@pytest.mark.parametrize("fault", [500, 503, 429, 302])
def test_a_register_that_cannot_tell_changes_nothing(
    staff: FlaskClient, server: BusinessRegisterServer, fault: int
) -> None:
    row = make_partner()
    server.fault = fault
    answer = send(staff, look_up(staff, row))
    assert answer.status_code == 503
    assert "Enhetsregisteret svarer ikke akkurat nå." in answer.text
    db.session.expire_all()
    assert row.standing == ""


def test_another_number_is_not_taken_for_the_one_that_was_looked_up(
    staff: FlaskClient, server: BusinessRegisterServer
) -> None:
    row = make_partner()
    server.register(row.number or "", "MODUM TREVARE AS")
    send(staff, look_up(staff, row))
    form = next(form for form in forms_of(staff.get(f"/admin/partnere/{row.id}/endre")) if "number" in form.values)
    assert send(staff, form, number="").status_code == 303
    db.session.expire_all()
    assert (row.standing, row.register_name) == ("", "")


def test_a_partner_without_a_number_is_not_looked_up(staff: FlaskClient, server: BusinessRegisterServer) -> None:
    row, other = make_partner(number=None), make_partner()
    form = look_up(staff, other)
    form.action = form.action.replace(str(other.id), str(row.id))
    answer = send(staff, form)
    assert (answer.status_code, server.asked) == (422, [])
    assert "har ikke noe organisasjonsnummer" in answer.text


def test_it_is_off_until_it_is_set(app: Flask, client: FlaskClient) -> None:
    sign_in(client)
    row = make_partner()
    page = client.get(f"/admin/partnere/{row.id}")
    assert not [form for form in forms_of(page) if "enhetsregisteret" in form.action]
    form = next(form for form in forms_of(page) if form.action.endswith("/slett"))
    form.action = f"/admin/partnere/{row.id}/enhetsregisteret"
    assert send(client, form).status_code == 404
