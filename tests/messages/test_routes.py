import pytest
from flask import Flask
from flask.testing import FlaskClient

from outreach.database import db
from outreach.outbox.models import OutboxMessage
from tests.factories.accounts import sign_in
from tests.factories.outbox import queue_messages


@pytest.fixture
def doubtful(app: Flask) -> None:
    queue_messages(2)
    queue_messages(1, recipient="guest:doubtful")
    db.session.execute(
        db.update(OutboxMessage).where(OutboxMessage.recipient == "guest:doubtful").values(state="uncertain")
    )
    db.session.commit()


def test_counts_by_channel_and_state_without_addresses(client: FlaskClient, doubtful: None) -> None:
    sign_in(client)
    page = client.get("/admin/utboks").text
    assert "E-post" in page
    assert "Usikkert" in page
    assert "guest" not in page
    assert "Utboksen er tom" not in page


def test_an_empty_outbox_says_so(client: FlaskClient) -> None:
    sign_in(client)
    assert "Utboksen er tom" in client.get("/admin/utboks").text


def test_a_reader_may_not_look(client: FlaskClient) -> None:
    sign_in(client, role="reader")
    assert client.get("/admin/utboks").status_code == 403


def test_staff_add_and_take_back_a_suppression(client: FlaskClient) -> None:
    sign_in(client, role="privacy")
    [form] = [form for form in forms_of(client.get("/admin/reservasjoner")) if "contact" in form.values]
    assert "Ingen reservasjoner" in client.get("/admin/reservasjoner").text
    assert send(client, form, button="add", contact="Per@Gjest.example").status_code == 303
    page = client.get("/admin/reservasjoner").text
    assert "Reservasjonen er lagt inn." in page
    assert "En ansatt" in page
    assert "gjest.example" not in page.lower()
    assert send(client, form, button="take_back", contact="per@gjest.example").status_code == 303
    assert "1 reservasjon er tatt bort." in client.get("/admin/reservasjoner").text


@pytest.mark.parametrize(("contact", "words"), [("", "Skriv en e-postadresse"), ("Åse", "Skriv en e-postadresse som")])
def test_a_contact_that_is_none_is_shown_beside_the_field(client: FlaskClient, contact: str, words: str) -> None:
    sign_in(client)
    [form] = [form for form in forms_of(client.get("/admin/reservasjoner")) if "contact" in form.values]
    answer = send(client, form, button="add", contact=contact)
    assert answer.status_code == 422
    assert answer.text.count(words) == 2
