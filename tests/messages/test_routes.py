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
