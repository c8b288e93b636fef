"""The guard of personal pages, and what it does to those who guess."""

from datetime import timedelta

import pytest
from flask import Flask, g
from sqlalchemy import func, select

from outreach import clock
from outreach.database import db
from outreach.formats.short_code import INVITATION, MistypedCodeError, compute, new_selector
from outreach.invitations import access, service
from outreach.invitations.queries import InvitationGoneError, UnknownCodeError
from outreach.web.models import AttemptCounter
from outreach.web.throttle import TooManyAttemptsError
from tests.conftest import NOW
from tests.factories.invitations import make_invited


def wrong_code(selector=None):
    """Return a code whose check character is right and whose secret is not."""
    return compute(INVITATION, selector or new_selector(INVITATION), bytes(32))


def ask(app: Flask, code: str, address: str = "192.0.2.1"):
    """Ask for `code` as one request from `address`, with its end, so that failures are counted."""
    with app.test_request_context(f"/i/{code}", environ_base={"REMOTE_ADDR": address}):
        app.preprocess_request()
        try:
            return access.invitation_of(code)
        finally:
            app.process_response(app.response_class())


def fail(app, times, *, address="192.0.2.1", selector=None):
    for _ in range(times):
        with pytest.raises((UnknownCodeError, TooManyAttemptsError)):
            ask(app, wrong_code(selector), address)


def test_the_right_code_opens_in_any_form(app):
    invited = make_invited()
    for typed in (invited.code, invited.code.lower(), invited.printed_code, invited.printed_code.replace("-", " ")):
        assert ask(app, typed).id == invited.invitation.id


def test_the_guard_hands_the_invitation_to_the_view(app):
    invited = make_invited()
    view = access.personal_link(lambda token: (token, g.invitation.id))
    with app.test_request_context("/"):
        assert view(token=invited.code.lower()) == (invited.code.lower(), invited.invitation.id)


def test_a_wrong_secret_for_a_right_selector_opens_nothing(app):
    invited = make_invited()
    with pytest.raises(UnknownCodeError):
        ask(app, wrong_code(invited.invitation.selector))


def test_a_code_of_an_older_generation_opens_nothing(app):
    invited = make_invited()
    invited.invitation.generation = 2
    db.session.commit()
    with pytest.raises(UnknownCodeError):
        ask(app, invited.code)
    assert ask(app, service.code_of(invited.invitation)).id == invited.invitation.id


@pytest.mark.parametrize(
    ("state", "error"), [("revoked", InvitationGoneError), ("erased", access.InvitationErasedError)]
)
def test_an_invitation_that_is_not_in_force_says_so_to_who_has_the_code(app, state, error):
    invited = make_invited()
    invited.invitation.state = state
    db.session.commit()
    with pytest.raises(error) as caught:
        ask(app, invited.code)
    assert caught.value.http_status == 410
    with pytest.raises(UnknownCodeError):
        ask(app, wrong_code(invited.invitation.selector))


def test_mistyped_codes_are_not_counted(app):
    make_invited()
    for _ in range(50):
        with pytest.raises(MistypedCodeError):
            ask(app, "2345-6789-CDFH")
    assert db.session.scalar(select(func.count()).select_from(AttemptCounter)) == 0


def test_who_guesses_at_one_address_has_to_wait_up_to_a_minute(app):
    make_invited()
    fail(app, 25)
    with pytest.raises(TooManyAttemptsError) as caught:
        ask(app, wrong_code())
    assert 1 <= caught.value.seconds <= 60
    clock.set_clock(lambda: NOW + timedelta(seconds=61))
    with pytest.raises(UnknownCodeError):
        ask(app, wrong_code())


def test_a_guest_at_the_guessers_address_is_let_in_at_once(app):
    """Mobile networks put thousands of guests behind one address."""
    invited = make_invited()
    fail(app, 25)
    assert ask(app, invited.code).id == invited.invitation.id


def test_at_a_waiting_address_a_right_code_that_was_guessed_at_has_to_wait_as_well(app):
    """Whoever tries all secrets of one code is right in the end."""
    invited = make_invited()
    fail(app, 25)
    fail(app, 2, selector=invited.invitation.selector)
    assert ask(app, invited.code).id == invited.invitation.id
    fail(app, 1, selector=invited.invitation.selector)
    for _time in range(3):
        with pytest.raises(TooManyAttemptsError):
            ask(app, invited.code)
    assert ask(app, invited.code, "203.0.113.9").id == invited.invitation.id, "elsewhere nobody is kept out"
    clock.set_clock(lambda: NOW + timedelta(seconds=61))
    assert ask(app, invited.code).id == invited.invitation.id


def test_a_flood_from_a_waiting_address_writes_no_more_than_a_few_failures_a_code(app):
    make_invited()
    fail(app, 25)
    selector = new_selector(INVITATION)
    fail(app, 30, selector=selector)
    counted = db.session.scalars(select(AttemptCounter.count).where(AttemptCounter.scope == "invitation-selector"))
    assert sorted(counted)[-1] == 3


def test_another_address_is_not_made_to_wait_while_somebody_guesses_at_the_same_code(app):
    invited = make_invited()
    for number in range(30):
        fail(app, 1, address=f"198.51.100.{number}", selector=invited.invitation.selector)
    assert ask(app, invited.code, "203.0.113.9").id == invited.invitation.id


def test_guessing_at_one_code_makes_an_address_wait_after_its_second_failure(app):
    invited = make_invited()
    for number in range(12):
        fail(app, 1, address=f"198.51.100.{number}", selector=invited.invitation.selector)
    fail(app, 2, address="203.0.113.9")
    with pytest.raises(TooManyAttemptsError):
        ask(app, invited.code, "203.0.113.9")


def test_guessing_everywhere_makes_an_address_wait_after_its_second_failure(app, monkeypatch):
    monkeypatch.setattr(access, "EVERYBODY", access.Limit("invitation-all", 5))
    invited = make_invited()
    for number in range(6):
        fail(app, 1, address=f"198.51.100.{number}")
    fail(app, 2, address="203.0.113.9")
    with pytest.raises(TooManyAttemptsError):
        ask(app, wrong_code(), "203.0.113.9")
    for address in ("203.0.113.9", "203.0.113.10"):
        assert ask(app, invited.code, address).id == invited.invitation.id


def test_without_the_limits_guessing_would_not_be_slowed(app, monkeypatch):
    """The control: with the slowing off, the same guesses all get an answer."""
    invited = make_invited()
    monkeypatch.setattr(access, "_slow_down", lambda selector, is_right: None)
    fail(app, 25)
    assert ask(app, invited.code).id == invited.invitation.id


def test_the_counters_hold_no_address_and_no_selector(app):
    make_invited()
    code = wrong_code()
    with pytest.raises(UnknownCodeError):
        ask(app, code)
    rows = db.session.scalars(select(AttemptCounter.subject_hash)).all()
    assert len(rows) == 3
    assert not any("192.0.2.1" in row or code[:5] in row for row in rows)
