"""One's own page: see, change, withdraw, stay, take along, erase."""

import json
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from outreach import clock
from outreach.contact_point.models import SignUp, SignUpRequest
from outreach.database import db
from outreach.outbox.models import OutboxMessage
from tests.conftest import NOW
from tests.contact_point.test_public_routes import composed, count, link_in
from tests.factories.contact_point import make_sign_up, own_path
from tests.pages import forms_of, send


@pytest.fixture
def row(app: Flask) -> SignUp:
    return make_sign_up()


def test_shows_all_that_is_held(client: FlaskClient, row: SignUp) -> None:
    text = client.get(own_path(row)).text
    for words in (
        "Åse Berg",
        "2003",
        "OsloMet",
        "Sykepleie",
        "2028",
        "ase@student.example",
        "Du sa ja mandag 2.\u00a0november",
    ):
        assert words in text, words


def test_everything_can_be_changed(client: FlaskClient, row: SignUp) -> None:
    form = forms_of(client.get(f"{own_path(row)}/endre"))[-1]
    assert form.values["name"] == "Åse Berg"
    answer = client.post(
        f"{own_path(row)}/endre",
        data={**form.values, "name": "Åse Lien", "city": "bergen", "interests": ["plots"], "finishing_year": ""},
    )
    assert answer.location.endswith("?lagret=1")
    db.session.expire_all()
    assert (row.name, row.city, row.finishing_year) == ("Åse Lien", "bergen", None)
    assert [one.interest for one in row.interests] == ["plots"]
    assert all(one.withdrawn_at_utc is None for one in row.consents)


def test_another_address_counts_when_it_is_confirmed_and_then_closes_the_old_link(
    app: Flask, client: FlaskClient, row: SignUp
) -> None:
    old = own_path(row)
    form = forms_of(client.get(f"{old}/endre"))[-1]
    data = {**form.values, "interests": ["jobs"], "email": "ny@student.example"}
    assert client.post(f"{old}/endre", data=data).location == "/kontaktpunkt/sendt"
    db.session.expire_all()
    assert row.contact == "ase@student.example"
    message = composed(app, "contact_confirm")
    assert message.to == "ny@student.example"
    page = client.get(link_in(message))
    assert "Bekreft den nye adressen" in page.text
    done = send(client, forms_of(page)[-1])
    db.session.expire_all()
    assert row.contact == "ny@student.example"
    assert client.get(old).status_code == 404
    assert client.get(done.location).status_code == 200
    assert "Lenken virker ikke" not in client.get(own_path(row)).text


def test_an_address_that_is_signed_up_by_another_row_leaves_one_row(
    app: Flask, client: FlaskClient, row: SignUp
) -> None:
    make_sign_up(contact="ny@student.example", name="Åse B")
    form = forms_of(client.get(f"{own_path(row)}/endre"))[-1]
    client.post(f"{own_path(row)}/endre", data={**form.values, "interests": ["jobs"], "email": "ny@student.example"})
    send(client, forms_of(client.get(link_in(composed(app, "contact_confirm"))))[-1])
    assert count(SignUp) == 1
    assert row.contact == "ny@student.example"


@pytest.mark.parametrize("purpose", ["news", "invitations"])
def test_each_consent_is_withdrawn_by_itself_and_its_end_is_kept(
    client: FlaskClient, row: SignUp, purpose: str
) -> None:
    clock.set_clock(lambda: NOW + timedelta(days=1))
    page = client.get(own_path(row))
    form = next(form for form in forms_of(page) if form.action.endswith(f"/trekk/{purpose}"))
    assert send(client, form).status_code == 303
    db.session.expire_all()
    ended = {one.purpose: one.withdrawn_at_utc for one in row.consents}
    assert ended.pop(purpose) == NOW + timedelta(days=1)
    assert set(ended.values()) == {None}
    assert "trukket tilbake" in client.get(own_path(row)).text


def test_a_yes_that_is_given_again_is_another_row(client: FlaskClient, row: SignUp) -> None:
    form = forms_of(client.get(f"{own_path(row)}/endre"))[-1]
    base = {**form.values, "interests": ["jobs"]}
    client.post(f"{own_path(row)}/endre", data={name: value for name, value in base.items() if name != "news"})
    clock.set_clock(lambda: NOW + timedelta(days=1))
    client.post(f"{own_path(row)}/endre", data={**base, "news": "y"})
    db.session.expire_all()
    news = [(one.given_at_utc, one.withdrawn_at_utc) for one in row.consents if one.purpose == "news"]
    assert news == [(NOW, NOW), (NOW + timedelta(days=1), None)]


def test_staying_begins_a_new_year(client: FlaskClient, row: SignUp) -> None:
    later = NOW + timedelta(days=370)
    row.asks, row.asked_at_utc = 2, later
    db.session.commit()
    clock.set_clock(lambda: later)
    form = next(form for form in forms_of(client.get(own_path(row))) if form.action.endswith("/bli"))
    send(client, form)
    db.session.expire_all()
    assert (row.asks, row.asked_at_utc, row.renewed_at_utc) == (0, None, later)


def test_everything_can_be_taken_along(client: FlaskClient, row: SignUp) -> None:
    told = json.loads(client.get(f"{own_path(row)}/opplysninger.json").data)
    assert (told["name"], told["contact"], told["birth_year"]) == ("Åse Berg", "ase@student.example", 2003)
    assert [one["withdrawn_at"] for one in told["consents"]] == [None, None]


def test_erasing_asks_first_and_leaves_nothing(client: FlaskClient, row: SignUp) -> None:
    path, mine = own_path(row), OutboxMessage.recipient == f"sign_up:{row.id}"
    page = client.get(f"{path}/slett")
    assert count(SignUp) == 1
    answer = send(client, forms_of(page)[-1])
    assert "Alt om deg er slettet" in client.get(answer.location).text
    left = {table: count(table) for table in (SignUp, SignUpRequest)}
    assert set(left.values()) == {0}
    assert not db.session.scalars(db.select(OutboxMessage).where(mine)).all()
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("token", ["", "x", "2" * 39])
def test_a_link_that_is_none_opens_nothing(client: FlaskClient, row: SignUp, token: str) -> None:
    code = own_path(row).rpartition("/")[2]
    other = token or code[:-1] + ("2" if code[-1] != "2" else "3")
    assert client.get(f"/kontaktpunkt/min/{other}").status_code == 404
