from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from outreach.database import db, new_id
from outreach.people.erasure import erase_persons, erase_protection_marks
from outreach.people.models import Household, Person, ProtectedIdentity
from tests.conftest import NOW
from tests.factories.people import make_household, make_person


def test_erases_people_and_the_homes_that_nobody_is_left_in(app: Flask) -> None:
    shared, lonely = make_household(), make_household()
    gone, stays, alone = make_person(shared), make_person(shared), make_person(lonely)
    assert erase_persons([gone.id, alone.id]) == {"person": 2, "household": 1}
    assert db.session.scalars(select(Person.id)).all() == [stays.id]
    assert db.session.scalars(select(Household.id)).all() == [shared.id]


def test_leaves_empty_homes_of_others_alone(app: Flask) -> None:
    empty, home = make_household(), make_household()
    person = make_person(home)
    erase_persons([person.id])
    assert db.session.scalars(select(Household.id)).all() == [empty.id]


def test_erasing_nobody_erases_nothing(app: Flask) -> None:
    make_person()
    assert erase_persons([]) == {"person": 0, "household": 0}
    assert erase_persons([1, 2, 3]) == {"person": 0, "household": 0}


def test_erases_marks_that_no_extract_has_shown_since(app: Flask) -> None:
    for name, days in (("old", 400), ("new", 1)):
        db.session.add(ProtectedIdentity(id=new_id(), identity_hash=name, marked_at_utc=NOW - timedelta(days=days)))
    db.session.flush()
    assert erase_protection_marks(NOW - timedelta(days=395)) == {"protected_identity": 1}
    assert db.session.scalars(select(ProtectedIdentity.identity_hash)).all() == ["new"]
