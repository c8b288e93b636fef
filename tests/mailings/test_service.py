"""Make, write, ask for release, release, take back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from outreach.audit.actor import Actor
from outreach.database import db
from outreach.events import service as events
from outreach.events.models import Event
from outreach.mailings import service
from outreach.mailings.faults import (
    EventNotOnError,
    MailingChangedError,
    MailingStateError,
    NobodyReachedError,
    NotYetError,
    OwnMailingError,
    PastTimeError,
    TextFaultsError,
    UnknownMailingError,
)
from outreach.mailings.mailing import OF_AN_EVENT, Kind, State, Text
from outreach.mailings.models import Mailing
from outreach.mailings.texts import service as texts
from outreach.outbox.models import OutboxMessage
from outreach.outbox.states import Channel
from outreach.register.extract_age import ExtractTooOldError
from tests.conftest import NOW
from tests.factories.accounts import make_staff
from tests.factories.audience import make_import
from tests.factories.events import event_details, make_event
from tests.factories.mailings import again, ask, make_mailing
from tests.factories.rsvp import answer_for, give_answer, make_household


@pytest.fixture
def event(app: Flask) -> Event:
    made = make_event()
    for number in range(2):
        guest(made, f"gjest{number}@eksempel.example")
    return made


@pytest.fixture
def second(app: Flask) -> Actor:
    return Actor("staff", make_staff().id)


@pytest.fixture
def strict(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a second person release more than one household."""
    settings = replace(app.extensions["treffpunkt.settings"], release_above_households=1)
    monkeypatch.setitem(app.extensions, "treffpunkt.settings", settings)


def guest(event: Event, email: str) -> None:
    invitation = make_household(event, ("Åse",))
    give_answer(invitation, answer_for(invitation, True, email=email))


def asked(event: Event) -> Mailing:
    mailing = make_mailing(event)
    assert ask(mailing, event)
    return mailing


@pytest.mark.parametrize("kind", OF_AN_EVENT)
def test_a_new_mailing_has_texts_in_three_languages(event: Event, kind: Kind) -> None:
    mailing = make_mailing(event, kind)
    assert [text.language for text in again(mailing).texts] == ["nb", "nn", "en"]
    assert (mailing.state, mailing.wave) == (State.DRAFT, 1)


def test_the_first_texts_leave_out_what_the_event_does_not_have(app: Flask) -> None:
    mailing = make_mailing(make_event(venue_address=""))
    assert "{adresse}" not in "".join(text.body for text in mailing.texts)


def test_saving_keeps_changes_takes_languages_away_and_adds_them(event: Event, second: Actor) -> None:
    mailing = make_mailing(event)
    texts = (Text("nb", "Nytt", "Hei {fornavn}", "Hei"), Text("uk", "Вітаємо", "Вітаємо {fornavn}", "Вітаємо"))
    service.save(mailing, service.Draft(texts, (Channel.SMS,)), actor=second, now=NOW)
    db.session.commit()
    db.session.expire_all()
    assert service.draft_of(again(mailing)) == service.Draft(texts, (Channel.SMS,))


def test_only_a_draft_can_be_written(event: Event, second: Actor) -> None:
    mailing = make_mailing(event)
    ask(mailing, event)
    with pytest.raises(MailingStateError):
        service.save(mailing, service.draft_of(mailing), actor=second, now=NOW)


def test_a_small_mailing_needs_nobody_else(event: Event) -> None:
    mailing = make_mailing(event)
    assert not ask(mailing, event)
    assert (again(mailing).state, mailing.household_count) == (State.RELEASED, 2)


@pytest.mark.usefixtures("strict")
def test_a_large_one_is_released_by_another_person(event: Event, second: Actor) -> None:
    mailing = asked(event)
    assert again(mailing).state == State.ASKED
    with pytest.raises(OwnMailingError):
        service.release(mailing, event, actor=Actor("staff", mailing.made_by_id), now=NOW)
    service.release(mailing, event, actor=second, now=NOW)
    assert (mailing.state, mailing.released_by_id) == (State.RELEASED, second.id)
    service.release(mailing, event, actor=second, now=NOW)
    assert mailing.state == State.RELEASED


@pytest.mark.usefixtures("strict")
def test_nobody_releases_what_they_asked_for_themselves(event: Event, second: Actor) -> None:
    mailing = make_mailing(event)
    ask(mailing, event, actor=second)
    with pytest.raises(OwnMailingError):
        service.release(mailing, event, actor=second, now=NOW)


@pytest.mark.usefixtures("strict")
def test_a_release_is_of_this_text(event: Event, second: Actor) -> None:
    mailing = asked(event)
    mailing.texts[1].sms = "Noe annet"
    with pytest.raises(MailingChangedError):
        service.release(mailing, event, actor=second, now=NOW)


@pytest.mark.usefixtures("strict")
def test_a_release_is_of_the_event_as_it_is(event: Event, second: Actor) -> None:
    mailing = asked(event)
    events.change_event(event, event_details(venue="Furumo"), NOW)
    with pytest.raises(MailingStateError):
        service.release(again(mailing), event, actor=second, now=NOW)


@pytest.mark.usefixtures("strict")
def test_what_is_taken_back_must_be_asked_for_anew(event: Event, second: Actor) -> None:
    mailing = asked(event)
    service.take_back(mailing, actor=second, now=NOW)
    assert (mailing.state, mailing.content_hash, mailing.asked_by_id) == (State.DRAFT, "", None)
    with pytest.raises(MailingStateError):
        service.release(mailing, event, actor=second, now=NOW)


def test_a_text_with_faults_is_not_sent(event: Event) -> None:
    mailing = make_mailing(event)
    mailing.texts[2].body = "Hello {firstname}"
    with pytest.raises(TextFaultsError):
        ask(mailing, event)


def test_an_unwritten_message_is_not_sent(event: Event, second: Actor) -> None:
    mailing = service.create(event, Kind.MESSAGE, actor=second, now=NOW)
    with pytest.raises(TextFaultsError):
        ask(mailing, event)


def test_thanks_without_an_address_have_our_own_survey(event: Event) -> None:
    mailing = make_mailing(event, Kind.THANKS, survey_url="")
    assert ask(mailing, event, now=event.ends_at_utc) is False


def test_a_mailing_to_nobody_is_not_sent(app: Flask) -> None:
    event = make_event()
    make_household(event)
    with pytest.raises(NobodyReachedError):
        ask(make_mailing(event), event)


@pytest.mark.parametrize(
    ("kind", "at", "fault"),
    [
        (Kind.INFORMATION, timedelta(days=-1), PastTimeError),
        (Kind.INFORMATION, timedelta(days=60), EventNotOnError),
        (Kind.THANKS, timedelta(days=1), NotYetError),
        (Kind.THANKS, None, NotYetError),
    ],
)
def test_it_is_sent_when_it_makes_sense(event: Event, kind: Kind, at: timedelta | None, fault: type) -> None:
    with pytest.raises(fault):
        ask(make_mailing(event, kind), event, scheduled_at_utc=None if at is None else NOW + at)


def test_thanks_can_be_made_ready_before_the_event(event: Event) -> None:
    mailing = make_mailing(event, Kind.THANKS)
    ask(mailing, event, scheduled_at_utc=event.ends_at_utc + timedelta(hours=12))
    assert mailing.state == State.RELEASED


def test_a_mailing_of_a_cancelled_event_is_not_sent(event: Event) -> None:
    mailing = make_mailing(event)
    event.state = "cancelled"
    with pytest.raises(EventNotOnError):
        ask(mailing, event)


def test_nobody_is_reminded_on_an_old_extract(event: Event) -> None:
    make_import(as_of=NOW.date() - timedelta(days=31))
    db.session.commit()
    with pytest.raises(ExtractTooOldError):
        ask(make_mailing(event, Kind.REMINDER), event)
    assert not ask(make_mailing(event), event)


def test_a_test_goes_to_the_one_who_asks_in_each_language(event: Event) -> None:
    mailing, user = make_mailing(event), make_staff()
    before = db.session.scalar(db.select(db.func.count()).select_from(OutboxMessage))
    assert texts.queue_test(mailing, user_id=user.id, actor=Actor("staff", user.id), now=NOW) == 3
    rows = list(db.session.scalars(db.select(OutboxMessage).where(OutboxMessage.kind == "mailing_test")))
    assert {row.recipient for row in rows} == {f"staff:{user.id}"}
    assert {row.language for row in rows} == {"nb", "nn", "en"}
    assert before == 2


def test_an_unknown_reference_is_refused(app: Flask, second: Actor) -> None:
    with pytest.raises(UnknownMailingError):
        service.release_by_reference("M-AAAAAA", actor=second, now=NOW)
