from typing import Any

import pytest

from outreach.messages.sms_receipt import GatewayWordError, read_receipt, read_reply
from outreach.outbox.states import Reason, State


@pytest.mark.parametrize(
    ("status", "state", "reason"),
    [
        ("delivered", State.DELIVERED, None),
        ("DELIVERED", State.DELIVERED, None),
        ("failed", State.BOUNCED, Reason.BOUNCED_PERMANENT),
        ("expired", State.BOUNCED, Reason.BOUNCED_TEMPORARY),
        ("buffered", None, None),
        ("", None, None),
    ],
)
def test_reads_what_became_of_a_text(status: str, state: State | None, reason: Reason | None) -> None:
    found = read_receipt({"reference": "42", "status": status, "price": 0.5})
    assert (found.row_id, found.state, found.reason) == (42, state, reason)


@pytest.mark.parametrize(
    "text", ["STOP", " stopp ", "Stopp!", "stop modum", "Slutt", "AVSLUTT", "Avmeld meg", "STOPPP"]
)
def test_understands_a_no(text: str) -> None:
    assert read_reply({"from": "+4791234567", "text": text}).is_no


@pytest.mark.parametrize(
    "text", ["", "Ja takk", "Stoppested?", "ikke stopp", "Kan jeg ta med hunden?", "stopper dere?"]
)
def test_takes_no_other_answer_for_a_no(text: str) -> None:
    assert not read_reply({"from": "+4791234567", "text": text}).is_no


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        "x",
        {},
        {"reference": 42, "status": "delivered"},
        {"reference": "x", "status": "delivered"},
        {"reference": "0", "status": "delivered"},
        {"reference": str(2**63), "status": "delivered"},
        {"reference": "٤٢", "status": "delivered"},
        {"reference": "42", "status": "x" * 3_000},
        {"reference": "42"},
    ],
)
def test_another_shape_is_refused(body: Any) -> None:
    with pytest.raises(GatewayWordError):
        read_receipt(body)
