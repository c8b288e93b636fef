"""What an import keeps of national numbers: nothing, unless a service needs them."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from outreach.audit.actor import COMMAND
from outreach.database import db
from outreach.database.sealed import key_ring
from outreach.national_services import NationalServices
from outreach.people.models import Person
from outreach.people.numbers import queries
from outreach.register.formats.extract import ReadOptions
from outreach.register.register_row import ExtractContext
from outreach.register.service import Act, import_extract
from outreach.retention import service as retention
from outreach.retention.queries import clocks_in_force
from outreach.retention.schedule import Rule
from tests.conftest import NOW
from tests.factories.people import national_number, table, table_row

AS_OF = date(2026, 11, 2)
ANNE, BJORN = (national_number(date(1990, 4, 12), serial) for serial in range(2))
CHILD = national_number(date(2016, 4, 12))
ON = NationalServices(krr_url="https://kontaktregisteret.no/rest/v2/personer")


@pytest.fixture
def load(app: Flask, context: ExtractContext) -> Callable[..., None]:
    def run(*rows: dict[str, str], as_of: date = AS_OF) -> None:
        act = Act(as_of=as_of, actor=COMMAND, now=NOW)
        stream = io.BytesIO(table(rows).encode())
        import_extract(stream, options=ReadOptions(), context=replace(context, as_of=as_of), act=act)
        db.session.commit()
        db.session.expunge_all()

    return run


@pytest.fixture
def switch(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[[NationalServices], None]:
    def to(services: NationalServices) -> None:
        settings = app.extensions["treffpunkt.settings"]
        monkeypatch.setitem(app.extensions, "treffpunkt.settings", replace(settings, services=services))

    return to


def kept() -> set[str]:
    return set(queries.numbers_of([person.id for person in db.session.scalars(db.select(Person))]).values())


def test_without_a_service_no_number_is_kept(load: Callable[..., None]) -> None:
    load(table_row(ANNE), table_row(CHILD))
    assert queries.count() == 0


def test_with_one_adults_numbers_are_kept_and_childrens_are_not(
    load: Callable[..., None], switch: Callable[..., None]
) -> None:
    switch(ON)
    load(table_row(ANNE), table_row(BJORN, Fornavn="Bjørn"), table_row(CHILD, Fornavn="Emma"))
    assert kept() == {ANNE, BJORN}


def test_the_same_extract_again_keeps_the_numbers_of_a_service_switched_on_since(
    load: Callable[..., None], switch: Callable[..., None]
) -> None:
    load(table_row(ANNE))
    switch(ON)
    load(table_row(ANNE))
    assert kept() == {ANNE}
    before = queries.count(), db.session.scalar(db.text("select id from national_number"))
    load(table_row(ANNE))
    assert (queries.count(), db.session.scalar(db.text("select id from national_number"))) == before


@pytest.mark.parametrize(
    "then",
    [
        [table_row(ANNE), table_row(BJORN, Fornavn="Bjørn", Gradering="strengtFortrolig")],
        [table_row(ANNE), table_row(BJORN, Fornavn="Bjørn", Status="doed")],
        [table_row(ANNE)],
    ],
    ids=["protected", "dead", "gone"],
)
def test_whoever_is_protected_dead_or_gone_loses_the_number(
    load: Callable[..., None], switch: Callable[..., None], then: list[dict[str, str]]
) -> None:
    switch(ON)
    load(table_row(ANNE), table_row(BJORN, Fornavn="Bjørn"))
    load(*then, as_of=date(2026, 11, 3))
    assert kept() == {ANNE}


def test_a_number_is_bound_to_its_row_and_follows_a_new_key(
    load: Callable[..., None], switch: Callable[..., None]
) -> None:
    switch(ON)
    load(table_row(ANNE))
    row_id, sealed = db.session.execute(db.text("select id, number_sealed from national_number")).one()
    assert sealed[0] == key_ring().register_keys[0].key_id
    assert key_ring().unseal(sealed, column="national_number.number_sealed", row_id=row_id) == ANNE


def test_switched_off_the_numbers_go_with_the_next_nights_erasure_and_a_receipt(
    load: Callable[..., None], switch: Callable[..., None]
) -> None:
    switch(ON)
    load(table_row(ANNE), table_row(BJORN, Fornavn="Bjørn"))
    assert Rule.NATIONAL_NUMBERS.value not in _erased()
    switch(NationalServices())
    planned = retention.plan(clocks=clocks_in_force(), today=AS_OF, now=NOW)
    assert [(due.rule, count) for due, count in planned] == [(Rule.NATIONAL_NUMBERS, 2)]
    assert _erased() == [Rule.NATIONAL_NUMBERS.value]
    assert queries.count() == 0
    assert _erased() == []


def test_switched_off_the_numbers_go_with_the_next_import(
    load: Callable[..., None], switch: Callable[..., None]
) -> None:
    switch(ON)
    load(table_row(ANNE))
    switch(NationalServices())
    load(table_row(ANNE), as_of=date(2026, 11, 3))
    assert queries.count() == 0


def _erased() -> list[str]:
    receipts = retention.run(clocks=clocks_in_force(), today=AS_OF, now=NOW)
    db.session.commit()
    return [receipt.rule for receipt in receipts]
