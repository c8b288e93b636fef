"""The page on which a person is added, and what the next extract makes of one."""

import io
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from outreach.audit.actor import COMMAND
from outreach.audit.models import AuditEntry
from outreach.database import db
from outreach.database.sealed import key_ring
from outreach.people.joining import queries as doubles
from outreach.people.models import Household, Person, ProtectedIdentity
from outreach.people.person import NO_EXTRACT
from outreach.people.set_aside import SET_ASIDE, Decision
from outreach.register.formats.extract import ReadOptions
from outreach.register.households.arranging import queries, service
from outreach.register.register_row import ExtractContext
from outreach.register.service import Act, import_extract
from tests.conftest import NOW
from tests.factories.accounts import sign_in
from tests.factories.people import HEADER, make_person, national_number, table, table_row
from tests.pages import forms_of, send

PAGE = "/admin/personer/ny"
NUMBER = national_number(date(1990, 4, 12))
OTHER = national_number(date(1990, 4, 12), 1)
TYPED = {
    "given_name": "Åse",
    "family_name": "LIEN",
    "birth_date": "1990-04-12",
    "line": "Eksempelveien 12",
    "postcode": "3370",
    "is_asked": "y",
}
SAME_ANSWER = "Denne personen kan ikke legges til her. Ta det med den som har ansvar for personvern."


@pytest.fixture
def staff(client: FlaskClient) -> FlaskClient:
    sign_in(client)
    return client


def add(staff: FlaskClient, **changes: str) -> Any:
    form = next(form for form in forms_of(staff.get(PAGE)) if "is_asked" in form.values or "line" in form.values)
    return send(staff, form, **{**TYPED, **changes})


def people() -> list[Person]:
    db.session.expire_all()
    return list(db.session.scalars(db.select(Person).order_by(Person.id)))


def load(context: ExtractContext, *rows: dict[str, str], days: int = 1) -> Any:
    act = Act(as_of=date(2026, 11, 2) + timedelta(days=days), actor=COMMAND, now=NOW + timedelta(days=days))
    text = table(rows, header=[*HEADER, "Fødselsdato"])
    at = replace(context, as_of=act.as_of, today=act.as_of)
    result = import_extract(io.BytesIO(text.encode()), options=ReadOptions(), context=at, act=act)
    db.session.commit()
    return result.counts


def test_a_person_is_added_as_people_write_names_without_the_number(staff: FlaskClient) -> None:
    answer = add(staff, national_id=f"{NUMBER[:6]} {NUMBER[6:]}")
    (one,) = people()
    assert answer.headers["Location"] == f"/admin/personer/{one.id}/inviter"
    assert (one.full_name, one.address_line) == ("Åse Lien", "Eksempelveien 12, 3370 VIKERSUND")
    assert (one.identity_hash, one.seen_import_id) == (key_ring().identity_hash(NUMBER), NO_EXTRACT)
    assert one.household_id is not None
    entry = db.session.scalars(db.select(AuditEntry).where(AuditEntry.act == "person.add")).one()
    assert (entry.subject_id, entry.actor_kind) == (one.id, "staff")
    assert "Lien" not in entry.details


def test_without_having_asked_about_protection_nobody_is_added(staff: FlaskClient) -> None:
    answer = add(staff, is_asked="")
    assert (answer.status_code, people()) == (422, [])
    assert "Spør om adressen er beskyttet" in answer.text


def test_every_fault_is_told_at_once(staff: FlaskClient) -> None:
    answer = add(staff, birth_date="", postcode="0000")
    assert (answer.status_code, people()) == (422, [])
    assert "Skriv fødselsdatoen, eller fødselsåret" in answer.text
    assert "Vi kjenner ikke postnummeret" in answer.text


@pytest.mark.parametrize(
    "typed", [{}, {"birth_date": "", "birth_year": "1990"}, {"given_name": "Åse Marie", "birth_date": "1990-05-01"}]
)
def test_those_who_may_be_the_same_are_shown_first(staff: FlaskClient, typed: dict[str, str]) -> None:
    make_person(number=OTHER, weak_hash=key_ring().keyed_hash("weak", "åse lien 1990-04-12"))
    db.session.commit()
    page = add(staff, **typed)
    assert (page.status_code, len(people())) == (200, 1)
    assert "Er det en av disse?" in page.text
    form = next(form for form in forms_of(page) if "line" in form.values)
    assert send(staff, form).status_code == 303
    assert len(people()) == 2


def test_who_has_the_same_number_can_only_be_used_and_not_added(staff: FlaskClient) -> None:
    known = make_person(number=NUMBER, family_name="Berg")
    db.session.commit()
    page = add(staff, national_id=NUMBER)
    assert f"/admin/personer/{known.id}/inviter" in page.text
    form = next(form for form in forms_of(page) if "line" in form.values)
    assert send(staff, form).status_code == 200
    assert len(people()) == 1


@pytest.mark.parametrize("number", [NUMBER, ""])
def test_a_mark_of_protection_and_a_household_set_aside_give_the_same_answer(staff: FlaskClient, number: str) -> None:
    weak = key_ring().keyed_hash("weak", "åse lien 1990-04-12")
    mark = key_ring().identity_hash(number) if number else f"weak:{weak}"
    db.session.add(ProtectedIdentity(identity_hash=mark, marked_at_utc=NOW))
    make_person(number=OTHER, is_held_back=True, family_name="Berg")
    db.session.commit()
    for answer in (add(staff, national_id=number), add(staff, national_id=OTHER)):
        assert (answer.status_code, len(people())) == (422, 1)
        assert SAME_ANSWER in answer.text
        assert "Berg" not in answer.text


def test_no_extract_takes_a_person_added_by_hand_to_have_left(
    app: Flask, staff: FlaskClient, context: ExtractContext
) -> None:
    add(staff, national_id=NUMBER)
    counts = load(context, table_row(OTHER, Etternavn="Berg"))
    mine = next(one for one in people() if one.is_added_by_hand)
    assert (mine.is_resident, counts.moved_out, counts.new) == (True, 0, 1)
    assert load(context, table_row(OTHER, Etternavn="Berg"), days=2).moved_out == 0


def test_the_next_extract_knows_the_person_by_the_number(
    app: Flask, staff: FlaskClient, context: ExtractContext
) -> None:
    add(staff, national_id=NUMBER)
    (before,) = [one.id for one in people()]
    counts = load(context, table_row(NUMBER, Etternavn="Lien", Fornavn="Åse"), table_row(OTHER))
    mine = db.session.get_one(Person, before)
    assert (counts.changed, counts.new, mine.is_added_by_hand) == (1, 1, False)
    assert mine.moved_in_on == date(2026, 3, 1)
    assert load(context, table_row(OTHER), days=2).moved_out == 1
    assert [one.is_resident for one in people() if one.id == before] == [False]


def test_without_a_number_somebody_confirms_that_it_is_the_same_person(
    app: Flask, staff: FlaskClient, context: ExtractContext
) -> None:
    add(staff)
    load(context, table_row(NUMBER, Etternavn="Lien", Fornavn="Åse", Fødselsdato="12.04.1990"))
    pairs, number = doubles.open_pairs(page=1)
    assert (number, len(people())) == (1, 2)
    assert pairs[0].other.is_added_by_hand
    url = f"/admin/husstander/dobbelt/{pairs[0].kept.id}/{pairs[0].other.id}/samme"
    form = next(form for form in forms_of(staff.get("/admin/husstander/dobbelt")) if form.action == url)
    send(staff, form)
    assert [one.is_added_by_hand for one in people()] == [False]


def test_a_person_added_by_hand_waits_for_no_decision_and_keeps_the_mark_through_one(
    app: Flask, staff: FlaskClient, context: ExtractContext
) -> None:
    add(staff)
    load(context, table_row(OTHER, Etternavn="Berg"))
    mine = next(one for one in people() if one.is_added_by_hand)
    assert queries.counts()["vurderes"] == 0
    db.session.execute(db.update(Household).where(Household.id == mine.household_id).values(set_aside_reason=SET_ASIDE))
    service.decide([mine.household_id or 0], Decision.RELEASED, actor=COMMAND, now=NOW)
    assert [one.is_added_by_hand for one in people() if one.id == mine.id] == [True]
