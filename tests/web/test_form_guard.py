"""Forms of guests: no session and no cookie, the same mark for all, and no other site may send them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from outreach import clock
from tests.conftest import NOW
from tests.factories.events import SLUG, make_event
from tests.factories.partners import make_participation, make_partner_with_logo
from tests.factories.rsvp import answer_for, give_answer, make_household, token_of
from tests.pages import forms_of


def _stand() -> str:
    row = make_participation(make_event(is_open_sign_up=True), make_partner_with_logo())
    return f"/stand/{row.selector.lower()}"


def _open_sign_up() -> str:
    make_event(is_open_sign_up=True)
    return f"/arrangement/{SLUG}/pamelding"


PAGES: dict[str, Callable[[], str]] = {
    "code field": lambda: "/svar",
    "contact point": lambda: "/kontaktpunkt",
    "ask us": lambda: "/spor-oss",
    "open sign-up": _open_sign_up,
    "stand": _stand,
}


@pytest.fixture(params=PAGES)
def path(app: Flask, request: pytest.FixtureRequest) -> str:
    """Return the address of a page with a form."""
    return PAGES[request.param]()


def mark_on(page: TestResponse) -> str:
    return next(form.values["csrf_token"] for form in forms_of(page) if "csrf_token" in form.values)


def send(client: FlaskClient, path: str, *, site: str | None = None, **fields: str) -> int:
    """Send a form with nothing filled in; 422 or 200 tells that it was read."""
    headers = {} if site is None else {"Sec-Fetch-Site": site}
    return client.post(path, data=fields, headers=headers).status_code


def test_everybody_gets_the_same_page_and_no_cookie(app: Flask, client: FlaskClient, path: str) -> None:
    first, other = client.get(path), app.test_client().get(path)
    assert (first.status_code, first.data) == (200, other.data)
    assert "Set-Cookie" not in first.headers
    assert first.headers["Cache-Control"] == "no-store"


def test_who_has_no_cookie_may_send_it_and_who_sees_faults_may_send_it_again(client: FlaskClient, path: str) -> None:
    faulty = client.post(path, data={"csrf_token": mark_on(client.get(path))})
    assert faulty.status_code == 422
    assert "Set-Cookie" not in faulty.headers
    assert send(client, path, csrf_token=mark_on(faulty)) == 422


@pytest.mark.parametrize("mark", [None, "", "æ", "0" * 32])
def test_without_the_mark_nothing_happens(client: FlaskClient, path: str, mark: str | None) -> None:
    assert send(client, path, **({} if mark is None else {"csrf_token": mark})) == 400


@pytest.mark.parametrize(("days", "status"), [(0, 422), (60, 422), (61, 400)])
def test_a_page_left_open_works_for_two_months(client: FlaskClient, days: int, status: int) -> None:
    mark = mark_on(client.get("/svar"))
    clock.set_clock(lambda: NOW + timedelta(days=days))
    assert send(client, "/svar", csrf_token=mark) == status


@pytest.mark.parametrize(
    ("site", "status"), [("same-origin", 422), ("none", 422), ("cross-site", 400), ("same-site", 400)]
)
def test_another_site_cannot_send_the_form(client: FlaskClient, path: str, site: str, status: int) -> None:
    assert send(client, path, site=site, csrf_token=mark_on(client.get(path))) == status


@pytest.mark.parametrize("page_of_theirs", ["", "/svar", "/avlys", "/reservasjon"])
def test_a_household_gets_no_cookie(client: FlaskClient, page_of_theirs: str) -> None:
    invitation = make_household(make_event())
    if page_of_theirs == "/avlys":
        give_answer(invitation, answer_for(invitation, True, True, False))
    page = client.get(f"/i/{token_of(invitation)}{page_of_theirs}")
    assert mark_on(page)
    assert "Set-Cookie" not in page.headers


def test_a_mark_of_guests_opens_no_form_of_staff(client: FlaskClient) -> None:
    mark = mark_on(client.get("/svar"))
    assert send(client, "/admin/logg-inn", csrf_token=mark, email="a@eksempel.example", password="feil") == 400
