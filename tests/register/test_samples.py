"""The 24 invented persons: what each shows is written in forventet.tsv, and blank cells are not judged."""

import csv
from datetime import date
from pathlib import Path

import pytest

from outreach.register import moves
from outreach.register.formats.extract import ReadOptions, open_extract
from outreach.register.person_record import Fate, PersonRecord
from outreach.register.register_row import ExtractContext, RegisterRow
from outreach.register.row_checks import RowChecker

EXTRACTS = Path(__file__).parent.parent / "extracts"
SINCE, UNTIL = date(2025, 11, 1), date(2026, 10, 31)


def expected() -> list[dict[str, str]]:
    with (EXTRACTS / "forventet.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


@pytest.fixture
def rows(context: ExtractContext) -> dict[str, RegisterRow]:
    with (EXTRACTS / "persondokumenter.ndjson").open("rb") as file:
        found = list(open_extract(file, ReadOptions(), context).rows)
    return {row.national_ids[0]: row for row in found if isinstance(row, RegisterRow)}


@pytest.fixture
def records(rows: dict[str, RegisterRow], context: ExtractContext) -> dict[str, PersonRecord]:
    checker = RowChecker(context)
    checked = {number: checker.check(row) for number, row in rows.items()}
    assert all(one.is_accepted and not one.problems for one in checked.values())
    return {number: one.record for number, one in checked.items() if one.record}


def test_every_expected_person_is_read(records: dict[str, PersonRecord]) -> None:
    assert len(expected()) == 24
    assert {line["foedselsEllerDNummer"] for line in expected()} == records.keys()


@pytest.mark.parametrize("line", expected(), ids=lambda line: line["navn"])
def test_shows_what_is_expected(line: dict[str, str], rows: dict[str, RegisterRow], context: ExtractContext) -> None:
    row = rows[line["foedselsEllerDNummer"]]
    decision = moves.decide(row, own=context.municipalities.own)
    answer = line["flyttet_inn_2025-11-01_2026-10-31"]
    if answer == "ukjent":
        assert decision.verdict == moves.MoveVerdict.NO_RESIDENCE
    elif answer:
        is_in_window = decision.moved_in_on is not None and SINCE <= decision.moved_in_on <= UNTIL
        assert is_in_window == (answer == "ja")
    assert row.is_protected == bool(line["gradering"])
    assert row.name.full.casefold() == line["navn"].casefold()


@pytest.mark.parametrize("line", [line for line in expected() if line["studieby"]], ids=lambda line: line["navn"])
def test_finds_the_student_town(line: dict[str, str], records: dict[str, PersonRecord]) -> None:
    city = records[line["foedselsEllerDNummer"]].study_city
    assert city == ("" if line["studieby"] == "ukjent" else line["studieby"].casefold())


def test_whoever_is_protected_becomes_a_mark(records: dict[str, PersonRecord]) -> None:
    protected = {line["foedselsEllerDNummer"] for line in expected() if line["gradering"]}
    assert {number for number, record in records.items() if record.fate is Fate.PROTECT} == protected
    assert len(protected) == 3


def test_the_dead_are_no_residents(records: dict[str, PersonRecord]) -> None:
    assert records["24864935555"].fate is Fate.FORGET
    assert not records["24864935555"].is_resident


def test_two_who_moved_together_share_a_dwelling(records: dict[str, PersonRecord]) -> None:
    first, second, child = (records[number] for number in ("12849022499", "30898837390", "03821886901"))
    assert first.dwelling == second.dwelling == child.dwelling


def test_letter_lines_are_whole(records: dict[str, PersonRecord]) -> None:
    address = records["05857539909"].address
    assert address is not None
    assert address.letter_lines() == (
        "c/o Familien Langnavn-Dobbel v/ Prøvesen",
        "Nedre Prøvegård på Sletta",
        "Samisk- og særtegnsveien på Øståsen nordre 1234Å",
        "3360 GEITHUS",
    )


def test_whose_residence_is_unknown_has_no_address(records: dict[str, PersonRecord]) -> None:
    assert records["08888221965"].is_resident
    assert records["08888221965"].address is None


def test_a_cadastral_address_is_written_by_its_name(records: dict[str, PersonRecord]) -> None:
    address = records["21919523287"].address
    assert address is not None
    assert address.letter_lines() == ("Eksempelgård", "3340 ÅMOT")


def test_an_old_number_is_kept_for_recognition(records: dict[str, PersonRecord]) -> None:
    assert records["02829649295"].national_ids == ("02829649295", "42829613268")


def test_a_bulk_lookup_gives_the_same_people(records: dict[str, PersonRecord], context: ExtractContext) -> None:
    with (EXTRACTS / "bulkoppslag-svar.json").open("rb") as file:
        found = list(open_extract(file, ReadOptions(), context).rows)
    checker = RowChecker(context)
    checked = [checker.check(row) for row in found]
    assert [one.record for one in checked[:-1]] == [
        records[one.record.national_ids[0]] for one in checked[:-1] if one.record
    ]
    assert [problem.code for problem in checked[-1].problems] == ["lookup_error"]


def test_a_document_with_every_field_is_read(context: ExtractContext) -> None:
    with (EXTRACTS / "vtfk-alle-felter.json").open("rb") as file:
        found = list(open_extract(file, ReadOptions(), context).rows)
    assert len(found) == 1
