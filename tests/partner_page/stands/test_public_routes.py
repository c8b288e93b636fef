"""A guest leaves interest at a stand: one partner sees what was chosen, and nothing of it once it is taken back."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from outreach import clock
from outreach.audit.actor import COMMAND
from outreach.database import db
from outreach.outbox.models import OutboxMessage
from outreach.partner_page import erasure
from outreach.partner_page.interests import service
from outreach.partner_page.interests.mails.service import compose
from outreach.partner_page.models import StandAnswer, StandInterest
from outreach.partners.models import Participation
from outreach.partners.organisations import service as organisations
from outreach.partners.participation import State
from outreach.partners.participations import service as participations
from outreach.retention import service as retention
from outreach.retention.schedule import Clocks
from tests.canary import found_in_database, found_in_files
from tests.conftest import NOW
from tests.factories.events import make_event
from tests.factories.interests import interest_token, make_interest
from tests.factories.partners import make_offer, make_participation, make_partner, partner_token
from tests.pages import Form, forms_of, send

NAME, MAIL, MESSAGE = "Kanarina Gjest", "kanari@gjest.example", "Jeg søker kanarijobb."
TYPED = {
    "purpose": "work", "message": MESSAGE, "name": NAME, "channel": "email", "email": MAIL, "mobile": "", "agrees": "y",
}  # fmt: skip


@pytest.fixture
def row(app: Flask) -> Participation:
    return make_participation(make_event())


def stand(row: Participation) -> str:
    return f"/stand/{row.selector.lower()}"


def form_at(client: FlaskClient, path: str, end: str = "") -> Form:
    return next(form for form in forms_of(client.get(path)) if form.action.endswith(end))


def test_the_stand_shows_who_it_is_and_what_is_offered(client: FlaskClient, row: Participation) -> None:
    make_offer(row.organisation)
    make_offer(row.organisation, title="Hemmelig", is_approved=False)
    page = client.get(stand(row)).text
    assert "Modum Trevare AS" in page
    assert "Læreplass: Lærling i tømrerfaget" in page
    assert "Hemmelig" not in page
    assert "berit@trevare.example" not in page
    assert client.get(stand(row).upper().replace("/STAND/", "/stand/")).status_code == 200


@pytest.mark.parametrize("state", [State.ASKED, State.DECLINED, State.WITHDRAWN])
def test_there_is_no_stand_of_who_does_not_come(client: FlaskClient, state: State) -> None:
    assert client.get(stand(make_participation(make_event(), state=state))).status_code == 404


def test_there_is_no_stand_at_an_event_that_guests_do_not_see(client: FlaskClient) -> None:
    assert client.get(stand(make_participation(make_event(publish=False)))).status_code == 404


def test_a_form_sent_again_is_the_same_interest_and_written_of_once(client: FlaskClient, row: Participation) -> None:
    form = form_at(client, stand(row))
    assert {send(client, form, **TYPED).status_code for _ in range(3)} == {303}
    assert len(db.session.scalars(select(StandInterest)).all()) == 1
    assert [one.kind for one in db.session.scalars(select(OutboxMessage))] == ["stand_receipt"]
    assert send(client, form, **{**TYPED, "message": "Noe mer."}).status_code == 429, (
        "and nobody is written to for long"
    )


def test_no_link_goes_out_as_the_name_of_somebody(client: FlaskClient, row: Participation) -> None:
    answer = send(client, form_at(client, stand(row)), **{**TYPED, "name": "https://evil.example/x Ola"})
    assert answer.status_code == 422
    assert "Skriv bare navnet ditt" in answer.text
    assert db.session.scalars(select(OutboxMessage)).all() == []


def test_an_answer_sent_again_is_the_same_answer(row: Participation) -> None:
    interest = make_interest(row)
    for words in ("Velkommen!", "Velkommen!", "Og ta med CV."):
        service.answer(interest, words, event_id=row.event_id, now=NOW)
        db.session.commit()
    assert [one.text for one in interest.answers] == ["Velkommen!", "Og ta med CV."]


def test_what_a_guest_leaves_is_seen_by_this_partner_alone_and_answered_through_us(
    client: FlaskClient, row: Participation
) -> None:
    other = make_participation(row.event, make_partner(name="Snarum Kafé"))
    answer = send(client, form_at(client, stand(row)), **TYPED)
    assert answer.status_code == 303
    own = client.get(answer.location)
    assert own.headers["Cache-Control"] == "no-store"
    assert "Takk! Modum Trevare AS ser det du skrev." in own.text
    inbox = f"/partner/{partner_token(row)}/interesse"
    page = client.get(inbox).text
    assert all(told in page for told in (NAME, MAIL, MESSAGE))
    assert NAME not in client.get(f"/partner/{partner_token(other)}/interesse").text
    interest = db.session.scalars(select(StandInterest)).one()
    assert client.get(f"/partner/{partner_token(other)}/interesse/{interest.id}").status_code == 404
    form = form_at(client, f"{inbox}/{interest.id}")
    empty = send(client, form)
    assert (empty.status_code, "Skriv svaret." in empty.text) == (422, True)
    assert send(client, form, text="Kom innom på mandag.\nSpør etter Berit.").status_code == 303
    assert "Besvart" in client.get(inbox).text
    assert "Kom innom på mandag." in client.get(answer.location).text
    sent = {one.kind: compose(one) for one in db.session.scalars(select(OutboxMessage))}
    assert sent["stand_answer"].to == MAIL
    assert "Kom innom på mandag." in sent["stand_answer"].text
    assert f"/interesse/{interest_token(interest)}" in sent["stand_answer"].text
    assert f"/interesse/{interest_token(interest)}" in sent["stand_receipt"].text


def test_only_the_chosen_way_to_be_reached_is_kept(client: FlaskClient, row: Participation) -> None:
    both = {**TYPED, "channel": "sms", "mobile": "412 34 567"}
    assert send(client, form_at(client, stand(row)), **both).status_code == 303
    interest = db.session.scalars(select(StandInterest)).one()
    assert (interest.channel, interest.contact) == ("sms", "+4741234567")
    assert not found_in_database([MAIL])
    message = db.session.scalars(select(OutboxMessage)).one()
    assert compose(message).to == "+4741234567"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"agrees": ""}, "Kryss av, ellers kan vi ikke gi det videre."),
        ({"purpose": ""}, "Velg hva det gjelder."),
        ({"name": " "}, "Skriv navnet ditt."),
        ({"email": "ola"}, "Skriv e-postadressen"),
        ({"email": ""}, "Skriv e-postadressen din"),
        ({"channel": "sms"}, "Skriv mobilnummeret ditt med 8 sifre."),
        ({"channel": ""}, "Velg e-post eller SMS."),
    ],
)
def test_bad_input_is_told_and_nothing_typed_is_lost(
    client: FlaskClient, row: Participation, wrong: dict[str, str], words: str
) -> None:
    sent = {name: value for name, value in {**TYPED, **wrong}.items() if name != "agrees" or value}
    answer = send(client, form_at(client, stand(row)), **sent)
    assert answer.status_code == 422
    assert words in answer.text
    assert MESSAGE in answer.text
    assert db.session.scalars(select(StandInterest)).all() == []


def test_a_guest_takes_it_back_and_everything_goes_also_what_waits_to_be_sent(
    client: FlaskClient, row: Participation
) -> None:
    interest = make_interest(row, name=NAME, contact=MAIL, message=MESSAGE)
    path, inbox = f"/interesse/{interest_token(interest)}", f"/partner/{partner_token(row)}/interesse"
    one = f"{inbox}/{interest.id}"
    send(client, form_at(client, one), text="Hei Kanarina")
    assert set(found_in_database([NAME, MAIL, MESSAGE, "Hei Kanarina"])) == {NAME, MAIL, MESSAGE, "Hei Kanarina"}
    form = form_at(client, path, "/ta-tilbake")
    assert client.get(path).status_code == 200, "opening the link changes nothing"
    answer = send(client, form)
    assert "Det er tatt tilbake" in client.get(answer.location).text
    assert not found_in_database([NAME, MAIL, MESSAGE, "Hei Kanarina"])
    assert NAME not in client.get(inbox).text
    assert client.get(one).status_code == 404
    gone = client.get(path)
    assert (gone.status_code, "Vi har ikke noe her lenger." in gone.text) == (404, True)
    assert 'class="ds-button" href="/spor-oss"' in gone.text, "there is a way on"
    assert db.session.scalars(select(OutboxMessage)).all() == []
    assert send(client, form).status_code == 404, "twice is as once"


def test_what_was_sent_about_it_goes_too(app: Flask, client: FlaskClient, row: Participation) -> None:
    interest = make_interest(row, name=NAME, contact=MAIL, message=MESSAGE)
    form = form_at(client, f"/interesse/{interest_token(interest)}", "/ta-tilbake")
    assert app.test_cli_runner().invoke(args=["messages", "send-due"]).exit_code == 0
    folder = Path(app.instance_path) / "outbox"
    assert found_in_files([MAIL], folder), "the control"
    send(client, form)
    assert not found_in_files([MAIL, NAME], folder)


def test_another_guests_link_opens_nothing_of_mine(client: FlaskClient, row: Participation) -> None:
    mine, theirs = make_interest(row), make_interest(row, name="Kari Annen", contact="kari@gjest.example")
    assert "Kari Annen" not in client.get(f"/interesse/{interest_token(mine)}").text
    mixed = interest_token(mine)[:9] + interest_token(theirs)[9:]
    assert client.get(f"/interesse/{mixed}").status_code == 404
    assert client.get(f"/interesse/{partner_token(row)}").status_code == 404, "a partner's code is no guest's"
    assert client.get(f"/partner/{interest_token(mine)}").status_code == 404


def test_a_stand_closes_a_day_after_the_event(client: FlaskClient, row: Participation) -> None:
    clock.set_clock(lambda: row.event.ends_at_utc)
    form = form_at(client, stand(row))
    clock.set_clock(lambda: row.event.ends_at_utc + timedelta(days=1))
    page = client.get(stand(row))
    assert (page.status_code, "Arrangementet er over" in page.text) == (200, True)
    assert send(client, form, **TYPED).status_code == 409
    assert db.session.scalars(select(StandInterest)).all() == []


def test_a_partner_that_is_let_go_or_erased_sees_nothing_more(client: FlaskClient, row: Participation) -> None:
    make_interest(row, name=NAME, contact=MAIL, message=MESSAGE)
    participations.withdraw(row, actor=COMMAND, now=NOW)
    db.session.commit()
    assert client.get(f"/partner/{partner_token(row)}/interesse").status_code == 410
    organisations.erase(row.organisation, actor=COMMAND, now=NOW)
    db.session.commit()
    assert not found_in_database([NAME, MAIL, MESSAGE])
    assert db.session.scalars(select(OutboxMessage)).all() == []


def test_there_is_an_end_to_answers(client: FlaskClient, row: Participation) -> None:
    interest = make_interest(row)
    form = form_at(client, f"/partner/{partner_token(row)}/interesse/{interest.id}")
    statuses = [send(client, form, text=f"Svar {number}").status_code for number in range(6)]
    assert statuses == [303] * 5 + [422]
    assert len(db.session.scalars(select(StandAnswer)).all()) == 5


def test_it_is_erased_with_the_events_people(app: Flask, row: Participation) -> None:
    make_interest(row, name=NAME, contact=MAIL, message=MESSAGE)
    assert set(found_in_database([NAME, MAIL, MESSAGE])) == {NAME, MAIL, MESSAGE}, "the control"
    late = row.event.ends_at_utc + timedelta(days=91)
    clocks = Clocks(event_days=90, register_days=395, memory_days=730)
    retention.run(clocks=clocks, today=late.date(), now=late)
    db.session.commit()
    assert not found_in_database([NAME, MAIL, MESSAGE])
    assert db.session.get(Participation, row.id) is not None, "that the partner took part is no secret"


def test_partners_go_when_nothing_has_been_heard_of_them_for_as_long_as_we_remember(app: Flask) -> None:
    row = make_participation(make_event())
    event_ends = row.event.ends_at_utc
    clocks = Clocks(event_days=90, register_days=395, memory_days=730)
    for days, is_gone in ((730, False), (732, True)):
        late = event_ends + timedelta(days=days)
        retention.run(clocks=clocks, today=late.date(), now=late)
        db.session.commit()
        assert (not found_in_database(["berit@trevare.example"])) is is_gone


def test_a_contact_who_said_no_goes_after_a_month(app: Flask, row: Participation) -> None:
    organisations.say_no(row.organisation.contacts[0], actor=COMMAND, now=NOW)
    db.session.commit()
    clocks = Clocks(event_days=90, register_days=395, memory_days=730)
    for days, is_gone in ((30, False), (31, True)):
        late = NOW + timedelta(days=days)
        retention.run(clocks=clocks, today=late.date(), now=late)
        db.session.commit()
        assert (not found_in_database(["berit@trevare.example"])) is is_gone


def test_an_address_of_somebody_who_becomes_protected_takes_everything_along(app: Flask, row: Participation) -> None:
    """What the register's own reading does of it: tests/test_protected_people.py."""
    make_interest(row, name=NAME, contact=MAIL, message=MESSAGE)
    make_interest(row, name="En Annen", contact="annen@gjest.example")
    erasure.forget_protected([1, 2, 3], NOW)
    assert set(found_in_database([NAME, "En Annen"])) == {NAME, "En Annen"}, "nobody whom these people are"
