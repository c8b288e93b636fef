"""How long a host's page stands, what staff see of a host, which numbers a host sees."""

from datetime import UTC, datetime, timedelta

import pytest

from outreach.hosts.host import State, closes_at, host_url, recipient, state_of
from outreach.hosts.numbers import needs_shown
from outreach.rsvp.answer import NeedKind

ENDS = datetime(2026, 11, 26, 20, tzinfo=UTC)


def test_the_page_stands_a_week_after_the_event() -> None:
    assert closes_at(ENDS) == ENDS + timedelta(days=7)


@pytest.mark.parametrize(
    ("is_withdrawn", "said_no", "was_sent", "state"),
    [
        (False, False, False, State.WAITING),
        (False, False, True, State.SENT),
        (False, True, True, State.SILENT),
        (True, True, True, State.WITHDRAWN),
        (True, False, False, State.WITHDRAWN),
    ],
)
def test_what_stops_us_first_is_what_staff_see(is_withdrawn: bool, said_no: bool, was_sent: bool, state: State) -> None:
    assert state_of(is_withdrawn=is_withdrawn, said_no=said_no, was_sent=was_sent) is state


@pytest.mark.parametrize(("counted", "shown"), [(0, {}), (1, None), (4, None), (5, 5), (9, 5), (10, 10)], ids=str)
def test_needs_of_few_are_hidden_and_others_cut_down_to_fives(counted: int, shown: object) -> None:
    expected = shown if shown == {} else {NeedKind.ALLERGY: shown}
    assert needs_shown({NeedKind.ALLERGY: counted}) == expected


def test_kinds_stand_in_the_order_of_the_form() -> None:
    counts = {NeedKind.OTHER: 7, NeedKind.DIET: 8}
    assert list(needs_shown(counts)) == [kind for kind in NeedKind if kind in counts]


def test_addresses() -> None:
    assert host_url("https://t.example", "ABC") == "https://t.example/vert/abc"
    assert recipient(7) == "event_host:7"
