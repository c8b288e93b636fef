"""One person's access and erasure, by the pages and by the commands: all of the person, and nothing of others."""

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from outreach import clock
from outreach.accounts.roles import Role
from outreach.audit.actor import COMMAND
from outreach.audit.models import AuditEntry
from outreach.database import db
from outreach.database.sealed import key_ring
from outreach.formats.norwegian_dates import date_time
from outreach.invitations.letters.planning import service as planning
from outreach.invitations.models import Invitation
from outreach.messages.models import Suppression
from outreach.messages.queries import suppressed_hashes
from outreach.outbox.models import OutboxMessage
from outreach.people.models import Household, Person, ProtectedIdentity
from outreach.retention.holding import service
from outreach.retention.holding.commands import PAPER
from outreach.retention.models import ContactMemory, ErasureReceipt
from outreach.rsvp.answer import NeedKind, NeedWish
from outreach.rsvp.desk import service as desk
from outreach.rsvp.desk.desk import Way
from outreach.rsvp.desk.service import Acting
from outreach.rsvp.models import Need, Rsvp
from outreach.rsvp.waitlist.models import WaitPlace
from outreach.tickets.queries import facts_of_invitation
from outreach.web.static_files import static_content
from tests.canary import found_in_database, found_in_files
from tests.conftest import NOW
from tests.factories.accounts import sign_in
from tests.factories.audience import make_import
from tests.factories.checkin import pair_phone
from tests.factories.contact_point import make_sign_up
from tests.factories.events import make_event
from tests.factories.invitations import event_invitations, invite_all
from tests.factories.people import make_household, make_person, national_number
from tests.factories.questions import make_question
from tests.factories.rsvp import answer_for, give_answer, token_of
from tests.pages import forms_of, send

PAGE = "/admin/innsyn"
NUMBER, OTHER = national_number(date(1990, 4, 12)), national_number(date(1960, 5, 1))
NOBODY = "Vi har ingen opplysninger om noen som passer med det du skrev."
CANARIES = [
    "Kanarifugl",
    "Kanariskolen",
    "Kanariveien",
    "kanari@gjest.example",
    "Kanarimat",
    "Kanarispørsmål",
    "Kanarimerknad",
]
MATES = ["Meisefugl", "Meisemat"]


@pytest.fixture
def mails(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Have mail go into a folder, and return it."""
    settings = replace(app.extensions["treffpunkt.settings"], mail_url=f"file:{tmp_path / 'ut'}")
    monkeypatch.setitem(app.extensions, "treffpunkt.settings", settings)
    return tmp_path / "ut"


def resident(home: Household, given: str, *, number: str = "", year: int = 1990) -> Person:
    values = {"given_name": given, "family_name": given, "birth_year": year, "birth_date": f"{year}-04-12"}
    address = json.dumps([[f"{given.replace('fugl', 'veien')} 1"], "3370", "VIKERSUND", ""])
    return make_person(home, number=number, **values, address=address, seen_import_id=make_import().id)


def whole_life(client: FlaskClient, *names: str) -> list[Person]:
    """Return people of one household who were invited, answered, asked a question, came, and were written to."""
    home = make_household()
    people = [
        resident(home, name, number=NUMBER if name == names[0] else "", year=1990 - at) for at, name in enumerate(names)
    ]
    latest = make_import().id
    db.session.execute(db.update(Person).values(seen_import_id=latest))
    event = make_event()
    invite_all(event)
    invitation = event_invitations(event)[-1]
    wish = NeedWish(NeedKind.DIET, "Kanarimat")
    answer = answer_for(invitation, *[True] * len(names), needs=(wish,), email="kanari@gjest.example")
    give_answer(invitation, answer)
    make_question(event, text="Kanarispørsmål", email="kanari@gjest.example", invitation_id=invitation.id)
    desk.note(invitation, "Kanarimerknad", Way.PHONE, by=Acting(COMMAND, clock.now_utc()))
    db.session.commit()
    assert client.application.test_cli_runner().invoke(args=["messages", "send-due"]).exit_code == 0
    ticket = facts_of_invitation(invitation.id)
    assert ticket
    phone = pair_phone(client.application.test_client(), event)
    phone.results(phone.scan(ticket.code, persons=len(names)))
    values = {"identity_hash": people[0].identity_hash, "event_id": event.id, "year": 2024, "has_attended": True}
    db.session.add(ContactMemory(**values))
    _sign_up(people[0])
    _wait(event.id, invitation.id)
    db.session.commit()
    return people


def _sign_up(person: Person) -> None:
    row = make_sign_up(name="Kanarifugl Kanarifugl", school="Kanariskolen", contact="kanari@student.example")
    row.person_id = person.id


def _wait(event_id: int, invitation_id: int) -> None:
    """Leave the place by which the household once came in."""
    values = {"event_id": event_id, "invitation_id": invitation_id, "number": 1, "persons": 1, "state": "seated"}
    db.session.add(WaitPlace(**values, joined_at_utc=NOW))


def find(client: FlaskClient, text: str, **fields: str) -> Any:
    return send(client, next(form for form in forms_of(client.get(PAGE)) if "text" in form.values), text=text, **fields)


def told(page: str, typed: str) -> str:
    """Return what `page` says besides what was `typed`; the forms' tokens hold the second they were made in."""
    return re.sub(r'(name="csrf_token"[^>]*value=)"[^"]*"', r"\1", page.replace(typed, ""))


def test_only_privacy_and_the_administrator_may_look(client: FlaskClient) -> None:
    sign_in(client, role=Role.ORGANISER)
    assert client.get(PAGE).status_code == 403


def test_a_person_is_found_by_name_year_number_code_and_record(client: FlaskClient, mails: Path) -> None:
    (person,) = whole_life(client, "Kanarifugl")
    code = token_of(db.session.scalars(db.select(Invitation)).one())
    sign_in(client, role=Role.PRIVACY)
    for typed in ("kanari", NUMBER, code, str(person.id)):
        assert f"{PAGE}/{person.id}" in find(client, typed).text, typed
    assert f"{PAGE}/{person.id}" in find(client, "kanari", birth_year="1990").text
    for typed, year in (("kanari", "1991"), (NUMBER, "1991"), ("spurv", ""), (OTHER, ""), ("7", ""), ("2" * 12, "")):
        assert NOBODY in find(client, typed, birth_year=year).text, typed
    searches = db.session.scalars(db.select(AuditEntry).where(AuditEntry.act == "person.find")).all()
    assert len(searches) == 11
    assert all("anari" not in entry.details and entry.subject_id is None for entry in searches)


def test_a_protected_person_and_a_stranger_give_the_same_answer(client: FlaskClient) -> None:
    db.session.add(ProtectedIdentity(identity_hash=key_ring().identity_hash(NUMBER), marked_at_utc=NOW))
    db.session.commit()
    sign_in(client, role=Role.PRIVACY)
    pages = {told(find(client, number).text, number) for number in (NUMBER, OTHER)}
    assert len(pages) == 1
    assert NOBODY in pages.pop()
    for path in ("/1", "/1/utskrift", "/1/slett"):
        assert client.get(PAGE + path).status_code == 404


def test_the_export_has_every_part_of_one_who_is_alone(client: FlaskClient, mails: Path) -> None:
    (person,) = whole_life(client, "Kanarifugl")
    sign_in(client, role=Role.PRIVACY)
    form = next(form for form in forms_of(client.get(f"{PAGE}/{person.id}")) if form.action.endswith("/hent"))
    answer = send(client, form)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="innsyn-{person.id}.json"'
    held = json.loads(answer.text)
    empty = {part for part, rows in held.items() if not rows}
    assert empty == {"wishes", "waiting_files"}
    paper = client.get(f"{PAGE}/{person.id}/utskrift").text
    for canary in CANARIES:
        assert canary in answer.text, canary
        assert canary in paper, canary
    assert NUMBER not in answer.text
    [sheet] = re.findall(r'<link rel="stylesheet" href="([^"]+)"', paper)
    style = client.get(sheet).text
    assert ("@page" in style, "break-inside: avoid" in style, "break-after: avoid" in style) == (True, True, True)
    assert "Modum kommune</p>" in paper
    assert f"<p>{date_time(clock.now_utc(), 'nb')}</p>" in paper.replace("\u00a0", " ")
    assert "<nav" not in paper
    acts = list(db.session.scalars(db.select(AuditEntry.act).where(AuditEntry.subject_id == person.id)))
    assert sorted(set(acts)) == ["person.export", "person.show_held"]


def test_of_one_in_a_household_nothing_of_the_others_is_told(client: FlaskClient, mails: Path) -> None:
    person, _mate = whole_life(client, "Kanarifugl", "Meisefugl")
    held = service.as_json(service.held_on(person, now=NOW), now=NOW)
    for words in (*MATES, "Meiseveien", "kanari@gjest.example", "Kanarimat", "Kanarispørsmål", "Kanarimerknad"):
        assert words not in held, words
    answers = json.loads(held)["answers"]
    assert answers[0]["held_for_the_household"] == ["email", "needs"]
    assert answers[0]["is_coming"] is True


@pytest.mark.parametrize(("choice", "keeps"), [("behold", True), ("glem", False)])
def test_everything_on_a_person_goes_and_the_mark_stays_when_they_say_so(
    client: FlaskClient, mails: Path, choice: str, keeps: bool
) -> None:
    (person,) = whole_life(client, "Kanarifugl")
    mark, shown = person.identity_hash, f"{PAGE}/{person.id}"
    url = f"{shown}/slett"
    assert set(found_in_database(CANARIES)) == set(CANARIES)
    assert found_in_files(CANARIES, mails)
    sign_in(client, role=Role.PRIVACY)
    form = next(form for form in forms_of(client.get(url)) if "mark" in form.values or form.action.endswith("/slett"))
    assert send(client, form).status_code == 422
    assert send(client, form, mark=choice).status_code == 303
    db.session.expire_all()
    assert found_in_database(CANARIES) == {}
    assert found_in_files(CANARIES, mails) == {}
    assert found_in_database([mark or ""]) == ({mark: {"suppression.subject_hash"}} if keeps else {})
    assert db.session.scalars(db.select(OutboxMessage)).all() == []
    receipt = db.session.scalars(db.select(ErasureReceipt)).one()
    assert (receipt.rule, json.loads(receipt.counts_json)["person"]) == ("person", 1)
    assert client.get(shown).status_code == 404
    assert NOBODY in find(client, "kanari").text


def test_the_others_of_the_household_keep_their_invitation_and_their_letter(client: FlaskClient, mails: Path) -> None:
    person, mate = whole_life(client, "Kanarifugl", "Meisefugl")
    service.erase(person, keeps_mark=True, actor=COMMAND, now=NOW)
    db.session.commit()
    assert found_in_database(CANARIES) == {}
    assert found_in_files(CANARIES, mails) == {}
    invitation = db.session.scalars(db.select(Invitation)).one()
    assert (invitation.state, [one.person_id for one in invitation.invitees]) == ("active", [mate.id])
    assert [row.channel for row in db.session.scalars(db.select(OutboxMessage))] == ["letter"]
    assert db.session.scalars(db.select(Need)).all() == []
    assert db.session.scalars(db.select(Rsvp)).one().email is None
    found = planning.plan(invitation.event, is_reprint=False, now=NOW)
    assert len(found.rows) == 1


def test_who_was_erased_and_comes_back_in_an_extract_is_not_written_to(client: FlaskClient, mails: Path) -> None:
    (person,) = whole_life(client, "Kanarifugl")
    mark = person.identity_hash or ""
    service.erase(person, keeps_mark=True, actor=COMMAND, now=NOW)
    resident(make_household(), "Kanarifugl", number=NUMBER)
    db.session.commit()
    assert suppressed_hashes([mark]) == {mark}
    clock.set_clock(lambda: NOW + timedelta(hours=1))
    assert invite_all(make_event(slug="en-annen-kveld")).excluded["suppressed"] == 1


def test_a_wish_goes_too_when_the_mark_may_not_stay(client: FlaskClient, mails: Path) -> None:
    (person,) = whole_life(client, "Kanarifugl")
    db.session.add(Suppression(subject_hash=person.identity_hash, purpose="all", source="guest", since_utc=NOW))
    db.session.flush()
    assert service.held_on(person, now=NOW)["wishes"][0]["asked_where"] == "guest"
    service.erase(person, keeps_mark=False, actor=COMMAND, now=NOW)
    assert db.session.scalars(db.select(Suppression)).all() == []


def run(app: Flask, *arguments: str) -> Any:
    return app.test_cli_runner().invoke(args=["people", *arguments])


def test_the_commands_find_export_and_erase(app: Flask, client: FlaskClient, mails: Path, tmp_path: Path) -> None:
    (person,) = whole_life(client, "Kanarifugl")
    ref = str(person.id)
    assert json.loads(run(app, "find", "kanari", "--json").stdout)["people"] == [
        {"ref": ref, "name": "Kanarifugl Kanarifugl", "birth_year": 1990}
    ]
    out = tmp_path / "innsyn"
    assert run(app, "export", ref, "--out", str(out)).exit_code == 0
    assert {path.name: path.stat().st_mode & 0o777 for path in out.iterdir()} == {
        "innsyn.json": 0o600, "innsyn.html": 0o600,
    }  # fmt: skip
    for name in ("innsyn.json", "innsyn.html"):
        text = (out / name).read_text(encoding="utf-8")
        assert all(canary in text for canary in CANARIES), name
    assert static_content(PAPER).decode() in text, "dressed, with nothing beside it"
    assert "<link" not in text
    assert run(app, "erase", ref).exit_code == 0
    assert found_in_database(CANARIES) == {}
    for again in (("erase", ref), ("export", ref, "--out", str(out)), ("export", "2222-2222-2222", "--out", str(out))):
        result = run(app, *again)
        assert (result.exit_code, result.stderr.strip()) == (1, NOBODY)
