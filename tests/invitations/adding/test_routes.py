"""One person is invited by hand: what stands in the list, in the queue, and what stands against it."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from outreach.audience.models import AudienceList, AudienceMember
from outreach.database import db
from outreach.events.models import Event
from outreach.invitations.letters.planning import service as planning
from outreach.invitations.models import Invitee
from outreach.messages.service import suppress
from outreach.outbox.models import OutboxMessage
from outreach.people.models import Household, Person
from outreach.people.person import NO_EXTRACT
from outreach.people.set_aside import SET_ASIDE
from tests.conftest import NOW
from tests.factories.accounts import sign_in
from tests.factories.audience import make_import
from tests.factories.events import SLUG, make_event
from tests.factories.invitations import make_invited
from tests.factories.people import make_household, make_person
from tests.pages import forms_of, send


@pytest.fixture
def event(client: FlaskClient) -> Event:
    sign_in(client)
    make_import()
    return make_event()


def added(**values: Any) -> Person:
    """Return a committed person added by hand, who lives in Oslo but for `values`."""
    usual = {"seen_import_id": NO_EXTRACT, "is_resident": False, "municipality": "0301", "postcode": "0159"}
    one = make_person(**{**usual, **values})
    db.session.commit()
    return one


def invite(client: FlaskClient, person: Person) -> Any:
    page = client.get(f"/admin/personer/{person.id}/inviter")
    forms = [form for form in forms_of(page) if "for-hand" in form.action]
    return send(client, forms[0]) if forms else page


def test_who_is_added_by_hand_gets_an_invitation_and_a_letter_wherever_they_live(
    client: FlaskClient, event: Event
) -> None:
    person = added()
    answer = invite(client, person)
    place = db.session.scalars(db.select(Invitee)).one()
    assert answer.headers["Location"] == f"/admin/arrangementer/{SLUG}/invitasjoner/{place.invitation_id}"
    member = db.session.scalars(db.select(AudienceMember)).one()
    assert (member.person_id, member.reason, member.is_included) == (person.id, "added_by_hand", True)
    assert db.session.scalars(db.select(OutboxMessage.kind)).all() == ["invitation_letter"]
    assert len(planning.plan(event, is_reprint=False, now=NOW).rows) == 1
    kept = db.session.scalars(db.select(AudienceList)).one()
    assert "Lagt til for hånd" in client.get(f"/admin/arrangementer/{SLUG}/malgruppe/lister/{kept.id}").text
    assert "Er allerede invitert" in client.get(f"/admin/personer/{person.id}/inviter").text


def test_two_added_to_one_event_are_in_one_list(client: FlaskClient, event: Event) -> None:
    for _ in range(2):
        invite(client, added())
    assert db.session.scalar(db.select(db.func.count()).select_from(AudienceList)) == 1
    assert db.session.scalar(db.select(db.func.count()).select_from(Invitee)) == 2


def test_whose_household_is_asked_joins_its_invitation(client: FlaskClient) -> None:
    sign_in(client)
    invited = make_invited(1985)
    person = added(household_id=invited.household.id, is_resident=True)
    invite(client, person)
    places = db.session.scalars(db.select(Invitee.invitation_id)).all()
    assert places == [invited.invitation.id] * 2


def set_aside(person: Person) -> None:
    home: Household = make_household(set_aside_reason=SET_ASIDE)
    person.household_id = home.id


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda one: setattr(one, "status", "doed"), "Er død"),
        (lambda one: setattr(one, "is_held_back", True), "Må vurderes for hånd"),
        (set_aside, "Må vurderes for hånd"),
        (lambda one: setattr(one, "address_sealed", None), "Har ingen adresse"),
        (lambda one: suppress(one.identity_hash, source="guest", now=NOW), "Har bedt om å ikke få brev"),
        (lambda one: setattr(one, "seen_import_id", 7), "Bor ikke lenger i kommunen"),
    ],
)
def test_what_stands_against_an_invitation_stands_there_by_hand_too(
    client: FlaskClient, event: Event, change: Any, words: str
) -> None:
    person = added()
    change(person)
    db.session.commit()
    page = invite(client, person)
    assert words in page.text
    form = forms_of(client.get("/admin/konto"))[0]
    url = f"/admin/arrangementer/{SLUG}/invitasjoner/for-hand/{person.id}"
    refused = client.post(url, data={"csrf_token": form.values["csrf_token"]})
    assert refused.status_code == 409
    assert db.session.scalars(db.select(Invitee)).all() == []
    assert db.session.scalars(db.select(AudienceMember)).all() == []
