"""Grouping on a real database, across extracts: the same people stay the same household."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from outreach.database import db
from outreach.people.models import Household, Person
from outreach.people.set_aside import SET_ASIDE
from outreach.register.households import queries
from outreach.register.households.service import Ghost, group_ungrouped, set_aside_with
from tests.factories.people import make_person

MARCH, MAY = date(2026, 3, 1), date(2026, 5, 1)


def lodger(
    dwelling: str, *, surname: str = "Lien", moved_on: date = MARCH, number: bool = False, **more: Any
) -> Person:
    return make_person(
        dwelling_hash=dwelling, family_name=surname, moved_on=moved_on, has_dwelling_number=number, **more
    )


def homes() -> list[set[str]]:
    """Return the surnames of each household, in order."""
    db.session.expire_all()
    grouped: dict[int | None, set[str]] = {}
    for person in db.session.scalars(select(Person).order_by(Person.family_name_sealed)):
        grouped.setdefault(person.household_id, set()).add(person.family_name or "")
    return sorted((names for home, names in grouped.items() if home), key=sorted)


def test_one_dwelling_number_is_one_household(app: Flask) -> None:
    lodger("a", surname="Lien", number=True)
    lodger("a", surname="Berg", number=True, moved_on=MAY)
    lodger("b", surname="Moe", number=True)
    group_ungrouped()
    assert homes() == [{"Berg", "Lien"}, {"Moe"}]


def test_a_block_of_flats_without_numbers_is_told_apart(app: Flask) -> None:
    lodger("a", surname="Lien")
    lodger("a", surname="Berg")
    lodger("a", surname="Moe", moved_on=MAY)
    group_ungrouped()
    assert homes() == [{"Berg", "Lien"}, {"Moe"}]


def test_a_newcomer_joins_and_the_household_stays_the_same(app: Flask) -> None:
    first = lodger("a", surname="Lien")
    group_ungrouped()
    db.session.expire_all()
    before = first.household_id
    child = lodger("a", surname="Lien", moved_on=MAY)
    stranger = lodger("a", surname="Moe", moved_on=date(2026, 7, 1))
    group_ungrouped()
    db.session.expire_all()
    assert first.household_id == child.household_id == before
    assert stranger.household_id not in (None, before)


def test_two_households_that_become_one_stay_set_aside(app: Flask) -> None:
    lien, moe = lodger("a", surname="Lien"), lodger("a", surname="Moe", moved_on=MAY)
    group_ungrouped()
    set_aside_with([Ghost("a", False, "Moe", None)])
    db.session.expire_all()
    moe.family_name, moe.is_grouped = "Lien", False
    db.session.flush()
    group_ungrouped()
    db.session.expire_all()
    assert lien.household_id == moe.household_id
    assert db.session.get_one(Household, moe.household_id).set_aside_reason == SET_ASIDE


def test_non_residents_are_in_no_household_and_people_without_dwelling_each_in_their_own(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "PAGE_PERSONS", 2)
    lodger("a", is_resident=False)
    lodger("", is_resident=False)
    for _ in range(5):
        lodger("")
    placed = select(Person.id, Person.household_id).where(Person.household_id.is_not(None)).order_by(Person.id)
    group_ungrouped()
    before = db.session.execute(placed).all()
    assert len({home for _, home in before}) == len(before) == 5
    db.session.execute(update(Person).values(is_grouped=False))
    group_ungrouped()
    assert db.session.execute(placed).all() == before
    assert db.session.scalar(select(func.count(Household.id))) == 5


@pytest.mark.parametrize(
    ("ghost", "reasons"),
    [
        (Ghost("a", True, "Noen", None), {"Lien": SET_ASIDE, "Berg": SET_ASIDE, "Moe": ""}),
        (Ghost("b", False, "Noen", MAY), {"Lien": "", "Berg": "", "Moe": SET_ASIDE}),
        (Ghost("b", False, "Noen", MARCH), {"Lien": "", "Berg": "", "Moe": ""}),
        (Ghost("c", True, "Lien", MARCH), {"Lien": "", "Berg": "", "Moe": ""}),
    ],
)
def test_sets_aside_those_who_live_with_a_ghost(app: Flask, ghost: Ghost, reasons: dict[str, str]) -> None:
    lodger("a", surname="Lien", number=True)
    lodger("a", surname="Berg", number=True)
    lodger("b", surname="Moe", moved_on=MAY)
    group_ungrouped()
    set_aside_with([ghost])
    found = db.session.scalars(select(Person).order_by(Person.id)).all()
    assert {one.family_name: one.household.set_aside_reason for one in found if one.household} == reasons


def test_pages_are_short_and_leave_nobody_out(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "PAGE_DWELLINGS", 2)
    monkeypatch.setattr(queries, "PAGE_PERSONS", 3)
    people = [lodger(name, number=True) for name in "abcde" for _ in range(2)]
    group_ungrouped()
    db.session.expire_all()
    assert len({person.household_id for person in people}) == 5
    assert all(person.is_grouped for person in people)
