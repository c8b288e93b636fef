"""Letters that came back: registered once, undone, reached by hand, sent again; the funnel adds up."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from outreach import clock
from outreach.audit.actor import COMMAND, Actor
from outreach.audit.models import AuditEntry
from outreach.database import db
from outreach.invitations import erasure
from outreach.invitations import service as invitations
from outreach.invitations.letters.composing import service as composing
from outreach.invitations.letters.faults import LettersTooLateError
from outreach.invitations.letters.planning import service as planning
from outreach.invitations.letters.queries import letter_of
from outreach.invitations.letters.returning import queries, service
from outreach.invitations.letters.returning.models import ReturnedLetter
from outreach.invitations.letters.returning.reaching import queries as reaching
from outreach.invitations.letters.returning.returned import (
    AlreadyDecidedError,
    AlreadyReturnedError,
    NoLetterError,
    NotSentYetError,
    Outcome,
    ReturnReason,
)
from outreach.invitations.queries import UnknownCodeError
from outreach.outbox.models import OutboxMessage
from outreach.people.postal_address import PostalAddress
from outreach.reports.funnels.queries import funnel
from outreach.rsvp.models import Rsvp
from tests.conftest import NOW
from tests.factories.invitations import Invited, event_invitations, make_invited
from tests.factories.letters import hand_over, make_returned
from tests.factories.rsvp import answer_for, give_answer

ELSEWHERE = PostalAddress(("c/o Lien", "Kirkeveien 2"), "3340", "ÅMOT")
TODAY = NOW.date()


@pytest.fixture
def invited(app: Flask) -> Invited:
    """Return a family whose letter was handed over."""
    found = make_invited()
    hand_over(found.event)
    return found


def register(invited: Invited, reason: ReturnReason = ReturnReason.MOVED) -> ReturnedLetter:
    return service.register(invited.printed_code, reason=reason, actor=COMMAND, now=NOW).row


def state_of(invited: Invited) -> str:
    return db.session.scalars(db.select(OutboxMessage.state).where(OutboxMessage.event_id == invited.event.id)).one()


def test_a_letter_comes_back_and_the_funnel_still_adds_up(invited: Invited) -> None:
    before = funnel(invited.event.id)
    assert (before.invited, before.delivered, before.returned) == (3, 3, 0)
    row = register(invited, ReturnReason.UNKNOWN)
    after = funnel(invited.event.id)
    assert (after.invited, after.delivered, after.returned) == (3, 0, 3)
    assert (row.reason, row.outcome, row.was_state) == ("unknown", "open", "handed_over")
    assert [line.row.id for line in reaching.page_of(invited.event.id, page=1, today=TODAY)[0]] == [row.id]


def test_the_second_time_is_told_and_changes_nothing(invited: Invited) -> None:
    register(invited)
    with pytest.raises(AlreadyReturnedError):
        register(invited, ReturnReason.DECEASED)
    assert [row.reason for row in db.session.scalars(db.select(ReturnedLetter))] == ["moved"]


def test_a_letter_that_waits_cannot_come_back(app: Flask) -> None:
    with pytest.raises(NotSentYetError):
        register(make_invited())


def test_an_uncertain_letter_that_comes_back_was_sent(invited: Invited) -> None:
    db.session.execute(db.update(OutboxMessage).values(state="uncertain"))
    row = register(invited)
    assert state_of(invited) == "bounced"
    service.undo(row.id, actor=COMMAND, now=NOW)
    assert state_of(invited) == "uncertain"


def test_a_right_shape_with_a_wrong_secret_is_unknown(invited: Invited) -> None:
    with pytest.raises(UnknownCodeError):
        service.register("2222-2222-2222", reason=ReturnReason.OTHER, actor=COMMAND, now=NOW)


def test_who_has_answered_keeps_the_answer_and_need_not_be_reached(invited: Invited) -> None:
    give_answer(invited.invitation, answer_for(invited.invitation, True, True, False))
    row = register(invited)
    assert row.outcome == Outcome.CLOSED
    assert db.session.scalars(db.select(Rsvp.state)).one() == "attending"
    assert reaching.page_of(invited.event.id, page=1, today=TODAY) == ([], 0)


def test_who_answers_later_leaves_the_list(invited: Invited) -> None:
    register(invited)
    db.session.commit()
    give_answer(invited.invitation, answer_for(invited.invitation, False, False, False))
    assert reaching.page_of(invited.event.id, page=1, today=TODAY) == ([], 0)


def test_undoing_leaves_no_trace_but_the_audit(invited: Invited) -> None:
    row = register(invited)
    service.undo(row.id, actor=COMMAND, now=NOW)
    assert state_of(invited) == "handed_over"
    assert db.session.scalars(db.select(ReturnedLetter)).all() == []
    written = db.select(AuditEntry.act, AuditEntry.details).order_by(AuditEntry.act)
    acts = db.session.execute(written).all()
    assert [act for act, _ in acts if act.startswith("letter.")] == ["letter.return", "letter.return_undone"]
    assert not any("moved" in details for _, details in acts)


def test_what_somebody_went_on_with_is_not_undone(invited: Invited) -> None:
    row = register(invited)
    service.reach(row.id, actor=Actor("staff", 7), now=NOW)
    assert (row.outcome, row.decided_by_id) == ("reached", 7)
    for act in (service.undo, service.reach):
        with pytest.raises(AlreadyDecidedError):
            act(row.id, actor=COMMAND, now=NOW)
    assert state_of(invited) == "bounced"


def test_a_new_letter_goes_to_the_typed_address_with_the_same_code(invited: Invited) -> None:
    row = register(invited)
    service.send_again(row.id, invited.event, ELSEWHERE, actor=COMMAND, now=NOW)
    db.session.commit()
    assert state_of(invited) == "queued"
    found = planning.plan(invited.event, is_reprint=False, now=NOW)
    assert len(found.rows) == 1
    household = composing.household(found.rows[0], NOW)
    assert household.address == ELSEWHERE
    assert composing.letter(household).code == invited.printed_code
    with pytest.raises(AlreadyDecidedError):
        service.undo(row.id, actor=COMMAND, now=NOW)


def test_a_new_letter_can_come_back_too(invited: Invited) -> None:
    first = register(invited)
    service.send_again(first.id, invited.event, ELSEWHERE, actor=COMMAND, now=NOW)
    db.session.commit()
    hand_over(invited.event)
    clock.set_clock(lambda: NOW + timedelta(days=9))
    second = service.register(invited.code, reason=ReturnReason.INCOMPLETE, actor=COMMAND, now=clock.now_utc()).row
    assert (first.outcome, second.outcome) == ("again", "open")
    assert funnel(invited.event.id).returned == 3


def test_nobody_is_written_to_about_an_event_that_is_over(invited: Invited) -> None:
    row = register(invited)
    with pytest.raises(LettersTooLateError):
        service.send_again(row.id, invited.event, ELSEWHERE, actor=COMMAND, now=datetime(2027, 1, 1, tzinfo=UTC))


def test_a_revoked_invitation_counts_as_returned_and_needs_nobody(invited: Invited) -> None:
    invitations.revoke(invited.invitation, now=NOW, actor=COMMAND)
    assert register(invited).outcome == Outcome.CLOSED
    assert funnel(invited.event.id).returned == 3


def test_protected_people_leave_the_list_and_their_typed_address_is_gone(invited: Invited) -> None:
    row = register(invited)
    row.address = ELSEWHERE.to_json()
    db.session.commit()
    everybody = [person.id for person in invited.household.members]
    invitations.leave_out_protected(everybody[:1], NOW)
    db.session.expire_all()
    assert db.session.get(ReturnedLetter, row.id).address_sealed is None
    invitations.leave_out_protected(everybody, NOW)
    assert db.session.scalars(db.select(ReturnedLetter)).all() == []
    assert reaching.page_of(invited.event.id, page=1, today=TODAY) == ([], 0)


def test_a_household_that_must_not_be_written_to_has_no_name_on_the_list(invited: Invited) -> None:
    register(invited)
    invited.household.set_aside_reason = "by_hand"
    db.session.commit()
    [line] = reaching.page_of(invited.event.id, page=1, today=TODAY)[0]
    assert (line.names, line.address, line.stopped, line.may_get_letter) == ("", None, "by_hand", False)


def test_no_new_letter_goes_to_somebody_whom_the_post_says_is_dead(invited: Invited) -> None:
    row = register(invited, ReturnReason.DECEASED)
    line = reaching.one(invited.event.id, row.id, today=TODAY)
    assert line.address
    assert not line.may_get_letter


def test_everything_goes_with_the_event_and_with_the_person(invited: Invited) -> None:
    register(invited)
    db.session.commit()
    assert erasure.erase_persons([person.id for person in invited.household.members])["returned_letter"] == 1
    other = make_invited(1990, event=invited.event)
    make_returned(other)
    assert erasure.erase_event_people(invited.event.id)["returned_letter"] == 1
    assert db.session.scalars(db.select(ReturnedLetter)).all() == []


def test_the_code_of_an_erased_household_is_told_so(invited: Invited) -> None:
    db.session.execute(db.delete(OutboxMessage))
    with pytest.raises(NoLetterError):
        register(invited)
    assert letter_of(event_invitations(invited.event)[0].id, invited.event.id) is None


def test_the_last_ten_are_those_of_the_one_who_registered_them(app: Flask) -> None:
    event = None
    for number in range(12):
        invited = make_invited(1980 + number, event=event)
        event = invited.event
        clock.set_clock(lambda number=number: NOW + timedelta(minutes=number))
        make_returned(invited, actor=Actor("staff", 5))
        last = invited.printed_code
    latest = queries.latest_by(5)
    assert (len(latest), latest[0].code) == (10, last)
    assert queries.latest_by(6) == []
