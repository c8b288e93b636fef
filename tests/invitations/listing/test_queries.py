"""The list is in the order of surnames, tells address and answer, and finds an invitation by anybody's name in it."""

import pytest
from flask import Flask

from outreach.audience.name_search import words_of
from outreach.database import db
from outreach.errors import NotFoundError
from outreach.invitations.invitation import State
from outreach.invitations.listing import queries
from outreach.invitations.listing.answered import Answered
from outreach.invitations.listing.queries import ListedInvitation, Shown
from outreach.invitations.models import Invitation, Invitee
from outreach.people.models import Person
from tests.factories.events import make_event
from tests.factories.invitations import make_invited
from tests.factories.letters import invite, make_home
from tests.factories.rsvp import answer_for, give_answer, make_household


@pytest.fixture
def homes(app: Flask) -> list[ListedInvitation]:
    make_home(("Kari", "Østby"))
    make_home(("Åse", "Bråthen"), ("Per", "Zahl"))
    make_home(("Olena", "Aasen"))
    invite()
    return listed()


def listed(shown: Shown = Shown.ALL) -> list[ListedInvitation]:
    event_id = db.session.scalars(db.select(Invitation.event_id)).first()
    return queries.listed(event_id or 0, queries.answers_of(event_id or 0), page=1, shown=shown)[0]


def test_tells_the_code_and_the_letter_of_each_invitation(app: Flask) -> None:
    invited = make_invited()
    lines, number = queries.listed(invited.event.id, {}, page=1)
    assert (number, lines[0].code, lines[0].letter_state) == (1, invited.code, "queued")
    assert len(lines[0].first_names) == 3
    assert queries.listed(invited.event.id, {}, page=2) == ([], 1)


def test_an_invitation_is_found_only_in_its_own_event(app: Flask) -> None:
    invited = make_invited()
    other = make_event(slug="en-kveld-til")
    assert queries.line_of(invited.event.id, invited.invitation.id).code == invited.code
    assert queries.invitation_of(invited.event.id, invited.invitation.id).id == invited.invitation.id
    for find in (queries.line_of, queries.invitation_of):
        with pytest.raises(NotFoundError):
            find(other.id, invited.invitation.id)


def test_stands_in_the_order_of_the_alphabet(homes: list[ListedInvitation]) -> None:
    assert [line.surname for line in homes] == ["Bråthen", "Østby", "Aasen"]
    assert homes[0].first_names == ("Åse", "Per Zahl")
    assert all(line.address for line in homes)


def test_follows_a_name_that_changes_though_the_order_is_kept(homes: list[ListedInvitation]) -> None:
    assert [line.surname for line in listed()] == ["Bråthen", "Østby", "Aasen"]
    asked = db.select(Person).join(Invitee, Invitee.person_id == Person.id)
    person = db.session.scalars(asked.where(Invitee.invitation_id == homes[2].invitation.id)).one()
    person.family_name = "Abel"
    db.session.commit()
    assert [line.surname for line in listed()] == ["Abel", "Bråthen", "Østby"]


@pytest.mark.parametrize(
    ("typed", "surnames"),
    [("zahl per", ["Bråthen"]), ("ås", ["Bråthen"]), ("østby", ["Østby"]), ("a", ["Aasen"]), ("Nilsen", [])],
)
def test_finds_an_invitation_by_anybody_in_it(homes: list[ListedInvitation], typed: str, surnames: list[str]) -> None:
    found, number = queries.named(homes[0].invitation.event_id, words_of(typed))
    assert ([line.surname for line in found], number) == (surnames, len(surnames))


@pytest.mark.usefixtures("without_sms")
def test_tells_what_was_answered_and_whom_only_the_phone_reaches(homes: list[ListedInvitation]) -> None:
    brathen, ostby, aasen = (line.invitation for line in homes)
    give_answer(brathen, answer_for(brathen, True, False, mobile="+4740000001"))
    give_answer(ostby, answer_for(ostby, True, email="kari@eksempel.example"))
    assert [line.answered for line in listed()] == [
        Answered("attending", "", "+4740000001"), Answered("attending", "kari@eksempel.example", ""), Answered(),
    ]  # fmt: skip
    assert [line.surname for line in listed(Shown.TO_CALL)] == ["Bråthen"]
    give_answer(aasen, answer_for(aasen, False))
    assert listed()[2].answered.state == "declined"
    assert [line.surname for line in listed(Shown.TO_CALL)] == ["Bråthen"]


@pytest.mark.parametrize(
    ("answered", "without_sms", "with_sms"),
    [
        (Answered("attending", "", "+4740000001"), True, False),
        (Answered("attending"), True, True),
        (Answered("waitlisted"), True, True),
        (Answered("offered", "", "+4740000001"), True, False),
        (Answered("waitlisted", "kari@eksempel.example"), False, False),
        (Answered("declined"), False, False),
        (Answered(), False, False),
    ],
    ids=str,
)
def test_whom_nothing_that_we_write_reaches_is_called(answered: Answered, without_sms: bool, with_sms: bool) -> None:
    assert answered.must_be_called(has_sms=False) is without_sms
    assert answered.must_be_called(has_sms=True) is with_sms


def test_counts_how_the_invitations_in_force_are_answered(app: Flask) -> None:
    event = make_event()
    yes, no, silent, withdrawn = (make_household(event, (name,)) for name in ("Kari", "Ola", "Per", "Åse"))
    give_answer(yes, answer_for(yes, True))
    give_answer(no, answer_for(no, False))
    withdrawn.state = State.REVOKED.value
    db.session.commit()
    counts = queries.answer_counts(event.id, queries.answers_of(event.id))
    assert counts == {"attending": 1, "declined": 1, "": 1}
    assert silent.id not in queries.answers_of(event.id)
