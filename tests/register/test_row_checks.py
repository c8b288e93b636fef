"""Checks of a row: every problem at once, and a protected person is protected whatever else is wrong."""

import io
from datetime import date
from typing import Any

import pytest

from outreach.register.formats.extract import ReadOptions, open_extract
from outreach.register.person_record import Fate, PersonRecord
from outreach.register.problems import TEXTS, Code
from outreach.register.register_row import ExtractContext
from outreach.register.row_checks import CheckedRow, RowChecker
from tests.factories.people import national_number, ndjson, person_document, residence

NUMBER = national_number(date(1990, 4, 12))


def checked(context: ExtractContext, *documents: dict[str, Any]) -> list[CheckedRow]:
    checker = RowChecker(context)
    extract = open_extract(io.BytesIO(ndjson(documents).encode()), ReadOptions(), context)
    return [checker.check(row) for row in extract.rows]


def codes(context: ExtractContext, *residences: dict[str, Any], number: str = NUMBER, **more: Any) -> list[Code]:
    (row,) = checked(context, person_document(number, *residences, **more))
    assert row.is_accepted == all(problem.is_warning for problem in row.problems)
    return [problem.code for problem in row.problems]


def test_every_code_has_a_text() -> None:
    assert TEXTS.keys() == set(Code)


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ({}, []),
        ({"birth": "1990-02-30"}, [Code.DATE_INVALID]),
        ({"birth": "2031-01-01"}, [Code.DATE_IN_FUTURE]),
        ({"birth": "1790-01-01"}, [Code.DATE_INVALID]),
        ({"navn": []}, [Code.NAME_MISSING]),
        ({"navn": [{"fornavn": "A" * 10_000, "etternavn": "Lien"}]}, [Code.TEXT_TOO_LONG]),
        ({"status": [{"status": "noeHeltNytt"}]}, [Code.STATUS_UNKNOWN]),
        ({"status": [{"status": "BOSATT"}]}, []),
        ({"noeNytt": [{"hei": 1}], "kjoenn": "?"}, []),
        ({"doedsfall": {"erGjeldende": True, "doedsdato": "i går"}}, [Code.DATE_INVALID]),
    ],
)
def test_finds_what_is_wrong(context: ExtractContext, more: dict[str, Any], found: list[Code]) -> None:
    assert codes(context, residence("2026-03-01"), **more) == found


def test_finds_everything_at_once(context: ExtractContext) -> None:
    home = residence("2026-02-31", adressegradering=None)
    assert set(codes(context, home, number="12345678901", navn=[])) == {
        Code.DATE_INVALID,
        Code.GRADING_MISSING,
        Code.NATIONAL_ID_INVALID,
        Code.NAME_MISSING,
    }


def test_a_move_in_the_future_is_refused(context: ExtractContext) -> None:
    assert codes(context, residence("2026-11-02")) == []
    assert codes(context, residence("2026-11-03")) == [Code.DATE_IN_FUTURE]


def test_test_numbers_can_be_turned_off(context: ExtractContext) -> None:
    strict = ExtractContext(**{**vars(context), "synthetic_allowed": False})
    assert codes(strict, residence("2026-03-01")) == [Code.NATIONAL_ID_SYNTHETIC]


PROTECTED: list[dict[str, Any]] = [
    {"adressebeskyttelse": [{"erGjeldende": True, "graderingsnivaa": "fortrolig"}]},
    {"adressebeskyttelse": [{"erGjeldende": True, "graderingsnivaa": "STRENGT_FORTROLIG"}]},
    {"adressebeskyttelse": [{"graderingsnivaa": "noeNytt"}]},
    {"adressebeskyttelse": [{"erGjeldende": True}]},
    {"adressebeskyttelse": {"erGjeldende": True, "graderingsnivaa": "fortrolig"}},
    {"oppholdsadresse": [{"erGjeldende": True, "adressegradering": "klientadresse"}]},
    {"postadresse": [{"erGjeldende": True, "adressegradering": "fortrolig"}]},
    {"deltBosted": [{"erGjeldende": True, "adressegradering": "Fortrolig"}]},
    {"postadresseIUtlandet": [{"adressegradering": 7}]},
]


@pytest.mark.parametrize("mark", PROTECTED)
def test_any_mark_in_force_protects_whatever_else_is_wrong(context: ExtractContext, mark: dict[str, Any]) -> None:
    (row,) = checked(context, person_document(NUMBER, residence("2026-02-31"), birth="x", navn=[], **mark))
    assert (row.record and row.record.fate, row.problems) == (Fate.PROTECT, ())


@pytest.mark.parametrize(
    "mark",
    [
        {"adressebeskyttelse": [{"erGjeldende": False, "graderingsnivaa": "fortrolig"}]},
        {"adressebeskyttelse": [{"erGjeldende": True, "graderingsnivaa": "UGRADERT"}]},
        {"adressebeskyttelse": [{"graderingsnivaa": "fortrolig", "opphoerstidspunkt": "2020-01-01T00:00:00+01:00"}]},
        {"oppholdsadresse": [{"erGjeldende": False, "adressegradering": "klientadresse"}]},
    ],
)
def test_a_mark_that_no_longer_holds_protects_nobody(context: ExtractContext, mark: dict[str, Any]) -> None:
    (row,) = checked(context, person_document(NUMBER, residence("2026-03-01"), **mark))
    assert row.record is not None
    assert row.record.fate is Fate.KEEP


def test_a_protected_person_whom_nobody_could_recognise_is_returned(context: ExtractContext) -> None:
    hidden = person_document("12345678901", residence("2026-03-01", adressegradering="fortrolig"), birth="")
    (row,) = checked(context, hidden)
    assert not row.is_accepted
    assert [problem.code for problem in row.problems] == [Code.NATIONAL_ID_INVALID]


def test_a_record_survives_waiting(context: ExtractContext) -> None:
    (row,) = checked(context, person_document(NUMBER, residence("2026-03-01")))
    assert row.record is not None
    assert PersonRecord.from_list(row.record.to_list()) == row.record
