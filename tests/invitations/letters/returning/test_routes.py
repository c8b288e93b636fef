"""The pages of returned letters: many in a row by keyboard, clear words for each fault, a list of whom to reach."""

import re

import pytest
from flask.testing import FlaskClient

from outreach.database import db
from outreach.invitations.letters.returning.models import ReturnedLetter
from outreach.outbox.models import OutboxMessage
from outreach.tickets.service import code_of
from tests.factories.accounts import make_staff, sign_in
from tests.factories.invitations import Invited, make_invited
from tests.factories.letters import hand_over, make_returned
from tests.factories.tickets import make_ticket
from tests.pages import forms_of, send

DESK = "/admin/brev-i-retur"


def scan(client: FlaskClient, code: str, reason: str = "moved"):
    form = next(form for form in forms_of(client.get(DESK)) if form.action == DESK)
    return send(client, form, code=code, reason=reason)


@pytest.fixture
def invited(client: FlaskClient) -> Invited:
    found = make_invited()
    hand_over(found.event)
    sign_in(client)
    return found


def test_one_letter_after_another_with_the_reason_kept(client: FlaskClient, invited: Invited) -> None:
    assert re.search(r'<input[^>]*autofocus[^>]*name="code"', client.get(DESK).text)
    answer = scan(client, f"HTTP://LOCALHOST/I/{invited.code}", "refused")
    assert answer.status_code == 303
    after = client.get(answer.location)
    assert "Husstanden står på lista over dem som må nås" in after.text
    assert invited.printed_code in after.text
    assert next(form for form in forms_of(after) if form.action == DESK).values["reason"] == "refused"


def test_each_fault_has_its_own_sentence(client: FlaskClient, invited: Invited) -> None:
    waiting = make_invited(1970, event=invited.event)
    scan(client, invited.code)
    said = {
        invited.code: "allerede registrert som returnert",
        waiting.code: "ikke skrevet ut ennå",
        code_of(make_ticket(invited.event)): "på en billett",
        "https://www.modum.example/nyheter/sommer": "ikke koden på et av brevene våre",
        "2222-2222-2222": "finner ingen invitasjon med denne koden",
        "K7MF": "Koden har 12 tegn. Du har skrevet 4.",
        "": "skriv koden",
    }
    for code, words in said.items():
        answer = scan(client, code)
        assert (answer.status_code, words in answer.text) == (422, True), words
        assert "<title>Feil:" in answer.text
    assert len(db.session.scalars(db.select(ReturnedLetter)).all()) == 1


def test_a_get_with_a_code_registers_nothing(client: FlaskClient, invited: Invited) -> None:
    client.get(f"{DESK}?code={invited.code}&grunn=moved")
    assert client.get(f"/i/{invited.code}").status_code == 200
    assert db.session.scalars(db.select(OutboxMessage.state)).all() == ["handed_over"]


def test_the_last_one_is_undone_from_the_page(client: FlaskClient, invited: Invited) -> None:
    scan(client, invited.code)
    undo = next(form for form in forms_of(client.get(DESK)) if form.action.endswith("/angre"))
    assert send(client, undo).status_code == 303
    assert db.session.scalars(db.select(OutboxMessage.state)).all() == ["handed_over"]
    assert send(client, undo).status_code == 404


def test_the_household_is_reached_by_hand(client: FlaskClient, invited: Invited) -> None:
    make_returned(invited)
    path = f"/admin/arrangementer/{invited.event.slug}/brev/retur"
    page = client.get(path)
    assert "1 husstand må nås" in page.text
    assert "Ingen e-post eller mobil" in page.text
    assert send(client, next(f for f in forms_of(page) if f.action.endswith("/nadd"))).status_code == 303
    assert "Ingen husstander venter" in client.get(path).text


def test_a_new_letter_with_a_corrected_address(client: FlaskClient, invited: Invited) -> None:
    row = make_returned(invited)
    path = f"/admin/arrangementer/{invited.event.slug}/brev/retur/{row.id}/nytt-brev"
    form = next(form for form in forms_of(client.get(path)) if "line" in form.values)
    assert form.values["postcode"] == "3370"
    assert send(client, form, postcode="33").status_code == 422
    assert send(client, form, line="Kirkeveien 2", postcode="3340", place="Åmot").status_code == 303
    db.session.expire_all()
    assert db.session.get(ReturnedLetter, row.id).outcome == "again"
    assert db.session.scalars(db.select(OutboxMessage.state)).all() == ["queued"]


def test_another_events_letter_is_not_found_under_this_one(client: FlaskClient, invited: Invited) -> None:
    from tests.factories.events import make_event

    row = make_returned(invited)
    other = make_event(slug="et-annet")
    assert client.get(f"/admin/arrangementer/{other.slug}/brev/retur/{row.id}/nytt-brev").status_code == 404


@pytest.mark.parametrize("role", ["reader", "privacy", "door-lead"])
def test_others_register_nothing(client: FlaskClient, role: str) -> None:
    sign_in(client, make_staff(role))
    assert client.get(DESK).status_code == 403


def test_the_command_registers_too(app, invited: Invited) -> None:
    runner = app.test_cli_runner()
    done = runner.invoke(args=["letters", "returned", invited.printed_code, "--reason", "deceased", "--json"])
    assert (done.exit_code, '"outcome": "open"' in done.output) == (0, True)
    again = runner.invoke(args=["letters", "returned", invited.printed_code, "--reason", "moved"])
    assert (again.exit_code, "allerede registrert" in again.output) == (1, True)
    assert runner.invoke(args=["letters", "returned", "x", "--reason", "lost"]).exit_code == 2
