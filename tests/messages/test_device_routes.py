"""What an SMS gateway tells us: receipts and STOP, by its token only."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from outreach.database import db
from outreach.messages.queries import purposes_against, suppression_counts
from outreach.messages.service import address_hashes
from outreach.outbox.models import OutboxMessage
from outreach.outbox.states import Channel
from tests.factories.outbox import queue_messages, rows


@pytest.fixture
def bearer(app: Flask) -> dict[str, str]:
    result = app.test_cli_runner().invoke(args=["messages", "gateway-token"])
    assert result.exit_code == 0
    assert len(result.stdout.strip()) == 64
    return {"Authorization": f"Bearer {result.stdout.strip()}"}


def _tell(client: FlaskClient, what: str, body: Any, headers: dict[str, str]) -> tuple[int, Any]:
    answer = client.post(f"/api/sms/v1/{what}", json=body, headers=headers)
    return answer.status_code, answer.get_json()


def test_receipts_early_twice_out_of_order_and_unknown(client: FlaskClient, bearer: dict[str, str]) -> None:
    queue_messages(1, channel=Channel.SMS)
    db.session.execute(db.update(OutboxMessage).values(state="claimed", attempts=1))
    db.session.commit()
    reference = str(rows()[0].id)
    told = [
        _tell(client, "receipts", {"reference": number, "status": status}, bearer)
        for number, status in (
            (reference, "buffered"),
            (reference, "delivered"),
            (reference, "delivered"),
            (reference, "failed"),
            (reference, "delivered"),
            ("4711", "delivered"),
        )
    ]
    assert told == [
        (200, {"noted": noted}) for noted in ("on_its_way", "new", "repeated", "new", "repeated", "unknown")
    ]
    assert [(row.state, row.reason) for row in rows()] == [("bounced", "bounced_permanent")]


def test_a_receipt_for_a_text_changes_no_email(client: FlaskClient, bearer: dict[str, str]) -> None:
    queue_messages(1)
    db.session.execute(db.update(OutboxMessage).values(state="handed_over", attempts=1))
    db.session.commit()
    body = {"reference": str(rows()[0].id), "status": "failed"}
    assert _tell(client, "receipts", body, bearer) == (200, {"noted": "unknown"})
    assert [row.state for row in rows()] == ["handed_over"]


def test_stop_stops_and_other_words_are_not_kept(client: FlaskClient, bearer: dict[str, str]) -> None:
    assert _tell(client, "replies", {"from": "+4791234567", "text": "Ja!"}, bearer) == (200, {"stopped": False})
    assert suppression_counts() == {}
    for _ in range(2):
        assert _tell(client, "replies", {"from": "91234567", "text": "STOPP"}, bearer) == (200, {"stopped": True})
    assert purposes_against(address_hashes("+4791234567")) == ["all"]
    assert suppression_counts() == {("all", "sms"): 1}


@pytest.mark.parametrize("what", ["receipts", "replies"])
@pytest.mark.parametrize("body", [None, [], {"from": "x"}, {"reference": {}}])
def test_what_has_another_shape_is_refused_in_words(
    client: FlaskClient, bearer: dict[str, str], what: str, body: Any
) -> None:
    status, told = _tell(client, what, body, bearer)
    assert status == 422
    assert told["error"]


def test_a_number_that_is_none_is_refused(client: FlaskClient, bearer: dict[str, str]) -> None:
    assert _tell(client, "replies", {"from": "Modum", "text": "STOP"}, bearer)[0] == 422
