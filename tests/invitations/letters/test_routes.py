from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from outreach.audit.models import AuditEntry
from outreach.database import db
from outreach.invitations.models import Invitation
from outreach.messages.models import LetterBatch
from outreach.outbox.models import OutboxMessage
from tests.factories.accounts import make_staff, sign_in
from tests.factories.letters import invite, make_home
from tests.pages import forms_of, send

PAGE = "/admin/arrangementer/ny-i-modum-2026/brev"


@pytest.fixture
def waiting(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = replace(app.extensions["treffpunkt.settings"], release_above_households=1)
    monkeypatch.setitem(app.extensions, "treffpunkt.settings", settings)
    make_home(("Kari", "Nordmann"))
    make_home(("Åse", "Bråthen"))
    invite()


def press(client: FlaskClient, action: str) -> Any:
    page = client.get(PAGE)
    assert page.status_code == 200
    [form] = [form for form in forms_of(page) if action in form.action]
    return send(client, form)


def test_a_second_person_releases_what_the_first_made_ready(client: FlaskClient, waiting: None) -> None:
    maker = sign_in(client)
    assert press(client, "frigivelse").status_code == 303
    own = client.get(PAGE).text
    assert "En annen enn deg må godkjenne den" in own
    assert "frigi/" not in own
    batch = db.session.scalars(db.select(LetterBatch)).one()
    assert (batch.made_by_id, batch.letter_count, batch.released_at_utc) == (maker.id, 2, None)
    sign_in(client, make_staff("admin"))
    assert press(client, "frigi/").status_code == 303
    assert "Godkjent" in client.get(PAGE).text
    acts = set(db.session.scalars(db.select(AuditEntry.act)))
    assert "mailing.release" in acts


def test_whoever_waits_for_a_release_is_told_whom_to_ask_and_with_which_address(
    client: FlaskClient, waiting: None
) -> None:
    sign_in(client)
    assert 'data-variant="primary" type="submit">Gjør utsendingen klar<' in client.get(PAGE).text
    press(client, "frigivelse")
    page = client.get(PAGE).text
    assert "Disse kan godkjenne den: Administrator, Arrangør." in page
    assert f">http://localhost{PAGE}</a>" in page
    assert 'data-variant="secondary" type="submit">Gjør utsendingen klar på nytt<' in page
    assert "flask letters build" not in page


def test_an_organiser_makes_the_files_from_the_page_or_has_the_command_run(client: FlaskClient, waiting: None) -> None:
    sign_in(client)
    press(client, "frigivelse")
    sign_in(client, make_staff("admin"))
    press(client, "frigi/")
    page = client.get(PAGE).text
    assert 'data-variant="primary" type="submit">Lag brevene<' in page
    assert "flask letters build ny-i-modum-2026 --out brev" in page.split("<details", 1)[1]


def test_the_maker_cannot_release_by_asking_the_address(client: FlaskClient, waiting: None) -> None:
    sign_in(client)
    press(client, "frigivelse")
    batch = db.session.scalars(db.select(LetterBatch)).one()
    [form] = [form for form in forms_of(client.get(PAGE)) if "frigivelse" in form.action]
    form.action = f"{PAGE}/frigi/{batch.release_reference}"
    assert send(client, form).status_code == 403


def test_shows_one_letter_and_writes_down_who_looked(client: FlaskClient, waiting: None) -> None:
    user = sign_in(client)
    invitation = db.session.scalars(db.select(Invitation)).first()
    answer = client.get(f"{PAGE}/{invitation.id}.pdf")
    assert answer.status_code == 200
    assert answer.content_type == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.data.startswith(b"%PDF")
    look = db.session.scalars(db.select(AuditEntry).where(AuditEntry.act == "letter.preview")).one()
    assert (look.actor_id, look.subject_id) == (user.id, invitation.id)


def test_a_letter_that_would_not_be_printed_is_not_shown(client: FlaskClient, waiting: None) -> None:
    sign_in(client)
    invitation = db.session.scalars(db.select(Invitation)).first()
    invitation.state = "revoked"
    db.session.commit()
    answer = client.get(f"{PAGE}/{invitation.id}.pdf")
    assert answer.status_code == 409
    assert "håndteres manuelt" in answer.text
    assert client.get(f"{PAGE}/12345.pdf").status_code == 404


@pytest.mark.parametrize("role", ["reader", "privacy", "door-lead"])
def test_others_do_not_come_near_the_letters(client: FlaskClient, waiting: None, role: str) -> None:
    sign_in(client, role=role)
    assert client.get(PAGE).status_code == 403


def test_a_person_decides_uncertain_letters(client: FlaskClient, waiting: None) -> None:
    sign_in(client)
    db.session.execute(db.update(OutboxMessage).values(state="uncertain"))
    db.session.commit()
    assert press(client, "usikre/delivered").status_code == 303
    assert set(db.session.scalars(db.select(OutboxMessage.state))) == {"handed_over"}


def test_before_anybody_is_invited_the_page_says_where_to_begin(client: FlaskClient) -> None:
    from tests.factories.events import make_event

    make_event()
    sign_in(client)
    assert "Ingen brev ennå" in client.get(PAGE).text


def test_an_old_extract_is_told_in_words(client: FlaskClient, waiting: None) -> None:
    sign_in(client)
    db.session.execute(db.text("update register_import set as_of = '2026-09-01'"))
    db.session.commit()
    press(client, "frigivelse")
    assert "nytt uttrekk" in client.get(PAGE).text


@pytest.mark.parametrize(
    ("url", "is_warned"), [("http://localhost:8000", True), ("https://treff.modum.example", False)]
)
def test_letters_whose_links_nobody_else_can_follow_are_warned_of(
    app: Flask, client: FlaskClient, waiting: None, monkeypatch: pytest.MonkeyPatch, url: str, is_warned: bool
) -> None:
    settings = replace(app.extensions["treffpunkt.settings"], public_url=url)
    monkeypatch.setitem(app.extensions, "treffpunkt.settings", settings)
    sign_in(client, role="organiser")
    text = client.get(PAGE).text
    assert ("Gjestene kan ikke bruke lenkene i disse brevene" in text) == is_warned
    assert (f"viser til {url}." in text) == is_warned
