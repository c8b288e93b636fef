from datetime import UTC, datetime, timedelta

import pytest

from outreach.operation.check import (
    disk_check,
    key_check,
    letters_check,
    queue_check,
    register_check,
    rotation_check,
    schema_check,
)

NOW = datetime(2026, 11, 2, 11, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("found", "wanted", "holds"),
    [("0002", "0002", True), ("0001", "0002", False), (None, "0002", False), ("0003", "0002", False)],
)
def test_only_the_newest_known_schema_is_fit(found: str | None, wanted: str, holds: bool) -> None:
    assert schema_check(found=found, wanted=wanted).holds is holds


@pytest.mark.parametrize(("minutes", "holds"), [(0, True), (15, True), (16, False)])
def test_a_message_that_waits_over_a_quarter_of_an_hour_is_a_fault(minutes: int, holds: bool) -> None:
    assert queue_check(oldest_due_at_utc=NOW - timedelta(minutes=minutes), now=NOW).holds is holds


def test_an_empty_queue_is_fine() -> None:
    assert queue_check(oldest_due_at_utc=None, now=NOW).holds


def test_a_full_disk_is_a_fault() -> None:
    assert not disk_check(1_000).holds


@pytest.mark.parametrize(("mode", "holds"), [(0o100600, True), (0o100640, False), (0o100604, False), (None, True)])
def test_a_key_file_that_others_can_read_is_a_fault(mode: int | None, holds: bool) -> None:
    assert key_check("SECRET_KEY", mode=mode).holds is holds


@pytest.mark.parametrize(("waited", "holds"), [(None, True), (300, True), (301, False)])
def test_an_upload_that_nobody_reads_is_told(waited: int | None, holds: bool) -> None:
    oldest = None if waited is None else NOW - timedelta(seconds=waited)
    check = register_check(oldest_unclaimed_at_utc=oldest, now=NOW)
    assert (check.name, check.holds) == ("register", holds)
    assert ("register work" in check.words) is not holds


@pytest.mark.parametrize(("waited", "holds"), [(None, True), (300, True), (301, False)])
def test_letters_that_nobody_makes_are_told(waited: int | None, holds: bool) -> None:
    oldest = None if waited is None else NOW - timedelta(seconds=waited)
    check = letters_check(oldest_unclaimed_at_utc=oldest, now=NOW)
    assert (check.name, check.holds) == ("letters", holds)
    assert ("letters work" in check.words) is not holds


def test_the_age_of_a_key_is_told_and_a_change_of_key_that_did_not_end_is_a_fault() -> None:
    assert "412 dager gammel" in key_check("REGISTER_KEY", mode=0o100600, age_days=412).words
    assert rotation_check(0).holds
    assert not rotation_check(7).holds
    assert "flask people rotate-key" in rotation_check(7).words
