"""A household with a letter sees what it has given us and has it erased; what the register knows is never told."""

import json
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from outreach import clock
from outreach.audit.models import AuditEntry
from outreach.database import db
from outreach.events import service as events
from outreach.events.models import Event
from outreach.invitations.models import Invitation, Invitee
from outreach.outbox.models import OutboxMessage
from outreach.people.models import Person
from outreach.questions import service as questions
from outreach.questions.models import Question
from outreach.questions.service import Asked
from outreach.rsvp.answer import Brought, NeedKind, NeedWish
from outreach.rsvp.models import Need, PersonAnswer, Rsvp, SeatCount
from outreach.rsvp.own_questions.models import QuestionReply
from outreach.rsvp.own_questions.own_question import Reply
from outreach.tickets.models import Ticket
from tests.conftest import NOW
from tests.factories.events import make_event
from tests.factories.own_questions import make_own_question
from tests.factories.rsvp import answer_for, give_answer, join_queue, make_household, token_of
from tests.pages import forms_of, send

MAIL, MOBILE = "kanari@eksempel.example", "+4791234567"
CANARIES = (MAIL, MOBILE, "Kanarimat", "Kanarilag", "Kanarispørsmål")


@pytest.fixture(autouse=True)
def frozen(app: Flask) -> Iterator[None]:
    clock.set_clock(lambda: NOW)
    yield
    clock.set_clock(None)


@pytest.fixture
def event(app: Flask) -> Event:
    return make_event(capacity=10)


@pytest.fixture
def household(event: Event) -> Invitation:
    """Return a household that has given us all that a household can."""
    asks = make_own_question(event)
    invitation = make_household(event)
    needs = (NeedWish(NeedKind.DIET, "Kanarimat", 2),)
    given = answer_for(
        invitation, True, True, False, brought=Brought(small=1), needs=needs, email=MAIL, mobile=MOBILE,
        replies=(Reply(asks, ("Kanarilag",)),),
    )  # fmt: skip
    give_answer(invitation, given)
    asked = Asked(text="Kanarispørsmål?", email=MAIL, event_id=event.id, invitation_id=invitation.id)
    questions.ask(asked, now=NOW)
    db.session.commit()
    return invitation


def _count(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def _erase(client: FlaskClient, path: str) -> str:
    form = next(form for form in forms_of(client.get(f"{path}/slett")) if form.action.endswith("/slett"))
    done = send(client, form)
    assert done.status_code == 303
    return client.get(done.headers["Location"]).text


def test_a_household_sees_what_it_has_given_and_nothing_of_the_register(
    client: FlaskClient, household: Invitation
) -> None:
    path = f"/i/{token_of(household)}"
    page = client.get(f"{path}/opplysninger").text
    told = client.get(f"{path}/opplysninger.json").text
    for canary in CANARIES:
        assert canary in page.replace("\u00a0", " "), canary
        assert canary in json.dumps(json.loads(told), ensure_ascii=False), canary
    assert "Bjørn: Spesiell mat (Kanarimat)" in page
    assert json.loads(told)["coming"] == ["Åse", "Bjørn"]
    assert json.loads(told)["not_coming"] == json.loads(told)["names"][2:]
    # The family name is the register's.
    assert "Lien" not in page + told


def test_who_has_given_nothing_is_told_so(client: FlaskClient, event: Event) -> None:
    page = client.get(f"/i/{token_of(make_household(event))}/opplysninger").text
    assert "Dere har ikke gitt oss noe ennå." in page
    assert "Slett det dere har gitt oss" not in page


def test_what_was_given_is_erased_and_the_invitation_stays(client: FlaskClient, household: Invitation) -> None:
    path, number = f"/i/{token_of(household)}", household.id
    other = make_household(db.session.scalars(select(Event)).one(), ("Ida",))
    give_answer(other, answer_for(other, True, needs=(NeedWish(NeedKind.DIET, "vegetar", 1),), email="ida@a.example"))
    page = _erase(client, path)
    assert "Nå er det slettet" in page
    mine = db.session.scalars(select(Rsvp).where(Rsvp.invitation_id == number)).one()
    assert (mine.state, mine.persons, mine.extra_children, mine.email, mine.mobile) == ("cancelled", 0, 0, None, None)
    assert db.session.scalar(select(func.count()).where(OutboxMessage.recipient == f"rsvp:{mine.id}")) == 0
    question = db.session.scalars(select(Question)).one()
    assert (question.is_erased, question.text, question.email, question.status) == (True, None, None, "closed")
    # Of the other household all is there.
    assert (_count(Need), _count(PersonAnswer), _count(QuestionReply)) == (1, 1, 0)
    assert db.session.scalar(select(SeatCount.held)) == 1
    assert set(db.session.scalars(select(Ticket.state))) == {"revoked", "valid"}
    assert (_count(Invitee), _count(Person)) == (4, 4)
    assert "rsvp.erase_own" in list(db.session.scalars(select(AuditEntry.act)))
    shown = client.get(path).text + client.get(f"{path}/opplysninger").text + client.get(f"{path}/svar").text
    assert not [canary for canary in CANARIES if canary in shown]
    assert "Svar på nytt" in shown


def test_who_waits_leaves_the_queue_though_the_last_day_for_answers_has_passed(
    client: FlaskClient, event: Event
) -> None:
    first = make_household(event)
    give_answer(first, answer_for(first, True, True, True, brought=Brought(small=7)))
    waiting = make_household(event)
    join_queue(waiting, answer_for(waiting, True, True, True, email=MAIL))
    path, number = f"/i/{token_of(waiting)}", waiting.id
    clock.set_clock(lambda: NOW.replace(month=11, day=25))
    assert "Dere mister plassen på ventelista." in client.get(f"{path}/slett").text
    _erase(client, path)
    mine = db.session.scalars(select(Rsvp).where(Rsvp.invitation_id == number)).one()
    assert (mine.state, mine.persons, mine.email) == ("declined", 0, None)
    assert db.session.scalar(select(SeatCount.waiting)) == 0


@pytest.mark.parametrize("happens", ["nothing", "no", "off"])
def test_only_who_has_a_ticket_that_lasts_is_told_so(client: FlaskClient, household: Invitation, happens: str) -> None:
    if happens == "no":
        give_answer(household, answer_for(household, False, False, False))
    elif happens == "off":
        events.cancel_event(household.event, NOW)
        db.session.commit()
    clock.set_clock(lambda: NOW.replace(month=11, day=26))
    page = client.get(f"/i/{token_of(household)}/slett").text
    assert ("så billetten virker til arrangementet er over" in page) is (happens == "nothing")


def test_what_is_taken_along_tells_the_ages_of_children_who_are_brought(
    client: FlaskClient, household: Invitation
) -> None:
    told = client.get(f"/i/{token_of(household)}/opplysninger.json").get_json()
    counts = [told[f"extra_{of}"] for of in ("children", "small", "teens", "adults")]
    assert counts == [1, 1, 0, 0]


def test_when_it_is_too_late_to_cancel_the_seats_stay_as_a_number(client: FlaskClient, household: Invitation) -> None:
    path = f"/i/{token_of(household)}"
    clock.set_clock(lambda: NOW.replace(month=11, day=26))
    assert "Fristen for å melde avbud har gått ut" in client.get(f"{path}/slett").text
    _erase(client, path)
    mine = db.session.scalars(select(Rsvp)).one()
    assert (mine.state, mine.persons, mine.email) == ("attending", 3, None)
    assert (_count(Need), _count(PersonAnswer)) == (0, 0)
    assert db.session.scalar(select(Ticket.state)) == "valid"
    assert client.get(path).status_code == 200
