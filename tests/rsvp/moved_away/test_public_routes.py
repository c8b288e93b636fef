"""A parent answers a letter home: where the young one lives, and nothing else of anybody."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from outreach.database import db
from outreach.events.models import Event
from outreach.invitations import erasure
from outreach.invitations.models import Invitation
from outreach.mailings.groups import Group
from outreach.mailings.mailing import CHANNELS, Kind
from outreach.mailings.recipients.queries import group_now
from outreach.mailings.reminder_letters.queries import counts
from outreach.mailings.reminder_letters.standing import PAUSE, Standing
from outreach.outbox.message import invitation_letter
from outreach.outbox.models import OutboxMessage
from outreach.outbox.service import queue
from outreach.rsvp.models import Rsvp
from tests.conftest import NOW
from tests.factories.accounts import sign_in
from tests.factories.events import make_event
from tests.factories.rsvp import make_household, token_of
from tests.factories.series import make_series
from tests.pages import forms_of, send


@pytest.fixture
def oslo(app: Flask) -> Event:
    return make_series(10, 10)[0]


@pytest.fixture
def letter(oslo: Event) -> Invitation:
    """Return an invitation whose letter was printed long enough ago for a reminder."""
    invitation = make_household(oslo, ("Emma",))
    queue([invitation_letter(invitation_id=invitation.id, event_id=oslo.id)], NOW)
    printed = {"state": "handed_over", "handed_over_at_utc": NOW - 2 * PAUSE}
    db.session.execute(db.update(OutboxMessage).values(**printed))
    db.session.commit()
    return invitation


def path_of(invitation: Invitation) -> str:
    return f"/i/{token_of(invitation)}/flyttet"


def say(client: FlaskClient, invitation: Invitation, place: str) -> str:
    [form] = forms_of(client.get(path_of(invitation)))
    answer = send(client, form, place=place)
    assert answer.status_code == 303
    db.session.expire_all()
    return client.get(answer.location).get_data(as_text=True)


def test_it_is_said_by_choosing_a_place_and_asks_nothing_of_others(client: FlaskClient, letter: Invitation) -> None:
    page = client.get(path_of(letter))
    assert [name for form in forms_of(page) for name in form.values] == ["csrf_token"], "nothing to type"
    told = say(client, letter, "bergen")
    assert "Takk for at dere sa fra" in told
    assert "Dere har svart: Bergen." in told
    assert "http://localhost/kontaktpunkt?by=letter" in told
    assert db.session.scalars(select(Invitation.lives_in)).one() == "bergen"
    assert db.session.scalars(select(Rsvp.id)).all() == [], "it is no answer for the one whom the letter asks"


def test_nobody_at_home_is_reminded_after_it(client: FlaskClient, oslo: Event, letter: Invitation) -> None:
    assert counts(oslo.id, NOW) == {Standing.GETS_IT: 1}
    say(client, letter, "other")
    assert counts(oslo.id, NOW) == {Standing.ANSWERED: 1}
    assert group_now(letter.id, Kind.REMINDER, CHANNELS) is Group.ANSWERED


def test_the_young_one_can_still_answer_and_another_place_takes_the_first_ones_stead(
    client: FlaskClient, letter: Invitation
) -> None:
    say(client, letter, "bergen")
    assert "Dere har svart: Trondheim." in say(client, letter, "trondheim")
    page = client.get(f"/i/{token_of(letter)}").get_data(as_text=True)
    assert "Svar på invitasjonen" in page
    assert "Har den vi skrev til, flyttet?" in page


@pytest.mark.parametrize("place", ["", "paris"])
def test_without_a_place_it_says_what_is_missing(client: FlaskClient, letter: Invitation, place: str) -> None:
    [form] = forms_of(client.get(path_of(letter)))
    form.values["place"] = place
    answer = send(client, form)
    assert answer.status_code == 422
    assert "Velg hvor de bor nå." in answer.get_data(as_text=True)
    assert db.session.scalars(select(Invitation.lives_in)).one() == ""


def test_it_is_not_asked_of_families_who_have_moved_in(app: Flask, client: FlaskClient) -> None:
    household = make_household(make_event())
    assert client.get(path_of(household)).status_code == 404
    assert "flyttet?" not in client.get(f"/i/{token_of(household)}").get_data(as_text=True)


def test_staff_see_it_where_they_see_the_invitation(client: FlaskClient, oslo: Event, letter: Invitation) -> None:
    say(client, letter, "bergen")
    sign_in(client)
    page = client.get(f"/admin/arrangementer/{oslo.slug}/invitasjoner/{letter.id}").get_data(as_text=True)
    assert "Bor nå, sier de hjemme" in page


def test_it_goes_with_the_person_and_with_the_events(client: FlaskClient, oslo: Event, letter: Invitation) -> None:
    person_id = letter.invitees[0].person_id
    assert person_id is not None
    say(client, letter, "bergen")
    assert [one["said_at_home_to_live_in"] for one in erasure.export_persons([person_id])] == ["bergen"]
    erasure.erase_persons([person_id])
    assert db.session.scalars(select(Invitation.lives_in)).one() == ""
    other = make_household(oslo, ("Carl",))
    say(client, other, "oslo")
    erasure.erase_event_people(oslo.id)
    assert set(db.session.scalars(select(Invitation.lives_in))) == {""}
