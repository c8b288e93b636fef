"""A mailing on its way: begun once, paused, resumed, called off, done, and what events do to it."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import delete

from outreach import clock
from outreach.audit.actor import Actor
from outreach.database import db
from outreach.events import service as events
from outreach.events.models import Event
from outreach.mailings import service
from outreach.mailings.faults import ChangedSinceReleaseError, EventNotOnError, MailingStateError
from outreach.mailings.mailing import Kind, Note, State
from outreach.mailings.models import Mailing
from outreach.mailings.sending import service as sending
from outreach.messages.sending.commands import send_due
from outreach.national_services import NationalServices
from outreach.outbox.models import OutboxMessage
from outreach.rsvp.models import Rsvp
from tests.conftest import NOW
from tests.factories.accounts import make_staff
from tests.factories.events import event_details, make_event
from tests.factories.mailings import again, ask, make_mailing, messages
from tests.factories.rsvp import answer_for, give_answer, make_household

QUEUED = ("email", "queued", "")


@pytest.fixture
def event(app: Flask) -> Event:
    """Return an event to which two come who left an e-mail address, one who left a number, one who left nothing."""
    made = make_event()
    for contact in ({"email": "a@eksempel.example"}, {"email": "b@eksempel.example"}, {"mobile": "+4791234567"}, {}):
        invitation = make_household(made, ("Åse",))
        give_answer(invitation, answer_for(invitation, True, **contact))
    db.session.execute(delete(OutboxMessage))
    db.session.commit()
    return made


@pytest.fixture
def staff(app: Flask) -> Actor:
    return Actor("staff", make_staff().id)


def tick(at=NOW) -> int:
    queued = sending.begin_due(at)
    sending.end_finished(at)
    db.session.commit()
    return queued


def _limit(app: Flask, monkeypatch: pytest.MonkeyPatch, households: int) -> None:
    told = replace(app.extensions["treffpunkt.settings"], release_above_households=households)
    monkeypatch.setitem(app.extensions, "treffpunkt.settings", told)


def begun(event: Event) -> Mailing:
    mailing = make_mailing(event)
    assert not ask(mailing, event)
    assert tick() == 3
    return again(mailing)


def test_each_household_gets_one_message_by_the_channel_that_reaches_it(event: Event) -> None:
    mailing = begun(event)
    assert messages(mailing) == {QUEUED: 2, ("sms", "queued", ""): 1}
    assert mailing.state == State.SENDING
    assert sending.figures_at_start(mailing) == {"epost": 2, "sms": 1, "brev": 1}


def test_run_twice_makes_nothing_twice(event: Event) -> None:
    mailing = begun(event)
    assert tick() == 0
    with pytest.raises(MailingStateError):
        sending.begin(again(mailing), event, now=NOW)
    db.session.rollback()
    assert sum(messages(mailing).values()) == 3


def test_begun_again_after_a_crash_nobody_gets_two_not_even_by_another_channel(event: Event) -> None:
    mailing = begun(event)
    # As if the state had not been written, and a household had taken its address away and left a number meanwhile.
    mailing.state = State.RELEASED.value
    for rsvp in db.session.scalars(db.select(Rsvp).where(Rsvp.email_sealed.is_not(None))):
        rsvp.email, rsvp.mobile = None, "+4799999999"
    db.session.commit()
    assert tick() == 0
    assert sum(messages(mailing).values()) == 3


def test_the_control_without_the_row_that_is_there_the_same_tick_queues(event: Event) -> None:
    mailing = begun(event)
    mailing.state = State.RELEASED.value
    db.session.execute(delete(OutboxMessage))
    db.session.commit()
    assert tick() == 3


def test_a_scheduled_mailing_waits_for_its_time(event: Event) -> None:
    mailing = make_mailing(event)
    at = NOW + timedelta(days=2)
    ask(mailing, event, scheduled_at_utc=at)
    assert tick(at - timedelta(seconds=1)) == 0
    assert again(mailing).state == State.RELEASED
    assert tick(at) == 3


def test_a_mailing_long_past_its_time_asks_a_person_first(event: Event) -> None:
    mailing = make_mailing(event)
    ask(mailing, event, scheduled_at_utc=NOW + timedelta(days=1))
    assert tick(NOW + timedelta(days=4, hours=1)) == 0
    assert (again(mailing).state, again(mailing).note) == (State.DRAFT, Note.TOO_LATE)


@pytest.mark.parametrize("is_approved_by_another", [False, True])
def test_what_one_person_made_ready_for_few_does_not_leave_for_many(
    event: Event, app: Flask, monkeypatch: pytest.MonkeyPatch, is_approved_by_another: bool
) -> None:
    _limit(app, monkeypatch, 2 if is_approved_by_another else 3)
    mailing, at = make_mailing(event), NOW + timedelta(days=2)
    assert ask(mailing, event, scheduled_at_utc=at) == is_approved_by_another
    if is_approved_by_another:
        service.release(mailing, event, actor=Actor("staff", make_staff().id), now=NOW)
    answered = answer_for(late := make_household(event, ("Bo",)), True, email="c@eksempel.example")
    give_answer(late, answered)
    db.session.execute(delete(OutboxMessage))
    db.session.commit()
    assert tick(at) == (4 if is_approved_by_another else 0)
    assert (again(mailing).state, again(mailing).note) == (
        (State.SENDING, Note.NONE) if is_approved_by_another else (State.DRAFT, Note.TOO_MANY)
    )


def test_what_is_not_released_is_not_begun(event: Event) -> None:
    mailing = make_mailing(event)
    assert tick() == 0
    assert again(mailing).state == State.DRAFT


def test_the_worker_begins_sends_and_ends_it(event: Event, app: Flask) -> None:
    mailing = make_mailing(event)
    ask(mailing, event)
    send_due()
    send_due()
    assert messages(mailing) == {("email", "handed_over", ""): 2, ("sms", "handed_over", ""): 1}
    assert (again(mailing).state, again(mailing).finished_at_utc) == (State.DONE, NOW)


def test_a_pause_holds_back_what_has_not_left_and_is_taken_up_again(event: Event, staff: Actor) -> None:
    mailing = begun(event)
    sending.pause(mailing, actor=staff, now=NOW)
    db.session.commit()
    send_due()
    assert messages(mailing) == {("email", "withheld", "paused"): 2, ("sms", "withheld", "paused"): 1}
    later = NOW + timedelta(days=5)
    clock.set_clock(lambda: later)
    sending.resume(again(mailing), actor=staff, now=later)
    db.session.commit()
    # Days late, but by our own pause: it is due from now.
    assert send_due().counts["handed_over"] == 3


def test_a_claimed_message_of_a_paused_mailing_does_not_leave(event: Event, staff: Actor) -> None:
    mailing = begun(event)
    mailing.state = State.PAUSED.value
    db.session.commit()
    send_due()
    assert messages(mailing) == {("email", "withheld", "paused"): 2, ("sms", "withheld", "paused"): 1}


@pytest.mark.parametrize("is_paused", [True, False])
def test_a_mailing_that_is_called_off_never_leaves(event: Event, staff: Actor, is_paused: bool) -> None:
    mailing = begun(event)
    if is_paused:
        sending.pause(mailing, actor=staff, now=NOW)
    sending.call_off(mailing, actor=staff, now=NOW)
    db.session.commit()
    send_due()
    assert messages(mailing) == {("email", "withheld", "called_off"): 2, ("sms", "withheld", "called_off"): 1}
    with pytest.raises(MailingStateError):
        sending.resume(again(mailing), actor=staff, now=NOW)


def test_a_mailing_that_is_done_can_neither_be_paused_nor_called_off(event: Event, staff: Actor) -> None:
    mailing = begun(event)
    send_due()
    tick()
    for act in (sending.pause, sending.call_off, sending.resume):
        with pytest.raises(MailingStateError):
            act(again(mailing), actor=staff, now=NOW)


def test_what_changed_after_the_release_goes_on_by_a_second_person_who_may_release(
    event: Event, staff: Actor, monkeypatch: pytest.MonkeyPatch, app: Flask
) -> None:
    _limit(app, monkeypatch, 0)
    second = Actor("staff", make_staff().id)
    mailing = make_mailing(event, maker=staff)
    assert ask(mailing, event)
    service.release(again(mailing), event, actor=second, now=NOW)
    db.session.commit()
    tick()
    events.change_event(event, event_details(title="Et helt annet arrangement"), NOW)
    db.session.commit()
    assert (again(mailing).state, again(mailing).note) == (State.PAUSED, Note.EVENT_CHANGED)
    for actor, may_release in ((staff, True), (second, False)):
        with pytest.raises(ChangedSinceReleaseError):
            sending.resume(again(mailing), actor=actor, now=NOW, may_release=may_release)
        db.session.rollback()
    assert messages(mailing).keys() == {("email", "withheld", "paused"), ("sms", "withheld", "paused")}
    sending.resume(again(mailing), actor=second, now=NOW, may_release=True)
    db.session.commit()
    assert again(mailing).content_hash == service.hash_now(again(mailing), None)
    sending.pause(again(mailing), actor=staff, now=NOW)
    sending.resume(again(mailing), actor=staff, now=NOW)  # nothing has changed since: whoever paused may go on


def test_a_paused_mailing_is_not_resumed_after_the_event(event: Event, staff: Actor) -> None:
    mailing = begun(event)
    sending.pause(mailing, actor=staff, now=NOW)
    with pytest.raises(EventNotOnError):
        sending.resume(mailing, actor=staff, now=event.ends_at_utc)


def test_a_changed_event_takes_back_what_was_released_and_pauses_what_is_on_its_way(event: Event) -> None:
    on_its_way, waiting = begun(event), make_mailing(event, Kind.CHANGE)
    ask(waiting, event, scheduled_at_utc=NOW + timedelta(days=1))
    events.change_event(event, event_details(venue="Furumo"), NOW)
    db.session.commit()
    assert (again(on_its_way).state, again(on_its_way).note) == (State.PAUSED, Note.EVENT_CHANGED)
    assert (again(waiting).state, again(waiting).note) == (State.DRAFT, Note.EVENT_CHANGED)
    assert messages(on_its_way) == {("email", "withheld", "paused"): 2, ("sms", "withheld", "paused"): 1}


@pytest.mark.parametrize("was_on", [False, True])
def test_a_register_that_is_switched_takes_back_what_was_released_and_says_that_it_was_the_register(
    app: Flask, event: Event, monkeypatch: pytest.MonkeyPatch, was_on: bool
) -> None:
    def switch(*, is_on: bool) -> None:
        services = NationalServices(krr_url="https://kontaktregisteret.no/rest/v2/personer" if is_on else "")
        changed = replace(app.extensions["treffpunkt.settings"], services=services)
        monkeypatch.setitem(app.extensions, "treffpunkt.settings", changed)

    switch(is_on=was_on)
    chosen, not_chosen = make_mailing(event, channels="email,sms,krr"), make_mailing(event, Kind.CHANGE)
    for mailing in (chosen, not_chosen):
        ask(mailing, event, scheduled_at_utc=NOW + timedelta(hours=1))
    switch(is_on=not was_on)
    tick(NOW + timedelta(hours=1))
    assert (again(chosen).state, again(chosen).note) == (State.DRAFT, Note.REGISTER_SWITCHED)
    assert (again(not_chosen).state, again(not_chosen).note) == (State.SENDING, Note.NONE)


def test_a_cancelled_event_stops_every_mailing_that_is_not_done(event: Event) -> None:
    mailings = [begun(event), make_mailing(event, Kind.CHANGE), make_mailing(event, Kind.MESSAGE)]
    ask(mailings[2], event)
    events.cancel_event(event, NOW)
    db.session.commit()
    assert Counter(again(mailing).state for mailing in mailings) == {State.CALLED_OFF: 3}
    assert messages(mailings[0]) == {("email", "withheld", "called_off"): 2, ("sms", "withheld", "called_off"): 1}


def test_a_text_changed_behind_our_back_is_not_sent(event: Event) -> None:
    mailing = make_mailing(event)
    ask(mailing, event)
    again(mailing).texts[0].body = "Noe annet."
    db.session.commit()
    assert tick() == 0
    assert again(mailing).state == State.DRAFT


def test_a_second_wave_is_a_mailing_of_its_own(event: Event) -> None:
    begun(event)
    second = make_mailing(event)
    assert second.wave == 2
    ask(second, event)
    assert tick() == 3


def test_taking_back_needs_a_mailing_that_is_not_begun(event: Event, staff: Actor) -> None:
    mailing = begun(event)
    with pytest.raises(MailingStateError):
        service.take_back(mailing, actor=staff, now=NOW)
