from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from outreach import clock
from outreach.audit.models import AuditEntry
from outreach.database import db
from outreach.outbox.states import Reason, State
from tests.factories.accounts import sign_in
from tests.factories.events import make_event
from tests.factories.outbox import doubt, queue_messages, rows, states
from tests.factories.rsvp import answer_for, give_answer, make_household
from tests.pages import forms_of, links_of, send


def acts() -> list[tuple[str, str, str]]:
    found = db.session.scalars(db.select(AuditEntry).where(AuditEntry.act.like("message.%")).order_by(AuditEntry.id))
    return [(entry.act, entry.subject_kind, entry.details) for entry in found]


def batch_path(client: FlaskClient) -> str:
    [path] = [link for link in links_of(client.get("/admin/utboks")) if link.startswith("/admin/utboks/")]
    return path


def the_form(client: FlaskClient, path: str) -> object:
    [form] = [form for form in forms_of(client.get(path)) if "/utboks/" in form.action]
    return form


def test_messages_are_decided_batch_by_batch(client: FlaskClient, app: Flask) -> None:
    event = make_event(title="Ny i Modum-kveld")
    queue_messages(3, event_id=event.id)
    doubt()
    queue_messages(2)
    doubt(state=State.WITHHELD, reason=Reason.TOO_LATE)
    sign_in(client)
    page = client.get("/admin/utboks")
    found = [link for link in links_of(page) if link.startswith("/admin/utboks/")]
    paths = sorted(found, key=lambda path: "for-sent" in path)
    assert [path.split(".")[-2:] for path in paths] == [["usikkert", str(event.id)], ["for-sent", "0"]]
    assert "Ny i Modum-kveld" in page.text
    assert send(client, the_form(client, paths[0]), button="resend", scope="alle").status_code == 303
    assert states() == {"queued": 3, "withheld": 2}
    assert send(client, the_form(client, paths[1]), button="drop", scope="alle").status_code == 303
    assert {(row.state, row.reason) for row in rows()} == {("queued", "decided_resend"), ("withheld", "decided_drop")}
    assert client.get(paths[0]).status_code == client.get(paths[1]).status_code == 404, "nothing waits any more"


@pytest.mark.parametrize(("button", "state"), [("resend", "queued"), ("delivered", "handed_over")])
def test_a_single_message_is_decided(client: FlaskClient, app: Flask, button: str, state: str) -> None:
    queue_messages(1)
    doubt()
    user = sign_in(client)
    form = the_form(client, batch_path(client))
    assert send(client, form, button=button).status_code == 303
    assert states() == {state: 1}
    entry = db.session.scalars(db.select(AuditEntry).where(AuditEntry.act == f"message.{button}")).one()
    assert (entry.actor_id, entry.subject_kind, entry.subject_id) == (user.id, "outbox_message", rows()[0].id)
    assert send(client, form, button=button).status_code == 404


def test_only_those_that_are_ticked(client: FlaskClient, app: Flask) -> None:
    queue_messages(3)
    doubt()
    sign_in(client)
    form = the_form(client, batch_path(client))
    chosen = form.choices["chosen"][1]
    assert send(client, form, button="delivered").status_code == 422, "none was ticked, and nobody said all"
    assert states() == {"uncertain": 3}
    assert send(client, form, button="delivered", scope="valgte", chosen=chosen).status_code == 303
    assert {str(row.id): row.state for row in rows()}[chosen] == "handed_over"
    assert states() == {"uncertain": 2, "handed_over": 1}


def test_nothing_is_done_when_more_came_meanwhile(client: FlaskClient, app: Flask) -> None:
    queue_messages(2)
    doubt()
    sign_in(client)
    form = the_form(client, batch_path(client))
    queue_messages(1)
    doubt()
    answer = send(client, form, button="resend", scope="alle")
    assert answer.status_code == 409
    assert "Noe har endret seg" in answer.text
    assert states() == {"uncertain": 3}
    [again] = [found for found in forms_of(answer) if "/utboks/" in found.action]
    assert send(client, again, button="resend", scope="alle").status_code == 303
    assert states() == {"queued": 3}


@pytest.mark.parametrize("button", ["drop", "something else"])
def test_what_may_have_left_cannot_be_dropped(client: FlaskClient, app: Flask, button: str) -> None:
    queue_messages(1)
    doubt()
    sign_in(client)
    form = the_form(client, batch_path(client))
    answer = client.post(form.action, data={**form.values, "decision": button})
    assert answer.status_code in (409, 422)
    assert states() == {"uncertain": 1}


def test_the_household_is_named_and_the_look_is_noted(client: FlaskClient, app: Flask) -> None:
    invitation = make_household(make_event(), ("Kari", "Ola"))
    give_answer(invitation, answer_for(invitation, True, True, email="ola@gjest.example"))
    doubt()
    sign_in(client)
    page = client.get(batch_path(client))
    assert "Kari" in page.text
    assert "ola@gjest.example" not in page.text
    assert f"/invitasjoner/{invitation.id}" in page.text
    assert [act for act, *_ in acts()] == ["message.list_doubtful"]


def test_pages_of_fifty(client: FlaskClient, app: Flask) -> None:
    queue_messages(51, due_at_utc=clock.now_utc() - timedelta(days=1))
    doubt()
    sign_in(client)
    path = batch_path(client)
    assert len(the_form(client, path).choices["chosen"]) == 50
    assert len(the_form(client, f"{path}?side=2").choices["chosen"]) == 1
    assert client.get(f"{path}?side=3").status_code == 404


@pytest.mark.parametrize(
    "path", ["x.brev.usikkert.0", "x.email.kanskje.0", "x.email.usikkert.en", "finnes-ikke.email.usikkert.0", "x"]
)
def test_what_is_no_batch_is_not_found(client: FlaskClient, path: str) -> None:
    sign_in(client)
    assert client.get(f"/admin/utboks/{path}").status_code == 404
