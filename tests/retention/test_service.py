import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from outreach import clock
from outreach.database import db
from outreach.invitations.models import Invitation, Invitee
from outreach.messages.composers import Composer
from outreach.outbox.service import claim
from outreach.outbox.states import Channel
from outreach.people.models import Person
from outreach.reports.funnels import queries as funnels
from outreach.retention import queries, service
from outreach.retention.models import ContactMemory, ErasureReceipt
from outreach.retention.schedule import Clocks, Rule
from outreach.rsvp.answer import NeedKind, NeedWish
from outreach.rsvp.models import Need, PersonAnswer, Rsvp
from tests.canary import found_in_database, found_in_files
from tests.factories.audience import make_family, make_import
from tests.factories.invitations import Invited, invite_all, make_invited
from tests.factories.outbox import KIND, compose, queue_messages, states
from tests.factories.rsvp import answer_for, give_answer

CLOCKS = Clocks(event_days=90, register_days=395, memory_days=730)
LATER = datetime(2027, 3, 1, 3, 0, tzinfo=UTC)


def _count(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def _run(day: date) -> list[ErasureReceipt]:
    receipts = service.run(clocks=CLOCKS, today=day, now=LATER)
    db.session.commit()
    return receipts


def _answered() -> Invited:
    invited = make_invited(1985, 1987)
    give_answer(invited.invitation, answer_for(invited.invitation, True, False, email="a@kanari.example"))
    return invited


def test_before_its_day_nothing_is_erased(app: Flask) -> None:
    _answered()
    assert _run(date(2027, 2, 23)) == []
    assert _count(Person) == 2


def test_on_its_day_an_events_people_go_and_their_figures_stay(app: Flask) -> None:
    invited = _answered()
    before = funnels.funnel(invited.event.id)
    [receipt] = _run(date(2027, 2, 24))
    assert json.loads(receipt.counts_json)["person"] == 2
    assert [_count(table) for table in (Person, Invitee, Rsvp)] == [0, 0, 0]
    assert funnels.funnel(invited.event.id) == before


def test_what_guests_need_goes_a_week_after_the_event_and_the_answer_stays(app: Flask) -> None:
    """Health and belief are not kept as long as who came (GDPR art. 5(1)(e) and 9)."""
    invited = make_invited(1985, 1987)
    needs = (NeedWish(NeedKind.ALLERGY, "nøtter"), NeedWish(NeedKind.WHEELCHAIR, ""))
    give_answer(invited.invitation, answer_for(invited.invitation, True, True, needs=needs))
    before = funnels.funnel(invited.event.id)
    assert _run(date(2026, 12, 2)) == []
    assert _count(Need) == 2, "the control: they are there until then"
    [receipt] = _run(date(2026, 12, 3))
    assert (receipt.rule, json.loads(receipt.counts_json)) == ("needs", {"need": 2})
    assert (_count(Need), _count(Rsvp), _count(PersonAnswer)) == (0, 1, 2)
    assert funnels.funnel(invited.event.id) == before
    assert _run(date(2026, 12, 4)) == []


def test_what_guests_of_an_event_ahead_need_stays(app: Flask) -> None:
    invited = make_invited(1985)
    given = answer_for(invited.invitation, True, needs=(NeedWish(NeedKind.WHEELCHAIR, ""),))
    give_answer(invited.invitation, given)
    assert _run(date(2026, 11, 26)) == []
    assert _count(Need) == 1


def test_a_second_run_finds_nothing(app: Flask) -> None:
    _answered()
    _run(date(2027, 2, 24))
    assert _run(date(2027, 2, 25)) == []


def test_who_was_asked_and_came_is_remembered_by_hash_for_two_years(app: Flask) -> None:
    _answered()
    _run(date(2027, 2, 24))
    assert sorted(db.session.scalars(select(ContactMemory.has_attended).order_by(ContactMemory.has_attended))) == [
        False,
        True,
    ]
    [receipt] = _run(date(2028, 11, 27))
    assert (receipt.rule, _count(ContactMemory)) == (Rule.CONTACT_MEMORY, 0)


def test_people_whom_a_newer_extract_has_shown_keep_their_register_copy(app: Flask) -> None:
    _answered()
    db.session.query(Person).update({"seen_as_of": date(2027, 1, 15)})
    db.session.commit()
    _run(date(2027, 2, 24))
    assert (_count(Person), _count(Invitee)) == (2, 0)


def test_the_register_copy_goes_after_thirteen_months_without_any_event(app: Flask) -> None:
    make_family(make_import(date(2026, 11, 1)), 1985)
    db.session.commit()
    assert _run(date(2027, 12, 1)) == []
    [receipt] = _run(date(2027, 12, 2))
    assert (receipt.rule, _count(Person)) == (Rule.REGISTER_COPY, 0)


def test_the_plan_says_what_the_run_does(app: Flask) -> None:
    _answered()
    [(due, persons)] = service.plan(clocks=CLOCKS, today=date(2027, 2, 24), now=LATER)
    assert (due.rule, due.slug, persons) == (Rule.EVENT_PEOPLE, "ny-i-modum-2026", 2)
    assert service.plan(clocks=CLOCKS, today=date(2027, 2, 23), now=LATER) == []


def test_the_code_of_an_erased_invitation_says_so_kindly(app: Flask) -> None:
    invited = _answered()
    _run(date(2027, 2, 24))
    page = app.test_client().get(f"/i/{invited.code}")
    assert page.status_code == 410
    assert db.session.scalar(select(Invitation.household_id)) is None


def test_inviting_again_next_year_is_possible_and_remembered(app: Flask) -> None:
    invited = _answered()
    _run(date(2027, 2, 24))
    assert len(queries.receipts()) == 1
    assert invite_all(invited.event).invitations == 0


@pytest.fixture
def sent(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder into which two mails were sent: one of no event, one of an event after its people were erased.

    A third waits. Everybody's name is a canary.
    """
    settings = replace(app.extensions["treffpunkt.settings"], mail_url=f"file:{tmp_path / 'ut'}")
    monkeypatch.setitem(app.extensions, "treffpunkt.settings", settings)
    monkeypatch.setitem(app.extensions, "treffpunkt.composers", {KIND: Composer(compose, after_event=True)})
    event = _answered().event
    _run(date(2027, 2, 24))
    clock.set_clock(lambda: LATER)
    queue_messages(1, recipient="guest:kanari1")
    queue_messages(1, recipient="guest:kanari2", event_id=event.id)
    assert app.test_cli_runner().invoke(args=["messages", "send-due"]).exit_code == 0
    queue_messages(1, recipient="guest:kanari3")
    return tmp_path / "ut"


def test_a_message_that_no_event_takes_along_goes_after_ninety_days_with_its_file(app: Flask, sent: Path) -> None:
    assert states() == {"handed_over": 2, "queued": 1}
    assert set(found_in_files(["kanari1", "kanari2"], sent)) == {"kanari1", "kanari2"}
    assert "kanari3" in found_in_database(["kanari3"])
    assert _run(date(2027, 5, 30)) == []
    [(due, count)] = service.plan(clocks=CLOCKS, today=date(2027, 5, 31), now=LATER)
    assert (due.rule, count) == (Rule.MESSAGES, 3)
    [receipt] = _run(date(2027, 5, 31))
    assert (receipt.rule, json.loads(receipt.counts_json)) == (
        Rule.MESSAGES,
        {"letter_shipment": 0, "outbox_message": 3},
    )
    assert found_in_files(["kanari"], sent) == {}
    assert found_in_database(["kanari"]) == {}


def test_what_a_worker_holds_and_what_belongs_to_an_event_that_still_stands_stays(app: Flask) -> None:
    event = _answered().event
    clock.set_clock(lambda: datetime(2026, 1, 1, tzinfo=UTC))
    queue_messages(1, recipient="guest:held")
    claim(Channel.EMAIL, worker="w", now=clock.now_utc(), lease_seconds=60, limit=1)
    queue_messages(1, recipient="guest:event", event_id=event.id)
    db.session.commit()
    assert service.plan(clocks=CLOCKS, today=date(2027, 2, 23), now=LATER) == []
