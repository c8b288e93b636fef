from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from outreach.accounts.roles import Role
from tests.conftest import NOW
from tests.factories.accounts import sign_in
from tests.factories.events import SLUG, make_event
from tests.factories.invitations import make_invited
from tests.factories.rsvp import answer_for, give_answer, join_queue, make_household
from tests.pages import forms_of, links_of, send

PATHS = ("/admin/", "/admin/arrangementer/ny-i-modum-2026")


@pytest.mark.parametrize("path", PATHS)
def test_a_stranger_is_sent_to_sign_in(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 303


def test_the_overview_of_an_empty_installation_says_what_to_do(client: FlaskClient) -> None:
    sign_in(client)
    assert "Ingen arrangementer ennå" in client.get("/admin/").get_data(as_text=True)


@pytest.mark.parametrize("path", PATHS)
def test_staff_see_how_it_goes(client: FlaskClient, path: str) -> None:
    make_invited(1985, 1987)
    sign_in(client, role=Role.READER)
    page = client.get(path)
    assert page.status_code == 200
    assert "Invitert" in page.get_data(as_text=True)


def test_an_unknown_event_is_not_found(client: FlaskClient) -> None:
    sign_in(client)
    assert client.get("/admin/arrangementer/ingenting").status_code == 404


def test_a_draft_is_published_where_it_says_that_guests_do_not_see_it(client: FlaskClient) -> None:
    make_event(publish=False)
    sign_in(client, role=Role.ORGANISER)
    form = next(form for form in forms_of(client.get(PATHS[1])) if form.action.endswith("/publiser"))
    assert send(client, form).status_code == 303
    assert client.get(f"/arrangement/{SLUG}").status_code == 200
    assert not any(form.action.endswith("/publiser") for form in forms_of(client.get(PATHS[1])))


def test_a_reader_is_not_shown_a_button_that_would_refuse(client: FlaskClient) -> None:
    make_event(publish=False)
    sign_in(client, role=Role.READER)
    page = client.get(PATHS[1])
    assert not any(form.action.endswith("/publiser") for form in forms_of(page))
    assert "før en arrangør publiserer" in page.text


def test_one_sentence_stands_for_figures_that_are_all_nothing(client: FlaskClient) -> None:
    make_event()
    sign_in(client)
    page = client.get(PATHS[1]).text
    assert "Ingen er invitert ennå." in page
    assert "<table" not in page
    assert "data-live" in page


@pytest.mark.parametrize(
    ("emails", "words", "is_someone_to_call"),
    [
        ((), "Ingen er påmeldt, så ingen får melding.", False),
        (("a@eksempel.example",), "3 personer er påmeldt. Alle får e-post.", False),
        (("a@eksempel.example", None), "6 personer er påmeldt. 3 av dem får e-post. De andre må dere ringe.", True),
        ((None,), "3 personer er påmeldt. Ingen av dem får melding. Dere må ringe dem.", True),
    ],
)
def test_calling_off_says_how_many_are_told(
    client: FlaskClient, emails: tuple[str | None, ...], words: str, is_someone_to_call: bool
) -> None:
    event = make_event()
    for email in emails:
        coming = make_household(event, ("Ida", "Odd"))
        give_answer(coming, answer_for(coming, True, True, extra_children=1, email=email))
    declined = make_household(event, ("Per",))
    give_answer(declined, answer_for(declined, False))
    sign_in(client, role=Role.ORGANISER)
    page = client.get(f"{PATHS[1]}/avlys")
    assert words in " ".join(page.text.split())
    assert (f"{PATHS[1]}/invitasjoner?vis=ringes" in links_of(page)) == is_someone_to_call


def test_calling_off_says_who_gets_an_sms_and_how_those_who_wait_are_told(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = app.extensions["treffpunkt.settings"]
    has_sms = replace(settings, sms_url="https://user:password@sms.example/send")
    monkeypatch.setitem(app.extensions, "treffpunkt.settings", has_sms)
    event = make_event(capacity=4)
    for contact in ({"mobile": "+4740000001"}, {"email": "a@eksempel.example"}):
        coming = make_household(event, ("Ida", "Odd"))
        give_answer(coming, answer_for(coming, True, True, **contact))
    waiting = make_household(event, ("Per",))
    join_queue(waiting, answer_for(waiting, True))
    sign_in(client, role=Role.ORGANISER)
    page = client.get(f"{PATHS[1]}/avlys")
    told = " ".join(page.text.split())
    assert "4 personer er påmeldt. 2 av dem får e-post. 2 av dem får SMS. </li>" in told
    assert "1 person står på venteliste. Ingen av dem får melding. Dere må ringe dem." in told
    assert f"{PATHS[1]}/invitasjoner?vis=ringes" in links_of(page)


@pytest.mark.parametrize("path", ["/admin/", "/admin/arrangementer"])
def test_what_is_coming_stands_before_what_has_been(client: FlaskClient, path: str) -> None:
    for slug, days in (("snart", 10), ("senere", 40), ("nylig", -10), ("lenge-siden", -40)):
        starts = NOW + timedelta(days=days)
        make_event(
            slug=slug, title=f"Treff {slug}", starts_at_utc=starts,
            ends_at_utc=starts + timedelta(hours=3), answer_by=starts.date(),
        )  # fmt: skip
    sign_in(client)
    page = client.get(path).text.split("<main", 1)[1]
    shown = ("Kommende arrangementer", "Treff snart", "Treff senere", "Tidligere", "Treff nylig", "Treff lenge-siden")
    assert [page.index(text) for text in shown] == sorted(page.index(text) for text in shown)


def test_the_overview_shows_the_last_of_what_has_been_and_the_way_to_the_rest(client: FlaskClient) -> None:
    for number in range(8):
        make_event(slug=f"nr-{number}", title=f"Kveld nr. {number}", **_ended(days=10 + number))
    sign_in(client)
    page = client.get("/admin/")
    assert [number for number in range(8) if f"Kveld nr. {number}" in page.text] == list(range(6))
    assert "Se alle arrangementer" in page.text


def _ended(days: int) -> dict[str, date]:
    ends = NOW - timedelta(days=days)
    return {"starts_at_utc": ends - timedelta(hours=3), "ends_at_utc": ends, "answer_by": ends.date()}
