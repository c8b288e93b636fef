import pytest
from flask import Flask
from flask.testing import FlaskClient

from outreach.audit.models import AuditEntry
from outreach.database import db
from outreach.outbox.models import OutboxMessage
from tests.factories.accounts import sign_in
from tests.factories.outbox import queue_messages, states
from tests.pages import forms_of, send


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


@pytest.mark.parametrize(("button", "state"), [("resend", "queued"), ("delivered", "handed_over")])
def test_a_person_decides_what_is_doubtful(client: FlaskClient, doubtful: None, button: str, state: str) -> None:
    user = sign_in(client)
    [form] = [form for form in forms_of(client.get("/admin/utboks")) if "/utboks/" in form.action]
    assert send(client, form, button=button).status_code == 303
    expected = {"queued": 2, "handed_over": 1} if state == "handed_over" else {"queued": 3}
    assert states() == expected
    entry = db.session.scalars(db.select(AuditEntry).where(AuditEntry.act.like("message.%"))).one()
    assert (entry.actor_id, entry.subject_kind) == (user.id, "outbox_message")
    assert send(client, form, button=button).status_code == 409
    assert send(client, form, button="something else").status_code == 422


def test_an_empty_outbox_says_so(client: FlaskClient) -> None:
    sign_in(client)
    assert "Utboksen er tom" in client.get("/admin/utboks").text


def test_a_reader_may_not_look(client: FlaskClient) -> None:
    sign_in(client, role="reader")
    assert client.get("/admin/utboks").status_code == 403
