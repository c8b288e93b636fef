"""Saying no by the link of an e-mail: a person's button, a mail program's one click, and what must not work."""

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from outreach.audit.models import AuditEntry
from outreach.contact_point.sign_up import NEWS_TOPIC
from outreach.database import db
from outreach.hosts import host
from outreach.mailings import mailing
from outreach.messages.models import Suppression
from outreach.messages.queries import purposes_against
from outreach.messages.service import address_hashes, unsubscribe_url
from outreach.messages.topic import topic_of
from outreach.partners import organisation
from tests.pages import forms_of, send

ADDRESS = "Ase@eksempel.example"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def path(app: Flask) -> str:
    url = unsubscribe_url(ADDRESS, "newsletter")
    assert url.startswith("http://localhost/avmeld/")
    return url.removeprefix("http://localhost")


def _purposes() -> list[str]:
    return purposes_against(address_hashes(ADDRESS.lower()))


def test_opening_the_page_changes_nothing_and_shows_no_address(client: FlaskClient, path: str) -> None:
    for method in ("GET", "HEAD"):
        assert client.open(path, method=method).status_code == 200
    assert "eksempel" not in client.get(path).text
    assert _purposes() == []


@pytest.mark.parametrize(("button", "purpose"), [("", "newsletter"), ("alt", "all")])
def test_the_button_says_no_to_the_topic_or_to_everything(
    client: FlaskClient, path: str, button: str, purpose: str
) -> None:
    [form] = forms_of(client.get(path))
    answer = send(client, form, button=button)
    assert answer.status_code == 200
    assert "Du får ikke flere slike e-poster" in answer.text
    assert _purposes() == [purpose]


@pytest.mark.parametrize(
    ("topic", "which"),
    [
        ("newsletter", "nyhetsbrevet fra kontaktpunktet"),
        ("invitation", "invitasjoner, påminnelser om å svare og hilsener"),
        ("partner", "det dere er med på som partner"),
        ("host", "treffet du er vert for"),
        ("made_up", "av samme slag som den du kom fra"),
    ],
)
def test_the_page_says_which_e_mails_it_is_about_before_and_after(
    app: Flask, client: FlaskClient, topic: str, which: str
) -> None:
    path = unsubscribe_url(ADDRESS, topic).removeprefix("http://localhost")
    page = client.get(path)
    assert which in page.text
    [form] = forms_of(page)
    assert which in send(client, form).text
    [form] = forms_of(client.get(path))
    assert which not in send(client, form, button="alt").text, "it is about more than that now"


def test_every_topic_that_is_sent_under_has_words_of_its_own() -> None:
    topics = (NEWS_TOPIC, mailing.TOPIC, organisation.TOPIC, host.TOPIC)
    words = [topic_of(topic) for topic in (*topics, "made_up")]
    for kind in ("question", "yes", "sentence"):
        assert len({getattr(one, kind) for one in words}) == len(topics) + 1


@pytest.mark.parametrize("content_type", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_one_click_needs_no_page_and_no_cookie(client: FlaskClient, path: str, content_type: str) -> None:
    answer = client.post(path, data=ONE_CLICK, content_type=content_type)
    assert answer.status_code == 200
    assert _purposes() == ["newsletter"]


def test_saying_no_twice_is_saying_it_once(client: FlaskClient, path: str) -> None:
    answers = [client.post(path, data=ONE_CLICK) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert db.session.scalars(select(Suppression.source)).all() == ["link"]
    [entry] = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "suppression.asked"))
    assert entry.actor_kind == "guest"
    assert "eksempel" not in entry.details


@pytest.mark.parametrize(
    "body",
    [{}, {"List-Unsubscribe": "no"}, {"hva": "alt"}, {"csrf_token": "made-up"}, {"list-unsubscribe": "One-Click"}],
)
def test_another_site_cannot_make_a_browser_say_no(client: FlaskClient, path: str, body: dict[str, Any]) -> None:
    assert client.post(path, data=body).status_code == 400
    assert _purposes() == []


def test_one_click_cannot_say_more_than_its_link(client: FlaskClient, path: str) -> None:
    client.post(path, data={**ONE_CLICK, "hva": "alt"})
    assert _purposes() == ["newsletter"]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_forged_link_is_met_with_kind_words(client: FlaskClient, path: str, method: str) -> None:
    for forged in (path[:-1], re.sub("newsletter", "all", path), path + "x"):
        answer = client.open(forged, method=method, data=ONE_CLICK if method == "POST" else None)
        assert answer.status_code == 404
        assert answer.text.count("Ring oss på") == 1
        assert "så slutter vi å skrive til deg." in answer.text
    assert db.session.scalars(select(Suppression)).all() == []


@pytest.mark.parametrize(("language", "words"), [("nn", "Ja, stopp nyheitsbrevet"), ("en", "Yes, stop the newsletter")])
def test_the_page_speaks_the_language_of_the_mail(client: FlaskClient, path: str, language: str, words: str) -> None:
    assert words in client.get(f"{path}?lang={language}").text
