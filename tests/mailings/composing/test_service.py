"""What a household gets: written at hand-over from what is true then, or not at all."""

import email
import json
import re
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from urllib.parse import urlsplit

import html5lib
import pytest
from flask import Flask

from outreach import clock
from outreach.audit.actor import Actor
from outreach.database import db
from outreach.errors import NotFoundError
from outreach.events.models import Event
from outreach.invitations import service as invitations
from outreach.invitations.models import Invitation, Invitee
from outreach.mailings.composing.service import compose, message_of
from outreach.mailings.mailing import Kind, purpose
from outreach.mailings.models import Mailing, MailingText
from outreach.mailings.sending import service as sending
from outreach.mailings.service import checked
from outreach.mailings.texts import service as texts
from outreach.messages.composers import Withheld
from outreach.messages.sending.commands import send_due
from outreach.messages.service import address_hash, suppress
from outreach.messages.sms import ComposedSms
from outreach.outbox.models import OutboxMessage
from outreach.outbox.states import Reason
from outreach.people.models import Person, ProtectedIdentity
from outreach.rsvp.erasure import erase_persons
from outreach.settings import Settings
from outreach.tickets.queries import facts_of_invitation
from tests.conftest import NOW
from tests.factories.accounts import make_staff
from tests.factories.audience import make_import
from tests.factories.events import make_event
from tests.factories.mailings import ask, make_mailing, messages
from tests.factories.rsvp import answer_for, give_answer, make_household, token_of
from tests.factories.series import make_series

MAIL, MOBILE = "ase@eksempel.example", "+4791234567"


@pytest.fixture
def event(app: Flask) -> Event:
    return make_event()


@pytest.fixture
def folder(settings: Settings) -> Path:
    path = Path(urlsplit(settings.mail_url).path)
    for old in [*path.rglob("*.eml"), *path.rglob("*.sms.txt")]:
        old.unlink()
    return path


def coming(event: Event, names: tuple[str, ...] = ("Åse", "Bjørn", "Emma"), **contact: str) -> Invitation:
    invitation = make_household(event, names)
    give_answer(invitation, answer_for(invitation, *[True] * (len(names) - 1), len(names) == 1, **contact))
    db.session.execute(db.delete(OutboxMessage))
    db.session.commit()
    return invitation


def begun(event: Event, kind: Kind = Kind.INFORMATION, **changes: str) -> Mailing:
    mailing = make_mailing(event, kind, **changes)
    now = clock.now_utc() if kind is not Kind.THANKS else event.ends_at_utc
    clock.set_clock(lambda: now)
    if kind is Kind.REMINDER:
        make_import()
    ask(mailing, event)
    sending.begin_due(now)
    db.session.commit()
    return mailing


def row_of(mailing: Mailing) -> OutboxMessage:
    db.session.expire_all()
    return db.session.scalars(db.select(OutboxMessage).where(OutboxMessage.purpose == purpose(mailing.id))).one()


def mails(folder: Path) -> list[EmailMessage]:
    send_due()
    files = sorted(folder.rglob("*.eml"))
    return [email.message_from_bytes(file.read_bytes(), policy=default) for file in files]  # type: ignore[misc]


def part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body is not None
    return str(body.get_content())


def test_those_who_come_are_greeted_by_first_name_with_their_own_links(event: Event, folder: Path) -> None:
    invitation = coming(event, email=MAIL)
    begun(event)
    (message,) = mails(folder)
    ticket = facts_of_invitation(invitation.id)
    assert ticket is not None
    assert message["To"] == MAIL
    assert message["Subject"] == "Snart ses vi på Ny i Modum-kveld 2026"
    for words in (part(message, "plain"), part(message, "html")):
        assert "Åse og Bjørn" in words
        assert "Emma" not in words
        assert f"http://localhost/billett/{ticket.code}" in words
        assert f"http://localhost/i/{token_of(invitation)}" in words
        assert "torsdag 26. november 2026 fra kl. 18.00 til kl. 21.00" in words
        assert "fordi du har svart på invitasjonen" in words
        assert "Lien" not in words
    html5lib.HTMLParser(strict=True).parse(part(message, "html"))
    assert part(message, "html").count("<h1") == 1
    assert 'src="' not in part(message, "html")


def test_one_is_called_du(event: Event, folder: Path) -> None:
    coming(event, ("Åse",), email=MAIL)
    begun(event)
    (message,) = mails(folder)
    assert "Vi gleder oss til å se deg på" in part(message, "plain")
    assert "dere" not in part(message, "plain")


@pytest.mark.parametrize(
    ("language", "lang", "greeting", "why"),
    [
        ("nn", "nn", "Hei, Åse og Bjørn!", "fordi du har svara på invitasjonen"),
        ("en", "en", "Hello, Åse and Bjørn!", "because you answered the invitation"),
        ("uk", "en", "Hello, Åse and Bjørn!", "because you answered the invitation"),
    ],
)
def test_each_household_reads_its_own_language(
    event: Event, folder: Path, language: str, lang: str, greeting: str, why: str
) -> None:
    invitation = make_household(event)
    answer = answer_for(invitation, True, True, False, email=MAIL)
    rsvp = give_answer(invitation, answer)
    db.session.execute(db.text("update rsvp set language = :l where id = :i"), {"l": language, "i": rsvp.rsvp_id})
    db.session.execute(db.delete(OutboxMessage))
    db.session.commit()
    begun(event)
    (message,) = mails(folder)
    assert greeting in part(message, "plain")
    assert why in part(message, "plain")
    assert f'<html lang="{lang}" dir="ltr">' in part(message, "html")


def test_a_text_message_goes_to_the_number_in_one_line(event: Event, folder: Path) -> None:
    coming(event, mobile=MOBILE)
    mailing = begun(event)
    composed = compose(row_of(mailing))
    assert isinstance(composed, ComposedSms)
    assert composed.to == MOBILE
    assert composed.text.startswith("Velkommen til Ny i Modum-kveld 2026 torsdag 26. november 2026 kl. 18.00, Modum")
    assert "\n" not in composed.text
    send_due()
    assert [file.suffix for file in folder.rglob("*.sms.txt")] == [".txt"]


@pytest.mark.parametrize(
    ("kind", "has_way_out"), [(Kind.INFORMATION, False), (Kind.MESSAGE, True), (Kind.THANKS, True)]
)
def test_what_we_begin_tells_how_to_say_no(event: Event, folder: Path, kind: Kind, has_way_out: bool) -> None:
    coming(event, email=MAIL)
    begun(event, kind)
    (message,) = mails(folder)
    assert ("/avmeld/" in part(message, "plain")) is has_way_out
    assert ("/avmeld/" in part(message, "html")) is has_way_out
    assert ("List-Unsubscribe" in message) is has_way_out


def test_thanks_come_after_the_event_with_the_survey(event: Event, folder: Path) -> None:
    coming(event, email=MAIL)
    begun(event, Kind.THANKS)
    (message,) = mails(folder)
    assert "https://undersokelse.example/modum" in part(message, "plain")
    assert "Takk for at dere kom" in part(message, "plain")


def test_thanks_have_the_ballot_of_each_ticket(event: Event, folder: Path) -> None:
    coming(event, email=MAIL)
    coming(event, ("Olena",), email="olena@gjest.example")
    begun(event, Kind.THANKS, survey_url="")
    links = {re.search(r"http://localhost/undersokelse/\S+", part(message, "plain"))[0] for message in mails(folder)}  # type: ignore[index]
    assert len(links) == 2
    assert all(link.startswith(f"http://localhost/undersokelse/{event.slug}/") for link in links)


def test_a_reminder_greets_those_who_owe_an_answer(event: Event, folder: Path) -> None:
    invitation = coming(event, ("Åse", "Bjørn"), email=MAIL)
    other = make_household(make_event(slug="en-annen-kveld"), ("Olena",)).invitees[0].person_id
    db.session.add(Invitee(invitation_id=invitation.id, event_id=event.id, person_id=other, position=3))
    db.session.commit()
    begun(event, Kind.REMINDER)
    (message,) = mails(folder)
    assert "Hei, Olena!" in part(message, "plain")
    assert "Du har ikke svart ennå" in part(message, "plain")
    assert "fordi vi har invitert husstanden din" in part(message, "plain")


def test_a_reminder_of_a_series_lists_the_meetups(app: Flask, folder: Path) -> None:
    oslo, bergen, trondheim = make_series(None, None, None)
    for event, venue, address in (
        (oslo, "Sentralen", "Øvre Slottsgate 3"),
        (bergen, "Kvarteret", ""),
        (trondheim, "Samfundet", ""),
    ):
        event.venue, event.venue_address = venue, address
    invitation = coming(oslo, ("Åse",), email=MAIL)
    other = make_household(make_event(slug="en-annen-kveld"), ("Olena",)).invitees[0].person_id
    db.session.add(Invitee(invitation_id=invitation.id, event_id=oslo.id, person_id=other, position=2))
    trondheim.state = "cancelled"
    db.session.commit()
    begun(oslo, Kind.REMINDER)
    (message,) = mails(folder)
    assert message["Subject"] == "Kommer du på Treff høsten 2026?"
    for kind, mark in (("plain", "- "), ("html", "<li")):
        words = part(message, kind)
        for place in ("Oslo: torsdag 26. november kl. 18.00–21.00, Sentralen, Øvre Slottsgate 3", "Bergen: torsdag"):
            assert place in words
        assert words.count(mark) >= 2
        assert "Samfundet" not in words
    sms = db.session.scalars(db.select(MailingText.sms).where(MailingText.language == "en")).one()
    assert "{byer}" in sms


def test_a_reminder_that_names_the_meetups_is_written_anew_when_one_changes(app: Flask) -> None:
    oslo, bergen = make_series(None, None)
    invitation = coming(oslo, ("Åse",), email=MAIL)
    other = make_household(make_event(slug="en-annen-kveld"), ("Olena",)).invitees[0].person_id
    db.session.add(Invitee(invitation_id=invitation.id, event_id=oslo.id, person_id=other, position=2))
    db.session.commit()
    make_import()
    mailing = make_mailing(oslo, Kind.REMINDER)
    ask(mailing, oslo)
    bergen.revision += 1
    db.session.commit()
    sending.begin_due(NOW)
    assert (mailing.state, mailing.note) == ("draft", "event_changed")
    assert messages(mailing) == {}


def test_a_version_that_leaves_out_a_city_is_told(app: Flask) -> None:
    oslo, _bergen = make_series(None, None)
    mailing = make_mailing(oslo, Kind.MESSAGE)
    assert checked(mailing, oslo).differences == ()
    for text in mailing.texts:
        text.body = "Ta med regntøy i Bergen. {steder}" if text.language != "en" else "It rains."
    told = checked(mailing, oslo).differences
    assert {(found.kind.value, found.here.value if found.here else "") for found in told} == {
        ("place", "bergen"), ("placeholder", "steder"),
    }  # fmt: skip
    assert not checked(mailing, oslo).has_faults


def _answered(event: Event, invitation: Invitation) -> None:
    give_answer(invitation, answer_for(invitation, False, False, False, email=MAIL))


def _revoked(event: Event, invitation: Invitation) -> None:
    invitations.revoke(invitation, now=NOW, actor=Actor("staff", 1))


def _protected(event: Event, invitation: Invitation) -> None:
    person = db.session.get_one(Person, invitation.invitees[0].person_id)
    db.session.add(ProtectedIdentity(identity_hash=person.identity_hash, marked_at_utc=NOW))


def _address_gone(event: Event, invitation: Invitation) -> None:
    erase_persons([invitation.invitees[0].person_id or 0])


def _asked_us_not_to(event: Event, invitation: Invitation) -> None:
    suppress(address_hash(MAIL), source="guest", now=NOW)


def _cancelled(event: Event, invitation: Invitation) -> None:
    event.state = "cancelled"


@pytest.mark.parametrize(
    ("happens", "reason"),
    [
        (_answered, Reason.NOT_COMING),
        (_revoked, Reason.REVOKED),
        (_protected, Reason.PROTECTED),
        (_address_gone, Reason.NO_ADDRESS),
        (_asked_us_not_to, Reason.SUPPRESSED),
        (_cancelled, Reason.EVENT_CANCELLED),
    ],
)
def test_what_happens_after_queueing_wins(event: Event, folder: Path, happens, reason: Reason) -> None:
    invitation = coming(event, email=MAIL)
    mailing = begun(event, Kind.MESSAGE)
    happens(event, invitation)
    db.session.commit()
    send_due()
    assert messages(mailing) == {("email", "withheld", reason.value): 1}
    assert not [file for file in folder.rglob("*.eml") if b"regnjakke" in file.read_bytes()]


def test_the_control_when_nothing_happens_it_leaves(event: Event, folder: Path) -> None:
    coming(event, email=MAIL)
    mailing = begun(event, Kind.MESSAGE)
    send_due()
    assert messages(mailing) == {("email", "handed_over", ""): 1}


def test_a_reminder_is_withheld_when_the_answer_came_meanwhile(event: Event) -> None:
    invitation = coming(event, ("Åse", "Bjørn"), email=MAIL)
    invitee = Invitee(invitation_id=invitation.id, event_id=event.id, position=3)
    invitee.person_id = make_household(make_event(slug="en-annen-kveld"), ("Olena",)).invitees[0].person_id
    db.session.add(invitee)
    db.session.commit()
    mailing = begun(event, Kind.REMINDER)
    give_answer(invitation, answer_for(invitation, True, True, False, email=MAIL))
    send_due()
    assert messages(mailing) == {("email", "withheld", "answered"): 1}


def test_a_value_that_went_missing_stops_that_message_alone(event: Event) -> None:
    coming(event, email=MAIL)
    mailing = begun(event)
    event.venue_address = ""
    db.session.commit()
    send_due()
    assert messages(mailing) == {("email", "failed", "cannot_compose"): 1}


def test_a_mailing_that_is_gone_writes_nothing(event: Event) -> None:
    coming(event, email=MAIL)
    row = row_of(begun(event))
    row.references_json = json.dumps({"mailing_id": 1, "invitation_id": 1})
    assert compose(row) == Withheld(Reason.ERASED)


def test_a_preview_of_another_event_is_refused(event: Event) -> None:
    elsewhere = coming(make_event(slug="en-annen-kveld"), email=MAIL)
    with pytest.raises(NotFoundError):
        message_of(make_mailing(event), event, elsewhere.id, language="nb")


def test_a_name_is_written_as_it_is(event: Event, folder: Path) -> None:
    coming(event, ("*Bo*<b>",), email=MAIL)
    begun(event)
    (message,) = mails(folder)
    assert "Hei, *Bo*<b>!" in part(message, "plain")
    assert "Hei, *Bo*&lt;b&gt;!" in part(message, "html")


def test_a_test_is_sent_to_staff_with_made_up_names_and_no_guest_in_it(event: Event, folder: Path) -> None:
    invitation = coming(event, email=MAIL)
    mailing, user = make_mailing(event), make_staff()
    texts.queue_test(mailing, user_id=user.id, actor=Actor("staff", user.id), now=NOW)
    db.session.commit()
    found = mails(folder)
    assert {message["To"] for message in found} == {user.email}
    assert all(str(message["Subject"]).split(":")[0] in ("Prøve", "Test") for message in found)
    assert all("Kari" in part(message, "plain") for message in found)
    assert all(token_of(invitation) not in part(message, "plain") for message in found)


def test_a_test_for_an_account_that_was_closed_does_not_leave(event: Event, folder: Path) -> None:
    coming(event, email=MAIL)
    mailing, user = make_mailing(event), make_staff()
    texts.queue_test(mailing, user_id=user.id, actor=Actor("staff", user.id), now=NOW)
    user.is_disabled = True
    db.session.commit()
    assert mails(folder) == []
