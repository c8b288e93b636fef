"""A newsletter from draft to done: who gets it, who does not and why, once each, and a no that is one."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from outreach.audience.interest import Interest
from outreach.audit.actor import Actor
from outreach.contact_point.models import SignUp
from outreach.contact_point.sign_up import Purpose
from outreach.database import db
from outreach.events.study_place import StudyPlace
from outreach.mailings.audiences.service import audience_of
from outreach.mailings.faults import NobodyReachedError, TextFaultsError
from outreach.mailings.groups import Group
from outreach.mailings.mailing import Kind, State, purpose
from outreach.mailings.models import Mailing
from outreach.mailings.newsletters.composing.service import compose
from outreach.mailings.sending import service as sending
from outreach.messages.composers import Withheld
from outreach.messages.email import ComposedEmail
from outreach.messages.sending.commands import send_due
from outreach.messages.service import address_hash, suppress
from outreach.messages.sms import ComposedSms
from outreach.messages.suppression import UNREACHABLE
from outreach.outbox.models import OutboxMessage
from outreach.outbox.states import Channel, Reason
from tests.conftest import NOW
from tests.factories.accounts import make_staff, sign_in
from tests.factories.contact_point import make_sign_up
from tests.factories.mailings import again, ask, make_mailing, messages
from tests.pages import forms_of, links_of, send

BASE = "/admin/kontaktpunkt/nyhetsbrev"
_OTHERS, _BY_SMS = Group.NOT_CHOSEN, Group.OTHER_CHANNEL
JOBS, PLOTS = frozenset({Interest.JOBS}), frozenset({Interest.PLOTS})


@pytest.fixture
def people(app: Flask) -> dict[str, SignUp]:
    """Return people of the contact point, each with something of their own."""
    given: dict[str, dict[str, Any]] = {
        "oslo": {"interests": JOBS},
        "bergen": {"city": StudyPlace.BERGEN, "interests": JOBS},
        "plots": {"interests": PLOTS},
        "sms": {"channel": Channel.SMS, "contact": "+4741234567", "interests": JOBS},
        "invitations_only": {"purposes": frozenset({Purpose.INVITATIONS}), "interests": JOBS},
        "dead": {"interests": JOBS},
    }
    made = {name: make_sign_up(**{"contact": f"{name}@student.example", **values}) for name, values in given.items()}
    suppress(address_hash("dead@student.example"), purpose=UNREACHABLE, source="bounce", now=NOW)
    db.session.execute(db.delete(OutboxMessage))
    db.session.commit()
    return made


def begun(**changes: Any) -> Mailing:
    mailing = make_mailing(None, Kind.NEWSLETTER, **changes)
    ask(mailing, None)
    sending.begin_due(NOW)
    db.session.commit()
    return again(mailing)


def row_of(mailing: Mailing, person: SignUp) -> OutboxMessage:
    mine = (OutboxMessage.purpose == purpose(mailing.id), OutboxMessage.recipient == f"sign_up:{person.id}")
    return db.session.scalars(db.select(OutboxMessage).where(*mine)).one()


@pytest.mark.parametrize(
    ("cities", "interests", "channels", "groups"),
    [
        ("", "", "email,sms", {Group.EMAIL: 3, Group.SMS: 1, Group.NO_CONSENT: 1, Group.DEAD: 1}),
        ("oslo", "", "email,sms", {Group.EMAIL: 2, Group.SMS: 1, Group.NO_CONSENT: 1, Group.DEAD: 1, _OTHERS: 1}),
        ("", "plots,theses", "email,sms", {Group.EMAIL: 1, Group.NO_CONSENT: 1, _OTHERS: 4}),
        ("oslo,bergen", "jobs", "email", {Group.EMAIL: 2, _BY_SMS: 1, Group.NO_CONSENT: 1, Group.DEAD: 1, _OTHERS: 1}),
    ],
)  # fmt: skip
def test_everybody_is_in_one_group(
    people: dict[str, SignUp], cities: str, interests: str, channels: str, groups: dict[Group, int]
) -> None:
    mailing = make_mailing(None, Kind.NEWSLETTER, cities=cities, interests=interests, channels=channels)
    audience = audience_of(mailing)
    chosen = tuple(Channel(name) for name in channels.split(","))
    found = audience.counts(chosen)
    assert found == groups
    listed = [one for group in Group for one in audience.members(chosen, group)]
    assert sorted(listed) == sorted(person.id for person in people.values())


def test_each_gets_one_message_in_their_own_way_and_never_a_second(people: dict[str, SignUp]) -> None:
    mailing = begun()
    assert messages(mailing) == {("email", "queued", ""): 3, ("sms", "queued", ""): 1}
    make_sign_up(contact="late@student.example")
    mailing.state = State.RELEASED.value
    db.session.commit()
    sending.begin(mailing, None, now=NOW)
    assert sum(messages(mailing).values()) == 5, "only the one who came later"


def test_an_e_mail_greets_says_why_and_lets_out(people: dict[str, SignUp]) -> None:
    mailing = begun()
    message = compose(row_of(mailing, people["oslo"]))
    assert isinstance(message, ComposedEmail)
    assert (message.to, message.is_outreach, message.topic) == ("oslo@student.example", True, "newsletter")
    assert "Hei Åse! Tre nye jobber." in message.text
    assert "har sagt ja til nyheter" in message.text
    assert "/kontaktpunkt/min/" in message.text
    assert message.unsubscribe_url.startswith("http://localhost/avmeld/newsletter~")


def test_a_text_message_has_its_way_out(people: dict[str, SignUp]) -> None:
    message = compose(row_of(begun(), people["sms"]))
    assert isinstance(message, ComposedSms)
    assert re.fullmatch(r"Tre nye jobber\. Endre: http://localhost/kontaktpunkt/min/[0-9a-z]{39}", message.text)


def test_one_click_in_the_mail_program_ends_the_consent_and_what_waits(
    client: FlaskClient, people: dict[str, SignUp]
) -> None:
    mailing = begun()
    message = compose(row_of(mailing, people["oslo"]))
    assert isinstance(message, ComposedEmail)
    path = message.unsubscribe_url.removeprefix("http://localhost")
    assert client.post(path, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    db.session.expire_all()
    ended = {one.purpose: one.withdrawn_at_utc is not None for one in people["oslo"].consents}
    assert ended == {"news": True, "invitations": False}
    assert compose(row_of(mailing, people["oslo"])) == Withheld(Reason.SUPPRESSED)


def test_who_changed_their_mind_after_it_was_queued_does_not_get_it(people: dict[str, SignUp]) -> None:
    mailing = begun(cities="oslo", interests="jobs")
    people["oslo"].city = "trondheim"
    db.session.commit()
    assert compose(row_of(mailing, people["oslo"])) == Withheld(Reason.NOT_WANTED)


def test_pause_holds_and_resume_sends_the_rest(people: dict[str, SignUp]) -> None:
    mailing, actor = begun(), Actor("staff", 1)
    sending.pause(mailing, actor=actor, now=NOW)
    assert compose(row_of(mailing, people["oslo"])) == Withheld(Reason.PAUSED)
    sending.resume(mailing, actor=actor, now=NOW)
    db.session.commit()
    assert messages(mailing) == {("email", "queued", ""): 3, ("sms", "queued", ""): 1}


def test_the_worker_hands_all_of_them_over_and_ends_the_mailing(app: Flask, people: dict[str, SignUp]) -> None:
    mailing = begun()
    send_due()
    sending.end_finished(NOW)
    db.session.commit()
    assert messages(mailing) == {("email", "handed_over", ""): 3, ("sms", "handed_over", ""): 1}
    assert again(mailing).state == State.DONE


def test_a_no_that_came_after_it_was_queued_is_seen_at_the_hand_over(app: Flask, people: dict[str, SignUp]) -> None:
    mailing = begun()
    suppress(address_hash("oslo@student.example"), purpose="all", source="staff", now=NOW)
    db.session.commit()
    send_due()
    assert messages(mailing)[("email", "withheld", "suppressed")] == 1


def test_texts_without_a_way_out_and_without_readers_are_refused(people: dict[str, SignUp]) -> None:
    mailing = make_mailing(None, Kind.NEWSLETTER)
    mailing.texts[0].sms = "Tre nye jobber."
    db.session.commit()
    with pytest.raises(TextFaultsError):
        ask(mailing, None)
    nobody = make_mailing(None, Kind.NEWSLETTER, cities="trondheim")
    with pytest.raises(NobodyReachedError):
        ask(nobody, None)


def test_another_choice_makes_another_hash(people: dict[str, SignUp]) -> None:
    mailing = make_mailing(None, Kind.NEWSLETTER)
    ask(mailing, None, scheduled_at_utc=NOW + timedelta(days=1))
    mailing.cities = "oslo"
    db.session.commit()
    assert sending.begin_due(NOW + timedelta(days=1, minutes=1)) == 0
    assert again(mailing).state == State.DRAFT


def test_erasing_a_person_stops_the_message(people: dict[str, SignUp]) -> None:
    mailing = begun()
    row = row_of(mailing, people["oslo"])
    db.session.delete(people["oslo"])
    db.session.commit()
    assert compose(row) == Withheld(Reason.ERASED)


def test_staff_make_write_release_and_follow_one(
    app: Flask, client: FlaskClient, people: dict[str, SignUp], monkeypatch: pytest.MonkeyPatch
) -> None:
    strict = replace(app.extensions["treffpunkt.settings"], release_above_households=1)
    monkeypatch.setitem(app.extensions, "treffpunkt.settings", strict)
    sign_in(client)
    writing = send(client, forms_of(client.get(BASE))[-1]).location
    assert re.fullmatch(rf"{BASE}/\d+/tekst", writing)
    page = client.get(writing)
    form = next(form for form in forms_of(page) if form.action.endswith("/tekst"))
    texts = {f"versions-{n}-body": "Hei {fornavn}! Tre nye jobber." for n in range(3)}
    texts |= {f"versions-{n}-sms": "Tre nye jobber. {side}" for n in range(3)}
    fields = {**form.values, **texts, "cities": ["oslo", "bergen"], "interests": ["jobs"], "act": "save"}
    shown = client.post(writing, data=fields).location
    text = client.get(shown).text
    assert "Oslo, Bergen" in text
    assert "Alle som er med i kontaktpunktet" in text
    for link in [link for link in links_of(client.get(shown)) if "/mottakere/" in link]:
        assert client.get(link).status_code == 200
    assert "Hei Kari!" in client.get(f"{shown}/eksempel/nb").text
    asking = next(form for form in forms_of(client.get(shown)) if form.action.endswith("/frigivelse"))
    send(client, asking)
    assert "En annen enn deg må godkjenne den" in client.get(shown).text
    sign_in(client, make_staff("admin"))
    release = next(form for form in forms_of(client.get(shown)) if form.action.endswith("/frigi"))
    assert send(client, release).location == shown
    sending.begin_due(NOW)
    db.session.commit()
    followed = client.get(shown)
    assert "Til sammen: 3 personer." in followed.text
    people_of = next(link for link in links_of(followed) if "/meldinger/email" in link)
    assert "oslo@student.example" in client.get(people_of).text


def test_a_newsletter_is_not_found_among_the_mailings_of_an_event(
    client: FlaskClient, people: dict[str, SignUp]
) -> None:
    sign_in(client)
    mailing = make_mailing(None, Kind.NEWSLETTER)
    assert client.get(f"{BASE}/{mailing.id}").status_code == 200
    assert client.get(f"/admin/arrangementer/ny-i-modum-2026/utsendinger/{mailing.id}").status_code == 404
