from flask import Flask

from outreach.audit.actor import COMMAND
from outreach.database import db
from outreach.people import erasure
from outreach.people.joining import service as joining
from outreach.people.joining.queries import Pair
from outreach.people.models import NationalNumber
from outreach.people.numbers import queries, service
from tests.conftest import NOW
from tests.factories.people import make_person


def test_a_number_is_sealed_in_a_row_of_its_own_and_goes_with_the_person(app: Flask) -> None:
    kept, gone = make_person(), make_person()
    service.keep({kept.id: "12849022499", gone.id: "30898837390"})
    rows = db.session.scalars(db.select(NationalNumber)).all()
    assert all(b"12849022499" not in row.number_sealed for row in rows)
    assert queries.numbers_of([kept.id, gone.id]) == {kept.id: "12849022499", gone.id: "30898837390"}
    assert queries.with_number([kept.id, gone.id, 1]) == {kept.id, gone.id}
    erasure.erase_persons([gone.id])
    assert queries.numbers_of([kept.id, gone.id]) == {kept.id: "12849022499"}
    assert queries.numbers_of([]) == {}


def test_a_new_number_takes_the_old_ones_place(app: Flask) -> None:
    person = make_person()
    service.keep({person.id: "12849022499"})
    service.keep({person.id: "30898837390"})
    assert queries.numbers_of([person.id]) == {person.id: "30898837390"}
    service.drop([person.id])
    assert queries.count() == 0


def test_two_records_that_are_one_person_keep_one_number(app: Flask) -> None:
    first, with_one = make_person(weak_hash="1:x", identity_hash=None), make_person(weak_hash="1:x")
    second, third = make_person(), make_person()
    service.keep({with_one.id: "12849022499", second.id: "30898837390", third.id: "03821886901"})
    joining.join(Pair(first, with_one), actor=COMMAND, now=NOW)
    joining.join(Pair(second, third), actor=COMMAND, now=NOW)
    assert queries.numbers_of([first.id, second.id]) == {first.id: "12849022499", second.id: "30898837390"}
    assert queries.count() == 2
