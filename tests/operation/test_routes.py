from datetime import timedelta

from flask.testing import FlaskClient

from outreach import clock
from outreach.audit.actor import COMMAND
from outreach.database import db
from outreach.invitations.letters.making import service as making
from outreach.invitations.letters.making.stages import JobKind
from outreach.outbox.models import OutboxMessage
from tests.conftest import NOW
from tests.factories.events import make_event


def test_alive_says_ok(client: FlaskClient) -> None:
    assert client.get("/healthz").data == b"ok\n"


def test_a_database_without_migrations_is_not_ready(client: FlaskClient) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 503
    holds = {check["name"]: check["holds"] for check in answer.get_json()["checks"]}
    assert holds == {"schema": False, "queue": True, "register": True, "letters": True}


def test_a_message_left_lying_shows_in_readiness(client: FlaskClient) -> None:
    overdue = NOW - timedelta(hours=1)
    db.session.add(
        OutboxMessage(purpose="p", recipient="r", channel="email", kind="k", created_at_utc=overdue, due_at_utc=overdue)
    )
    db.session.commit()
    checks = {check["name"]: check["holds"] for check in client.get("/readyz").get_json()["checks"]}
    assert checks["queue"] is False


def test_letters_that_no_worker_makes_show_in_readiness_and_behind_work_that_goes_on_they_do_not(
    client: FlaskClient,
) -> None:
    waiting, busy = make_event(), make_event(slug="en-annen-kveld")
    making.ask(waiting, JobKind.BUILD, batch_id=None, actor=COMMAND, now=NOW - timedelta(minutes=6))
    db.session.commit()
    assert _letters_hold(client) is False
    making.ask(busy, JobKind.BUILD, batch_id=None, actor=COMMAND, now=NOW - timedelta(minutes=7))
    assert making.claim("worker", NOW) is not None
    db.session.commit()
    assert _letters_hold(client) is True
    clock.set_clock(lambda: NOW + making.LEASE + timedelta(seconds=1))
    assert _letters_hold(client) is False


def _letters_hold(client: FlaskClient) -> bool:
    holds: dict[str, bool] = {check["name"]: check["holds"] for check in client.get("/readyz").get_json()["checks"]}
    return holds["letters"]


def test_metrics_count_messages_for_this_machine_and_hide_from_others(client: FlaskClient) -> None:
    assert client.get("/metrics", environ_base={"REMOTE_ADDR": "127.0.0.1"}).status_code == 200
    assert client.get("/metrics", environ_base={"REMOTE_ADDR": "192.0.2.7"}).status_code == 404
    assert client.get("/metrics", headers={"X-Forwarded-For": "192.0.2.7"}).status_code == 404
