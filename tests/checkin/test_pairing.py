"""Pairing links and the names of doors and phones."""

from datetime import UTC, datetime, timedelta

import pytest

from outreach.checkin.pairing import (
    DoorNameError,
    cleaned_name,
    expiry,
    new_secret,
    offset_seconds,
    pairing_link,
    secret_hash,
)

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


def test_a_secret_has_256_bits_and_is_kept_as_a_hash() -> None:
    secret = new_secret()
    assert len(secret) == 43
    assert secret_hash(secret) != secret
    assert secret_hash("\ud800") == secret_hash("?")


def test_the_secret_stands_where_no_server_sees_it() -> None:
    assert pairing_link("https://modum.example", "abc") == "https://modum.example/door/#abc"


@pytest.mark.parametrize(
    ("ends", "expected"), [(timedelta(hours=8), timedelta(hours=14)), (timedelta(hours=-30), timedelta(hours=12))]
)
def test_a_shift_ends_after_the_event_and_never_in_the_middle_of_an_evening(
    ends: timedelta, expected: timedelta
) -> None:
    assert expiry(ends_at_utc=NOW + ends, now=NOW) == NOW + expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (" Kari  Nordmann ", "Kari Nordmann"),
        ("Å" * 40, "Å" * 40),
        ("a\r\nb", "a b"),
        ("a\u202eb", "a b"),
        ("o\u0308", "ö"),
    ],
)
def test_a_name_is_one_clean_line(name: str, expected: str) -> None:
    assert cleaned_name(name) == expected


@pytest.mark.parametrize("name", ["", "  ", "\n", "x" * 41])
def test_a_name_that_says_nothing_or_too_much_is_refused(name: str) -> None:
    with pytest.raises(DoorNameError):
        cleaned_name(name)


def test_the_offset_is_server_minus_phone() -> None:
    assert offset_seconds(phone_utc=NOW - timedelta(milliseconds=1500), now=NOW) == 1.5
