"""Every stored column is classed, with purpose, retention and eraser; the map has no row without a column."""

import importlib
from functools import reduce

import pytest

from outreach.database import db
from outreach.retention.column_rule import ColumnRule, DataClass
from outreach.retention.data_map import DATA_MAP

COLUMNS = {f"{table.name}.{column.name}" for table in db.metadata.sorted_tables for column in table.columns}
PERSONAL = {DataClass.PERSONAL, DataClass.SPECIAL}
ERASERS = sorted({rule.eraser for rule in DATA_MAP.values() if rule.eraser})


def unmapped(columns: set[str], rows: dict[str, ColumnRule]) -> tuple[set[str], set[str]]:
    return columns - set(rows), set(rows) - columns


def test_every_column_has_a_row_and_every_row_a_column() -> None:
    assert unmapped(COLUMNS, DATA_MAP) == (set(), set())


def test_a_new_column_and_a_dropped_one_would_be_seen() -> None:
    without_name = {column: rule for column, rule in DATA_MAP.items() if column != "person.given_name_sealed"}
    assert unmapped(COLUMNS, without_name) == ({"person.given_name_sealed"}, set())
    assert unmapped(COLUMNS - {"need.kind"}, DATA_MAP) == (set(), {"need.kind"})


@pytest.mark.parametrize("column", sorted(DATA_MAP))
def test_a_row_says_why_and_what_is_personal_can_be_erased(column: str) -> None:
    rule = DATA_MAP[column]
    assert rule.purpose
    if rule.data_class in PERSONAL:
        assert rule.eraser, column


def test_what_is_encrypted_or_hashed_from_a_person_is_personal() -> None:
    for column in COLUMNS:
        if column.endswith(("_sealed", ".identity_hash", ".subject_hash", ".email", ".display_name")):
            assert DATA_MAP[column].data_class in PERSONAL, column


def test_no_column_holds_a_name_address_or_contact_in_plain() -> None:
    telling = (
        "given_name",
        "family_name",
        "middle_name",
        "address",
        "birth_date",
        "mobile",
        "phone_number",
        "national",
    )
    public_or_staff = {"event.venue_address", "staff_user.email", "person.has_postal_address"}
    plain = {
        column
        for column in COLUMNS - public_or_staff
        if any(word in column.split(".")[1] for word in telling) and not column.endswith("_sealed")
    }
    assert plain == set()


@pytest.mark.parametrize("eraser", ERASERS)
def test_the_named_eraser_exists(eraser: str) -> None:
    module, _, name = eraser.partition(":")
    found = reduce(getattr, name.split("."), importlib.import_module(f"outreach.{module}"))
    assert callable(found)
