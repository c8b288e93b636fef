import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event as sqlalchemy_event
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from outreach import clock
from outreach.database import db
from outreach.events import service as events
from outreach.invitations.models import Invitation
from outreach.messages.models import Suppression
from outreach.rsvp import service
from outreach.rsvp.invitation_page import InvitationPage
from outreach.rsvp.models import Need, Rsvp, SeatCount
from outreach.rsvp.waitlist import service as waitlist
from outreach.rsvp.waitlist.models import WaitPlace
from outreach.tickets import queries as ticket_queries
from outreach.tickets.models import Ticket
from tests.conftest import NOW
from tests.factories.events import event_details, make_event
from tests.factories.rsvp import answer_for, give_answer, join_queue, make_household, token_of
from tests.statements import noted

AFTER_DEADLINE = datetime(2026, 11, 23, 23, 0, tzinfo=UTC)
# As it stands in a sentence; the foot of every page has it too.
PHONE = 'ing oss på <a class="ds-link" href="tel:+4732789300">32\u00a078\u00a093\u00a000</a>'
YES = {"person_1": "yes", "person_2": "yes", "person_3": "no"}


def _csrf(page: TestResponse) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert found
    return found[1]


def _post(
    client: FlaskClient, path: str, form: dict[str, str] | None = None, *, seen: str | None = None
) -> TestResponse:
    page = client.get(seen or path)
    return client.post(path, data={**(form or {}), "csrf_token": _csrf(page)})


def _rsvp() -> Rsvp | None:
    return db.session.execute(select(Rsvp).execution_options(populate_existing=True)).scalar_one_or_none()


def _statements(act: Callable[[], object]) -> int:
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    sqlalchemy_event.listen(db.engine, "before_cursor_execute", note)
    try:
        act()
    finally:
        sqlalchemy_event.remove(db.engine, "before_cursor_execute", note)
    return len([statement for statement in seen if not statement.startswith(("BEGIN", "SET TRANSACTION"))])


@pytest.fixture
def invitation(app: Flask) -> Invitation:
    return make_household(make_event(capacity=10))


@pytest.fixture
def path(invitation: Invitation) -> str:
    return f"/i/{token_of(invitation)}"


def test_show_invitation_says_what_when_where_who_and_why_with_first_names_only(client: FlaskClient, path: str) -> None:
    page = client.get(path)
    assert page.status_code == 200
    for text in (
        "Ny i Modum-kveld 2026",
        "torsdag 26.\u00a0november 2026 kl.\u00a018.00\u2060–\u206021.00",
        "Modum kulturhus",
        "Modum kommune",
    ):
        assert text in page.text
    assert "Åse, Bjørn og Emma" in page.text
    assert "Hvorfor får vi dette?" in page.text
    assert "Lien" not in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "<script" not in page.text


def test_show_invitation_takes_the_link_of_the_qr_in_capitals_and_with_dashes(client: FlaskClient, path: str) -> None:
    code = path.removeprefix("/i/")
    assert client.get(f"/I/{code}").status_code == 200
    assert client.get(f"/i/{code[:4]}-{code[4:8]}-{code[8:]}".lower().replace("/I/", "/i/")).status_code == 200


@pytest.mark.parametrize("tail", ["", "/svar", "/takk", "/avlys", "/reservasjon"])
@pytest.mark.parametrize("token", ["CDFHJKMNPRTV", "x", "CDFHJKMNPRTVCDFH"])
def test_a_code_that_is_none_is_404_on_every_page(app: Flask, client: FlaskClient, tail: str, token: str) -> None:
    assert client.get(f"/i/{token}{tail}").status_code == 404


@pytest.mark.parametrize("tail", ["/svar", "/nei", "/avlys", "/reservasjon"])
def test_a_post_with_a_code_that_is_none_is_404_and_without_a_form_token_400(
    client: FlaskClient, path: str, tail: str
) -> None:
    assert client.post(path + tail).status_code == 400
    token = _csrf(client.get(path))
    assert client.post(f"/i/CDFHJKMNPRTV{tail}", data={"csrf_token": token}).status_code == 404


def test_wrong_methods_are_405(client: FlaskClient, path: str) -> None:
    token = _csrf(client.get(path))
    assert client.get(f"{path}/nei").status_code == 405
    assert client.post(path, data={"csrf_token": token}).status_code == 405
    assert client.put(f"{path}/svar", headers={"X-CSRFToken": token}).status_code == 405


def test_a_revoked_invitation_is_410(client: FlaskClient, invitation: Invitation, path: str) -> None:
    invitation.state = "revoked"
    db.session.commit()
    assert client.get(path).status_code == 410


def test_opening_every_link_changes_nothing(client: FlaskClient, path: str) -> None:
    for tail in ("", "/svar", "/takk", "/avlys", "/reservasjon"):
        client.get(path + tail)
        client.head(path + tail)
    assert _rsvp() is None
    assert db.session.scalar(select(func.count()).select_from(Suppression)) == 0


def test_the_whole_way_from_form_to_check_page_to_receipt(client: FlaskClient, path: str) -> None:
    form = {
        **YES,
        "extra_small": "1",
        "need_1_allergy": "yes",
        "need_1_allergy_text": "<b>nøtter</b>",
        "email": "ase@example.no",
        "step": "check",
    }
    check = _post(client, f"{path}/svar", form)
    assert check.status_code == 200
    assert "Stemmer dette?" in check.text
    assert "Åse: Allergi (&lt;b&gt;nøtter&lt;/b&gt;)" in check.text
    assert "Barn 0–5 år: <strong>1</strong>" in check.text
    assert "Meld på 3 personer" in check.text
    assert _rsvp() is None
    carried = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', check.text))
    done = client.post(f"{path}/svar", data={**carried, "need_1_allergy_text": "nøtter", "step": "confirm"})
    assert (done.status_code, done.location) == (303, f"{path}/takk")
    receipt = client.get(done.location)
    assert "Velkommen! Dere er påmeldt." in receipt.text
    assert "Vi holder av 3 plasser til " in receipt.text
    assert "<li>Åse: Allergi (nøtter)</li>" in receipt.text
    ticket = re.search(r'href="(/billett/[0-9A-Z]{16})"', receipt.text)
    assert ticket
    assert client.get(ticket[1]).status_code == 200
    rsvp = _rsvp()
    assert rsvp is not None
    assert (rsvp.persons, rsvp.email, rsvp.needs[0].text) == (3, "ase@example.no", "nøtter")
    assert (rsvp.extra_children, rsvp.extra_small, rsvp.needs[0].position) == (1, 1, 1)


def test_a_form_with_errors_keeps_everything_and_says_what_is_wrong_twice(client: FlaskClient, path: str) -> None:
    form = {"person_1": "yes", "extra_school": "åtte", "need_diet": "yes", "need_diet_text": "halal", "email": "ase@"}
    page = _post(client, f"{path}/svar", {**form, "step": "check"})
    assert page.status_code == 422
    assert "<title>Feil: " in page.text
    assert page.text.count("Velg om Bjørn kommer eller ikke.") == 2
    assert page.text.count("Skriv antallet som et tall fra 0 til 9.") == 2
    assert 'href="#person_2_yes"' in page.text
    assert 'id="person_2_yes"' in page.text
    for kept in ('value="åtte"', 'value="halal"', 'value="ase@"'):
        assert kept in page.text
    assert page.text.index("<h1") < page.text.index("ds-error-summary") < page.text.index('<form class="form"')
    assert 'id="person_1_yes" name="person_1" value="yes" checked' in page.text


def test_a_confirmed_form_that_was_tampered_with_is_checked_again(client: FlaskClient, path: str) -> None:
    assert _post(client, f"{path}/svar", {"step": "confirm", "email": "x"}).status_code == 422
    assert _rsvp() is None


def test_the_way_back_from_the_check_page_keeps_everything(client: FlaskClient, path: str) -> None:
    page = _post(client, f"{path}/svar", {**YES, "email": "ase@example.no", "step": "edit-who"})
    assert page.status_code == 200
    assert 'value="ase@example.no"' in page.text
    assert 'id="person_3_no" name="person_3" value="no" checked' in page.text


def test_the_form_is_filled_in_with_what_was_answered(client: FlaskClient, invitation: Invitation, path: str) -> None:
    give_answer(invitation, answer_for(invitation, True, False, True, extra_children=2, email="ase@example.no"))
    page = client.get(f"{path}/svar")
    assert 'id="person_2_no" name="person_2" value="no" checked' in page.text
    assert 'value="ase@example.no"' in page.text
    assert 'name="extra_school" type="text" value="2"' in page.text


def test_one_button_says_no_for_everybody(client: FlaskClient, path: str) -> None:
    done = _post(client, f"{path}/nei", seen=path)
    assert done.status_code == 303
    assert "Dere kan ikke komme denne gangen" in client.get(done.location).text
    assert "ingen kan komme" in client.get(path).text
    rsvp = _rsvp()
    assert rsvp is not None
    assert rsvp.state == "declined"


def test_cancelling_asks_first_and_then_frees_the_places(
    client: FlaskClient, invitation: Invitation, path: str
) -> None:
    give_answer(invitation, answer_for(invitation, True, True, True))
    assert "Vil dere melde avbud?" in client.get(f"{path}/avlys").text
    done = _post(client, f"{path}/avlys")
    assert done.status_code == 303
    assert "Dere har meldt avbud" in client.get(done.location).text
    assert db.session.scalar(select(SeatCount.held)) == 0
    assert db.session.scalar(select(Ticket.state)) == "revoked"


def test_do_not_write_asks_first_and_then_suppresses(client: FlaskClient, path: str) -> None:
    assert "Skal vi slutte å skrive til dere?" in client.get(f"{path}/reservasjon").text
    done = _post(client, f"{path}/reservasjon")
    assert done.status_code == 303
    assert "Vi skriver ikke til dere igjen" in client.get(done.location).text
    assert db.session.scalar(select(func.count()).select_from(Suppression)) == 3


def test_after_the_deadline_every_page_says_so_with_the_phone_number(client: FlaskClient, path: str) -> None:
    token = _csrf(client.get(path))
    clock.set_clock(lambda: AFTER_DEADLINE)
    for answer in (
        client.get(path),
        client.get(f"{path}/svar"),
        client.post(f"{path}/svar", data={**YES, "step": "confirm", "csrf_token": token}),
        client.post(f"{path}/nei", data={"csrf_token": token}),
        client.post(f"{path}/avlys", data={"csrf_token": token}),
    ):
        assert "Fristen for å svare på nett har gått ut" in answer.text
        assert PHONE in answer.text
        assert answer.status_code in (200, 410)
    assert _rsvp() is None


def test_after_the_deadline_who_comes_still_finds_the_ticket_but_no_way_to_change(
    client: FlaskClient, invitation: Invitation, path: str
) -> None:
    give_answer(invitation, answer_for(invitation, True, True, True))
    clock.set_clock(lambda: AFTER_DEADLINE)
    page = client.get(path)
    assert "Vis billetten" in page.text
    assert "Endre svaret" not in page.text
    assert client.get(f"{path}/avlys").text.count("Ja, meld avbud") == 0


def test_a_party_that_does_not_fit_hears_how_many_do_and_keeps_what_it_typed(app: Flask, client: FlaskClient) -> None:
    event = make_event(capacity=4)
    first, second = make_household(event), make_household(event)
    give_answer(first, answer_for(first, True, True, True))
    path = f"/i/{token_of(second)}/svar"
    page = _post(client, path, {**YES, "email": "ase@example.no", "step": "check"})
    assert page.status_code == 409
    assert page.text.count("Det er bare 1 plass, og dere har valgt 2.</a> Svar nei for noen, bruk «Vent") == 1
    assert 'href="#person_1_yes"' in page.text
    assert "<title>Feil: " in page.text
    assert 'name="email" value="ase@example.no"' in page.text
    assert 'id="person_2_yes" name="person_2" value="yes" checked' in page.text
    assert PHONE in page.text
    fewer = _post(client, path, {**YES, "person_2": "no", "step": "confirm"})
    assert fewer.status_code == 303
    assert db.session.scalar(select(SeatCount.held)) == 4


def test_a_party_that_comes_and_wants_more_than_there_is_hears_how_many_fit_and_stays(
    app: Flask, client: FlaskClient
) -> None:
    event = make_event(capacity=4)
    first, second = make_household(event), make_household(event)
    give_answer(first, answer_for(first, True, True, False))
    give_answer(second, answer_for(second, True, False, False))
    path = f"/i/{token_of(second)}/svar"
    for step in ("check", "confirm", "wait"):
        page = _post(client, path, {**YES, "person_3": "yes", "step": step})
        assert page.status_code == 409
        assert "Det er bare 2 plasser, og dere har valgt 3.</a> Svar nei for noen, eller ring oss" in page.text
        assert "Vent på plass til alle" not in page.text
    assert db.session.scalar(select(SeatCount.held)) == 3


def test_one_person_with_too_many_children_is_led_to_the_number_of_children(app: Flask, client: FlaskClient) -> None:
    path = f"/i/{token_of(make_household(make_event(capacity=2), ('Ida',)))}/svar"
    page = _post(client, path, {"person_1": "yes", "extra_school": "3", "step": "check"})
    assert page.status_code == 409
    assert 'href="#andre">Det er bare 2 plasser, og du har valgt 4.</a> Ta med færre' in page.text
    assert 'name="extra_school" type="text" value="3"' in page.text


def test_an_answer_after_the_last_place_went_waits(app: Flask, client: FlaskClient) -> None:
    event = make_event(capacity=3)
    first, second = make_household(event), make_household(event)
    path = f"/i/{token_of(second)}"
    token = _csrf(client.get(f"{path}/svar"))
    give_answer(first, answer_for(first, True, True, True))
    form = {**YES, "email": "a@example.no", "step": "confirm", "csrf_token": token}
    for _time in range(2):
        done = client.post(f"{path}/svar", data=form)
        assert (done.status_code, done.location) == (303, path)
    page = client.get(path)
    assert "Dere er nummer 1 på ventelista" in page.text
    assert "Dere har bedt om 2 plasser." in page.text
    assert "Vi sender e-post når det er deres tur." in page.text
    assert "Vis billetten" not in page.text


def test_an_answer_that_loses_the_race_for_the_last_place_waits_and_leaves_nothing_half_done(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = make_event(capacity=3)
    first, second = make_household(event), make_household(event)
    give_answer(first, answer_for(first, True, True, True))
    path = f"/i/{token_of(second)}"
    # What the page saw was free a moment ago.
    monkeypatch.setattr(InvitationPage, "fits", lambda _page, _persons: True)
    assert _post(client, f"{path}/svar", {**YES, "step": "confirm"}).location == path
    states = dict(db.session.execute(select(Rsvp.state, Rsvp.persons)).all())
    assert states == {"attending": 3, "waitlisted": 2}
    assert db.session.scalar(select(func.count()).select_from(Ticket)) == 1
    assert db.session.scalar(select(SeatCount.held)) == 3


def test_a_full_event_offers_the_waiting_list_and_still_takes_a_no(app: Flask, client: FlaskClient) -> None:
    event = make_event(capacity=3)
    first, second = make_household(event), make_household(event)
    give_answer(first, answer_for(first, True, True, True))
    path = f"/i/{token_of(second)}"
    page = client.get(path)
    assert "Alle plassene er tatt" in page.text
    assert "Still oss på ventelista" in page.text
    assert PHONE in page.text
    assert "Med dette svaret kommer dere på ventelista." in client.get(f"{path}/svar").text
    check = _post(client, f"{path}/svar", {**YES, "step": "check"})
    assert check.status_code == 200
    assert "Still 2 personer på ventelista" in check.text
    assert _post(client, f"{path}/nei", seen=path).status_code == 303


def test_who_could_come_with_fewer_may_wait_for_all(app: Flask, client: FlaskClient) -> None:
    event = make_event(capacity=4)
    first, second = make_household(event), make_household(event)
    give_answer(first, answer_for(first, True, True, True))
    path = f"/i/{token_of(second)}"
    page = _post(client, f"{path}/svar", {**YES, "step": "check"})
    assert "Vent på plass til alle" in page.text
    page = _post(client, f"{path}/svar", {**YES, "step": "wait"})
    assert page.status_code == 200
    assert "Det er ikke plass akkurat nå" in page.text
    assert _post(client, f"{path}/svar", {**YES, "step": "confirm"}).location == path
    assert db.session.scalar(select(SeatCount.held)) == 3


@pytest.fixture
def offered(app: Flask) -> Invitation:
    """Return a household of three that is offered three places, the first of two that wait."""
    event = make_event(capacity=3)
    first, waiting, last = (make_household(event) for _ in range(3))
    give_answer(first, answer_for(first, True, True, True))
    for invitation in (waiting, last):
        join_queue(invitation, answer_for(invitation, True, True, True, mobile="+4791234567"))
    service.cancel(first, clock.now_utc())
    db.session.commit()
    return waiting


def _take(client: FlaskClient, path: str, act: str) -> TestResponse:
    return _post(client, f"{path}/venteliste", {"do": act}, seen=path)


def test_an_offer_is_seen_and_taken_with_the_same_code(client: FlaskClient, offered: Invitation) -> None:
    path = f"/i/{token_of(offered)}"
    for _time in range(3):
        page = client.get(path)
        assert "Det er plass til dere!" in page.text
        assert "Vi holder av 3 plasser til tirsdag 3. november 2026 kl. 12.00." in page.text
    assert client.get(f"{path}/venteliste").status_code == 405
    done = _take(client, path, "accept")
    assert done.location == f"{path}/takk"
    assert "Velkommen! Dere er påmeldt." in client.get(done.location).text
    assert "Vis billetten" in client.get(path).text
    # A second press finds no offer any more, and shows what stands.
    again = _post(client, f"{path}/venteliste", {"do": "accept"}, seen=f"{path}/avlys")
    assert again.status_code == 410
    assert "Dere har svart ja for 3 personer" in again.text


def test_an_offer_that_is_turned_down_goes_to_the_next(client: FlaskClient, offered: Invitation) -> None:
    path = f"/i/{token_of(offered)}"
    done = _take(client, path, "leave")
    assert "Dere kan ikke komme denne gangen" in client.get(done.location).text
    states = db.session.scalars(select(WaitPlace.state).order_by(WaitPlace.number)).all()
    assert states == ["left", "offered"]


def test_an_offer_is_taken_for_fewer_by_the_form(client: FlaskClient, offered: Invitation) -> None:
    path = f"/i/{token_of(offered)}"
    too_many = _post(client, f"{path}/svar", {**YES, "person_3": "yes", "extra_school": "2", "step": "check"})
    assert "Det er bare 3 plasser, og dere har valgt 5." in too_many.text
    assert _post(client, f"{path}/svar", {**YES, "step": "confirm"}).location == f"{path}/takk"
    assert db.session.scalar(select(SeatCount.held)) == 2


def test_an_offer_that_ended_says_so_and_can_be_asked_for_again(
    app: Flask, client: FlaskClient, offered: Invitation
) -> None:
    path = f"/i/{token_of(offered)}"
    token = _csrf(client.get(path))
    clock.set_clock(lambda: NOW + timedelta(days=1))
    late = client.post(f"{path}/venteliste", data={"do": "accept", "csrf_token": token})
    assert late.status_code == 410
    waitlist.tend_all(now=clock.now_utc())
    db.session.commit()
    page = client.get(path)
    assert "Tilbudet om plass er gått ut" in page.text
    assert _take(client, path, "again").location == path
    page = client.get(path)
    assert "Dere er nummer 1 på ventelista" in page.text
    assert "Vi sender SMS når det er deres tur." in page.text
    assert _take(client, path, "leave").location == f"{path}/takk"


def test_an_act_that_is_not_one_changes_nothing(client: FlaskClient, offered: Invitation) -> None:
    path = f"/i/{token_of(offered)}"
    assert _take(client, path, "").location == path
    assert "Det er plass til dere!" in client.get(path).text


def test_offers_are_taken_after_the_last_day_for_answers_and_not_once_the_event_has_begun(
    client: FlaskClient, offered: Invitation
) -> None:
    path = f"/i/{token_of(offered)}"
    token = _csrf(client.get(path))
    place = db.session.scalars(select(WaitPlace).where(WaitPlace.state == "offered")).one()
    place.ends_at_utc = offered.event.starts_at_utc
    db.session.commit()
    clock.set_clock(lambda: AFTER_DEADLINE)
    page = client.get(path)
    assert "Ja takk, vi kommer" in page.text
    assert "Endre svaret" not in page.text
    clock.set_clock(lambda: offered.event.starts_at_utc)
    assert client.post(f"{path}/venteliste", data={"do": "accept", "csrf_token": token}).status_code == 410
    clock.set_clock(lambda: offered.event.starts_at_utc - timedelta(minutes=1))
    assert client.post(f"{path}/venteliste", data={"do": "accept", "csrf_token": token}).status_code == 303
    clock.set_clock(lambda: offered.event.starts_at_utc + timedelta(days=1))
    assert "Vis billetten" in client.get(path).text


def test_a_cancelled_event_says_so(client: FlaskClient, invitation: Invitation, path: str) -> None:
    give_answer(invitation, answer_for(invitation, True, True, True))
    invitation.event.state = "cancelled"
    db.session.commit()
    page = client.get(path)
    assert "Arrangementet er avlyst" in page.text
    assert "Svar på invitasjonen" not in page.text


def test_a_person_whom_we_may_not_name_is_a_number(app: Flask, client: FlaskClient) -> None:
    path = f"/i/{token_of(make_household(make_event(), ('Åse', None)))}"
    page = client.get(f"{path}/svar")
    assert "Person nummer 2" in page.text
    done = _post(client, f"{path}/svar", {"person_1": "yes", "person_2": "yes", "step": "confirm"})
    assert done.status_code == 303
    assert "Påmeldt: Åse." in client.get(path).text


def test_no_cookie_is_left_on_the_guests_phone(client: FlaskClient, path: str) -> None:
    _post(client, f"{path}/svar", {**YES, "email": "kanari@example.no", "step": "check"})
    assert client.get_cookie("session") is None


def test_needs_can_be_taken_out_again(client: FlaskClient, invitation: Invitation, path: str) -> None:
    _post(client, f"{path}/svar", {**YES, "need_transport": "yes", "step": "confirm"})
    assert db.session.scalar(select(func.count()).select_from(Need)) == 1
    _post(client, f"{path}/svar", {**YES, "step": "confirm"})
    assert db.session.scalar(select(func.count()).select_from(Need)) == 0


def test_pages_and_answers_take_few_statements_however_many_people(app: Flask, client: FlaskClient) -> None:
    names = tuple(f"Navn{number}" for number in range(9))
    path = f"/i/{token_of(make_household(make_event(), names))}"
    form = {f"person_{number}": "yes" for number in range(1, 10)}
    token = _csrf(client.get(path))
    assert _statements(lambda: client.get(path)) <= 4
    answer = {**form, "need_diet": "yes", "email": "a@example.no", "step": "confirm", "csrf_token": token}
    assert _statements(lambda: client.post(f"{path}/svar", data=answer)) <= 16
    assert _statements(lambda: client.get(path)) <= 5


def test_the_ticket_link_is_not_the_invitation_link(client: FlaskClient, invitation: Invitation, path: str) -> None:
    give_answer(invitation, answer_for(invitation, True, True, True))
    ticket = ticket_queries.facts_of_invitation(invitation.id)
    assert ticket is not None
    assert client.get(f"/i/{ticket.code}").status_code == 404
    assert client.get(f"/billett/{path.removeprefix('/i/')}").status_code == 404


def test_an_answer_reads_before_it_takes_the_writers_place(client: FlaskClient, path: str) -> None:
    token = _csrf(client.get(path))
    db.session.rollback()
    with noted() as seen:
        client.post(f"{path}/svar", data={**YES, "step": "confirm", "csrf_token": token})
    changes = [number for number, statement in enumerate(seen) if statement.startswith(("INSERT", "UPDATE", "DELETE"))]
    if db.engine.dialect.name == "sqlite":
        begins = [number for number, statement in enumerate(seen) if statement.startswith("BEGIN")]
        assert [seen[number] for number in begins] == ["BEGIN", "BEGIN IMMEDIATE"]
        assert begins[1] < changes[0]
    assert "seat_count" in seen[changes[-1]]


def test_two_households_that_stand_alike_see_their_own_names_and_links(app: Flask) -> None:
    event = make_event()
    pages = {}
    for names in (("Åse", "<b>Bjørn</b>"), ("Olena", "Taras")):
        path = f"/i/{token_of(make_household(event, names))}"
        page = app.test_client().get(path)
        pages[names[0]] = page.text
        assert page.text.count(path) == 5
        assert "PLACE-OF" not in page.text
    assert "Åse og &lt;b&gt;Bjørn&lt;/b&gt;" in pages["Åse"]
    assert "Åse" not in pages["Olena"]


def test_the_page_follows_the_event_and_the_language(client: FlaskClient, invitation: Invitation, path: str) -> None:
    assert "Modum kulturhus" in client.get(path).text
    events.change_event(invitation.event, event_details(venue="Furumo", capacity=10), clock.now_utc().replace(second=1))
    db.session.commit()
    assert "Furumo" in client.get(path).text
    assert 'lang="en"' in client.get(f"{path}?lang=en").text
    assert 'lang="nb"' in client.application.test_client().get(path).text


def _main(page: TestResponse) -> str:
    found = re.search("<main.*</main>", page.text, re.DOTALL)
    assert found
    return found[0]


@pytest.mark.parametrize(("names", "other"), [(("Ida",), r"\b[Dd]ere\b"), (("Ida", "Jonas"), r"\b[Dd](u|eg)\b")])
def test_every_page_says_du_to_one_and_dere_to_several(
    app: Flask, client: FlaskClient, names: tuple[str, ...], other: str
) -> None:
    invitation = make_household(make_event(), names)
    path = f"/i/{token_of(invitation)}"
    check = {f"person_{number}": "yes" for number, _name in enumerate(names, 1)} | {"step": "check"}
    pages = [client.get(path), client.get(f"{path}/svar"), _post(client, f"{path}/svar", check)]
    pages.append(client.get(f"{path}/reservasjon"))
    for is_coming in (True, False):
        give_answer(invitation, answer_for(invitation, *(is_coming for _name in names)))
        tails = ("", "/takk", "/avlys", "/reservasjon?ferdig=1") if is_coming else ("", "/takk")
        pages += [client.get(path + tail) for tail in tails]
        if is_coming:
            pages.append(client.get(f"/billett/{ticket_queries.facts_of_invitation(invitation.id).code}"))  # type: ignore[union-attr]
    clock.set_clock(lambda: AFTER_DEADLINE)
    pages.append(client.get(path))
    for page in pages:
        assert page.status_code == 200
        assert not re.search(other, _main(page)), page.request.path


def test_who_is_asked_is_greeted_and_who_has_answered_is_only_named(
    client: FlaskClient, invitation: Invitation, path: str
) -> None:
    assert "Hei, Åse, Bjørn og Emma! Vi håper dere vil komme." in client.get(path).text
    give_answer(invitation, answer_for(invitation, False, False, False))
    page = client.get(path)
    assert "Hei, Åse, Bjørn og Emma!</p>" in page.text


def test_the_receipt_leads_to_changing_and_cancelling_until_the_deadline(
    client: FlaskClient, invitation: Invitation, path: str
) -> None:
    give_answer(invitation, answer_for(invitation, True, True, True))
    page = client.get(f"{path}/takk")
    assert "Dette svarte dere" not in page.text
    assert f'href="{path}/svar">Endre svaret</a>' in page.text
    assert f'href="{path}/avlys">Meld avbud</a>' in page.text
    assert "<dt>Endre senest</dt>" in page.text
    assert "<dt>Å komme inn</dt>" in page.text
    clock.set_clock(lambda: AFTER_DEADLINE)
    assert f"{path}/avlys" not in client.get(f"{path}/takk").text


def test_do_not_write_names_whom_it_concerns_and_says_that_an_answer_stands(app: Flask, client: FlaskClient) -> None:
    event = make_event()
    pages = [
        client.get(f"/i/{token_of(make_household(event, names))}/reservasjon").text
        for names in (("Åse", "Bjørn", "Emma"), ("Åse", None), ("Ida",))
    ]
    assert "Da får Åse, Bjørn og Emma ikke flere brev fra oss." in pages[0]
    assert "Da får ingen av dem som står i brevet, flere brev fra oss." in pages[1]
    assert "Ida, da får du ikke flere brev fra oss." in pages[2]
    for page in pages:
        assert page.index("gjelder svaret fortsatt") < page.index("Ja, ikke skriv til")
