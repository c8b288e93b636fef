"""Who gets a mailing, from what is in the database: every fact on its own, and the groups that add up."""

from collections import Counter

import pytest
from flask import Flask
from flask.testing import FlaskClient

from outreach import clock
from outreach.database import db
from outreach.database.sealed import key_ring
from outreach.events.models import Event
from outreach.invitations.models import Invitation, Invitee
from outreach.mailings.groups import Group
from outreach.mailings.mailing import OF_AN_EVENT, Kind
from outreach.mailings.recipients.queries import counts, group_now, members
from outreach.mailings.recipients.wishes.queries import Wishes, wishes
from outreach.messages.service import address_hash, suppress
from outreach.outbox.message import NewMessage
from outreach.outbox.service import queue
from outreach.outbox.states import Channel
from outreach.people.models import Household, Person, ProtectedIdentity
from outreach.people.set_aside import SET_ASIDE
from outreach.tickets.queries import facts_of_invitation
from tests.factories.checkin import pair_phone
from tests.factories.events import make_event
from tests.factories.rsvp import answer_for, give_answer, make_household
from tests.statements import noted

BOTH = (Channel.EMAIL, Channel.SMS)
MAIL, MOBILE = "ase@eksempel.example", "+4791234567"


@pytest.fixture
def event(app: Flask) -> Event:
    return make_event()


def coming(event: Event, **contact: str) -> Invitation:
    invitation = make_household(event, ("Åse",))
    give_answer(invitation, answer_for(invitation, True, **contact))
    return invitation


def person_of(invitation: Invitation) -> Person:
    return db.session.get_one(Person, invitation.invitees[0].person_id)


def group_of(event: Event, kind: Kind, channels: tuple[Channel, ...] = BOTH) -> Group:
    """Return the group of the event's only household, by counting and by looking at it alone."""
    db.session.commit()
    (found,) = counts(event.id, kind, channels, wishes=wishes(event.id, kind))
    return found


@pytest.mark.parametrize(
    ("contact", "group"),
    [
        ({"email": MAIL}, Group.EMAIL),
        ({"mobile": MOBILE}, Group.SMS),
        ({"email": MAIL, "mobile": MOBILE}, Group.EMAIL),
        ({}, Group.LETTER),
    ],
)
def test_whoever_comes_is_reached_by_what_they_left(event: Event, contact: dict[str, str], group: Group) -> None:
    coming(event, **contact)
    assert group_of(event, Kind.INFORMATION) is group


def test_whoever_has_not_answered_has_left_nothing_and_needs_a_letter(event: Event) -> None:
    make_household(event, ("Åse",))
    assert group_of(event, Kind.REMINDER) is Group.LETTER
    assert group_of(event, Kind.INFORMATION) is Group.NOT_COMING


def test_a_reminder_goes_to_a_household_that_somebody_joined_after_its_answer(event: Event) -> None:
    invitation = coming(event, email=MAIL)
    assert group_of(event, Kind.REMINDER) is Group.ANSWERED
    newcomer = make_household(make_event(slug="en-annen-kveld"), ("Bo",)).invitees[0].person_id
    db.session.add(Invitee(invitation_id=invitation.id, event_id=event.id, person_id=newcomer, position=2))
    assert group_of(event, Kind.REMINDER) is Group.EMAIL


def test_whoever_said_no_gets_nothing_more(event: Event) -> None:
    invitation = make_household(event, ("Åse",))
    give_answer(invitation, answer_for(invitation, False, email=MAIL))
    assert group_of(event, Kind.REMINDER) is Group.ANSWERED
    assert group_of(event, Kind.MESSAGE) is Group.NOT_COMING


@pytest.mark.parametrize(("state", "group"), [("revoked", Group.REVOKED), ("erased", Group.ERASED)])
def test_an_invitation_that_is_no_more_gets_nothing(event: Event, state: str, group: Group) -> None:
    coming(event, email=MAIL).state = state
    assert group_of(event, Kind.INFORMATION) is group


@pytest.mark.parametrize("kind", OF_AN_EVENT)
def test_a_protected_person_stops_the_household_whatever_the_kind(event: Event, kind: Kind) -> None:
    person = person_of(coming(event, email=MAIL))
    db.session.add(ProtectedIdentity(identity_hash=person.identity_hash, marked_at_utc=clock.now_utc()))
    assert group_of(event, kind) is Group.BY_HAND


def test_a_household_set_aside_is_not_reminded(event: Event) -> None:
    invitation = make_household(event, ("Åse",))
    household = Household(dwelling_hash="h", set_aside_reason=SET_ASIDE)
    db.session.add(household)
    person_of(invitation).household_id = household.id
    assert group_of(event, Kind.REMINDER) is Group.BY_HAND


@pytest.mark.parametrize(
    ("kind", "group"),
    [(Kind.MESSAGE, Group.SUPPRESSED), (Kind.THANKS, Group.SUPPRESSED), (Kind.INFORMATION, Group.EMAIL)],
)
@pytest.mark.parametrize("by", ["identity", "name", "address"])
def test_a_wish_not_to_be_written_to_binds_what_we_begin(event: Event, kind: Kind, group: Group, by: str) -> None:
    person = person_of(coming(event, email=MAIL))
    person.weak_hash = "1:navn"
    subject = {"identity": person.identity_hash, "name": person.weak_hash, "address": address_hash(MAIL)}[by]
    db.session.commit()
    suppress(subject or "", source="guest", now=clock.now_utc())
    assert group_of(event, kind) is group


def test_a_wish_about_another_kind_of_message_binds_that_kind_alone(event: Event) -> None:
    coming(event, email=MAIL)
    suppress(address_hash(MAIL), purpose="mailing_thanks", source="guest", now=clock.now_utc())
    assert group_of(event, Kind.THANKS) is Group.SUPPRESSED
    assert group_of(event, Kind.MESSAGE) is Group.EMAIL


def test_a_dead_address_falls_back_to_the_next_channel(event: Event) -> None:
    coming(event, email=MAIL, mobile=MOBILE)
    suppress(address_hash(MAIL), purpose="unreachable", source="bounce", now=clock.now_utc())
    assert group_of(event, Kind.INFORMATION) is Group.SMS
    suppress(address_hash(MOBILE), purpose="unreachable", source="bounce", now=clock.now_utc())
    assert group_of(event, Kind.INFORMATION) is Group.LETTER


def test_an_address_is_found_under_an_older_key_too(event: Event) -> None:
    coming(event, email=MAIL)
    oldest = key_ring().keyed_candidates("address", MAIL)[-1]
    suppress(oldest, source="guest", now=clock.now_utc())
    assert group_of(event, Kind.MESSAGE) is Group.SUPPRESSED


def test_thanks_go_to_those_who_came_and_to_all_who_said_yes_where_no_door_scanned(
    event: Event, client: FlaskClient
) -> None:
    came, stayed_home = coming(event, email=MAIL), coming(event, email="bo@eksempel.example")
    assert counts(event.id, Kind.THANKS, BOTH) == {Group.EMAIL: 2}
    event_id, came_id, home_id = event.id, came.id, stayed_home.id
    ticket = facts_of_invitation(came_id)
    assert ticket is not None
    phone = pair_phone(client, event)
    phone.results(phone.scan(ticket.code))
    assert members(event_id, Kind.THANKS, BOTH, Group.EMAIL) == [came_id]
    assert members(event_id, Kind.THANKS, BOTH, Group.NOT_CAME) == [home_id]


def test_whoever_has_a_message_of_the_mailing_is_in_it(event: Event) -> None:
    invitation = coming(event, email=MAIL)
    message = NewMessage(
        purpose="mailing:7", recipient=f"invitation:{invitation.id}", channel=Channel.SMS, kind="mailing_information"
    )
    queue([message], clock.now_utc())
    assert counts(event.id, Kind.INFORMATION, BOTH, purpose="mailing:7") == {Group.IN_MAILING: 1}
    assert counts(event.id, Kind.INFORMATION, BOTH, purpose="mailing:8") == {Group.EMAIL: 1}
    assert group_now(invitation.id, Kind.INFORMATION, BOTH) is Group.EMAIL


@pytest.mark.parametrize("kind", OF_AN_EVENT)
def test_the_groups_add_up_to_the_invitations_and_list_each_once(event: Event, kind: Kind) -> None:
    for contact in ({"email": MAIL}, {"mobile": MOBILE}, {}):
        coming(event, **contact)
    coming(event, email="bo@eksempel.example").state = "revoked"
    made = [make_household(event) for _ in range(3)]
    give_answer(made[0], answer_for(made[0], False, False, False))
    coming(make_event(slug="en-annen-kveld"), email=MAIL)
    db.session.commit()
    found = counts(event.id, kind, BOTH)
    listed = [(id_, group) for group in Group for id_ in members(event.id, kind, BOTH, group)]
    assert sum(found.values()) == len(listed) == len({id_ for id_, _group in listed}) == 7
    assert Counter(group for _id, group in listed) == found
    for invitation_id, group in listed:
        assert group_now(invitation_id, kind, BOTH) is group


def test_an_invitation_that_is_gone_counts_as_erased(app: Flask) -> None:
    assert group_now(1, Kind.MESSAGE, BOTH) is Group.ERASED


def test_addresses_are_opened_only_when_somebody_outside_the_register_asked_for_something(event: Event) -> None:
    person = person_of(coming(event, email=MAIL))
    suppress(person.identity_hash or "", source="guest", now=clock.now_utc())
    assert wishes(event.id, Kind.MESSAGE) == Wishes()


def test_counting_takes_as_many_statements_for_many_as_for_one(event: Event) -> None:
    taken = []
    for _round in range(2):
        coming(event, email=MAIL)
        coming(event, mobile=MOBILE)
        event_id = event.id
        db.session.remove()
        with noted() as statements:
            counts(event_id, Kind.MESSAGE, BOTH, wishes=wishes(event_id, Kind.MESSAGE))
        taken.append(len(statements))
        event = db.session.get_one(Event, event_id)
    assert taken[0] == taken[1]
