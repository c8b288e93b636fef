"""Signing up and confirming, as a browser goes it; what a stranger can find out is nothing."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func
from werkzeug.test import TestResponse

from outreach import clock
from outreach.contact_point.models import SignUp, SignUpConsent, SignUpRequest
from outreach.contact_point.own_link import typed_code
from outreach.database import db
from outreach.messages.composers import Withheld, composer_of
from outreach.messages.email import ComposedEmail
from outreach.messages.sms import ComposedSms
from outreach.outbox.models import OutboxMessage
from outreach.outbox.states import Channel
from tests.conftest import NOW
from tests.factories.contact_point import make_sign_up
from tests.pages import forms_of, send

FILLED: dict[str, Any] = {
    "name": "Åse Berg",
    "birth_year": "2003",
    "city": "oslo",
    "finishing_year": "2028",
    "interests": ["jobs", "theses"],
    "channel": "email",
    "email": "Ase@Student.example",
    "news": "y",
    "invitations": "y",
}
BY_SMS = FILLED | {"channel": "sms", "mobile": "412 34 567", "email": ""}


def sign_up(client: FlaskClient, **values: Any) -> TestResponse:
    form = forms_of(client.get("/kontaktpunkt"))[-1]
    return send(client, form, **{**FILLED, **values})


def count(table: Any) -> int:
    db.session.expire_all()
    return db.session.scalar(db.select(func.count()).select_from(table)) or 0


def composed(app: Flask, kind: str) -> Any:
    """Return the one message of `kind` that would leave now; what its composer wrote is committed."""
    composer = composer_of(app, kind)
    assert composer is not None
    rows = db.session.scalars(db.select(OutboxMessage).where(OutboxMessage.kind == kind)).all()
    [message] = [found for found in map(composer.compose, rows) if not isinstance(found, Withheld)]
    db.session.commit()
    return message


def link_in(message: ComposedEmail) -> str:
    found = re.search(r"http://localhost(/kontaktpunkt/bekreft/\S+)", message.text)
    assert found
    return found[1]


def test_somebody_signs_up_by_e_mail_and_counts_when_the_button_is_pressed(app: Flask, client: FlaskClient) -> None:
    answer = sign_up(client)
    assert answer.location == "/kontaktpunkt/sendt"
    assert "Se i e-posten din" in client.get(answer.location).text
    assert count(SignUp) == 0
    path = link_in(composed(app, "contact_confirm"))
    page = client.get(path)
    assert "Bekreft påmeldingen" in page.text
    assert count(SignUp) == 0, "a mail scanner that opens the link confirms nothing"
    done = send(client, forms_of(page)[-1])
    assert done.status_code == 303
    own = client.get(done.location)
    assert "Du er med." in own.text
    row = db.session.scalars(db.select(SignUp)).one()
    assert (row.name, row.city, row.contact) == ("Åse Berg", "oslo", "Ase@student.example")
    assert {one.interest for one in row.interests} == {"jobs", "theses"}
    assert {(one.purpose, one.given_at_utc, one.withdrawn_at_utc) for one in row.consents} == {
        ("news", NOW, None),
        ("invitations", NOW, None),
    }
    assert client.get(path).status_code == 404, "the link is good once"
    welcome = composed(app, "contact_welcome")
    assert "/kontaktpunkt/min/" in welcome.text


def test_somebody_signs_up_by_sms_with_a_code_that_is_typed(app: Flask, client: FlaskClient) -> None:
    answer = sign_up(client, **BY_SMS)
    page = client.get(answer.location)
    assert "Skriv koden fra SMS-en" in page.text
    assert "412" not in page.text
    message = composed(app, "contact_confirm")
    assert isinstance(message, ComposedSms)
    assert message.to == "+4741234567"
    code = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}", message.text)
    assert code
    wrong = send(client, forms_of(page)[-1], code="2222-2222")
    assert wrong.status_code == 422
    assert count(SignUp) == 0
    done = send(client, forms_of(page)[-1], code=code[0].lower().replace("-", " "))
    assert done.status_code == 303
    assert db.session.scalars(db.select(SignUp)).one().channel == "sms"


def test_a_guessed_code_waits_and_the_right_one_comes_in_after(app: Flask, client: FlaskClient) -> None:
    page = client.get(sign_up(client, **BY_SMS).location)
    code = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}", composed(app, "contact_confirm").text)
    assert code
    # With a right check character, so that it is no slip of the finger.
    statuses = [send(client, forms_of(page)[-1], code=typed_code(bytes(32))).status_code for _ in range(7)]
    assert statuses == [422] * 5 + [429] * 2
    clock.set_clock(lambda: NOW + timedelta(minutes=2))
    assert send(client, forms_of(page)[-1], code=code[0]).status_code == 303


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"name": ""}, "Skriv navnet ditt."),
        ({"birth_year": "1850"}, "Fødselsåret er for langt tilbake."),
        ({"birth_year": "2030"}, "Fødselsåret er fram i tid."),
        ({"city": "paris"}, "Velg hvor du studerer."),
        ({"interests": []}, "Kryss av for minst én ting du vil høre om."),
        ({"channel": ""}, "Velg e-post eller SMS."),
        ({"email": ""}, "Skriv e-postadressen din"),
        ({"email": "ikke en adresse"}, "Skriv e-postadressen slik"),
        ({"channel": "sms"}, "Skriv mobilnummeret ditt med 8 sifre."),
        ({"news": None, "invitations": None}, "Kryss av for minst ett av de to."),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_kept(client: FlaskClient, values: dict[str, Any], words: str) -> None:
    form = forms_of(client.get("/kontaktpunkt"))[-1]
    filled = {name: value for name, value in {**form.values, **FILLED, **values}.items() if value is not None}
    answer = client.post(form.action, data=filled)
    assert answer.status_code == 422
    assert "<title>Feil:" in answer.text
    assert answer.text.count(words) == 2, "in the summary and at the field"
    assert 'value="Ase@Student.example"' in answer.text or "email" in values
    assert count(SignUpRequest) == 0


def test_the_city_of_a_poster_is_chosen_and_where_people_heard_of_us_is_kept(client: FlaskClient) -> None:
    form = forms_of(client.get("/kontaktpunkt?by=bergen"))[-1]
    assert (form.values["city"], form.values["by"]) == ("bergen", "bergen")
    assert forms_of(client.get("/kontaktpunkt?by=<script>"))[-1].values["by"] == ""


def test_a_known_address_and_a_new_one_get_the_same_answer(app: Flask, client: FlaskClient) -> None:
    make_sign_up(contact="kjent@student.example")
    answers = [sign_up(client, email=address) for address in ("kjent@student.example", "ny@student.example")]
    assert {(answer.status_code, answer.location) for answer in answers} == {(303, "/kontaktpunkt/sendt")}
    assert count(OutboxMessage) == 4, "each is written to, besides the two of the one who is known"


def test_a_known_number_and_a_new_one_get_the_same_answer(client: FlaskClient) -> None:
    make_sign_up(contact="+4741234567", channel=Channel.SMS)
    pages = [client.get(sign_up(client, **BY_SMS | {"mobile": mobile}).location) for mobile in ("41234567", "41234568")]
    texts = {re.sub(r"(bekreft/|value=\")[^\"]*", "", page.text) for page in pages}
    assert len(texts) == 1


def test_who_signs_up_again_changes_what_is_held_and_keeps_the_page(app: Flask, client: FlaskClient) -> None:
    row = make_sign_up(contact="ase@student.example")
    sign_up(client, email="ase@student.example", city="trondheim")
    message = composed(app, "contact_confirm")
    assert "Du er med fra før." in message.text
    page = client.get(link_in(message))
    assert "Bekreft bare hvis det var du" in page.text
    send(client, forms_of(page)[-1])
    db.session.expire_all()
    assert (count(SignUp), row.city, row.generation) == (1, "trondheim", 0)
    assert count(SignUpConsent) == 2


def test_a_link_is_good_for_two_days(app: Flask, client: FlaskClient) -> None:
    sign_up(client)
    path = link_in(composed(app, "contact_confirm"))
    clock.set_clock(lambda: NOW + timedelta(hours=47))
    assert client.get(path).status_code == 200
    clock.set_clock(lambda: NOW + timedelta(hours=49))
    answer = client.get(path)
    assert answer.status_code == 404
    assert "Meld deg på igjen" in answer.text


def test_the_secret_stands_nowhere_but_in_the_message(app: Flask, client: FlaskClient) -> None:
    sign_up(client)
    token = link_in(composed(app, "contact_confirm")).rpartition("/")[2]
    assert len(token) >= 22, "128 bits in base64"
    stored = db.session.scalars(db.select(SignUpRequest)).one()
    assert stored.token_hash
    assert token not in repr({name: getattr(stored, name) for name in SignUpRequest.__table__.columns.keys()})  # noqa: SIM118
    again = link_in(composed(app, "contact_confirm")).rpartition("/")[2]
    assert again != token


def test_one_address_is_not_written_to_without_end(app: Flask, client: FlaskClient) -> None:
    for number in range(8):
        clock.set_clock(lambda number=number: NOW + timedelta(hours=number))  # type: ignore[misc]
        assert sign_up(client).status_code == 303
    assert (count(SignUpRequest), count(OutboxMessage)) == (8, 5)


def test_who_sends_on_and_on_waits_and_is_not_locked_out(client: FlaskClient) -> None:
    statuses = [sign_up(client, email=f"nr{number}@student.example").status_code for number in range(12)]
    assert statuses[:10] == [303] * 10
    assert statuses[-1] == 429
    clock.set_clock(lambda: NOW + timedelta(minutes=1))
    assert sign_up(client, email="enda-en@student.example").status_code == 303
