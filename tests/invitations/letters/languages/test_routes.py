"""An organiser chooses the languages of letters and sees them in a letter; what was released stands."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from outreach.audit.actor import COMMAND
from outreach.audit.models import AuditEntry
from outreach.database import db
from outreach.events.models import Event
from outreach.invitations.letters.making import service as making
from outreach.invitations.letters.making.stages import JobKind
from outreach.invitations.models import Invitation
from outreach.messages.models import LetterBatch
from tests.conftest import NOW
from tests.factories.accounts import make_staff, sign_in
from tests.factories.letters import hand_over, invite, make_home, make_ready, read_pages
from tests.pages import forms_of, send

LETTERS = "/admin/arrangementer/ny-i-modum-2026/brev"
PAGE = f"{LETTERS}/sprak"


@pytest.fixture
def event(app: Flask) -> Event:
    make_home(("Kari", "Nordmann"))
    make_home(("Åse", "Bråthen"))
    return invite()


def choose(client: FlaskClient, *languages: str) -> Any:
    [form] = [form for form in forms_of(client.get(PAGE)) if form.action.endswith("/sprak")]
    names = ("first", "second", "third", "fourth")
    return send(client, form, **dict(zip(names, (*languages, "", "", "", ""), strict=False)))


def test_an_organiser_chooses_languages_and_sees_them_on_the_page_and_in_a_letter(
    client: FlaskClient, event: Event, tmp_path: Path
) -> None:
    user = sign_in(client)
    assert "Språk i brevene: Bokmål, English." in client.get(LETTERS).text
    assert choose(client, "nn", "en", "uk").status_code == 303
    assert "Språk i brevene: Nynorsk, English, Українська (ukrainsk)." in client.get(LETTERS).text
    assert db.session.scalars(db.select(Event.letter_languages)).one() == "nn,en,uk"
    invitation = db.session.scalars(db.select(Invitation)).first()
    file = tmp_path / "brev.pdf"
    file.write_bytes(client.get(f"{LETTERS}/{invitation.id}.pdf").data)
    front, back = (" ".join(page.text.split()) for page in read_pages(file))
    assert "Velkomen til Ny i Modum-kveld 2026" in front
    assert "Welcome to Ny i Modum-kveld 2026" in back
    assert "Ласкаво просимо: Ny i Modum-kveld 2026" in back
    entry = db.session.scalars(db.select(AuditEntry).where(AuditEntry.act == "letters.choose_languages")).one()
    assert (entry.actor_id, entry.subject_id) == (user.id, event.id)


@pytest.mark.parametrize(
    ("languages", "words"),
    [(("nb", "nb"), "hvert av dem én gang"), (("nb", "en", "uk", "en"), "hvert av dem én gang")],
)
def test_a_choice_that_cannot_be_is_told_in_words_and_changes_nothing(
    client: FlaskClient, event: Event, languages: tuple[str, ...], words: str
) -> None:
    sign_in(client)
    answer = choose(client, *languages)
    assert (answer.status_code, words in answer.text) == (422, True)
    assert choose(client, "uk").status_code == 422
    assert db.session.scalars(db.select(Event.letter_languages)).one() == "nb,en"


def released(event: Event) -> LetterBatch:
    batch = make_ready(event)
    batch.released_at_utc, batch.released_by_id = NOW, make_staff("admin").id
    db.session.commit()
    return batch


def test_what_was_released_keeps_its_languages_until_it_is_with_the_printer(client: FlaskClient, event: Event) -> None:
    sign_in(client)
    batch = released(event)
    refused = choose(client, "nn", "en")
    assert (refused.status_code, "Brevene er godkjent" in refused.text) == (409, True)
    assert choose(client, "nb", "en").status_code == 303
    batch.handed_over_at_utc = NOW
    hand_over(event)
    assert choose(client, "nn", "en").status_code == 303


def test_a_release_of_another_set_of_letters_binds_nobody(client: FlaskClient, event: Event) -> None:
    sign_in(client)
    released(event)
    make_home(("Ny", "Nordmann"))
    invite(event)
    batch = make_ready(event)
    batch.made_at_utc = NOW.replace(hour=23)
    db.session.commit()
    assert choose(client, "nn", "en").status_code == 303
    assert make_ready(event).content_hash != batch.content_hash


def test_while_letters_are_made_their_languages_stand(client: FlaskClient, event: Event) -> None:
    sign_in(client)
    making.ask(event, JobKind.BUILD, batch_id=None, actor=COMMAND, now=NOW)
    db.session.commit()
    assert choose(client, "nn", "en").status_code == 409


def note(client: FlaskClient, invitation: Invitation, language: str) -> Any:
    page = client.get(f"/admin/arrangementer/ny-i-modum-2026/invitasjoner/{invitation.id}")
    [form] = [form for form in forms_of(page) if form.action.endswith("/sprak")]
    return send(client, form, language=language)


def test_a_household_s_own_language_is_noted_and_counted(client: FlaskClient, event: Event) -> None:
    sign_in(client)
    invitation = db.session.scalars(db.select(Invitation).order_by(Invitation.id)).first()
    assert "Ingen ennå." in client.get(PAGE).text
    assert note(client, invitation, "pl").status_code == 303
    assert db.session.get_one(Invitation, invitation.id, populate_existing=True).language == "pl"
    assert "Polski (polsk)" in client.get(PAGE).text.rsplit("Husstander med eget språk", 1)[1]
    assert note(client, invitation, "xx").status_code == 303
    assert db.session.get_one(Invitation, invitation.id, populate_existing=True).language == "pl"
    acts = list(db.session.scalars(db.select(AuditEntry.act)))
    assert acts.count("invitation.note_language") == 1
    released(event)
    note(client, invitation, "nn")
    assert db.session.get_one(Invitation, invitation.id, populate_existing=True).language == "pl"


@pytest.mark.parametrize("role", ["reader", "privacy", "door-lead"])
def test_others_choose_no_languages(client: FlaskClient, event: Event, role: str) -> None:
    sign_in(client, role=role)
    assert client.get(PAGE).status_code == 403


def test_letters_too_long_for_the_sheet_say_that_fewer_languages_help(client: FlaskClient, event: Event) -> None:
    sign_in(client)
    assert choose(client, "nb", "uk", "pl", "ar").status_code == 303
    event.title, event.venue, event.venue_address = "Velkomstkveld " * 8, "Kulturhuset " * 10, "Storgata " * 20
    db.session.commit()
    invitation = db.session.scalars(db.select(Invitation)).first()
    answer = client.get(f"{LETTERS}/{invitation.id}.pdf")
    assert (answer.status_code, "velg færre språk" in answer.text) == (422, True)
