"""An answer that is alike for everybody is made once a second; a commit, a language or a later time makes it anew."""

import threading
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from structlog.testing import capture_logs

from outreach import clock
from outreach.database import db
from outreach.events import queries, service
from outreach.web.kept_answers import KEPT
from tests.conftest import NOW
from tests.factories.events import SLUG, make_event

PAGE = f"/arrangement/{SLUG}"


@pytest.fixture
def asked(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the slugs for which the database was asked, as they come."""
    found: list[str] = []
    real = queries.public_version
    monkeypatch.setattr(queries, "public_version", lambda slug: found.append(slug) or real(slug))
    make_event()
    return found


def test_the_same_answer_is_given_for_a_second(client: FlaskClient, asked: list[str]) -> None:
    first = client.get(PAGE)
    again = client.get(PAGE)
    assert (again.status_code, again.data, list(again.headers)) == (200, first.data, list(first.headers))
    assert len(asked) == 1
    clock.set_clock(lambda: NOW + KEPT)
    client.get(PAGE)
    assert len(asked) == 2


def test_a_commit_of_this_process_shows_at_once(client: FlaskClient, asked: list[str]) -> None:
    client.get(PAGE)
    service.cancel_event(queries.by_slug(SLUG), NOW + timedelta(seconds=1))
    db.session.commit()
    assert "Arrangementet er avlyst" in client.get(PAGE).text


def test_a_change_that_was_not_committed_shows_nowhere(client: FlaskClient, asked: list[str]) -> None:
    client.get(PAGE)
    service.cancel_event(queries.by_slug(SLUG), NOW + timedelta(seconds=1))
    db.session.rollback()
    assert "Arrangementet er avlyst" not in client.get(PAGE).text


@pytest.mark.parametrize("how", ["header", "cookie", "address"])
def test_each_language_has_its_own(client: FlaskClient, asked: list[str], how: str) -> None:
    assert 'lang="nb"' in client.get(PAGE).text
    if how == "header":
        page = client.get(PAGE, headers={"Accept-Language": "en"})
    elif how == "cookie":
        client.set_cookie("lang", "en")
        page = client.get(PAGE)
    else:
        page = client.get(f"{PAGE}?lang=en")
    assert '<html lang="en"' in page.text
    client.delete_cookie("lang")
    assert '<html lang="nb"' in client.get(PAGE).text


@pytest.mark.parametrize("cookie", ['lang="en"', "other=1; lang=en", 'a="lang=nb"; lang=en'])
def test_a_language_is_read_from_the_cookie_as_the_page_reads_it(app: Flask, asked: list[str], cookie: str) -> None:
    client = app.test_client(use_cookies=False)
    assert '<html lang="en"' in client.get(PAGE, headers={"Cookie": cookie}).text
    assert '<html lang="nb"' in client.get(PAGE).text
    assert '<html lang="en"' in client.get(PAGE, headers={"Cookie": cookie}).text


def test_what_is_read_while_a_commit_is_on_its_way_is_not_kept(
    app: Flask, client: FlaskClient, asked: list[str]
) -> None:
    def read(_connection: object) -> None:
        reader = threading.Thread(target=lambda: app.test_client().get(PAGE))
        reader.start()
        reader.join()

    event.listen(db.engine, "commit", read)  # heard after the memory was emptied, before the database commits
    try:
        service.cancel_event(queries.by_slug(SLUG), NOW + timedelta(seconds=1))
        db.session.commit()
    finally:
        event.remove(db.engine, "commit", read)
    db.session.remove()
    assert len(asked) == 1, "the control: the page was made in between"
    assert "Arrangementet er avlyst" in client.get(PAGE).text


def test_an_answer_that_sets_a_cookie_is_not_given_to_others(app: Flask, client: FlaskClient, asked: list[str]) -> None:
    assert "Set-Cookie" in client.get(f"{PAGE}?lang=en").headers
    assert "Set-Cookie" in app.test_client().get(f"{PAGE}?lang=en").headers
    assert len(asked) == 2


def test_what_the_browser_has_already_is_asked_for_each_browser(client: FlaskClient, asked: list[str]) -> None:
    etag = client.get(PAGE).headers["ETag"]
    for _ in range(2):
        assert client.get(PAGE, headers={"If-None-Match": etag}).status_code == 304
        assert client.get(PAGE, headers={"If-None-Match": '"annen"'}).status_code == 200
    assert client.get(PAGE).status_code == 200


def test_only_what_a_view_asks_for_is_kept(client: FlaskClient) -> None:
    assert client.get("/arrangement/finnes-ikke").status_code == 404
    make_event(slug="finnes-ikke")
    assert client.get("/arrangement/finnes-ikke").status_code == 200
    assert client.head(PAGE).status_code == 404


def test_every_answer_is_logged_by_its_route(client: FlaskClient, asked: list[str]) -> None:
    with capture_logs() as lines:
        client.get(PAGE)
        client.get(PAGE)
    assert [(line["route"], line["status"]) for line in lines] == [("/arrangement/<slug>", 200)] * 2
