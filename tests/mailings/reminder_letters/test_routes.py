"""The page for reminder letters: who gets one, why the others do not, and the way on to the release."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from outreach import clock
from outreach.audit.models import AuditEntry
from outreach.database import db
from outreach.messages.models import LetterBatch
from outreach.outbox.models import OutboxMessage
from tests.conftest import NOW
from tests.factories.accounts import make_staff, sign_in
from tests.factories.events import make_event
from tests.factories.invitations import event_invitations
from tests.factories.letters import hand_over, invite, make_home
from tests.factories.rsvp import answer_for, give_answer
from tests.pages import forms_of, send

PAGE = "/admin/arrangementer/ny-i-modum-2026/brev/paminnelse"
LETTERS = "/admin/arrangementer/ny-i-modum-2026/brev"


@pytest.fixture
def printed(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have three letters printed, one of them answered, and let eight days pass."""
    settings = replace(app.extensions["treffpunkt.settings"], release_above_households=1)
    monkeypatch.setitem(app.extensions, "treffpunkt.settings", settings)
    for _ in range(3):
        make_home()
    event = invite()
    hand_over(event)
    answered = event_invitations(event)[0]
    give_answer(answered, answer_for(answered, False))
    clock.set_clock(lambda: NOW + timedelta(days=8))


def press(client: FlaskClient, page: str, action: str) -> Any:
    [form] = [form for form in forms_of(client.get(page)) if action in form.action]
    return send(client, form)


def test_the_page_tells_who_gets_one_and_why_not_the_others(client: FlaskClient, printed: None) -> None:
    sign_in(client)
    page = client.get(PAGE).text
    for words in ("Får påminnelse i brev", "Har takket nei", "Til sammen 3 husstander.", "Gjør påminnelsene klare"):
        assert words in page
    assert PAGE in client.get(LETTERS).text


def test_a_second_person_releases_the_reminders(client: FlaskClient, printed: None) -> None:
    maker = sign_in(client)
    assert press(client, PAGE, "paminnelse").headers["Location"] == LETTERS
    batch = db.session.scalars(db.select(LetterBatch)).one()
    assert (batch.made_by_id, batch.letter_count, batch.wave, batch.released_at_utc) == (maker.id, 2, 2, None)
    own = client.get(LETTERS).text
    assert f"{batch.release_reference} – påminnelse" in own
    assert "Du laget denne utsendingen" in own
    sign_in(client, make_staff("admin"))
    assert press(client, LETTERS, "frigi/").status_code == 303
    [form] = [form for form in forms_of(client.get(LETTERS)) if "lag/build" in form.action]
    assert form.action.endswith("?bolge=2")
    acts = set(db.session.scalars(db.select(AuditEntry.act)))
    assert {"letters.remind", "mailing.release"} <= acts


def test_made_ready_twice_nobody_is_queued_twice(client: FlaskClient, printed: None) -> None:
    sign_in(client)
    press(client, PAGE, "paminnelse")
    press(client, PAGE, "paminnelse")
    queued = db.select(db.func.count()).where(OutboxMessage.kind == "invitation_reminder")
    assert db.session.scalar(queued) == 2
    assert db.session.scalar(db.select(db.func.count()).select_from(LetterBatch)) == 1
    assert "Er allerede med blant påminnelsene" in client.get(PAGE).text


def test_after_the_deadline_the_page_says_so_and_offers_nothing(client: FlaskClient) -> None:
    make_home()
    hand_over(invite(make_event(answer_by=NOW.date() + timedelta(days=7))))
    clock.set_clock(lambda: NOW + timedelta(days=8))
    sign_in(client)
    page = client.get(PAGE)
    assert "Svarfristen var 09.11.2026. Det lages ingen påminnelser etter den." in page.text
    assert not [form for form in forms_of(page) if "paminnelse" in form.action]


@pytest.mark.parametrize("wave", ["0", "3"])
def test_a_wave_that_does_not_exist_is_not_found(client: FlaskClient, wave: str) -> None:
    make_home()
    invite()
    sign_in(client)
    form = forms_of(client.get("/admin/konto"))[0]
    answer = client.post(f"{LETTERS}/lag/build?bolge={wave}", data={"csrf_token": form.values["csrf_token"]})
    assert answer.status_code == 404
