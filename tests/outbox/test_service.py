import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from outreach.database import db
from outreach.outbox import queries, service
from outreach.outbox.models import OutboxMessage
from outreach.outbox.states import Channel, Decision, Reason, State
from outreach.outbox.trying import service as trying
from tests.conftest import NOW
from tests.factories.outbox import new_message, queue_messages, rows, states

LATER = NOW + timedelta(seconds=400)


def _claim(worker: str = "a", limit: int = 10, now=NOW) -> list[int]:
    ids = service.claim(Channel.EMAIL, worker=worker, now=now, lease_seconds=300, limit=limit)
    db.session.commit()
    return ids


def _attempt(message_id: int, worker: str = "a") -> bool:
    begun = trying.attempt(message_id, worker=worker, now=NOW, lease_seconds=300)
    db.session.commit()
    return begun


def test_queueing_the_same_message_twice_makes_one_row(app: Flask) -> None:
    message = new_message()
    assert service.queue([message, new_message()], NOW) == 2
    assert service.queue([message, message, new_message()], NOW) == 1
    assert states() == {"queued": 3}


def test_queues_more_messages_than_one_statement_holds(app: Flask) -> None:
    assert service.queue((new_message() for _ in range(1203)), NOW) == 1203


def test_a_rolled_back_decision_queues_nothing(app: Flask) -> None:
    service.queue([new_message()], NOW)
    db.session.rollback()
    assert states() == {}


def test_claims_only_what_is_due_on_its_channel_the_longest_due_first(app: Flask) -> None:
    early, late = new_message(due_at_utc=NOW - timedelta(hours=2)), new_message(due_at_utc=NOW - timedelta(hours=1))
    service.queue(
        [late, early, new_message(due_at_utc=NOW + timedelta(seconds=1)), new_message(channel=Channel.SMS)], NOW
    )
    claimed = [db.session.get_one(OutboxMessage, message_id).recipient for message_id in _claim()]
    assert claimed == [early.recipient, late.recipient]


def test_two_workers_never_claim_the_same_message(app: Flask) -> None:
    queue_messages(60)
    claimed: list[int] = []

    def work(name: str) -> None:
        with app.app_context():
            while ids := _claim(name, limit=7):
                claimed.extend(ids)

    threads = [threading.Thread(target=work, args=(f"worker-{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(claimed) == 60
    assert len(set(claimed)) == 60


def test_an_attempt_is_noted_once_and_only_by_the_claimant(app: Flask) -> None:
    queue_messages(1)
    [message_id] = _claim("a")
    assert not _attempt(message_id, "b")
    assert _attempt(message_id, "a")
    assert not _attempt(message_id, "a")


@pytest.mark.parametrize(
    "stop",
    [
        lambda row: service.withhold(recipient=row.recipient, reason=Reason.PROTECTED),
        lambda row: service.withhold(recipients=[row.recipient, "guest:none"], reason=Reason.PROTECTED),
        lambda row: service.withhold(event_id=7, reason=Reason.EVENT_CANCELLED),
        lambda row: service.withhold(purpose="test:1", reason=Reason.REPLACED),
    ],
)
def test_withholding_wins_over_a_claim_that_has_not_begun(app: Flask, stop: Callable[[OutboxMessage], int]) -> None:
    queue_messages(1, event_id=7)
    [message_id] = _claim()
    assert stop(rows()[0]) == 1
    db.session.commit()
    assert not _attempt(message_id)
    assert states() == {"withheld": 1}


def test_withholding_cannot_call_back_what_a_transport_may_have(app: Flask) -> None:
    queue_messages(1)
    [message_id] = _claim()
    _attempt(message_id)
    assert service.withhold(recipient=rows()[0].recipient, reason=Reason.ERASED) == 0
    assert states() == {"claimed": 1}


def test_withholding_without_a_condition_is_refused(app: Flask) -> None:
    with pytest.raises(ValueError, match="recipient"):
        service.withhold(reason=Reason.ERASED)


def test_a_claim_never_begun_returns_to_the_queue_when_its_lease_is_over(app: Flask) -> None:
    queue_messages(2)
    begun, _ = _claim()
    _attempt(begun)
    assert service.recover_unattempted([Channel.EMAIL], dead=(), now=NOW) == 0
    assert service.recover_unattempted([Channel.EMAIL], dead=(), now=LATER) == 1
    assert states() == {"claimed": 1, "queued": 1}


def test_the_rows_of_a_dead_worker_need_not_wait_for_the_lease(app: Flask) -> None:
    queue_messages(2)
    begun, _ = _claim("dead")
    _attempt(begun, "dead")
    assert service.recover_unattempted([Channel.EMAIL], dead=["dead"], now=NOW) == 1
    found = queries.attempts_of_the_dead([Channel.EMAIL], dead=["dead"], now=NOW, limit=10)
    assert [row.id for row in found] == [begun]


def test_a_worker_thought_dead_may_still_tell_the_truth(app: Flask) -> None:
    queue_messages(1)
    [message_id] = _claim("slow")
    _attempt(message_id, "slow")
    service.settle([message_id], state=State.UNCERTAIN, now=LATER)
    assert not trying.finish(message_id, worker="other", state=State.HANDED_OVER, now=LATER)
    assert trying.finish(message_id, worker="slow", state=State.HANDED_OVER, now=LATER)
    assert states() == {"handed_over": 1}


def test_tries_again_later_and_gives_up_in_the_end(app: Flask) -> None:
    queue_messages(1)
    [message_id] = _claim()
    _attempt(message_id)
    assert trying.retry_later(message_id, attempts=1, worker="a", now=NOW) is State.QUEUED
    assert rows()[0].due_at_utc > NOW
    assert rows()[0].attempted_at_utc is None
    db.session.commit()
    [message_id] = _claim(now=NOW + timedelta(hours=1))
    assert trying.retry_later(message_id, attempts=12, worker="a", now=NOW) is State.FAILED
    assert rows()[0].reason == Reason.GAVE_UP


@pytest.mark.parametrize(("decision", "state"), [(Decision.RESEND, "queued"), (Decision.DELIVERED, "handed_over")])
def test_a_person_decides_what_is_uncertain(app: Flask, decision: Decision, state: str) -> None:
    queue_messages(1)
    [message_id] = _claim()
    assert service.decide([message_id], decision, now=NOW) == 0
    _attempt(message_id)
    service.settle([message_id], state=State.UNCERTAIN, now=NOW)
    assert service.decide([message_id], Decision.DROP, now=NOW) == 0, "it may have left"
    assert service.decide([message_id], decision, now=NOW) == 1
    assert service.decide([message_id], decision, now=NOW) == 0
    assert states() == {state: 1}


def test_a_restored_copy_does_not_send_until_a_person_confirms(app: Flask) -> None:
    assert service.permit("first-installation", NOW)
    assert service.permit("first-installation", NOW)
    assert not service.permit("restored-copy", NOW)
    assert service.permit("restored-copy", NOW, confirmed=True)
    assert service.permit("restored-copy", NOW)
