"""What is wrong with a person typed by hand, each fault at its field; and what is stored of one without faults."""

from dataclasses import replace
from datetime import date

import pytest

from outreach.people.person import PersonName
from outreach.people.postal_address import PostalAddress
from outreach.register.adding.addition import Addition, faults_of, record_of
from outreach.register.register_row import ExtractContext
from tests.factories.people import national_number

NUMBER = national_number(date(1990, 4, 12))
ONE = Addition(
    name=PersonName("Åse", "", "Lien"),
    birth_date=date(1990, 4, 12),
    birth_year=None,
    address=PostalAddress(("Eksempelveien 12",), "3370", "VIKERSUND"),
)
ELSEWHERE = PostalAddress(("c/o Bo", "Gata 1"), "0159", "OSLO")


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({}, set()),
        ({"national_id": NUMBER}, set()),
        ({"birth_date": None, "birth_year": 1990}, set()),
        ({"birth_date": None, "birth_year": 1990, "national_id": NUMBER}, set()),
        ({"birth_date": None}, {"birth_date"}),
        ({"birth_year": 1991}, {"birth_year"}),
        ({"birth_date": None, "birth_year": 1889}, {"birth_year"}),
        ({"birth_date": None, "birth_year": 1890}, set()),
        ({"birth_date": None, "birth_year": 2026}, set()),
        ({"birth_date": None, "birth_year": 2027}, {"birth_year"}),
        ({"birth_date": date(2026, 11, 2)}, set()),
        ({"birth_date": date(2026, 11, 3)}, {"birth_date"}),
        ({"national_id": NUMBER[:-1] + str((int(NUMBER[-1]) + 1) % 10)}, {"national_id"}),
        ({"national_id": "123"}, {"national_id"}),
        ({"national_id": national_number(date(1990, 4, 13))}, {"national_id"}),
        ({"birth_date": None, "birth_year": 1991, "national_id": NUMBER}, {"national_id"}),
        ({"address": replace(ONE.address, postcode="0000")}, {"postcode"}),
        ({"address": replace(ONE.address, postcode="33")}, {"postcode"}),
        ({"name": PersonName("", "", "")}, {"family_name"}),
        ({"birth_date": None, "address": replace(ONE.address, postcode="x")}, {"birth_date", "postcode"}),
    ],
)
def test_each_fault_is_told_at_its_field(context: ExtractContext, changes: dict[str, object], fields: set[str]) -> None:
    assert {field for field, _text in faults_of(replace(ONE, **changes), context)} == fields  # type: ignore[arg-type]


def test_a_test_number_is_refused_where_they_are_off(context: ExtractContext) -> None:
    strict = replace(context, synthetic_allowed=False)
    assert [field for field, _text in faults_of(replace(ONE, national_id=NUMBER), strict)] == ["national_id"]


@pytest.mark.parametrize(("address", "lives_here", "study_city"), [(ONE.address, True, ""), (ELSEWHERE, False, "oslo")])
def test_where_the_postcode_is_decides_who_is_resident(
    context: ExtractContext, address: PostalAddress, lives_here: bool, study_city: str
) -> None:
    record = record_of(replace(ONE, address=address), context)
    assert (record.is_resident, record.study_city, record.moved_in_on) == (lives_here, study_city, None)
    assert (record.birth_year, record.national_ids) == (1990, ())


def test_the_dwelling_is_that_of_the_street_and_not_of_the_host(context: ExtractContext) -> None:
    home = record_of(replace(ONE, address=replace(ONE.address, lines=("c/o Bo", "Eksempelveien 12"))), context)
    assert home.dwelling == record_of(ONE, context).dwelling
