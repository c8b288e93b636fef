"""An invitation that is taken back, or whose people are protected, while a household answers it or asks, or while staff
write down what it said: nothing of theirs is left."""

import threading
import time
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from outreach.audit.actor import COMMAND, Actor
from outreach.database import db
from outreach.database.downward import announce
from outreach.invitations import queries as invitation_queries
from outreach.invitations import service as invitations
from outreach.invitations.invitation import State
from outreach.invitations.models import Invitation, Invitee
from outreach.invitations.queries import InvitationGoneError
from outreach.outbox.models import OutboxMessage
from outreach.people.erasure import erase_persons
from outreach.questions import service as questions
from outreach.questions.models import Question
from outreach.questions.question import Asked
from outreach.rsvp import public_routes, queries, service
from outreach.rsvp.answer import NeedKind, NeedWish
from outreach.rsvp.desk import service as desk
from outreach.rsvp.desk.desk import Way
from outreach.rsvp.desk.models import DeskNote
from outreach.rsvp.desk.service import Acting
from outreach.rsvp.models import Need, PersonAnswer, Rsvp
from outreach.rsvp.storing.service import ChangedMeanwhileError
from outreach.rsvp.waitlist.taking import service as taking
from outreach.tickets.models import Ticket
from tests.conftest import NOW, ON_POSTGRESQL
from tests.factories.accounts import make_staff
from tests.factories.events import make_event
from tests.factories.rsvp import answer_for, give_answer, make_household, token_of
from tests.pages import mark_of

EMAIL = "kanari@eksempel.example"
ALLERGY = (NeedWish(NeedKind.ALLERGY, "nøtter"),)


def protect(person_id: int) -> None:
    announce("people_protected", person_ids=[person_id], now=NOW)
    erase_persons([person_id])


def first_person(invitation: Invitation) -> int:
    mine = select(Invitee.person_id).where(Invitee.invitation_id == invitation.id).order_by(Invitee.position)
    return db.session.scalars(mine).first() or 0


def kept() -> dict[str, list[object]]:
    """Return what of an answer is in the database."""
    db.session.rollback()
    db.session.expire_all()
    return {
        "emails": [row.email for row in db.session.scalars(select(Rsvp)) if row.email],
        "needs": list(db.session.scalars(select(Need.kind))),
        "persons": list(db.session.scalars(select(PersonAnswer.is_coming))),
        "queued": list(db.session.scalars(select(OutboxMessage.kind).where(OutboxMessage.state == "queued"))),
        "asked": [(row.text, row.email) for row in db.session.scalars(select(Question)) if row.text or row.email],
        "noted": [row.text for row in db.session.scalars(select(DeskNote))],
    }


NOTHING: dict[str, list[object]] = {key: [] for key in ("emails", "needs", "persons", "queued", "asked", "noted")}


def answer(row: Invitation) -> None:
    service.answer(row, answer_for(row, True, email=EMAIL, needs=ALLERGY), now=NOW)


def ask(row: Invitation) -> None:
    asked = Asked(text="Kan Kanarifugl komme inn bak?", email=EMAIL, event_id=row.event_id, invitation_id=row.id)
    questions.ask(asked, now=NOW)


def note(row: Invitation) -> None:
    by = Acting(Actor("staff", make_staff().id), NOW, "nb")
    desk.note(row, "Kanarifugl vil ha sitteplass.", Way.PHONE, by=by)


# What a household or staff write to an invitation, and what of it stays when nobody holds the invitation.
WRITES: dict[Callable[[Invitation], None], dict[str, list[object]]] = {
    answer: {"emails": [EMAIL], "needs": ["allergy"], "persons": [], "queued": ["rsvp_confirmation"]},
    ask: {"asked": [("Kan Kanarifugl komme inn bak?", EMAIL)]},
    note: {"noted": ["Kanarifugl vil ha sitteplass."]},
}
each_write = pytest.mark.parametrize("write", WRITES, ids=lambda write: write.__name__)


@pytest.mark.parametrize(
    "act",
    [
        lambda row, answer, seen: service.answer(row, answer, now=NOW, seen=seen),
        lambda row, _answer, _seen: service.decline(row, now=NOW),
        lambda row, answer, _seen: taking.wait(row, answer, now=NOW),
        lambda row, _answer, _seen: taking.take_offer(row, now=NOW),
        lambda row, _answer, _seen: taking.wait_again(row, now=NOW),
        lambda row, _answer, _seen: taking.leave_queue(row, now=NOW),
    ],
    ids=["answer", "decline", "wait", "take_offer", "wait_again", "leave_queue"],
)
def test_nothing_is_answered_to_an_invitation_that_was_taken_back(app: Flask, act: Callable[..., object]) -> None:
    row = make_household(make_event(capacity=10))
    given, seen = answer_for(row, True, True, True, email=EMAIL), queries.household(row.id)
    invitations.revoke(row, now=NOW, actor=COMMAND)
    db.session.commit()
    with pytest.raises(InvitationGoneError):
        act(row, given, seen)
    assert kept() == NOTHING
    assert db.session.scalars(select(Ticket)).all() == []


def test_an_answer_for_somebody_who_is_no_longer_in_the_household_is_refused_whole(app: Flask) -> None:
    row = make_household(make_event(capacity=10))
    given, seen = answer_for(row, True, True, True, email=EMAIL, needs=ALLERGY), queries.household(row.id)
    protect(first_person(row))
    db.session.commit()
    with pytest.raises(ChangedMeanwhileError):
        service.answer(row, given, now=NOW, seen=seen)
    assert kept() == NOTHING
    give_answer(row, answer_for(row, True, True))
    assert kept()["persons"] == [True, True], "who is left can answer"


def test_a_guest_reads_that_the_invitation_was_taken_back(
    client: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = make_household(make_event(capacity=10), ("Åse",))
    mark = mark_of(client)
    real, row_id = service.answer, row.id

    def taken_back_first(*args: object, **values: object) -> object:
        invitations.revoke(db.session.get_one(Invitation, row_id), now=NOW, actor=COMMAND)
        return real(*args, **values)  # type: ignore[arg-type]

    monkeypatch.setattr(public_routes.service, "answer", taken_back_first)
    fields = {"csrf_token": mark, "step": "confirm", "person_1": "yes", "email": ""}
    answer = client.post(f"/i/{token_of(row)}/svar", data=fields)
    assert answer.status_code == 410
    assert "Denne invitasjonen gjelder ikke lenger." in answer.text
    assert kept() == NOTHING


@each_write
def test_nothing_is_written_to_an_invitation_that_was_taken_back(
    app: Flask, write: Callable[[Invitation], None]
) -> None:
    row = make_household(make_event(capacity=10), ("Kanarifugl",))
    invitations.revoke(row, now=NOW, actor=COMMAND)
    db.session.commit()
    with pytest.raises(InvitationGoneError):
        write(row)
    assert kept() == NOTHING


def written_while_protected(
    app: Flask, write: Callable[[Invitation], None], has_begun: threading.Event, *, seconds: float
) -> None:
    """Have `write` done, and the household protected before it is committed: `seconds` after the other has begun."""
    row = make_household(make_event(capacity=10), ("Kanarifugl",))
    row_id, person_id, is_written = row.id, first_person(row), threading.Event()
    db.session.rollback()

    def write_it() -> None:
        with app.app_context():
            write(db.session.get_one(Invitation, row_id))
            is_written.set()
            has_begun.wait(10)
            time.sleep(seconds)  # the other waits for this one, or goes past it
            db.session.commit()
            db.session.remove()

    def take_out() -> None:
        with app.app_context():
            is_written.wait(10)
            protect(person_id)
            db.session.commit()
            db.session.remove()

    threads = [threading.Thread(target=act) for act in (write_it, take_out)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)


def noting(has_begun: threading.Event, hold: Callable[[list[int]], None]) -> Callable[[list[int]], None]:
    def held(person_ids: list[int]) -> None:
        has_begun.set()
        hold(person_ids)

    return held


@each_write
def test_what_is_written_while_one_becomes_protected_is_erased_with_them(
    app: Flask, monkeypatch: pytest.MonkeyPatch, write: Callable[[Invitation], None]
) -> None:
    has_begun = threading.Event()
    if not ON_POSTGRESQL:  # one writer: the other has not begun before this one has ended
        has_begun.set()
    real = invitation_queries.hold_with_persons
    monkeypatch.setattr(invitation_queries, "hold_with_persons", noting(has_begun, real))
    written_while_protected(app, write, has_begun, seconds=0.3)
    assert kept() == NOTHING
    assert db.session.scalars(select(Invitation.state)).all() == [State.REVOKED]


@pytest.mark.skipif(not ON_POSTGRESQL, reason="SQLite has one writer: there the two cannot pass each other")
@each_write
def test_control_without_holding_the_invitation_what_was_written_stays(
    app: Flask, monkeypatch: pytest.MonkeyPatch, write: Callable[[Invitation], None]
) -> None:
    has_begun = threading.Event()
    monkeypatch.setattr(invitation_queries, "hold_with_persons", noting(has_begun, lambda _ids: None))
    written_while_protected(app, write, has_begun, seconds=2)
    assert kept() == NOTHING | WRITES[write]
