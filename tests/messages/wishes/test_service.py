"""Wishes not to be written to: one form for one address, checked when queueing and when handing over, and kept."""

import pytest
from flask import Flask

from outreach.audit.actor import COMMAND
from outreach.database import db
from outreach.messages.contact import ContactFaultError
from outreach.messages.erasure import erase_event_people
from outreach.messages.queries import purposes_against, suppression_counts
from outreach.messages.service import address_hash, address_hashes, queue_outreach, suppress, unsubscribe_url
from outreach.messages.suppression import UNREACHABLE
from outreach.messages.unsubscribe_link import Wish
from outreach.messages.wishes import service
from tests.conftest import NOW
from tests.factories.events import make_event
from tests.factories.outbox import new_message, rows


def test_staff_note_a_number_or_an_address_and_take_it_back(app: Flask) -> None:
    assert service.add("912 34 567", actor=COMMAND, now=NOW)
    assert not service.add("+47 91234567", actor=COMMAND, now=NOW)
    assert purposes_against(address_hashes("+4791234567")) == ["all"]
    assert suppression_counts() == {("all", "staff"): 1}
    assert service.take_back("91234567", actor=COMMAND, now=NOW) == 1
    assert service.take_back("91234567", actor=COMMAND, now=NOW) == 0
    with pytest.raises(ContactFaultError):
        service.add("Åse", actor=COMMAND, now=NOW)


def test_stop_by_sms_stops_that_number(app: Flask) -> None:
    assert service.stop_by_sms("+4791234567", now=NOW)
    assert suppression_counts() == {("all", "sms"): 1}


def test_a_dead_address_that_lives_again_is_taken_back_too(app: Flask) -> None:
    suppress(address_hash("per@gjest.example"), purpose=UNREACHABLE, source="bounce", now=NOW)
    assert service.take_back("Per@gjest.example", actor=COMMAND, now=NOW) == 1


def test_a_wish_outlives_the_event_and_its_people(app: Flask) -> None:
    event = make_event()
    queue_outreach([(new_message(event_id=event.id), "per@gjest.example")], NOW, topic="invitation")
    service.unsubscribe(Wish("invitation", address_hash("per@gjest.example")), everything=False, now=NOW)
    erase_event_people(event.id)
    db.session.commit()
    assert rows() == []
    assert purposes_against(address_hashes("per@gjest.example")) == ["invitation"]


@pytest.mark.parametrize(
    ("purpose", "withheld"), [("all", True), ("invitation", True), (UNREACHABLE, True), ("newsletter", False)]
)
def test_who_said_no_is_withheld_when_queueing_and_the_list_adds_up(app: Flask, purpose: str, withheld: bool) -> None:
    suppress(address_hash("Nei@gjest.example"), purpose=purpose, source="guest", now=NOW)
    addresses = ("ja@gjest.example", "nei@gjest.example")
    messages = [(new_message(recipient=address), address) for address in addresses]
    assert queue_outreach(messages, NOW, topic="invitation") == 2
    assert queue_outreach(messages, NOW, topic="invitation") == 0
    db.session.commit()
    assert [(row.state, row.reason) for row in rows()] == [
        ("queued", ""),
        ("withheld", "suppressed") if withheld else ("queued", ""),
    ]


def test_a_link_holds_the_address_only_as_a_keyed_hash(app: Flask) -> None:
    url = unsubscribe_url("per@gjest.example", "newsletter")
    assert "per" not in url
    assert url == unsubscribe_url("PER@gjest.example ", "newsletter")
    assert url != unsubscribe_url("kari@gjest.example", "newsletter")
