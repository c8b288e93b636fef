"""Reading what phones send: shape only, field by field."""

from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.checkin.scan_report import (
    BadScan,
    MalformedScanError,
    MalformedUploadError,
    ScanReport,
    TooManyScansError,
    read_scan,
    read_upload,
)

SCAN = {"scan_id": "a" * 32, "kind": "in", "scanned_at_utc": "2026-11-26T17:00:00Z"}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=20,
)


def test_only_id_kind_and_time_are_needed() -> None:
    report = read_scan(SCAN)
    assert report == ScanReport(
        scan_id="a" * 32,
        counter=0,
        ticket="",
        kind="in",
        persons=1,
        phone_at_utc=datetime(2026, 11, 26, 17, 0, tzinfo=UTC),
        light="",
        roster_version="",
        door="",
        undoes="",
    )


@pytest.mark.parametrize(
    "scan_id", ["A" * 32, "aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa"], ids=["capitals", "with dashes, as a UUID"]
)
def test_an_id_may_be_spelt_in_more_ways(scan_id: str) -> None:
    assert read_scan({**SCAN, "scan_id": scan_id}).scan_id == "a" * 32


@pytest.mark.parametrize("text", ["2026-11-26T18:00:00+01:00", "2026-11-26T17:00:00", "2026-11-26T17:00:00.000Z"])
def test_a_time_may_be_spelt_in_more_ways(text: str) -> None:
    at = read_scan({**SCAN, "scanned_at_utc": text}).phone_at_utc
    assert at == datetime(2026, 11, 26, 17, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("scan_id", None), ("scan_id", "a" * 31), ("scan_id", "g" * 32), ("scan_id", 7),
        ("kind", "inn"), ("kind", None), ("kind", 1),
        ("persons", 501), ("persons", -1), ("persons", 1.5), ("persons", "1"), ("persons", False),
        ("counter", -1), ("counter", 2**31),
        ("scanned_at_utc", "1999-12-31T23:59:59Z"), ("scanned_at_utc", "2100-01-01T00:00:00Z"), ("scanned_at_utc", 5),
        ("ticket", "x" * 301), ("ticket", "a\x00b"), ("ticket", 5),
        ("door", "x" * 41), ("verdict", "x" * 11), ("roster_version", "x" * 41), ("undoes", "x"),
    ],
)  # fmt: skip
def test_a_field_that_is_wrong_is_named(field: str, value: Any) -> None:
    with pytest.raises(MalformedScanError) as raised:
        read_scan({**SCAN, field: value})
    assert raised.value.values == {"field": field}


def test_a_bad_scan_keeps_its_place_among_the_good() -> None:
    upload = read_upload({"clock_utc": SCAN["scanned_at_utc"], "scans": [SCAN, {"scan_id": "x"}, None, SCAN]})
    kinds = [type(scan) for scan in upload.scans]
    assert kinds == [ScanReport, BadScan, BadScan, ScanReport]
    assert [scan.scan_id for scan in upload.scans] == ["a" * 32, "x", "", "a" * 32]


@pytest.mark.parametrize("body", [None, [], {}, {"scans": {}}, {"scans": []}, {"scans": [], "clock_utc": "x"}])
def test_an_upload_without_scans_or_clock_is_refused(body: Any) -> None:
    with pytest.raises(MalformedUploadError):
        read_upload(body)


def test_five_hundred_scans_are_a_batch_and_one_more_is_not() -> None:
    upload = {"clock_utc": SCAN["scanned_at_utc"], "scans": [SCAN] * 500}
    assert len(read_upload(upload).scans) == 500
    with pytest.raises(TooManyScansError):
        read_upload({**upload, "scans": [SCAN] * 501})


@given(JSON)
def test_whatever_comes_is_read_or_refused_in_words(body: Any) -> None:
    with suppress(MalformedUploadError, TooManyScansError):
        read_upload(body)


@given(st.dictionaries(st.sampled_from([*SCAN, "persons", "ticket", "door", "undoes", "counter"]), JSON))
def test_whatever_a_scan_holds_is_read_or_refused_in_words(changes: dict[str, Any]) -> None:
    with suppress(MalformedScanError):
        report = read_scan({**SCAN, **changes})
        assert report.ticket.encode().decode() == report.ticket
        assert report.door.encode().decode() == report.door
