"""The language of a page: what is offered where, who decides, and what stands in for what is not said."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import ngettext
from sqlalchemy.exc import SQLAlchemyError

from outreach.database import db
from outreach.events.models import Event
from outreach.events.service import cancel_event
from outreach.invitations.models import Invitation
from outreach.web.further_languages import follow_languages, look_again
from outreach.web.languages import is_guests_walk
from tests.conftest import NOW
from tests.factories.events import make_event
from tests.factories.rsvp import make_household, token_of
from tests.pages import forms_of, send, through_questions

ALL = ["nb", "nn", "en", "uk", "pl", "ar"]


def _choose(event: Event, languages: str) -> None:
    event.letter_languages = languages
    db.session.commit()
    look_again()


@pytest.fixture
def event(app: Flask) -> Event:
    return make_event()


@pytest.fixture
def chosen(event: Event) -> Event:
    _choose(event, "nb,uk,pl,ar")
    return event


def _page(client: FlaskClient, path: str, **headers: str) -> str:
    return client.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()}).text


def _language(page: str) -> str:
    return page.partition('<html lang="')[2].partition('"')[0]


def _offered(page: str) -> list[str]:
    return [code for code in ALL if f'href="?lang={code}"' in page]


def test_a_further_language_is_off_until_an_event_has_it(client: FlaskClient, event: Event) -> None:
    page = _page(client, "/svar?lang=uk", Accept_Language="uk")
    assert _language(page) == "en"
    assert _offered(page) == ALL[:3]


@pytest.mark.parametrize("language", ["uk", "pl", "ar"])
def test_what_an_event_s_letters_have_is_offered_on_every_page_of_the_walk(
    client: FlaskClient, chosen: Event, language: str
) -> None:
    for path in ("/", "/svar", "/spor-oss", f"/arrangement/{chosen.slug}", "/finnes-ikke"):
        page = _page(client, f"{path}?lang={language}")
        assert _language(page) == language, path
        assert _offered(page) == ALL, path


def test_each_name_stands_in_its_own_language(client: FlaskClient, chosen: Event) -> None:
    page = _page(client, "/svar")
    assert '<a href="?lang=uk" lang="uk" hreflang="uk">Українська</a>' in page
    assert '<a href="?lang=ar" lang="ar" hreflang="ar">العربية</a>' in page


@pytest.mark.parametrize("path", ["/personvern", "/kontaktpunkt", "/admin/logg-inn"])
def test_other_pages_answer_in_english_whole(client: FlaskClient, chosen: Event, path: str) -> None:
    page = _page(client, f"{path}?lang=ar")
    assert '<html lang="en" dir="ltr"' in page
    assert "العربية" not in page


def test_a_language_goes_with_the_last_event_that_has_it(client: FlaskClient, chosen: Event) -> None:
    draft = make_event(slug="kladd-2026", publish=False)
    _choose(draft, "nb,pl")
    _choose(chosen, "nb,uk")
    assert _offered(_page(client, "/svar")) == [*ALL[:3], "uk"]


def test_guests_of_a_cancelled_event_are_told_in_their_language(client: FlaskClient, chosen: Event) -> None:
    cancel_event(chosen, NOW)
    db.session.commit()
    look_again()
    assert "Arrangementet er avlyst" not in _page(client, f"/arrangement/{chosen.slug}?lang=uk")
    assert "Захід скасовано" in _page(client, f"/arrangement/{chosen.slug}?lang=uk")


def test_the_choice_is_remembered(client: FlaskClient, chosen: Event) -> None:
    _page(client, "/svar?lang=pl")
    assert _language(_page(client, "/")) == "pl"
    assert _language(_page(client, "/personvern")) == "en"


def test_the_browser_is_asked_where_nobody_has_chosen(client: FlaskClient, chosen: Event) -> None:
    assert _language(_page(client, "/svar", Accept_Language="ar-SY,ar;q=0.9,en;q=0.5")) == "ar"
    assert _language(_page(client, "/personvern", Accept_Language="ar-SY,ar;q=0.9,en;q=0.5")) == "en"
    assert _language(_page(client, "/svar", Accept_Language="fi")) == "nb"


def _told(event: Event, language: str) -> str:
    invitation: Invitation = make_household(event)
    invitation.language = language
    db.session.commit()
    return f"/i/{token_of(invitation)}"


def test_what_the_household_told_us_goes_before_the_browser_and_after_its_own_choice(
    client: FlaskClient, chosen: Event
) -> None:
    path = _told(chosen, "uk")
    assert _language(_page(client, path, Accept_Language="en")) == "uk"
    assert _language(_page(client, f"{path}/svar", Accept_Language="en")) == "uk"
    assert _language(_page(client, f"{path}?lang=pl", Accept_Language="en")) == "pl"
    assert _language(_page(client, path, Accept_Language="en")) == "pl"


@pytest.mark.parametrize(("told", "page"), [("nb", "en"), ("uk", "en"), ("nn", "nn"), ("xx", "en")])
def test_a_language_that_is_not_offered_is_not_forced_on_a_household(
    client: FlaskClient, event: Event, told: str, page: str
) -> None:
    assert _language(_page(client, _told(event, told), Accept_Language="en")) == page


def test_arabic_is_turned_round_and_keeps_numbers_and_names_in_order(client: FlaskClient, chosen: Event) -> None:
    asked = client.get(f"{_told(chosen, 'ar')}/svar")
    people = dict.fromkeys(forms_of(asked)[0].choices, "yes")
    checked = through_questions(client, asked, **people)
    page = send(client, forms_of(checked)[0], button="edit-contact").get_data(as_text=True)
    assert '<html lang="ar" dir="rtl"' in page
    assert page.count('dir="ltr"') >= 3  # e-mail, mobile, the desk's address
    overview = _page(client, _told(chosen, "ar"))
    assert '<bdi lang="no">Trinnfri inngang.</bdi>' in overview
    assert "الخميس، 26 نوفمبر 2026، 18:00" in overview
    assert 'dir="ltr">32\u00a078\u00a093\u00a000</a>' in _page(client, "/svar?lang=ar")


def test_what_staff_typed_is_marked_as_norwegian_on_other_pages_alone(client: FlaskClient, event: Event) -> None:
    path = f"/arrangement/{event.slug}"
    assert '<bdi lang="no">Modum kulturhus</bdi>' in _page(client, f"{path}?lang=en")
    assert "<bdi" not in _page(client, f"{path}?lang=nn")


def test_numbers_have_their_own_forms(client: FlaskClient, chosen: Event) -> None:
    with client.application.test_request_context("/svar?lang=uk"):
        forms = [ngettext("%(num)s person", "%(num)s personer", number) for number in (1, 3, 5)]
    assert forms == ["1 особа", "3 особи", "5 осіб"]


def test_a_database_that_does_not_answer_takes_no_page_away(app: Flask, client: FlaskClient) -> None:
    def gone() -> frozenset[str]:
        raise SQLAlchemyError("gone")

    kept = app.extensions["treffpunkt.further_languages"]
    try:
        follow_languages(app, gone)
        assert client.get("/svar").status_code == 200
    finally:
        app.extensions["treffpunkt.further_languages"] = kept


@pytest.mark.parametrize("path", ["/", "/svar", "/i/abc", "/I/ABC", "/arrangement/x/pamelding", "/billett/x.pdf"])
def test_the_walk_of_a_guest(path: str) -> None:
    assert is_guests_walk(path)


@pytest.mark.parametrize("path", ["/admin/", "/partner/x", "/door/", "/kontaktpunkt", "/interesse/x", "/kalender/x"])
def test_not_the_walk_of_a_guest(path: str) -> None:
    assert not is_guests_walk(path)
