from datetime import UTC, datetime, timedelta

import pytest

from outreach.messages.shipments.status import STATUS_WORDS, Status, next_look, receipt_of
from outreach.outbox.states import Reason, State
from tests.openapi_schema import Document

NOW = datetime(2026, 11, 2, 11, 0, tzinfo=UTC)
TELLS = Document("ks-svarut-status-v2.json")


@pytest.mark.parametrize(
    ("status", "receipt"),
    [
        ("LEST", (State.DELIVERED, None)),
        ("PRINTET", (State.DELIVERED, None)),
        ("LEVERT_SDP", (State.DELIVERED, None)),
        ("MANUELT_HANDTERT", (State.DELIVERED, None)),
        ("AVVIST", (State.BOUNCED, Reason.REJECTED)),
        ("IKKE_LEVERT", (State.BOUNCED, Reason.BOUNCED_PERMANENT)),
        *((status, None) for status in ("MOTTATT", "AKSEPTERT", "VARSLET", "SENDT_PRINT", "SENDT_DIGITALT")),
        *((status, None) for status in ("SENDT_SDP", "KLAR_FOR_MOTTAK", "", "NY_STATUS")),
    ],
)
def test_a_status_ends_a_letter_or_leaves_it_under_way(status: str, receipt: object) -> None:
    assert receipt_of(status) == receipt
    assert (next_look(status, handed_over_at=NOW, now=NOW) is None) is (receipt is not None)


def test_each_status_of_the_services_document_has_words_and_no_other() -> None:
    known = TELLS._schemas["ForsendelseStatus"]["properties"]["status"]["enum"]
    assert set(known) == set(Status)
    assert set(STATUS_WORDS) == {"", *Status}


@pytest.mark.parametrize(
    ("age", "wait"),
    [
        (timedelta(0), timedelta(minutes=30)),
        (timedelta(hours=23), timedelta(minutes=30)),
        (timedelta(hours=24), timedelta(hours=6)),
        (timedelta(days=60), timedelta(hours=6)),
        (timedelta(days=60, seconds=1), None),
    ],
)
def test_is_asked_about_ever_less_often(age: timedelta, wait: timedelta | None) -> None:
    found = next_look("VARSLET", handed_over_at=NOW - age, now=NOW)
    assert found == (None if wait is None else NOW + wait)
