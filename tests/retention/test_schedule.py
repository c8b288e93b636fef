from datetime import date

import pytest

from outreach.retention.schedule import Clocks, EventDates, Rule, due_events, last_kept_day

CLOCKS = Clocks(event_days=90, register_days=395, memory_days=730)
ENDED = date(2026, 11, 26)


@pytest.mark.parametrize(("today", "due"), [(date(2027, 2, 23), 0), (date(2027, 2, 24), 1), (date(2028, 1, 1), 1)])
def test_an_events_people_are_due_ninety_days_after_its_last_day(today: date, due: int) -> None:
    found = due_events([EventDates(1, "kveld", ENDED, is_erased=False)], clocks=CLOCKS, today=today)
    assert [(item.rule, item.event_id) for item in found] == [(Rule.EVENT_PEOPLE, 1)] * due


def test_what_is_erased_is_not_due_again() -> None:
    assert due_events([EventDates(1, "kveld", ENDED, is_erased=True)], clocks=CLOCKS, today=date(2030, 1, 1)) == []


def test_the_oldest_falls_due_first() -> None:
    events = [EventDates(1, "b", ENDED, is_erased=False), EventDates(2, "a", date(2025, 1, 1), is_erased=False)]
    assert [item.event_id for item in due_events(events, clocks=CLOCKS, today=date(2030, 1, 1))] == [2, 1]


def test_a_thing_kept_for_a_day_is_kept_on_its_last_day() -> None:
    assert last_kept_day(date(2026, 11, 2), 1) == date(2026, 11, 1)
