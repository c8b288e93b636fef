"""The top of the start page: what waits, for whoever may do it and for nobody else."""

from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from outreach.accounts.roles import Role
from outreach.audit.actor import COMMAND, Actor
from outreach.database import db
from outreach.invitations.letters import service as letters
from outreach.invitations.letters.making import service as making
from outreach.invitations.letters.making.stages import JobKind
from outreach.invitations.letters.planning import service as planning
from outreach.mailings.mailing import Kind
from outreach.people.models import Household, Person
from outreach.people.set_aside import SET_ASIDE
from outreach.questions import service as questions
from outreach.questions.question import Asked
from tests.conftest import NOW
from tests.factories.accounts import sign_in
from tests.factories.events import make_event
from tests.factories.invitations import invite_all, make_invited
from tests.factories.mailings import make_mailing
from tests.factories.outbox import doubt, queue_messages
from tests.factories.people import national_number, ndjson, person_document, residence
from tests.pages import links_of
from tests.register.test_routes import press, staged_page

HEADING = "Dette venter på deg"


@pytest.fixture
def all_sorts(app: Flask) -> None:
    """Leave something of every sort behind: a message in doubt, a household to look at, a possible double."""
    queue_messages(2)
    doubt()
    for number in range(2):
        person = Person(given_name="Åse", family_name="Lien", birth_date="1990-04-12", birth_year=1990)
        person.identity_hash, person.weak_hash = f"1:test-{number}" if number else None, "1:weak"
        person.is_resident, person.seen_as_of, person.seen_import_id = bool(number), date(2026, 11, 1), 1
        person.household = Household(dwelling_hash=f"1:home-{number}", set_aside_reason=SET_ASIDE if number else "")
        db.session.add(person)
    db.session.commit()


def test_says_what_waits_and_leads_there(client: FlaskClient, all_sorts: None) -> None:
    sign_in(client, role=Role.ORGANISER)
    page = client.get("/admin/")
    assert HEADING in page.text
    assert "Avgjør 2 meldinger" in page.text
    assert "Vurder om 1 husstand" in page.text
    assert "Se på 1 mulig dobbeltføring" in page.text
    for path in ("/admin/utboks", "/admin/husstander?vis=vurderes", "/admin/husstander/dobbelt"):
        assert path in links_of(page)
        assert client.get(path).status_code == 200


@pytest.mark.parametrize("role", [Role.READER, Role.DOOR_LEAD, Role.PRIVACY])
def test_says_nothing_to_those_who_may_not_do_it(client: FlaskClient, all_sorts: None, role: Role) -> None:
    sign_in(client, role=role)
    assert HEADING not in client.get("/admin/").text


def test_an_installation_where_nothing_waits_has_no_such_box(client: FlaskClient) -> None:
    sign_in(client)
    assert HEADING not in client.get("/admin/").text


def test_a_mailing_waits_for_another_than_its_maker(client: FlaskClient, app: Flask) -> None:
    event = make_event(title="Ny i Modum-kveld")
    make_invited(1985, event=event)
    invite_all(event)
    maker = sign_in(client, role=Role.ORGANISER)
    batch = letters.batch_of(event, planning.plan(event, is_reprint=False, now=NOW), made_by_id=maker.id, now=NOW)
    batch.letter_count = 1_000
    db.session.commit()
    assert HEADING not in client.get("/admin/").text, "its maker cannot release it"
    sign_in(client, role=Role.ADMIN)
    page = client.get("/admin/")
    assert "Se over og godkjenn brevene til Ny i Modum-kveld" in page.text
    assert f"/admin/arrangementer/{event.slug}/brev" in links_of(page)
    batch.released_at_utc = NOW
    db.session.commit()
    assert HEADING not in client.get("/admin/").text


def test_a_text_waits_for_another_than_its_maker_and_a_question_for_all_who_answer(
    client: FlaskClient, app: Flask
) -> None:
    event = make_event(title="Ny i Modum-kveld")
    maker = sign_in(client, role=Role.ORGANISER)
    mailing = make_mailing(event, Kind.MESSAGE, maker=Actor("staff", maker.id), state="asked", asked_by_id=maker.id)
    questions.ask(Asked(text="Er det parkering?", event_id=event.id), now=NOW)
    db.session.commit()
    page = client.get("/admin/")
    assert "godkjenn en utsending" not in page.text, "its maker cannot release it"
    assert "Svar på 1 spørsmål" in page.text
    assert "/admin/sporsmal" in links_of(page)
    sign_in(client, role=Role.ADMIN)
    page = client.get("/admin/")
    assert "Se over og godkjenn en utsending til Ny i Modum-kveld" in page.text
    assert f"/admin/arrangementer/{event.slug}/utsendinger/{mailing.id}" in links_of(page)


def test_an_upload_waits_until_somebody_says_yes_or_no(client: FlaskClient, app: Flask) -> None:
    sign_in(client)
    page = staged_page(
        client, ndjson([person_document(national_number(date(1990, 4, 12)), residence("2015-05-01"))]).encode()
    )
    assert "Ta stilling til 1 opplastet fil" in client.get("/admin/").text
    press(client, page, "/forkast")
    assert HEADING not in client.get("/admin/").text


def test_letters_that_no_worker_makes_are_told_to_those_who_make_them(client: FlaskClient, app: Flask) -> None:
    making.ask(make_event(), JobKind.BUILD, batch_id=None, actor=COMMAND, now=NOW - timedelta(minutes=6))
    db.session.commit()
    sign_in(client, role=Role.ORGANISER)
    assert "Brev har ventet i 6 minutter uten at noen lager dem." in client.get("/admin/").text
    sign_in(client, role=Role.READER)
    assert HEADING not in client.get("/admin/").text
