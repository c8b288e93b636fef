"""The page on which the code of a letter is typed."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outreach.database import db
from outreach.formats.short_code import INVITATION, compute
from tests.factories.invitations import make_invited


def token(client):
    page = client.get("/svar").text
    return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]


def post(client, code, **more):
    return client.post("/svar", data={"csrf_token": token(client), "code": code, **more})


def test_shows_one_field_named_code_with_a_label(client):
    page = client.get("/svar")
    assert page.status_code == 200
    assert len(re.findall(r'<input[^>]*name="code"', page.text)) == 1
    assert '<label class="ds-label" for="code">' in page.text
    assert page.text.count("<h1") == 1
    assert "<script" not in page.text
    assert page.headers["Cache-Control"] == "no-store"


def test_a_right_code_leads_to_the_invitation_in_any_form(client):
    invited = make_invited()
    for typed in (invited.printed_code, invited.code.lower(), f"  {invited.printed_code.replace('-', ' ')} "):
        answer = post(client, typed)
        assert answer.status_code == 303
        assert answer.headers["Location"] == f"/i/{invited.code}"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Skriv inn koden fra brevet."),
        ("   ", "Skriv inn koden fra brevet."),
        ("tull", "Koden har 12 tegn. Du har skrevet 4."),
        ("K7MF-2XQ", "Koden har 12 tegn. Du har skrevet 7."),
        ("2345-6789-CDFH", "Koden stemmer ikke."),
        ("x" * 400, "Koden er for lang."),
        ("<script>alert(1)</script>", "Koden har 12 tegn. Du har skrevet "),
        ("2222-2222-2222", "Vi finner ingen invitasjon med denne koden."),
    ],
)
def test_a_wrong_code_is_a_message_at_the_field_and_in_the_summary(client, typed, words):
    answer = post(client, typed)
    assert answer.status_code == 422
    assert answer.text.count(words) == 2
    assert "<title>Feil: " in answer.text
    assert "<script" not in answer.text


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=350))
def test_nothing_that_can_be_typed_breaks_the_page(client, typed):
    assert post(client, typed).status_code == 422


def test_what_was_typed_is_kept(client):
    assert 'value="ABCD-1234"' in post(client, "ABCD-1234").text


@pytest.mark.parametrize(("state", "words"), [("revoked", "gjelder ikke lenger"), ("erased", "er slettet")])
def test_an_invitation_not_in_force_answers_410_with_words(client, state, words):
    invited = make_invited()
    invited.invitation.state = state
    db.session.commit()
    answer = post(client, invited.code)
    assert answer.status_code == 410
    assert words in answer.text
    page = client.get(f"/i/{invited.code}")
    assert page.status_code == 410
    assert words in page.text


def test_guessing_ends_in_429_with_words_and_a_time_to_wait(client):
    make_invited()
    csrf_token = token(client)
    answers = []
    for number in range(25):
        code = compute(INVITATION, "CDFHJ", number.to_bytes(32, "big"))
        answers.append(client.post("/svar", data={"csrf_token": csrf_token, "code": code}))
    assert answers[0].status_code == 422
    assert answers[-1].status_code == 429
    assert re.search(r"Vent \d+ sekunder", answers[-1].text)
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 60


def test_the_empty_page_sets_no_cookie_and_is_not_kept_by_browsers(client):
    answer = client.get("/svar")
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"


def test_other_methods_are_refused(client):
    assert client.put("/svar").status_code == 405


@pytest.mark.parametrize("path", ["/i/tull", "/I/TULL", "/i/2222-2222-2222", "/i/%00", "/i/" + "2" * 500])
def test_a_link_that_is_none_is_a_404_with_words(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert "Vi finner ikke" in answer.text or "Vi finner ingen" in answer.text


def test_the_invitation_opens_in_capitals_and_small_letters(client):
    invited = make_invited()
    assert client.get(f"/i/{invited.code.lower()}").status_code == 200
    assert client.get(f"/I/{invited.code}").status_code == 200


def test_each_language_has_its_own_page(app):
    first, second = app.test_client(), app.test_client()
    assert 'lang="en"' in first.get("/svar?lang=en").text.split("<head>")[0]
    assert 'lang="nb"' in second.get("/svar").text.split("<head>")[0]
    assert 'lang="en"' in first.get("/svar").text.split("<head>")[0]


def test_what_one_guest_typed_is_not_shown_to_the_next(app):
    post(app.test_client(), "ABCD-1234")
    assert "ABCD-1234" not in app.test_client().get("/svar").text


def test_a_look_with_head_changes_nothing(client):
    assert client.head("/svar").status_code == 200
