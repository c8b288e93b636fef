"""What a scanned text points at, and which ticket it is the code of."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from outreach.checkin.admission import UnknownReason
from outreach.checkin.scan_ticket import (
    Found,
    Pointer,
    TicketRow,
    group_of_ticket,
    match,
    pointer,
    reference,
    ticket_id_of,
)
from outreach.formats.short_code import INVITATION, TICKET, compute

NOW = datetime(2026, 11, 26, 17, 0, tzinfo=UTC)
TICKET_ROW = TicketRow(
    id=5, event_id=1, selector="23456C", generation=2, is_valid=True, persons=2, version=3, changed_at_utc=NOW
)


def code_of(selector: str, generation: int) -> str:
    return compute(TICKET, selector, bytes([generation]) * 32)


def found(text: str, *, event_id: int = 1) -> Found:
    rows = {"by_id": {5: TICKET_ROW}, "by_selector": {"23456C": TICKET_ROW}}
    return match(pointer(text), event_id=event_id, code_of=code_of, **rows)


@pytest.mark.parametrize("generation", [1, 2])
def test_a_code_finds_its_ticket_with_the_generation_it_has(generation: int) -> None:
    assert found(code_of("23456C", generation)) == Found(TICKET_ROW, generation)


@pytest.mark.parametrize("generation", [1, 2])
def test_a_reference_finds_its_ticket_with_the_generation_it_names(generation: int) -> None:
    assert found(reference(5, generation)) == Found(TICKET_ROW, generation)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (code_of("23456C", 3), UnknownReason.NEVER_OURS),
        (code_of("65432C", 1), UnknownReason.NEVER_OURS),
        (reference(6, 1), UnknownReason.NEVER_OURS),
        (compute(INVITATION, "23456", bytes(32)), UnknownReason.INVITATION),
        ("", UnknownReason.MISTYPED),
        ("hei", UnknownReason.MISTYPED),
        ("ref:5", UnknownReason.MISTYPED),
        ("ref:5.", UnknownReason.MISTYPED),
        ("ref:5.x", UnknownReason.MISTYPED),
        ("ref:-5.1", UnknownReason.MISTYPED),
        ("ref:0.1", UnknownReason.MISTYPED),
        (f"ref:{2**63}.1", UnknownReason.MISTYPED),
        ("ref:²5.1", UnknownReason.MISTYPED),
    ],
)
def test_what_is_no_ticket_of_ours_says_why(text: str, reason: UnknownReason) -> None:
    assert found(text) == Found(reason=reason)


@pytest.mark.parametrize("text", [code_of("23456C", 2), reference(5, 2)])
def test_a_ticket_of_another_event_is_told_as_that(text: str) -> None:
    assert found(text, event_id=2) == Found(reason=UnknownReason.OTHER_EVENT)


def test_a_text_without_a_ticket_asks_for_no_row() -> None:
    assert pointer("hei") == Pointer(reason=UnknownReason.MISTYPED)


def test_groups_and_ids_go_both_ways() -> None:
    assert ticket_id_of(group_of_ticket(7)) == 7
    assert ticket_id_of("device:7") is None


def test_a_ticket_is_revoked_from_its_latest_change() -> None:
    revoked = replace(TICKET_ROW, is_valid=False)
    assert revoked.standing.revoked_at_utc == NOW
    assert TICKET_ROW.standing.revoked_at_utc is None
