"""Importing on a real database: what is stored, what changes the next time, who is protected, who is left alone."""

import io
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from outreach.audit.actor import COMMAND
from outreach.database import db
from outreach.database.downward import listen
from outreach.database.sealed import key_ring
from outreach.people.models import Household, Person, ProtectedIdentity
from outreach.people.postal_address import PostalAddress
from outreach.register import queries
from outreach.register.checking import FileWarning
from outreach.register.formats.extract import ReadOptions
from outreach.register.models import RegisterImport
from outreach.register.problems import Code
from outreach.register.register_row import ExtractContext
from outreach.register.service import Act, ImportResult, import_extract
from tests.factories.people import national_number, ndjson, person_document, residence, table, table_row

EXTRACTS = Path(__file__).parent.parent / "extracts"
NOW = datetime(2026, 11, 2, 11, 0, tzinfo=UTC)
AS_OF = date(2026, 11, 2)
ANNE, BJORN, CILLE = (national_number(date(1990, 4, 12), serial) for serial in range(3))
ACT = Act(as_of=AS_OF, actor=COMMAND, now=NOW)
OPEN = ReadOptions()


@pytest.fixture
def load(app: Flask, context: ExtractContext) -> Any:
    def run(content: str | bytes, *, act: Act = ACT, options: ReadOptions = OPEN) -> ImportResult:
        stream = io.BytesIO(content if isinstance(content, bytes) else content.encode())
        result = import_extract(stream, options=options, context=replace(context, as_of=act.as_of), act=act)
        db.session.commit()
        db.session.expunge_all()
        return result

    return run


def rows_of(*numbers: str, **cells: str) -> list[dict[str, str]]:
    return [table_row(number, **cells) for number in numbers]


def people() -> Sequence[Person]:
    return db.session.scalars(select(Person).order_by(Person.id)).all()


def person(number: str) -> Person | None:
    wanted = select(Person).where(Person.identity_hash == key_ring().identity_hash(number))
    found: Person | None = db.session.scalar(wanted)
    return found


def later(days: int) -> Act:
    return replace(ACT, as_of=AS_OF + timedelta(days=days), now=NOW + timedelta(days=days))


def test_imports_the_sample_people(load: Any) -> None:
    result = load((EXTRACTS / "persondokumenter.ndjson").read_bytes())
    counts = result.counts
    assert (counts.rows, counts.accepted, counts.rejected, counts.protected) == (24, 24, 0, 3)
    assert counts.accepted == counts.new + counts.changed + counts.unchanged + counts.protected + counts.left_out
    assert counts.moved_in == 8
    assert len(people()) == counts.new == 17
    assert db.session.scalar(select(func.count(Household.id))) == len({one.household_id for one in people()} - {None})


def test_stores_what_a_letter_needs_and_seals_it(load: Any) -> None:
    load(table(rows_of(ANNE)))
    stored = people()[0]
    assert (stored.given_name, stored.family_name, stored.birth_date) == ("Elegant", "Sofapute", None)
    assert PostalAddress.from_json(stored.address or "").letter_lines() == ("Eksempelveien 12", "3370 VIKERSUND")
    assert (stored.moved_in_on, stored.moved_from) == (date(2026, 3, 1), "3301")
    raw = db.session.execute(select(Person.__table__)).mappings().one()
    assert "sofapute" not in str(dict(raw)).casefold()
    assert ANNE not in str(dict(raw))


def test_the_same_file_again_changes_nothing(load: Any) -> None:
    content = table(rows_of(ANNE, BJORN))
    load(content)
    before = {one.id: (one.household_id, one.content_hash) for one in people()}
    again = load(content)
    assert (again.counts.new, again.counts.changed, again.counts.unchanged) == (0, 0, 2)
    assert (again.counts.moved_in, again.counts.moved_out) == (0, 0)
    assert FileWarning.SAME_FILE in again.warnings
    assert {one.id: (one.household_id, one.content_hash) for one in people()} == before
    latest = queries.latest_import()
    assert latest is not None
    assert all(one.seen_import_id == latest.id for one in people())


def test_a_change_of_address_is_seen_and_the_person_keeps_the_record(load: Any) -> None:
    load(table(rows_of(ANNE, BJORN)))
    before = person(ANNE)
    moved = table_row(ANNE, Adresse="Bakkegata 3", Flyttedato="01.10.2026", **{"Fraflyttet kommune": "3316"})
    result = load(table([moved, table_row(BJORN)]), act=later(1))
    after = person(ANNE)
    assert before is not None
    assert after is not None
    assert (result.counts.changed, result.counts.unchanged, result.counts.new) == (1, 1, 0)
    assert after.id == before.id
    assert after.household_id != before.household_id
    assert after.move_verdict == "moved_within"


def test_whoever_is_no_longer_in_the_extract_is_no_resident(load: Any) -> None:
    load(table(rows_of(ANNE, BJORN)))
    result = load(table(rows_of(ANNE)), act=later(1))
    gone = person(BJORN)
    assert result.counts.moved_out == 1
    assert gone is not None
    assert not gone.is_resident
    assert gone.household_id is None
    back = load(table(rows_of(ANNE, BJORN)), act=later(2))
    assert back.counts.changed == 1
    returned = person(BJORN)
    assert returned is not None
    assert returned.is_resident


def test_a_few_rows_are_no_full_extract(load: Any) -> None:
    load(table(rows_of(*(national_number(date(1980, 1, day)) for day in range(1, 10)))))
    result = load(table(rows_of(ANNE)), act=later(1))
    assert FileWarning.MUCH_SMALLER in result.warnings
    assert result.counts.moved_out == 0
    assert all(one.is_resident for one in people())


def test_a_newly_protected_person_is_erased_and_announced_in_the_same_transaction(app: Flask, load: Any) -> None:
    heard: list[list[int]] = []
    listen(app, "people_protected", lambda person_ids, now: heard.append(list(person_ids)))
    load(table(rows_of(ANNE, BJORN)))
    before, other = person(ANNE), person(BJORN)
    assert before is not None
    assert other is not None
    result = load(table([table_row(ANNE, Gradering="fortrolig"), table_row(BJORN)]), act=later(1))
    assert heard == [[before.id]]
    assert result.counts.protected == 1
    assert person(ANNE) is None
    left = db.session.get(Household, other.household_id)
    assert left is not None
    assert left.set_aside_reason == "by_hand"
    marks = db.session.scalars(select(ProtectedIdentity.identity_hash)).all()
    assert key_ring().identity_hash(ANNE) in marks


def test_a_person_protected_without_address_still_sets_the_old_household_aside(load: Any) -> None:
    documents = [person_document(number, residence("2026-03-01")) for number in (ANNE, BJORN)]
    load(ndjson(documents))
    hidden = person_document(
        ANNE, adressebeskyttelse=[{"erGjeldende": True, "graderingsnivaa": "STRENGTFORTROLIG"}], bostedsadresse=[]
    )
    load(ndjson([hidden, documents[1]]), act=later(1))
    assert person(ANNE) is None
    assert db.session.scalars(select(Household.set_aside_reason)).all() == ["by_hand"]
    load(ndjson([hidden, documents[1]]), act=later(2))
    assert db.session.scalars(select(Household.set_aside_reason)).all() == ["by_hand"]


def test_a_neighbour_without_dwelling_number_is_not_set_aside(load: Any) -> None:
    neighbours = [
        table_row(ANNE, Bolignr="", Gradering="fortrolig"),
        table_row(BJORN, Bolignr=""),
        table_row(CILLE, Bolignr="", Etternavn="Kanel", Flyttedato="01.01.2010"),
    ]
    load(table(neighbours))
    reasons = {
        one.id: home.set_aside_reason for one in people() if (home := db.session.get(Household, one.household_id))
    }
    shares, neighbour = person(BJORN), person(CILLE)
    assert shares is not None
    assert neighbour is not None
    assert reasons == {shares.id: "by_hand", neighbour.id: ""}


def test_protection_ends_when_a_newer_extract_says_so(load: Any) -> None:
    load(table(rows_of(ANNE, Gradering="fortrolig")))
    assert people() == []
    result = load(table(rows_of(ANNE)), act=later(1))
    assert result.counts.new == 1
    assert db.session.scalars(select(ProtectedIdentity.identity_hash)).all() == []


@pytest.mark.parametrize("days", [-1, -400])
def test_an_older_extract_takes_no_protection_away_and_overwrites_nothing(load: Any, days: int) -> None:
    load(table([table_row(ANNE, Gradering="fortrolig"), table_row(BJORN)]))
    result = load(table([table_row(ANNE), table_row(BJORN, Fornavn="Gammel")]), act=later(days))
    assert FileWarning.OLDER in result.warnings
    assert person(ANNE) is None
    kept = person(BJORN)
    assert kept is not None
    assert kept.given_name == "Elegant"


def test_a_table_without_grading_takes_no_protection_away(load: Any) -> None:
    load(table([table_row(ANNE, Gradering="7"), table_row(BJORN)]))
    header = [name for name in table_row(ANNE) if name != "Gradering"]
    checked = ReadOptions(protection_is_checked=True)
    result = load(table(rows_of(ANNE, BJORN), header=header), act=later(1), options=checked)
    assert result.counts.protected == 1
    assert person(ANNE) is None


def test_a_protected_person_without_number_is_recognised_by_name_and_birth_date(load: Any) -> None:
    header = ("Fornavn", "Etternavn", "Fødselsdato", "Adresse", "Postnr", "Gradering")
    row = {**table_row(""), "Fødselsdato": "12.04.1990"}
    load(table([row], header=header))
    assert len(people()) == 1
    load(table([{**row, "Gradering": "x"}], header=header), act=later(1))
    assert people() == []
    checked = ReadOptions(protection_is_checked=True)
    load(table([row], header=header[:-1]), act=later(2), options=checked)
    assert people() == []


def test_a_person_whose_row_is_rejected_stays_as_before_and_is_held_back(load: Any) -> None:
    load(table(rows_of(ANNE, BJORN)))
    bad = table_row(ANNE, Fornavn="Ny", Flyttedato="31.02.2026")
    result = load(table([bad, table_row(BJORN)]), act=later(1))
    held = person(ANNE)
    assert [problem.code for problem in result.summary.problems] == [Code.DATE_INVALID]
    assert held is not None
    assert (held.given_name, held.is_held_back, held.is_resident) == ("Elegant", True, True)
    load(table(rows_of(ANNE, BJORN)), act=later(2))
    freed = person(ANNE)
    assert freed is not None
    assert not freed.is_held_back


def test_two_rows_that_differ_on_one_person_hold_the_person_back(load: Any) -> None:
    result = load(table([table_row(ANNE), table_row(ANNE, Adresse="Bakkegata 3"), table_row(BJORN), table_row(BJORN)]))
    assert [(one.row, one.code, one.first_row) for one in result.summary.problems] == [
        (3, Code.DUPLICATE_NUMBER, 2),
        (5, Code.DUPLICATE_NUMBER, 4),
    ]
    differing, repeated = person(ANNE), person(BJORN)
    assert differing is not None
    assert repeated is not None
    assert (differing.is_held_back, repeated.is_held_back) == (True, False)


NUMBERLESS = ("Fornavn", "Etternavn", "Fødselsdato", "Adresse", "Postnr", "Kommunenr", "Gradering")


def nameless_row(birth: str = "12.04.1990", **cells: str) -> dict[str, str]:
    return {**table_row("", **cells), "Fødselsdato": birth}


def test_one_person_without_number_twice_is_one_person_and_a_problem(load: Any) -> None:
    rows = [
        nameless_row(),
        nameless_row(Fornavn="ELEGANT", Etternavn="SOFAPUTE"),
        nameless_row("13.04.1990"),
        nameless_row(Fornavn="Rolig"),
    ]
    result = load(table(rows, header=NUMBERLESS))
    problems = [(one.row, one.column, one.code, one.first_row) for one in result.summary.problems]
    assert problems == [(3, "Etternavn", Code.DUPLICATE_NAME, 2)]
    assert len(people()) == result.counts.new == 3
    assert not any(one.is_held_back for one in people())
    assert result.counts.rejected == 1


@pytest.mark.parametrize("batch_rows", [1, 100])
def test_two_rows_without_number_that_differ_hold_the_person_back(
    load: Any, monkeypatch: pytest.MonkeyPatch, batch_rows: int
) -> None:
    """Also where the second row comes in a later batch, and when the person and a namesake are known from before."""
    monkeypatch.setattr("outreach.register.service.BATCH_ROWS", batch_rows)
    header = (*NUMBERLESS, "Status")
    elsewhere = nameless_row(Adresse="Bakkegata 3")
    rows = [nameless_row(), elsewhere, nameless_row(Status="utflyttet")]
    for days in (0, 1):
        result = load(table(rows, header=header), act=later(days))
        problems = [(one.row, one.code, one.first_row) for one in result.summary.problems]
        assert problems == [(3, Code.NAMESAKE, 2), (4, Code.DUPLICATE_NAME, 2)]
        assert sorted((one.address_line[:11], one.is_held_back) for one in people()) == [
            ("Bakkegata 3", False),
            ("Eksempelvei", True),
        ]
    load(table(rows[:2], header=header), act=later(2))
    assert not any(one.is_held_back for one in people())


def test_one_name_and_birth_date_at_two_addresses_are_told_of_and_used(load: Any) -> None:
    result = load(table([nameless_row(), nameless_row(Adresse="Bakkegata 3")], header=NUMBERLESS))
    (problem,) = result.summary.problems
    assert (problem.row, problem.code, problem.first_row, problem.is_warning) == (3, Code.NAMESAKE, 2, True)
    assert (result.counts.new, result.counts.rejected) == (2, 0)


@pytest.mark.parametrize("protected_first", [True, False])
def test_protection_in_any_of_two_rows_without_number_protects_and_is_no_problem(
    load: Any, protected_first: bool
) -> None:
    rows = [nameless_row(Gradering="fortrolig"), nameless_row(Adresse="Bakkegata 3"), nameless_row("13.04.1990")]
    rows[:2] = rows[:2] if protected_first else rows[1::-1]
    result = load(table(rows, header=NUMBERLESS))
    assert (len(people()), result.counts.protected > 0, result.summary.problems) == (1, True, [])


def test_protection_in_any_of_two_rows_protects(load: Any) -> None:
    load(table([table_row(ANNE), table_row(ANNE, Gradering="klientadresse"), table_row(BJORN)]))
    assert person(ANNE) is None
    assert len(people()) == 1


def test_a_d_number_that_became_a_birth_number_is_the_same_person(load: Any) -> None:
    old = national_number(date(1996, 2, 2))
    load(ndjson([person_document(old, residence("2026-03-01"), birth="1996-02-02")]))
    numbers = [
        {"erGjeldende": True, "status": "iBruk", "foedselsEllerDNummer": ANNE},
        {"erGjeldende": False, "status": "opphoert", "foedselsEllerDNummer": old},
    ]
    changed = person_document(ANNE, residence("2026-03-01"), birth="1996-02-02", identifikasjonsnummer=numbers)
    result = load(ndjson([changed]), act=later(1))
    assert (result.counts.new, result.counts.changed) == (0, 1)
    assert person(old) is None
    assert person(ANNE) is not None


def test_the_dead_are_no_residents_any_more(load: Any) -> None:
    load(table(rows_of(ANNE, BJORN)))
    result = load(table([table_row(ANNE, Status="død"), table_row(BJORN)]), act=later(1))
    dead = person(ANNE)
    assert dead is not None
    assert (result.counts.deceased, dead.status, dead.is_resident, dead.household_id) == (1, "doed", False, None)


def test_a_new_family_in_an_old_dwelling_is_another_household(load: Any) -> None:
    load(table(rows_of(ANNE)))
    before = people()[0].household_id
    stranger = table_row(BJORN, Etternavn="Kanel", Flyttedato="01.10.2026")
    load(table([table_row(ANNE, Kommunenr="3301", Adresse="Prøvegata 4", Postnr="3011"), stranger]), act=later(1))
    moved_in = person(BJORN)
    assert moved_in is not None
    assert moved_in.household_id not in (before, None)


def test_a_trial_stores_nothing_and_counts_the_same(load: Any) -> None:
    content = (EXTRACTS / "persondokumenter.ndjson").read_bytes()
    trial = load(content, act=replace(ACT, is_dry_run=True))
    assert trial.import_id is None
    assert people() == []
    assert db.session.scalar(select(func.count(RegisterImport.id))) == 0
    assert db.session.scalar(select(func.count(ProtectedIdentity.id))) == 0
    assert load(content).counts == trial.counts


def test_nothing_tells_who_is_protected(load: Any) -> None:
    """Control: the search finds a person who is not protected in the very same places."""
    content = (EXTRACTS / "persondokumenter.ndjson").read_bytes()
    result = load(content)
    shown = json.dumps([one.message for one in result.summary.problems]) + str(result.summary) + str(result.file)
    opened = " ".join(f"{one.given_name} {one.family_name} {one.address}" for one in people()).casefold()
    for name in ("skygge", "vaksom", "mørtel", "institusjonsveien", "sot 6"):
        assert name not in shown.casefold()
        assert name not in opened
    assert "sofapute" in opened


def test_formats_give_the_same_people(load: Any) -> None:
    rows = [table_row(ANNE, Fødselsdato="12.04.1990"), table_row(BJORN, Etternavn="Kanel")]
    documents = [
        person_document(ANNE, residence("2026-03-01"), residence("2010-01-01", municipality="3301", is_current=False)),
        person_document(
            BJORN,
            residence("2026-03-01"),
            residence("2010-01-01", municipality="3301", is_current=False),
            navn=[{"erGjeldende": True, "fornavn": "ELEGANT", "etternavn": "KANEL"}],
        ),
    ]

    def facts() -> list[Any]:
        return sorted(
            (one.identity_hash, one.family_name, one.moved_in_on, one.moved_from, one.move_verdict, one.address)
            for one in people()
        )

    load(table(rows))
    from_table, homes = facts(), {one.household_id for one in people()}
    load(ndjson(documents), act=later(1))
    assert facts() == from_table
    assert {one.household_id for one in people()} == homes
    assert len(homes) == 1
