"""A household answers page by page: what it typed travels along, and each page has a way back."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from outreach import clock
from outreach.database import db
from outreach.invitations.models import Invitation
from outreach.people.models import Person
from outreach.rsvp.answer import Brought, NeedKind, NeedWish
from outreach.rsvp.models import Need, Rsvp, SeatCount
from tests.factories.events import make_event
from tests.factories.rsvp import answer_for, give_answer, make_household, token_of
from tests.pages import Form, forms_of, send, through_questions

NOW = datetime(2026, 11, 3, 10, 0, tzinfo=UTC)
ALL = {"person_1": "yes", "person_2": "yes", "person_3": "yes"}


@pytest.fixture(autouse=True)
def frozen(app: Flask) -> Iterator[None]:
    clock.set_clock(lambda: NOW)
    yield
    clock.set_clock(None)


def _path(invitation: Invitation) -> str:
    return f"/i/{token_of(invitation)}/svar"


def _form(page: TestResponse) -> Form:
    return next(form for form in forms_of(page) if form.action.endswith("/svar"))


def _page(page: TestResponse) -> str:
    """Return which question the page asks; "" on the one that reads the answer back."""
    return _form(page).values.get("page", "")


def _next(client: FlaskClient, page: TestResponse, **values: str) -> TestResponse:
    return send(client, _form(page), button="next", **values)


def _needs() -> list[tuple[int, str, str]]:
    rows = db.session.scalars(select(Need).order_by(Need.position, Need.kind))
    return [(row.position, row.kind, row.text or "") for row in rows]


def test_a_family_tells_page_by_page_what_each_of_them_needs(app: Flask, client: FlaskClient) -> None:
    page = client.get(_path(make_household(make_event())))
    seen = [_page(page)]
    for values in (
        ALL,
        {"asking_1": "yes", "asking_3": "yes"},
        {"need_1_diet": "yes", "need_1_diet_text": "halal", "need_3_wheelchair": "yes"},
        {"email": "ase@example.no"},
    ):
        page = _next(client, page, **values)
        assert page.status_code == 200, page.text
        seen.append(_page(page))
    assert seen == ["who", "needs", "help", "contact", ""]
    assert "Åse: Spesiell mat (halal)" in page.text
    assert "Emma: Plass til rullestol" in page.text
    assert _needs() == []
    assert send(client, _form(page), button="confirm").status_code == 303
    assert _needs() == [(1, "diet", "halal"), (3, "wheelchair", "")]
    rsvp = db.session.scalars(select(Rsvp)).one()
    assert (rsvp.persons, rsvp.wheelchairs, rsvp.email) == (3, 1, "ase@example.no")


def test_who_comes_alone_is_asked_for_needs_at_once_and_nobody_else_is_named(app: Flask, client: FlaskClient) -> None:
    page = _next(client, client.get(_path(make_household(make_event(), ("Ida",)))), person_1="yes")
    assert _page(page) == "help"
    assert "<h1" in page.text
    assert "Trenger du noe?" in page.text
    checked = through_questions(client, page, need_1_hearing_loop="yes")
    send(client, _form(checked), button="confirm")
    assert _needs() == [(1, "hearing_loop", "")]


def test_who_stays_at_home_is_asked_nothing_more(app: Flask, client: FlaskClient) -> None:
    path = _path(make_household(make_event()))
    page = _next(client, client.get(path), person_1="no", person_2="no", person_3="no")
    assert _page(page) == ""
    assert "Meld på" not in page.text


def test_each_page_tells_its_own_faults_and_the_way_back_loses_nothing(app: Flask, client: FlaskClient) -> None:
    page = client.get(_path(make_household(make_event())))
    wrong = _next(client, page, person_1="yes", extra_small="to")
    assert wrong.status_code == 422
    assert "Velg om Bjørn kommer eller ikke." in wrong.text
    page = _next(client, wrong, **ALL, extra_small="2")
    page = _next(client, page, asking_0="yes")
    assert "Noen som ikke står på lista" in page.text
    wrong = _next(client, page, need_interpreter="yes")
    assert wrong.status_code == 422
    assert "Skriv hvilket språk det skal tolkes til." in wrong.text
    page = _next(client, wrong, need_interpreter_text="polsk")
    wrong = _next(client, page, email="ase@")
    assert wrong.status_code == 422
    for back in ("help", "needs", "who"):
        page = send(client, _form(page), button="back")
        assert _page(page) == back
    values = _form(page).values
    assert (values["extra_small"], values["need_interpreter_text"], values["asking_0"]) == ("2", "polsk", "yes")


def test_a_page_changed_from_the_check_page_leads_back_to_it(app: Flask, client: FlaskClient) -> None:
    page = client.get(_path(make_household(make_event())))
    checked = through_questions(client, page, **ALL, email="ase@example.no")
    changed = send(client, _form(checked), button="edit-contact")
    assert _page(changed) == "contact"
    checked = _next(client, changed, email="bjorn@example.no")
    assert (_page(checked), "bjorn@example.no" in checked.text) == ("", True)
    needs = send(client, _form(checked), button="edit-needs")
    asked = _next(client, needs, asking_2="yes")
    assert _page(asked) == "help"
    checked = _next(client, asked, need_2_transport="yes")
    assert "Bjørn: Skyss" in checked.text
    nobody = send(client, _form(checked), button="edit-needs")
    form = _form(nobody)
    form.values.pop("asking_2")
    assert "Skyss" not in send(client, form, button="next").text


def test_who_was_said_to_need_nothing_needs_nothing_also_by_the_way_back(app: Flask, client: FlaskClient) -> None:
    invitation = make_household(make_event())
    give_answer(invitation, answer_for(invitation, True, True, True, needs=(NeedWish(NeedKind.DIET, "halal", 2),)))
    page = _form(_next(client, client.get(_path(invitation))))
    assert page.values.pop("asking_2") == "yes"
    again = _next(client, send(client, page, button="back"))
    assert (_page(again), "asking_2" in _form(again).values) == ("needs", False)


def test_all_who_need_something_can_need_the_same(app: Flask, client: FlaskClient) -> None:
    page = _next(client, client.get(_path(make_household(make_event()))), **ALL)
    page = _next(client, page, asking_1="yes", asking_2="yes", asking_3="yes")
    checked = through_questions(client, page, alike="yes", need_1_diet="yes", need_1_diet_text="halal")
    send(client, _form(checked), button="confirm")
    assert _needs() == [(position, "diet", "halal") for position in (1, 2, 3)]


def test_what_was_answered_is_filled_in_page_by_page(app: Flask, client: FlaskClient) -> None:
    path = _path(make_household(make_event()))
    told = {**ALL, "asking_2": "yes", "need_2_allergy": "yes", "need_2_allergy_text": "egg", "extra_teens": "1"}
    send(client, _form(through_questions(client, client.get(path), **told)), button="confirm")
    again = through_questions(client, client.get(path))
    assert "Bjørn: Allergi (egg)" in again.text
    assert "Barn 13–17 år: <strong>1</strong>" in again.text
    before = db.session.scalar(select(Rsvp.revision))
    send(client, _form(again), button="confirm")
    db.session.expire_all()
    assert db.session.scalar(select(Rsvp.revision)) == before


def test_what_a_whole_party_needs_is_asked_of_the_one_who_comes_after_all(app: Flask, client: FlaskClient) -> None:
    invitation = make_household(make_event())
    needs = (NeedWish(NeedKind.DIET, "halal"),)
    give_answer(invitation, answer_for(invitation, True, True, True, needs=needs))
    page = _next(client, client.get(_path(invitation)), person_1="yes", person_2="no", person_3="no")
    assert (_page(page), _form(page).values["need_1_diet_text"]) == ("help", "halal")
    send(client, _form(through_questions(client, page)), button="confirm")
    assert _needs() == [(1, "diet", "halal")]


def test_who_comes_after_a_no_was_read_back_is_asked_everything(app: Flask, client: FlaskClient) -> None:
    page = client.get(_path(make_household(make_event())))
    checked = _next(client, page, person_1="no", person_2="no", person_3="no")
    page, seen = send(client, _form(checked), button="edit-who"), []
    for values in (ALL, {}, {}):
        page = _next(client, page, **values)
        seen.append(_page(page))
    assert seen == ["needs", "contact", ""]


def test_who_is_said_to_come_on_the_way_back_is_asked_what_they_need(app: Flask, client: FlaskClient) -> None:
    page = client.get(_path(make_household(make_event())))
    checked = through_questions(client, page, **{**ALL, "person_3": "no"}, email="ase@example.no")
    fewer = _next(client, send(client, _form(checked), button="edit-who"), person_2="no")
    assert _page(fewer) == ""
    page = send(client, _form(fewer), button="edit-who")
    page = _next(client, page, person_3="")
    assert page.status_code == 422
    page, seen = _next(client, page, person_3="yes"), []
    for values in ({"asking_3": "yes"}, {"need_3_diet": "yes"}):
        seen.append(_page(page))
        page = _next(client, page, **values)
    assert (seen, _page(page)) == (["needs", "help"], "")
    assert "Emma: Spesiell mat" in page.text
    assert "ase@example.no" in page.text


def test_who_holds_places_is_not_told_of_a_waiting_list_that_is_not_theirs(app: Flask, client: FlaskClient) -> None:
    event = make_event(capacity=50, capacity_children=1, capacity_wheelchairs=1)
    first = make_household(event, ("Ida",))
    needs = (NeedWish(NeedKind.WHEELCHAIR, position=1),)
    give_answer(first, answer_for(first, True, needs=needs, brought=Brought(small=1)))
    invitation = make_household(event)
    give_answer(invitation, answer_for(invitation, True, True, False))
    asked = _next(client, client.get(_path(invitation)))
    refused = {
        "who": _next(client, client.get(_path(invitation)), extra_small="1"),
        "help": through_questions(client, _next(client, asked, asking_1="yes"), need_1_wheelchair="yes"),
    }
    for page, answer in refused.items():
        assert (answer.status_code, _page(answer)) == (409, page)
        assert "venteliste" not in answer.text
        assert "ventelista" not in answer.text


def test_who_does_not_fit_hears_it_on_the_first_page_and_may_wait(app: Flask, client: FlaskClient) -> None:
    event = make_event(capacity=4)
    first = make_household(event)
    give_answer(first, answer_for(first, True, True, False))
    path = _path(make_household(event))
    full = _next(client, client.get(path), **ALL)
    assert (full.status_code, _page(full)) == (409, "who")
    assert "Det er bare 2 plasser, og dere har valgt 3." in full.text
    waiting = send(client, _form(full), button="wait")
    assert _page(waiting) == "needs"
    checked = through_questions(client, waiting)
    assert "Still 3 personer på ventelista" in checked.text
    assert send(client, _form(checked), button="confirm").status_code == 303
    assert db.session.scalars(select(Rsvp.state).order_by(Rsvp.state)).all() == ["attending", "waitlisted"]


def test_too_many_children_of_their_own_are_told_where_nobody_can_be_brought(app: Flask, client: FlaskClient) -> None:
    invitation = make_household(make_event(brings="nobody", capacity=50, capacity_children=1))
    children = [invitee.person_id for invitee in invitation.invitees if invitee.position > 1]
    db.session.execute(update(Person).where(Person.id.in_(children)).values(birth_year=2020))
    db.session.commit()
    refused = _next(client, client.get(_path(invitation)), **ALL)
    assert (refused.status_code, _page(refused)) == (409, "who")
    assert 'href="#person_1_yes">Det er bare 1 plass til barn, og dere har valgt 2.' in refused.text


def test_who_lacks_a_wheelchair_place_is_led_to_the_needs(app: Flask, client: FlaskClient) -> None:
    event = make_event(capacity=50, capacity_wheelchairs=1)
    page = _next(client, client.get(_path(make_household(event))), **ALL)
    page = _next(client, page, asking_1="yes", asking_2="yes")
    page = through_questions(client, page, need_1_wheelchair="yes", need_2_wheelchair="yes")
    assert (page.status_code, _page(page)) == (409, "help")
    assert 'href="#behov">Det er bare 1 plass til rullestol, og dere trenger 2.' in page.text


@pytest.mark.parametrize(("brings", "shown"), [("nobody", ()), ("children", (0,)), ("anybody", (0, 1))])
def test_the_event_decides_whom_guests_are_asked_about(
    app: Flask, client: FlaskClient, brings: str, shown: tuple[int, ...]
) -> None:
    page = client.get(_path(make_household(make_event(brings=brings))))
    assert [name in _form(page).values for name in ("extra_small", "extra_adults")] == [0 in shown, 1 in shown]
    come = _next(client, page, **ALL, extra_adults="1")
    assert come.status_code == (200 if 1 in shown else 422)


def test_adults_brought_along_take_a_place_and_are_read_back(app: Flask, client: FlaskClient) -> None:
    invitation = make_household(make_event(brings="anybody"), ("Ida",))
    checked = through_questions(client, client.get(_path(invitation)), person_1="yes", extra_adults="2")
    assert "Voksne: <strong>2</strong>" in checked.text
    done = client.get(send(client, _form(checked), button="confirm").headers["Location"])
    assert "Ida og 2 voksne til" in done.text
    assert db.session.scalar(select(SeatCount.held)) == 3


@pytest.mark.parametrize("page", ["", "tull", "help", "questions"])
def test_a_page_that_nobody_was_shown_breaks_nothing(app: Flask, client: FlaskClient, page: str) -> None:
    path = _path(make_household(make_event()))
    mark = _form(client.get(path)).values["csrf_token"]
    for step in ("next", "back", "edit-tull", "edit-help", "wait", ""):
        for more in ({}, {"alike": "yes"}, {"need_interpreter": "yes"}):
            sent = {"csrf_token": mark, "page": page, "step": step, **more}
            assert client.post(path, data=sent).status_code in (200, 422)
    assert db.session.scalars(select(Rsvp)).all() == []
