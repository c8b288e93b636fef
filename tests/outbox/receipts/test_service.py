"""Receipts come early, late, twice, in any order and about nothing; none of it sends anything again."""

import pytest
from flask import Flask

from outreach.database import db
from outreach.outbox import service
from outreach.outbox.models import OutboxMessage
from outreach.outbox.receipts.service import Noted, note
from outreach.outbox.states import Channel, Reason, State, may_follow
from outreach.outbox.trying import service as trying
from tests.conftest import NOW
from tests.factories.outbox import queue_messages, rows

EMAIL = Channel.EMAIL


def _message(state: State, *, attempts: int = 1) -> int:
    queue_messages(1)
    values = {"state": state.value, "attempts": attempts, "claimed_by": "w"}
    db.session.execute(db.update(OutboxMessage).values(**values))
    db.session.commit()
    return rows()[0].id


@pytest.mark.parametrize("before", [state for state in State if state not in (State.DELIVERED, State.BOUNCED)])
@pytest.mark.parametrize("told", [State.DELIVERED, State.BOUNCED])
def test_a_receipt_tells_the_fate_whatever_we_thought(app: Flask, before: State, told: State) -> None:
    row_id = _message(before)
    assert note(row_id, state=told, channel=EMAIL, now=NOW) is Noted.NEW
    db.session.commit()
    [row] = rows()
    assert row.state == told
    assert row.handed_over_at_utc == NOW
    assert may_follow(before, told)


@pytest.mark.parametrize(
    ("first", "then", "noted", "left"),
    [
        (State.DELIVERED, State.DELIVERED, Noted.REPEATED, State.DELIVERED),
        (State.BOUNCED, State.BOUNCED, Noted.REPEATED, State.BOUNCED),
        (State.DELIVERED, State.BOUNCED, Noted.NEW, State.BOUNCED),
        (State.BOUNCED, State.DELIVERED, Noted.REPEATED, State.BOUNCED),
    ],
)
def test_twice_and_out_of_order(app: Flask, first: State, then: State, noted: Noted, left: State) -> None:
    row_id = _message(State.HANDED_OVER)
    note(row_id, state=first, channel=EMAIL, now=NOW)
    assert note(row_id, state=then, channel=EMAIL, now=NOW) is noted
    db.session.commit()
    assert [row.state for row in rows()] == [left]


def test_a_receipt_about_what_never_left_or_is_not_ours_is_unknown(app: Flask) -> None:
    never = _message(State.QUEUED, attempts=0)
    for row_id, channel in ((never, EMAIL), (12345, EMAIL), (never, Channel.SMS)):
        assert note(row_id, state=State.BOUNCED, channel=channel, now=NOW) is Noted.UNKNOWN
    db.session.commit()
    assert [row.state for row in rows()] == ["queued"]


@pytest.mark.parametrize("outcome", ["finish", "retry_later"])
def test_a_receipt_before_the_call_returns_is_not_overwritten_by_the_worker(app: Flask, outcome: str) -> None:
    row_id = _message(State.CLAIMED)
    note(row_id, state=State.DELIVERED, channel=EMAIL, now=NOW)
    if outcome == "finish":
        assert not trying.finish(row_id, worker="w", state=State.HANDED_OVER, now=NOW)
    else:
        trying.retry_later(row_id, attempts=1, worker="w", now=NOW)
    db.session.commit()
    assert [row.state for row in rows()] == ["delivered"]


def test_what_waits_to_be_tried_again_is_not_sent_twice_when_a_receipt_comes(app: Flask) -> None:
    row_id = _message(State.QUEUED)
    note(row_id, state=State.DELIVERED, channel=EMAIL, now=NOW)
    db.session.commit()
    assert service.claim(EMAIL, worker="w", now=NOW, lease_seconds=9, limit=9) == []


def test_a_bounce_keeps_its_reason(app: Flask) -> None:
    row_id = _message(State.HANDED_OVER)
    note(row_id, state=State.BOUNCED, channel=EMAIL, reason=Reason.BOUNCED_TEMPORARY, now=NOW)
    db.session.commit()
    assert [row.reason for row in rows()] == ["bounced_temporary"]
