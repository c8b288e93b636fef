"""How an invitation tells of the meetups that it lets one choose between."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from outreach.events.series.meetups import Choice, Meetup, last_days, told

OSLO = Meetup(
    event_id=1,
    revision=0,
    kind="meetup",
    city="oslo",
    starts_at_utc=datetime(2026, 11, 26, 17, 0, tzinfo=UTC),
    ends_at_utc=datetime(2026, 11, 26, 20, 0, tzinfo=UTC),
    venue="Sentralen",
    venue_address="Øvre Slottsgate 3, 0157 Oslo",
    answer_by=date(2026, 11, 20),
)
AT_HOME = replace(
    OSLO,
    event_id=2,
    kind="gathering",
    city="modum",
    starts_at_utc=datetime(2027, 1, 2, 16, 30, tzinfo=UTC),
    ends_at_utc=datetime(2027, 1, 2, 23, 30, tzinfo=UTC),
    venue="Kulturhuset med et langt navn",
    venue_address="Vikersundgata 30",
)
CHOICE = Choice("Treff for studenter", (OSLO, AT_HOME))


@pytest.mark.parametrize(
    ("language", "oslo", "home"),
    [
        ("nb", "torsdag 26. november kl. 18.00–21.00", "lørdag 2. januar 2027 kl. 17.30–00.30"),
        ("nn", "torsdag 26. november kl. 18.00–21.00", "laurdag 2. januar 2027 kl. 17.30–00.30"),
        ("en", "Thursday 26 November, 18:00–21:00", "Saturday 2 January 2027, 17:30–00:30"),
        ("pl", "czwartek, 26 listopada 18:00–21:00", "sobota, 2 stycznia 2027 17:30–00:30"),
    ],
)
def test_tells_city_day_hours_and_place_and_the_street_where_there_is_room(language: str, oslo: str, home: str) -> None:
    assert told(CHOICE, language) == (
        ("Oslo", f"{oslo}, Sentralen, Øvre Slottsgate 3"),
        ("Modum", f"{home}, Kulturhuset med et langt navn"),
    )


def test_one_last_day_stands_once_and_several_by_city() -> None:
    assert last_days(CHOICE, "nb") == "fredag 20. november 2026"
    differing = Choice("Treff", (OSLO, replace(AT_HOME, answer_by=date(2026, 12, 20))))
    assert last_days(differing, "nb") == "Oslo 20. november, Modum 20. desember 2026"
    over_new_year = Choice("Treff", (OSLO, replace(AT_HOME, answer_by=date(2027, 1, 1))))
    assert last_days(over_new_year, "en") == "Oslo 20 November 2026, Modum 1 January 2027"


def test_each_city_is_named_once_and_one_event_is_no_choice() -> None:
    summer = replace(AT_HOME, event_id=3)
    assert Choice("Treff", (OSLO, AT_HOME, summer)).cities == ("Oslo", "Modum")
    assert [Choice("Treff", events).offers_several for events in ((OSLO,), (OSLO, summer))] == [False, True]


def test_a_release_is_of_the_meetups_as_they_are() -> None:
    changed = [replace(OSLO, revision=1), AT_HOME], [OSLO], [OSLO, AT_HOME]
    revisions = [Choice("Treff", tuple(events)).revision for events in changed] + [
        Choice("X", (OSLO, AT_HOME)).revision
    ]
    assert len({tuple(revision) for revision in revisions}) == 4
