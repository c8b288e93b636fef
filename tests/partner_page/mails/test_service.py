"""What a partner gets by e-mail is true when it leaves, and nothing leaves that was taken back, answered or refused."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from outreach.audit.actor import COMMAND
from outreach.database import db
from outreach.events import service as events
from outreach.messages.composers import Withheld
from outreach.messages.service import address_hash, suppress
from outreach.messages.suppression import ALL, Source
from outreach.messages.wishes import service as wishes
from outreach.outbox.models import OutboxMessage
from outreach.outbox.states import Reason
from outreach.partner_page.mails import service as mails
from outreach.partners.models import Participation
from outreach.partners.organisation import TOPIC
from outreach.partners.organisations import service as organisations
from outreach.partners.participation import State
from outreach.partners.participations import service
from outreach.partners.reminding.service import remind
from tests.conftest import NOW
from tests.factories.events import event_details, make_event
from tests.factories.partners import contact_of, make_participation, partner_token


def asked() -> Participation:
    row = make_participation(make_event(), state=State.ASKED)
    service.ask(row, actor=COMMAND, now=NOW)
    db.session.commit()
    return row


def message(kind: str) -> OutboxMessage:
    return db.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == kind)).one()


def test_the_invitation_says_what_when_and_how_to_answer(app: Flask) -> None:
    row = asked()
    mail = mails.compose(message(service.INVITATION_KIND))
    assert mail.to == "berit@trevare.example"
    assert mail.subject == "Vil dere være med på Ny i Modum-kveld 2026?"
    for part in (mail.text, mail.html):
        assert "Hei, Berit!" in part
        assert "Rollen deres: Stand." in part
        assert f"http://localhost/partner/{partner_token(row)}" in part
    assert mail.unsubscribe_url
    assert mail.topic == TOPIC


def test_a_reminder_and_a_task_say_what_is_missing(app: Flask) -> None:
    row = asked()
    remind(now=NOW + timedelta(days=8))
    assert "Kommer dere på" in mails.compose(message(service.REMINDER_KIND)).subject
    service.answer(row, is_coming=True, actor=COMMAND, now=NOW)
    task = service.add_task(row, "Send logo", date(2026, 11, 4), actor=COMMAND, now=NOW)
    remind(now=NOW)
    mail = mails.compose(message(service.TASK_KIND))
    assert mail.subject == "Husk: Send logo"
    assert "onsdag 4. november 2026" in mail.text
    service.mark_task(row, task, is_done=True, actor=COMMAND, now=NOW)
    assert mails.compose(message(service.TASK_KIND)).reason == "answered"
    assert mails.compose(message(service.REMINDER_KIND)).reason == "answered"


@pytest.mark.parametrize(
    ("act", "reason"),
    [
        (lambda row: setattr(row, "state", "withdrawn"), "revoked"),
        (lambda row: setattr(row, "state", "declined"), "answered"),
        (lambda row: organisations.say_no(row.contact, actor=COMMAND, now=NOW), "suppressed"),
        (lambda row: setattr(row.event, "state", "cancelled"), "event_cancelled"),
        (lambda row: db.session.delete(row.contact), "erased"),
        (lambda row: db.session.delete(row.organisation), "erased"),
    ],
)
def test_what_is_no_longer_true_does_not_leave(app: Flask, act: Callable[[Participation], None], reason: str) -> None:
    act(asked())
    db.session.commit()
    db.session.expire_all()
    assert mails.compose(message(service.INVITATION_KIND)).reason == reason


@pytest.mark.parametrize(("purpose", "ends"), [(TOPIC, True), (ALL, True), ("newsletter", False)])
def test_a_no_by_the_link_of_an_email_ends_the_consent(app: Flask, purpose: str, ends: bool) -> None:
    row = asked()
    mails.no_was_said(subject_hash=address_hash("BERIT@trevare.example"), purpose=purpose, now=NOW)
    mails.no_was_said(subject_hash=address_hash("en@annen.example"), purpose=ALL, now=NOW)
    assert contact_of(row.organisation).may_be_written_to is not ends


def test_a_no_that_staff_write_down_is_heard(app: Flask) -> None:
    row = asked()
    wishes.add("berit@trevare.example", actor=COMMAND, now=NOW)
    assert not contact_of(row.organisation).may_be_written_to


def test_partners_are_told_once_that_an_event_changes_and_that_it_is_called_off(app: Flask) -> None:
    row = asked()
    make_participation(make_event(slug="annen"), state=State.ASKED)
    events.change_event(row.event, event_details(venue="Furumo"), NOW)
    db.session.commit()
    told = message(mails.NEWS_KIND)
    assert "Nytt sted: Furumo" in " ".join(mails.compose(told).text.split())
    assert "Nytt sted:" in mails.compose(told).html
    assert mails.compose(told).subject == "Endret: Ny i Modum-kveld 2026"
    events.cancel_event(row.event, NOW)
    db.session.commit()
    news = db.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == mails.NEWS_KIND)).all()
    assert {json.loads(one.references_json)["participation_id"] for one in news} == {row.id}
    assert [mails.compose(one).subject for one in news if one is not told] == ["Avlyst: Ny i Modum-kveld 2026"]
    assert mails.compose(told) == Withheld(Reason.REPLACED)


def test_partners_hear_of_what_was_changed_twice_in_one_mail_and_of_nothing_that_was_changed_back(app: Flask) -> None:
    row = asked()
    events.change_event(row.event, event_details(venue="Furumo"), NOW)
    events.change_event(row.event, event_details(venue="Furumo", parking="Bak huset"), NOW + timedelta(minutes=1))
    first, last = _news()
    assert mails.compose(first) == Withheld(Reason.REPLACED)
    assert "Nytt sted: Furumo" in " ".join(mails.compose(last).text.split())
    assert "Ny parkering: Bak huset" in " ".join(mails.compose(last).text.split())
    events.change_event(row.event, event_details(), NOW + timedelta(minutes=2))
    assert [mails.compose(one) for one in _news()] == [Withheld(Reason.REPLACED)] * 3


def _news() -> list[OutboxMessage]:
    wanted = select(OutboxMessage).where(OutboxMessage.kind == mails.NEWS_KIND)
    return list(db.session.scalars(wanted.order_by(OutboxMessage.created_at_utc)))


def test_it_is_sent_once_and_a_suppressed_address_gets_nothing(app: Flask) -> None:
    asked()
    other = make_participation(make_event(slug="annen"), state=State.ASKED)
    contact = contact_of(other.organisation)
    contact.email = "stopp@trevare.example"
    service.ask(other, actor=COMMAND, now=NOW)
    suppress(address_hash("stopp@trevare.example"), purpose=TOPIC, source=Source.LINK, now=NOW)
    db.session.commit()
    runner = app.test_cli_runner()
    for _ in range(2):
        assert runner.invoke(args=["messages", "send-due"]).exit_code == 0
    sent = list((Path(app.instance_path) / "outbox").glob("*.eml"))
    found = [path for path in sent if b"berit@trevare.example" in path.read_bytes()]
    assert len(found) == 1
    assert not [path for path in sent if b"stopp@trevare.example" in path.read_bytes()]
    db.session.expire_all()
    assert sorted(db.session.scalars(select(OutboxMessage.state))) == ["handed_over", "withheld"]
    for path in found:
        path.unlink()
