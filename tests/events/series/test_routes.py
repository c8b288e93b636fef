"""Staff put events together in a series, and the household's page lets it choose between them."""

import re

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from outreach.audience.models import AudienceMember
from outreach.database import db
from outreach.events.models import Event, Series
from outreach.invitations.models import Invitation
from outreach.invitations.queries import asked_persons
from tests.factories.accounts import sign_in
from tests.factories.events import make_event
from tests.factories.rsvp import answer_for, give_answer, make_household, token_of
from tests.factories.series import make_series
from tests.pages import forms_of


def _meetups() -> list[Event]:
    return [make_event(slug=f"treff-{city}", title=f"Treff i {city}", city=city) for city in ("oslo", "bergen")]


def _token(browser: FlaskClient, path: str) -> str:
    """Return the form token of `path`, or of the guests' front page where that has no form."""
    forms = forms_of(browser.get(path)) or forms_of(browser.get("/svar"))
    return next(form.values["csrf_token"] for form in forms if "csrf_token" in form.values)


def _post(browser: FlaskClient, path: str, **fields: object) -> TestResponse:
    return browser.post(path, data={**fields, "csrf_token": _token(browser, path)})


def test_a_series_is_made_changed_and_taken_apart(app: Flask) -> None:
    events = _meetups()
    browser = app.test_client()
    sign_in(browser)
    made = _post(browser, "/admin/serier/ny", title="Treff 2026", events=[str(one.id) for one in events])
    assert made.status_code == 303
    series = db.session.scalars(select(Series)).one()
    assert {event.series_id for event in db.session.scalars(select(Event))} == {series.id}
    page = f"/admin/serier/{series.id}"
    _post(browser, page, title="Treff høsten 2026", events=[str(one.id) for one in events])
    assert "Treff høsten 2026" in browser.get("/admin/serier").get_data(as_text=True)
    browser.post(f"{page}/slett", data={"csrf_token": _token(browser, page)})
    db.session.expire_all()
    assert db.session.scalars(select(Series)).all() == []
    assert {event.series_id for event in db.session.scalars(select(Event))} == {None}


def test_every_fault_is_told_and_nothing_is_made(app: Flask) -> None:
    make_series(None, None)
    events = list(db.session.scalars(select(Event)))
    browser = app.test_client()
    sign_in(browser)
    for fields, said in (
        ({"title": "", "events": [str(one.id) for one in events]}, "Skriv hva serien heter."),
        ({"title": "Ny", "events": [str(events[0].id)]}, "Velg minst to arrangementer."),
        ({"title": "Ny", "events": [str(one.id) for one in events]}, "er med i serien"),
        ({"title": "Treff høsten 2026", "events": ["x", "99"]}, "En annen serie heter det samme."),
    ):
        answer = _post(browser, "/admin/serier/ny", **fields)
        assert answer.status_code == 422
        assert said in answer.get_data(as_text=True)
    assert len(db.session.scalars(select(Series)).all()) == 1


def test_a_household_chooses_and_keeps_its_seat_where_there_is_no_room(app: Flask, client: FlaskClient) -> None:
    oslo, bergen, trondheim = make_series(None, 1, None)
    guest = make_household(oslo, ("Åse", "Bjørn"))
    give_answer(guest, answer_for(guest, True, True))
    full_id, free_id = bergen.id, trondheim.id
    path = f"/i/{token_of(guest)}"
    assert f"{path}/sted" in client.get(path).get_data(as_text=True)
    page = client.get(f"{path}/sted").get_data(as_text=True)
    assert sorted(re.findall(r"<strong>(\w+)</strong>", page)) == ["Bergen", "Oslo", "Trondheim"]
    refused = _post(client, f"{path}/sted", event=full_id)
    assert refused.status_code == 409
    assert "Plassen dere har, gjelder fortsatt" in refused.get_data(as_text=True)
    moved = _post(client, f"{path}/sted", event=free_id)
    assert moved.headers["Location"] == f"{path}/takk"
    assert "Treff i Trondheim" in client.get(path).get_data(as_text=True)


def test_what_is_no_choice_is_refused_in_words(app: Flask, client: FlaskClient) -> None:
    oslo, _bergen = make_series(None, None)
    other = make_event(slug="annet", title="Et annet treff")
    path = f"/i/{token_of(make_household(oslo, ('Åse',)))}/sted"
    for event in ("", "x", "-1", "9" * 30, str(other.id)):
        answer = _post(client, path, event=event)
        assert answer.status_code == 422
        assert "Dette stedet kan ikke velges." in answer.get_data(as_text=True)


def test_an_event_outside_a_series_offers_no_choice(app: Flask, client: FlaskClient) -> None:
    path = f"/i/{token_of(make_household(make_event(), ('Åse',)))}"
    assert "/sted" not in client.get(path).get_data(as_text=True)
    assert "Det er ingen andre steder å velge nå." in client.get(f"{path}/sted").get_data(as_text=True)


def test_who_is_asked_to_one_event_of_a_series_is_asked_to_all(app: Flask) -> None:
    oslo, bergen = make_series(None, None)
    guest = make_household(oslo, ("Åse",))
    assert asked_persons(bergen.id) == {guest.invitees[0].person_id}
    assert db.session.scalars(select(AudienceMember.id)).all() == []
    assert len(db.session.scalars(select(Invitation.id)).all()) == 1
