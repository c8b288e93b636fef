"""Sessions in signed cookies, which cost nothing and leave nothing for whoever brings none."""

from flask import request, session
from flask.sessions import SecureCookieSessionInterface

from tests.factories.accounts import sign_in


def test_who_brings_no_cookie_gets_none_from_a_page_without_a_form(client):
    answer = client.get("/healthz")
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_a_cookie_is_signed_as_flask_signs_it(app, client):
    sign_in(client)
    kept = client.get_cookie("session")
    with app.test_request_context(headers={"Cookie": f"session={kept.value}"}):
        told = SecureCookieSessionInterface().open_session(app, request)
        assert dict(told) == dict(session)
        assert session


def test_a_cookie_that_somebody_changed_is_an_empty_session(app, client):
    sign_in(client)
    value = client.get_cookie("session").value
    changed = value[:-3] + ("AAA" if value[-3:] != "AAA" else "BBB")
    with app.test_request_context(headers={"Cookie": f"session={changed}"}):
        assert not session
