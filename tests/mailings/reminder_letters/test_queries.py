"""Who gets a reminder letter, from what is in the database: every fact on its own, and places that add up."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from outreach import clock
from outreach.database import db
from outreach.events.models import Event
from outreach.invitations.models import Invitation, Invitee
from outreach.mailings.reminder_letters.queries import counts, not_due
from outreach.mailings.reminder_letters.standing import PAUSE, Standing
from outreach.messages.service import suppress
from outreach.outbox.message import NewMessage, invitation_letter, invitation_recipient
from outreach.outbox.models import OutboxMessage
from outreach.outbox.service import queue
from outreach.outbox.states import Channel, Reason
from outreach.people.models import Household, Person, ProtectedIdentity
from outreach.people.set_aside import SET_ASIDE
from tests.conftest import NOW
from tests.factories.events import make_event
from tests.factories.rsvp import answer_for, give_answer, make_household

MAIL = "ase@eksempel.example"
LONG_AGO = NOW - timedelta(days=20)


@pytest.fixture
def invitation(app: Flask) -> Invitation:
    """Return the only invitation of an event: its letter was printed three weeks ago, and nobody has answered."""
    invitation = make_household(make_event(), ("Åse",))
    queue([invitation_letter(invitation_id=invitation.id, event_id=invitation.event_id)], LONG_AGO)
    set_letter(invitation, "handed_over")
    return invitation


def set_letter(invitation: Invitation, state: str, *, days_ago: int = 20) -> None:
    mine = (OutboxMessage.recipient == invitation_recipient(invitation.id), OutboxMessage.kind == "invitation_letter")
    at = NOW - timedelta(days=days_ago)
    db.session.execute(db.update(OutboxMessage).where(*mine).values(state=state, handed_over_at_utc=at))
    db.session.commit()


def person_of(invitation: Invitation) -> Person:
    return db.session.get_one(Person, invitation.invitees[0].person_id)


def standing_of(invitation: Invitation) -> Standing:
    db.session.commit()
    (found,) = counts(invitation.event_id, NOW)
    return found


def remind_by_email(invitation: Invitation, *, days_ago: int = 1, state: str = "delivered") -> None:
    message = NewMessage(
        purpose="mailing:7",
        recipient=invitation_recipient(invitation.id),
        channel=Channel.EMAIL,
        kind="mailing_reminder",
        event_id=invitation.event_id,
    )
    queue([message], NOW)
    at = NOW - timedelta(days=days_ago)
    mine = db.update(OutboxMessage).where(OutboxMessage.purpose == "mailing:7")
    db.session.execute(mine.values(state=state, handed_over_at_utc=None if state == "queued" else at))


def join_later(invitation: Invitation) -> None:
    """Have somebody more asked in the household after it answered."""
    newcomer = make_household(make_event(slug="en-annen-kveld"), ("Bo",)).invitees[0].person_id
    db.session.add(Invitee(invitation_id=invitation.id, event_id=invitation.event_id, person_id=newcomer, position=2))


def protect(invitation: Invitation) -> None:
    db.session.add(ProtectedIdentity(identity_hash=person_of(invitation).identity_hash, marked_at_utc=NOW))


def set_aside(invitation: Invitation) -> None:
    household = Household(dwelling_hash="h", set_aside_reason=SET_ASIDE)
    db.session.add(household)
    db.session.flush()
    person_of(invitation).household_id = household.id


def answer(invitation: Invitation, *, is_coming: bool, email: str | None = None) -> None:
    give_answer(invitation, answer_for(invitation, is_coming, email=email))


def answer_and_join(invitation: Invitation, email: str | None) -> None:
    answer(invitation, is_coming=True, email=email)
    join_later(invitation)


CASES: list[tuple[Callable[[Invitation], object], Standing]] = [
    (lambda invitation: None, Standing.GETS_IT),
    (lambda invitation: answer(invitation, is_coming=True), Standing.ANSWERED),
    (lambda invitation: answer(invitation, is_coming=False), Standing.DECLINED),
    (lambda invitation: answer_and_join(invitation, MAIL), Standing.ELECTRONIC),
    (lambda invitation: answer_and_join(invitation, None), Standing.GETS_IT),
    (remind_by_email, Standing.REMINDED),
    (lambda invitation: remind_by_email(invitation, state="queued"), Standing.REMINDED),
    (lambda invitation: remind_by_email(invitation, state="withheld"), Standing.GETS_IT),
    (lambda invitation: remind_by_email(invitation, days_ago=PAUSE.days + 1), Standing.GETS_IT),
    (lambda invitation: set_letter(invitation, "bounced"), Standing.RETURNED),
    (lambda invitation: set_letter(invitation, "queued"), Standing.NOT_SENT),
    (lambda invitation: set_letter(invitation, "uncertain"), Standing.NOT_SENT),
    (lambda invitation: set_letter(invitation, "handed_over", days_ago=PAUSE.days - 1), Standing.TOO_SOON),
    (lambda invitation: set_letter(invitation, "handed_over", days_ago=PAUSE.days), Standing.GETS_IT),
    (protect, Standing.BY_HAND),
    (set_aside, Standing.BY_HAND),
    (lambda invitation: setattr(person_of(invitation), "is_held_back", True), Standing.BY_HAND),
    (
        lambda invitation: suppress(person_of(invitation).identity_hash or "", source="guest", now=NOW),
        Standing.SUPPRESSED,
    ),
    (lambda invitation: setattr(invitation, "state", "revoked"), Standing.REVOKED),
    (lambda invitation: setattr(invitation, "state", "erased"), Standing.ERASED),
]


@pytest.mark.parametrize(("change", "standing"), CASES)
def test_a_household_stands_where_one_fact_puts_it(
    invitation: Invitation, change: Callable[[Invitation], object], standing: Standing
) -> None:
    change(invitation)
    assert standing_of(invitation) is standing


def test_whoever_is_in_the_wave_stands_there_whatever_else_is_true(invitation: Invitation) -> None:
    queue([invitation_letter(invitation_id=invitation.id, event_id=invitation.event_id, wave=2)], NOW)
    assert standing_of(invitation) is Standing.IN_WAVE
    answer(invitation, is_coming=True)
    assert standing_of(invitation) is Standing.IN_WAVE


def test_of_those_in_the_wave_it_is_told_who_needs_no_reminder_any_more(invitation: Invitation) -> None:
    queue([invitation_letter(invitation_id=invitation.id, event_id=invitation.event_id, wave=2)], NOW)
    assert not_due(invitation.event_id, clock.now_utc()) == {}
    answer(invitation, is_coming=False)
    assert not_due(invitation.event_id, clock.now_utc()) == {invitation.id: Reason.ANSWERED}


def test_the_places_add_up_to_the_invitations(invitation: Invitation) -> None:
    event = db.session.get_one(Event, invitation.event_id)
    for name in ("Bo", "Cato"):
        make_household(event, (name,))
    assert counts(event.id, NOW) == {Standing.GETS_IT: 1, Standing.NOT_SENT: 2}
