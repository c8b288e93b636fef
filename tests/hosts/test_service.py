"""Hosts get their link once for each time staff ask, hear of changes, and go whole: by themselves and with time."""

import json
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from outreach.audit.actor import COMMAND, HOST
from outreach.database import db
from outreach.errors import NotFoundError
from outreach.events import service as events
from outreach.hosts import erasure, queries, service
from outreach.hosts.host import (
    MOST_HOSTS,
    AlreadyHostError,
    HostsNotPublishedError,
    HostWithdrawnError,
    MayNotWriteError,
    TooManyHostsError,
    recipient,
)
from outreach.hosts.mails import service as mails
from outreach.hosts.models import EventHost, HostNotes
from outreach.messages.composers import Withheld
from outreach.messages.wishes import service as wishes
from outreach.outbox.models import OutboxMessage
from outreach.outbox.states import Channel, Reason
from outreach.questions.models import Question
from outreach.retention.schedule import Clocks
from outreach.retention.service import run
from tests.conftest import NOW
from tests.factories.events import event_details, make_event
from tests.factories.hosts import host_details, host_token, make_host


def messages(row: EventHost) -> list[OutboxMessage]:
    wanted = (
        select(OutboxMessage)
        .where(OutboxMessage.recipient == recipient(row.id))
        .order_by(OutboxMessage.kind, OutboxMessage.created_at_utc)
    )
    return list(db.session.scalars(wanted))


def test_an_address_is_a_host_once_and_there_are_not_too_many(app: Flask) -> None:
    event = make_event()
    make_host(event)
    with pytest.raises(AlreadyHostError):
        make_host(event, name="En annen")
    for number in range(1, MOST_HOSTS):
        make_host(event, contact=f"vert{number}@student.example")
    with pytest.raises(TooManyHostsError):
        make_host(event, contact="en.til@student.example")
    assert make_host(make_event(slug="et-annet")).event_id != event.id


def test_the_link_is_sent_once_for_each_time_the_page_said_how_often(app: Flask) -> None:
    row = make_host(make_event())
    sent = [service.send_link(row, seen_sends=seen, actor=COMMAND, now=NOW) for seen in (0, 0, 1, 1)]
    assert sent == [True, False, True, False]
    assert len(messages(row)) == 2


@pytest.mark.parametrize("channel", [Channel.EMAIL, Channel.SMS])
def test_the_message_says_what_when_and_where_to_look(app: Flask, channel: Channel) -> None:
    contact = "eira@student.example" if channel is Channel.EMAIL else "+4741234567"
    row = make_host(make_event(), is_sent=True, channel=channel, contact=contact)
    [message] = messages(row)
    told = mails.compose(message)
    assert told.to == contact
    assert f"http://localhost/vert/{host_token(row)}" in told.text
    assert "Ny i Modum-kveld 2026" in told.text
    assert "26. november 2026" in told.text
    if channel is Channel.EMAIL:
        assert told.subject == "Du er vert: Ny i Modum-kveld 2026"
        assert told.unsubscribe_url
        assert host_token(row) in told.html


def test_nothing_is_sent_for_a_draft_or_to_one_who_was_withdrawn(app: Flask) -> None:
    row = make_host(make_event(publish=False))
    with pytest.raises(HostsNotPublishedError):
        service.send_link(row, seen_sends=0, actor=COMMAND, now=NOW)
    events.publish_event(row.event, NOW)
    service.send_link(row, seen_sends=0, actor=COMMAND, now=NOW)
    service.withdraw(row, actor=COMMAND, now=NOW)
    db.session.commit()
    [message] = messages(row)
    assert (message.state, message.reason) == ("withheld", Reason.REVOKED)
    assert mails.compose(message) == Withheld(Reason.REVOKED)
    with pytest.raises(MayNotWriteError):
        service.send_link(row, seen_sends=1, actor=COMMAND, now=NOW)


def test_another_link_closes_the_first_and_lets_a_withdrawn_host_in_again(app: Flask) -> None:
    row = make_host(make_event(), is_sent=True)
    old = host_token(row)
    service.withdraw(row, actor=COMMAND, now=NOW)
    service.new_link(row, actor=COMMAND, now=NOW)
    with pytest.raises(HostWithdrawnError):
        queries.by_code(old, now=NOW)
    assert queries.by_code(host_token(row), now=NOW).id == row.id
    assert service.send_link(row, seen_sends=1, actor=COMMAND, now=NOW)


def test_a_host_who_has_the_link_hears_of_a_change_and_of_a_cancellation(app: Flask) -> None:
    event = make_event()
    told, untold = make_host(event, is_sent=True), make_host(event, contact="ny@student.example")
    events.change_event(event, event_details(venue="Furumo"), NOW)
    db.session.commit()
    [news] = [message for message in messages(told) if message.kind == service.NEWS_KIND]
    mail = mails.compose(news)
    assert "Nytt sted: Furumo, Vikersundgata 30, 3370 Vikersund (før: Modum kulturhus" in " ".join(mail.text.split())
    assert "Nytt sted:" in mail.html
    assert "Nytt tidspunkt" not in mail.text + mail.html
    events.cancel_event(event, NOW)
    db.session.commit()
    [off] = [message for message in messages(told) if message.kind == service.NEWS_KIND and message is not news]
    assert "er dessverre avlyst" in mails.compose(off).text
    assert "Nytt sted" not in mails.compose(off).text
    assert mails.compose(news) == Withheld(Reason.REPLACED)
    assert mails.compose(messages(told)[0]) == Withheld(Reason.EVENT_CANCELLED)
    assert messages(untold) == []


def test_a_no_ends_the_consent_and_the_page_stays(app: Flask) -> None:
    row = make_host(make_event(), is_sent=True)
    wishes.add("eira@student.example", actor=COMMAND, now=NOW)
    db.session.commit()
    assert row.no_at_utc == NOW
    assert queries.by_code(host_token(row), now=NOW).id == row.id
    assert mails.compose(messages(row)[0]) == Withheld(Reason.SUPPRESSED)
    with pytest.raises(MayNotWriteError):
        service.send_link(row, seen_sends=1, actor=COMMAND, now=NOW)


def test_a_host_who_leaves_takes_everything_along(app: Flask) -> None:
    event = make_event()
    row, other = make_host(event, is_sent=True), make_host(event, contact="ny@student.example")
    for one in (row, other):
        service.write_to_organiser(one, "Hvem har nøkkelen?", language="nb", now=NOW)
    host_id = row.id
    erasure.erase_host(row, actor=HOST, now=NOW)
    db.session.commit()
    asked = {question.email: question.text for question in db.session.scalars(select(Question))}
    assert asked == {None: None, "ny@student.example": "En vert skriver: Hvem har nøkkelen?"}
    assert db.session.get(EventHost, host_id) is None
    assert not db.session.scalars(select(OutboxMessage).where(OutboxMessage.recipient == recipient(host_id))).all()
    assert db.session.get(EventHost, other.id) is not None


def test_hosts_and_what_they_were_told_go_with_the_events_people(app: Flask) -> None:
    event = make_event()
    row = make_host(event, is_sent=True)
    service.tell_all(event, "Nøkkelen er hos Per.", actor=COMMAND, now=NOW)
    service.write_to_organiser(row, "Takk!", language="nb", now=NOW)
    db.session.commit()
    clocks = Clocks(event_days=90, register_days=400, memory_days=730)
    later = NOW + timedelta(days=120)
    receipts = run(clocks=clocks, today=later.date(), now=later)
    [receipt] = [one for one in receipts if one.rule == "event-people"]
    counts = json.loads(receipt.counts_json)
    assert (counts["event_host"], counts["host_notes"], counts["outbox_message"]) == (1, 1, 1)
    assert not db.session.scalars(select(EventHost)).all()
    assert not db.session.scalars(select(HostNotes)).all()


def test_a_host_of_another_event_is_not_found(app: Flask) -> None:
    row, other = make_host(make_event()), make_event(slug="et-annet")
    with pytest.raises(NotFoundError):
        queries.held(other.id, row.id)
    assert service.add(other, host_details(), actor=COMMAND, now=NOW).event_id == other.id
