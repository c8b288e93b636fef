"""Staff sign in and out in a real browser session: what works, what is refused, what slows down and what ends."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from outreach import clock
from outreach.accounts import passwords, service
from outreach.accounts.access import SESSION_KEY
from outreach.accounts.models import StaffSession, StaffUser
from outreach.accounts.sessions import ABSOLUTE, IDLE, token_hash
from outreach.audit.models import AuditEntry
from outreach.database import db
from outreach.web.models import AttemptCounter
from tests.conftest import NOW
from tests.factories.accounts import PASSWORD, make_staff, sign_in

SIGN_IN = "/admin/logg-inn"
STAFF_PAGE = "/admin/konto"


def token_of(client: FlaskClient, path: str = SIGN_IN) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(path).text)
    assert found
    return found[1]


def post(client: FlaskClient, path: str, form_page: str = SIGN_IN, **fields: str):  # type: ignore[no-untyped-def]
    return client.post(path, data={"csrf_token": token_of(client, form_page), **fields})


def try_to_sign_in(client: FlaskClient, email: str, password: str, **fields: str):  # type: ignore[no-untyped-def]
    return post(client, SIGN_IN, email=email, password=password, **fields)


def test_sign_in_opens_the_way_to_where_one_was_going(client: FlaskClient) -> None:
    user = make_staff()
    answer = client.get(STAFF_PAGE)
    assert (answer.status_code, answer.location) == (303, f"{SIGN_IN}?next={STAFF_PAGE}")
    answer = try_to_sign_in(client, f" {user.email.upper()} ", PASSWORD, next=STAFF_PAGE)
    assert (answer.status_code, answer.location) == (303, STAFF_PAGE)
    assert client.get(STAFF_PAGE).status_code == 200
    assert db.session.scalars(select(AuditEntry.act)).all() == ["staff.sign_in"]


@pytest.mark.parametrize(
    "way", ["https://ond.example/", "//ond.example", "/\\ond.example", "/svar", "/admin/../svar", ""]
)
def test_sign_in_leads_to_no_other_site(client: FlaskClient, way: str) -> None:
    user = make_staff()
    assert try_to_sign_in(client, user.email, PASSWORD, next=way).location == "/admin/"


def test_the_session_is_new_at_sign_in_and_only_its_hash_is_kept(client: FlaskClient) -> None:
    user = make_staff()
    with client.session_transaction() as session:
        session["planted"] = "by a stranger"
        session[SESSION_KEY] = "a-known-token"
    try_to_sign_in(client, user.email, PASSWORD)
    with client.session_transaction() as session:
        token = session[SESSION_KEY]
        assert "planted" not in session
    assert token != "a-known-token"
    assert db.session.scalars(select(StaffSession.token_hash)).all() == [token_hash(token)]


def test_signing_in_again_ends_the_session_before(client: FlaskClient) -> None:
    user = make_staff()
    sign_in(client, user)
    post(client, "/admin/logg-ut", STAFF_PAGE)
    try_to_sign_in(client, user.email, PASSWORD)
    assert db.session.scalar(select(func.count()).select_from(StaffSession)) == 1


def test_a_wrong_password_and_an_unknown_email_get_the_same_answer(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    verified: list[str] = []
    real = passwords.matches
    monkeypatch.setattr(passwords, "matches", lambda password, kept: verified.append(kept) or real(password, kept))
    user = make_staff()
    closed = make_staff()
    service.disable_staff(closed, now=NOW)
    db.session.commit()
    pages = [
        try_to_sign_in(client, email, password)
        for email, password in ((user.email, "feil"), ("ukjent@modum.example", "feil"), (closed.email, PASSWORD))
    ]
    assert [page.status_code for page in pages] == [422, 422, 422]
    assert all("E-postadressen eller passordet er feil." in page.text for page in pages)
    assert len(verified) == 3, "each of them costs one argon2 verification"
    assert db.session.scalar(select(func.count()).select_from(StaffSession)) == 0


def test_an_empty_form_says_what_is_missing(client: FlaskClient) -> None:
    answer = try_to_sign_in(client, "", "")
    assert answer.status_code == 422
    assert "Skriv e-postadressen din." in answer.text
    assert "<title>Feil:" in answer.text


def test_without_its_csrf_token_a_form_is_refused_with_words(client: FlaskClient) -> None:
    user = make_staff()
    answer = client.post(SIGN_IN, data={"email": user.email, "password": PASSWORD})
    assert answer.status_code == 400
    assert "Gå tilbake, last siden på nytt" in answer.text
    assert db.session.scalar(select(func.count()).select_from(StaffSession)) == 0


def test_guessing_slows_down_and_locks_nobody_out(client: FlaskClient) -> None:
    user = make_staff()
    for _ in range(10):
        assert try_to_sign_in(client, user.email, "feil").status_code == 422
    answer = try_to_sign_in(client, user.email, PASSWORD)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "1")
    assert "Vent 1 sekunder" in answer.text
    clock.set_clock(lambda: NOW + timedelta(seconds=1))
    assert try_to_sign_in(client, user.email, PASSWORD).status_code == 303


def test_guessing_elsewhere_does_not_slow_the_owners_browser(app: Flask, client: FlaskClient) -> None:
    user = make_staff()
    try_to_sign_in(client, user.email, PASSWORD)
    post(client, "/admin/logg-ut", STAFF_PAGE)
    stranger = app.test_client()
    for _ in range(11):
        try_to_sign_in(stranger, user.email, "feil")
    assert try_to_sign_in(stranger, user.email, PASSWORD).status_code == 429
    assert try_to_sign_in(client, user.email, PASSWORD).status_code == 303


def test_counters_hold_neither_address_nor_email(client: FlaskClient) -> None:
    user = make_staff()
    try_to_sign_in(client, user.email, "feil")
    rows = db.session.scalars(select(AttemptCounter).order_by(AttemptCounter.scope)).all()
    assert [row.scope for row in rows] == ["sign-in.account", "sign-in.address"]
    assert not any("127.0.0.1" in row.subject_hash or user.email in row.subject_hash for row in rows)
    assert db.session.scalars(select(AuditEntry.act)).all() == ["staff.sign_in_refused"]


def test_an_old_hash_is_renewed_at_sign_in(client: FlaskClient) -> None:
    user = make_staff()
    weak = passwords.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    db.session.execute(update(StaffUser).values(password_hash=weak))
    db.session.commit()
    assert try_to_sign_in(client, user.email, PASSWORD).status_code == 303
    renewed = db.session.scalars(select(StaffUser.password_hash)).one()
    assert renewed.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_sign_out_ends_the_session_on_the_server(app: Flask, client: FlaskClient) -> None:
    sign_in(client)
    copied = app.test_client()
    with client.session_transaction() as session:
        token = session[SESSION_KEY]
    with copied.session_transaction() as session:
        session[SESSION_KEY] = token
    assert copied.get(STAFF_PAGE).status_code == 200
    assert post(client, "/admin/logg-ut", STAFF_PAGE).location == SIGN_IN
    assert client.get(STAFF_PAGE).status_code == 303
    assert copied.get(STAFF_PAGE).status_code == 303


def test_sign_out_everywhere_ends_every_session_of_that_person_only(app: Flask, client: FlaskClient) -> None:
    user = sign_in(client)
    elsewhere, colleague = app.test_client(), app.test_client()
    sign_in(elsewhere, user)
    sign_in(colleague)
    assert post(client, "/admin/logg-ut-overalt", STAFF_PAGE).status_code == 303
    assert [one.get(STAFF_PAGE).status_code for one in (client, elsewhere, colleague)] == [303, 303, 200]


def test_a_disabled_account_is_dead_at_the_next_click(client: FlaskClient) -> None:
    user = sign_in(client)
    assert client.get(STAFF_PAGE).status_code == 200
    user.is_disabled = True
    db.session.commit()
    assert client.get(STAFF_PAGE).status_code == 303


@pytest.mark.parametrize("stolen", ["", "x" * 43, 17, None])
def test_a_made_up_session_opens_nothing(client: FlaskClient, stolen: object) -> None:
    sign_in(client)
    with client.session_transaction() as session:
        session[SESSION_KEY] = stolen
    assert client.get(STAFF_PAGE).status_code == 303


def test_a_cookie_signed_by_somebody_else_opens_nothing(client: FlaskClient) -> None:
    sign_in(client)
    value = client.get_cookie("session").value
    client.set_cookie("session", value[:-2] + ("AA" if value[-2:] != "AA" else "BB"))
    assert client.get(STAFF_PAGE).status_code == 303


@pytest.mark.parametrize(
    ("passed", "clicks_between", "status"),
    [
        (IDLE - timedelta(seconds=1), False, 200),
        (IDLE, False, 303),
        (ABSOLUTE - timedelta(seconds=1), True, 200),
        (ABSOLUTE, True, 303),
    ],
)
def test_a_session_ends_by_idling_and_by_age(
    client: FlaskClient, passed: timedelta, clicks_between: bool, status: int
) -> None:
    sign_in(client)
    if clicks_between:
        for hours in range(1, 12):
            clock.set_clock(lambda hours=hours: NOW + timedelta(hours=hours))
            assert client.get(STAFF_PAGE).status_code == 200
    clock.set_clock(lambda: NOW + passed)
    assert client.get(STAFF_PAGE).status_code == status


def test_last_seen_is_written_at_most_once_a_minute(client: FlaskClient) -> None:
    sign_in(client)
    seen = []
    for seconds in (0, 59, 60, 90, 120):
        clock.set_clock(lambda seconds=seconds: NOW + timedelta(seconds=seconds))
        client.get(STAFF_PAGE)
        seen.append(int((db.session.scalars(select(StaffSession.last_seen_at_utc)).one() - NOW).total_seconds()))
        db.session.rollback()
    assert seen == [0, 0, 60, 60, 120]


def test_a_new_password_needs_the_present_one_and_ends_other_sessions(app: Flask, client: FlaskClient) -> None:
    user = sign_in(client)
    elsewhere = app.test_client()
    sign_in(elsewhere, user)
    new = {"new": "ti-elger-i-tjernet", "repeated": "ti-elger-i-tjernet"}
    answer = post(client, STAFF_PAGE, STAFF_PAGE, present="feil", **new)
    assert (answer.status_code, "Passordet du har nå, er feil." in answer.text) == (422, True)
    assert post(client, STAFF_PAGE, STAFF_PAGE, present=PASSWORD, new="kort", repeated="kort").status_code == 422
    assert post(client, STAFF_PAGE, STAFF_PAGE, present=PASSWORD, **new).status_code == 303
    assert (client.get(STAFF_PAGE).status_code, elsewhere.get(STAFF_PAGE).status_code) == (200, 303)
    assert try_to_sign_in(elsewhere, user.email, new["new"]).status_code == 303


def test_the_audit_trail_is_read_by_those_who_may_page_by_page(client: FlaskClient) -> None:
    user = sign_in(client, role="privacy")
    for _ in range(60):
        service.close_all_sessions(user, NOW - timedelta(days=1))
    db.session.commit()
    sign_in(client, user)
    page = client.get("/admin/logg")
    assert page.status_code == 200
    assert page.text.count("Logget ut i alle nettlesere") == 48
    assert "Side 1 av 2" in page.text
    assert user.email in page.text
    assert client.get("/admin/logg?side=2").text.count("Logget ut i alle nettlesere") == 12
    assert client.get("/admin/logg?side=99").status_code == 200
    assert client.get("/admin/logg?side=abc").status_code == 200


def test_a_password_is_checked_while_no_transaction_is_open(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Argon2 takes tens of milliseconds on purpose: guests' answers must not wait for the write lock meanwhile."""
    user = make_staff()
    open_then: list[bool] = []
    real = passwords.matches
    monkeypatch.setattr(
        passwords,
        "matches",
        lambda password, kept: open_then.append(db.session.registry().in_transaction()) or real(password, kept),
    )
    assert try_to_sign_in(client, user.email, PASSWORD).status_code == 303
    assert open_then == [False]
