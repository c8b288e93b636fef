"""What was done by hand holds when the next extract comes; people known by name only, and by two numbers."""

import io
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from outreach import clock
from outreach.audit.actor import COMMAND
from outreach.database import db
from outreach.database.sealed import key_ring
from outreach.invitations.models import Invitee
from outreach.people.joining import queries as doubles
from outreach.people.joining import service as joining
from outreach.people.models import Household, Person
from outreach.people.set_aside import Decision
from outreach.register.formats.extract import ReadOptions
from outreach.register.households.arranging import queries, service
from outreach.register.households.arranging.queries import Shown
from outreach.register.register_row import ExtractContext
from outreach.register.service import Act, import_extract
from tests.conftest import NOW
from tests.factories.events import make_event
from tests.factories.invitations import invite_all
from tests.factories.people import HEADER, national_number, ndjson, person_document, residence, table, table_row

ANNE, BJORN, CILLE, DAG = (national_number(date(1990, 4, 12), serial) for serial in range(4))
BORN = {"Fødselsdato": "12.04.1990"}


@pytest.fixture
def load(app: Flask, context: ExtractContext) -> Any:
    def run(content: list[dict[str, str]] | str, days: int = 0) -> Any:
        text = content if isinstance(content, str) else table(content, header=[*HEADER, "Fødselsdato"])
        act = Act(as_of=date(2026, 11, 2) + timedelta(days=days), actor=COMMAND, now=NOW + timedelta(days=days))
        at = replace(context, as_of=act.as_of, today=act.as_of)
        result = import_extract(io.BytesIO(text.encode()), options=ReadOptions(), context=at, act=act)
        db.session.commit()
        db.session.expunge_all()
        return result.counts

    return run


def person(number: str) -> Person:
    wanted = select(Person).where(Person.identity_hash == key_ring().identity_hash(number))
    return db.session.scalars(wanted).one()


def home(number: str) -> int | None:
    db.session.expire_all()
    return person(number).household_id


def rows(*numbers: str, **cells: str) -> list[dict[str, str]]:
    return [table_row(number, Fornavn=f"F{place}", **BORN, **cells) for place, number in enumerate(numbers)]


def split(*numbers: str) -> int:
    household = queries.one(home(numbers[0]) or 0)
    new_home = service.split(household, [person(number).id for number in numbers], actor=COMMAND, now=NOW)
    db.session.commit()
    return new_home


def test_a_split_holds_until_they_move(load: Any) -> None:
    load(rows(ANNE, BJORN, CILLE))
    old, new = home(ANNE), split(CILLE)
    load([*rows(ANNE, BJORN, CILLE), *rows(DAG)], days=1)
    assert [home(number) for number in (ANNE, BJORN, CILLE, DAG)] == [old, old, new, old]
    changed = [*rows(ANNE, BJORN), table_row(CILLE, Fornavn="Nytt navn", **BORN), *rows(DAG)]
    load(changed, days=2)
    assert home(CILLE) == new
    moved = [*rows(ANNE, BJORN, DAG), table_row(CILLE, Adresse="Nygata 1", Flyttedato="01.10.2026", **BORN)]
    load(moved, days=3)
    assert home(CILLE) not in (old, new)
    assert person(CILLE).placed_household_id is None
    load(rows(ANNE, BJORN, CILLE, DAG), days=4)
    assert home(CILLE) == old


def test_a_join_across_two_addresses_holds(load: Any) -> None:
    content = [*rows(ANNE), *rows(BJORN, Adresse="Eksempelveien 12 oppgang B", Etternavn="Lien")]
    load(content)
    kept_id = home(ANNE)
    kept, other = queries.one(kept_id or 0), queries.one(home(BJORN) or 0)
    service.join(kept, other, actor=COMMAND, now=NOW)
    db.session.commit()
    content[1]["Fornavn"] = "Endret"
    child = rows(CILLE, Adresse="Eksempelveien 12 oppgang B", Etternavn="Lien")
    load([*content, *child], days=1)
    assert home(ANNE) == home(BJORN) == home(CILLE) == kept_id
    assert len(db.session.scalars(select(Household)).all()) == 1


def test_a_newcomer_lives_with_those_who_were_placed_when_nobody_else_is_left(load: Any) -> None:
    load(rows(ANNE, BJORN))
    old, new = home(ANNE), split(BJORN)
    load([*rows(BJORN), *rows(CILLE, Etternavn="Nylig")], days=1)
    assert home(BJORN) == new
    assert home(CILLE) == new != old


def test_a_row_without_a_number_is_a_pair_until_somebody_says_who_it_is(load: Any) -> None:
    nameless = table_row("", Fornavn="Nina", **BORN)
    load([nameless, *rows(DAG)])
    event = make_event()
    invite_all(event)
    numbered = table_row(ANNE, Fornavn="Nina", **BORN)
    assert load([numbered, *rows(DAG)], days=1).new == 1
    [pair], number = doubles.open_pairs(page=1)
    assert number == 1
    assert pair.kept.identity_hash is not None
    gone, kept = pair.other.id, pair.kept.id
    joining.join(pair, actor=COMMAND, now=NOW)
    db.session.commit()
    assert db.session.get(Person, gone) is None
    assert db.session.scalars(select(Invitee.person_id).where(Invitee.person_id == kept)).all() == [kept]
    counts = load([nameless, *rows(DAG)], days=2)
    assert (counts.new, doubles.open_pair_count()) == (0, 0)
    assert person(ANNE).id == kept
    clock.set_clock(None)


def test_namesakes_without_a_number_are_known_by_where_they_live(load: Any) -> None:
    two = [table_row("", Fornavn="Nina", Adresse=street, **BORN) for street in ("Storgata 1", "Storgata 2")]
    assert load(two).new == 2
    assert load(two, days=1).new == 0
    [pair], _ = doubles.open_pairs(page=1)
    joining.keep_apart(pair, actor=COMMAND, now=NOW)
    assert doubles.open_pair_count() == 0


def test_a_d_number_and_a_birth_number_in_one_document_are_one_person(load: Any) -> None:
    older, newer = (person_document(number, residence("2026-03-01")) for number in (BJORN, ANNE))
    load(ndjson([older, newer]))
    assert len(db.session.scalars(select(Person)).all()) == 2
    both = person_document(ANNE, residence("2026-03-01"))
    numbers = both["folkeregisterperson"]["identifikasjonsnummer"]
    numbers.append({"erGjeldende": False, "status": "opphoert", "foedselsEllerDNummer": BJORN})
    load(ndjson([both]), days=1)
    [left] = db.session.scalars(select(Person)).all()
    assert left.identity_hash == key_ring().identity_hash(ANNE)


def test_the_same_person_in_two_formats_is_one(load: Any) -> None:
    load(ndjson([person_document(ANNE, residence("2026-03-01"))]))
    load(rows(ANNE), days=1)
    assert len(db.session.scalars(select(Person)).all()) == 1


def test_whoever_is_protected_takes_along_the_row_without_a_number(load: Any) -> None:
    load([table_row("", Fornavn="Nina", **BORN), *rows(DAG)])
    load([table_row(ANNE, Fornavn="Nina", Gradering="6", **BORN), *rows(DAG)], days=1)
    assert [one.given_name for one in db.session.scalars(select(Person))] == ["F0"]
    load([table_row("", Fornavn="Nina", **BORN), *rows(DAG)], days=2)
    assert [one.given_name for one in db.session.scalars(select(Person))] == ["F0"]


def test_a_protected_row_without_a_number_takes_along_who_has_one(load: Any) -> None:
    load([table_row(ANNE, Fornavn="Nina", **BORN), *rows(DAG)])
    load([table_row("", Fornavn="Nina", Gradering="fortrolig", **BORN), *rows(DAG)], days=1)
    assert [one.given_name for one in db.session.scalars(select(Person))] == ["F0"]


UNKNOWN_HOME = {"erGjeldende": True, "adressegradering": "ugradert", "ukjentBosted": {"bostedskommune": "3316"}}


@pytest.mark.parametrize(("decision", "is_waiting"), [(Decision.RELEASED, False), (Decision.HELD, True)])
def test_whoever_has_no_dwelling_waits_on_the_page_too_and_a_decision_stands(
    load: Any, decision: Decision, is_waiting: bool
) -> None:
    def waiting_and_held() -> list[list[int]]:
        shown = (queries.listed(name, page=1)[0] for name in (Shown.WAITING, Shown.HELD))
        return [[one.household.id for one in found] for found in shown]

    whole = [person_document(ANNE, UNKNOWN_HOME), person_document(BJORN, UNKNOWN_HOME)]
    faulty = [person_document(ANNE, UNKNOWN_HOME, birth="1990-02-30"), whole[1]]
    load(ndjson(whole))
    assert waiting_and_held() == [[], []]
    assert home(ANNE) != home(BJORN)
    load(ndjson(faulty), days=1)
    mine = home(ANNE) or 0
    assert waiting_and_held() == [[mine], []]
    service.decide([mine], decision, actor=COMMAND, now=NOW)
    db.session.commit()
    for days in (1, 2):
        assert waiting_and_held() == [[], [mine] if is_waiting else []]
        load(ndjson(whole), days=days + 1)
        assert home(ANNE) == mine


def test_whoever_gets_a_dwelling_leaves_the_household_of_nobody_else(load: Any) -> None:
    load(ndjson([person_document(ANNE, UNKNOWN_HOME), person_document(BJORN, residence("2020-01-01"))]))
    assert home(ANNE) not in (None, home(BJORN))
    load(ndjson([person_document(number, residence("2020-01-01")) for number in (ANNE, BJORN)]), days=1)
    assert home(ANNE) == home(BJORN)
