from datetime import date

import pytest
from cryptography.exceptions import InvalidTag
from flask import Flask

from outreach.database import db
from outreach.people.models import Person


def _person(name: str) -> Person:
    return Person(given_name=name, seen_as_of=date(2026, 11, 1), seen_import_id=1)


def test_a_sealed_name_comes_back_and_is_not_in_the_stored_bytes(app: Flask) -> None:
    db.session.add(person := _person("Ášllat"))
    db.session.commit()
    db.session.expire_all()
    kept = db.session.get_one(Person, person.id)
    assert kept.given_name == "Ášllat"
    assert "Ášllat".encode() not in bytes(kept.given_name_sealed or b"")


def test_a_sealed_value_moved_to_another_row_does_not_open(app: Flask) -> None:
    one, other = _person("Åse"), _person("Bjørn")
    one.given_name_sealed = other.given_name_sealed
    with pytest.raises(InvalidTag):
        _ = one.given_name
