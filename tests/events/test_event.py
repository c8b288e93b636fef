"""What can be an event: every fault at once, Norwegian slugs, and the two odd hours of the year."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.events.event import (
    EventDetailsError,
    SkippedHourError,
    check,
    one_line,
    oslo_moment,
    slug_of,
    text_block,
    usual_answer_by,
)
from tests.factories.events import event_details

START = datetime(2026, 11, 26, 17, tzinfo=UTC)


def _local(*parts: int) -> datetime:
    return datetime(*parts)  # noqa: DTZ001 - as people type it


def faults(**changes: object) -> list[str]:
    try:
        check(event_details(**changes))
    except EventDetailsError as error:
        return [fault.field for fault in error.faults]
    return []


def test_all_faults_come_at_once() -> None:
    found = faults(slug="Ny kveld", title="", venue="", ends_at_utc=START, capacity=0, answer_by=date(2026, 11, 27))
    assert found == ["slug", "title", "venue", "ends", "answer_by", "capacity"]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        ({"slug": "ab"}, ["slug"]),
        ({"slug": "abc"}, []),
        ({"slug": "a" * 80}, []),
        ({"slug": "a" * 81}, ["slug"]),
        ({"slug": "ny--kveld"}, ["slug"]),
        ({"slug": "-ny"}, ["slug"]),
        ({"slug": "åpen-dag"}, ["slug"]),
        ({"slug": "../../etc"}, ["slug"]),
        ({"title": "Ny"}, ["title"]),
        ({"title": "N" * 120}, []),
        ({"title": "N" * 121}, ["title"]),
        ({"title": "Ny\u202e i Modum"}, ["title"]),
        ({"title": "Ny\ni Modum"}, ["title"]),
        ({"description": "to\nlinjer\tog tabulator"}, []),
        ({"description": "nul\0"}, ["description"]),
        ({"description": "x" * 5001}, ["description"]),
        ({"ends_at_utc": START}, ["ends"]),
        ({"ends_at_utc": START + timedelta(minutes=1)}, []),
        ({"ends_at_utc": START + timedelta(days=14)}, []),
        ({"ends_at_utc": START + timedelta(days=14, minutes=1)}, ["ends"]),
        ({"answer_by": date(2026, 11, 26)}, []),
        ({"answer_by": date(2026, 11, 27)}, ["answer_by"]),
        ({"capacity": None}, []),
        ({"capacity": 1}, []),
        ({"capacity": 0}, ["capacity"]),
        ({"capacity": 5, "capacity_children": 5, "capacity_wheelchairs": 0}, []),
        ({"capacity": 5, "capacity_children": 6}, ["capacity_children"]),
        ({"capacity": None, "capacity_adults": 100_000}, []),
        ({"capacity_adults": -1, "capacity_wheelchairs": 100_001}, ["capacity_adults", "capacity_wheelchairs"]),
        ({"capacity": -1}, ["capacity"]),
        ({"capacity": 100_000}, []),
        ({"capacity": 100_001}, ["capacity"]),
    ],
    ids=str,
)
def test_each_rule_on_both_sides_of_its_edge(changes: dict[str, object], found: list[str]) -> None:
    assert faults(**changes) == found


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Ny i Modum-kveld 2026", "ny-i-modum-kveld-2026"),
        ("Blåbærtur på Åmot – Øst!", "blabaertur-pa-amot-ost"),
        ("  Café «Ærlig»  ", "cafe-aerlig"),
        ("Čáhppes Đ Ŋ Ŧ", "cahppes-d-n-t"),
        ("Бал", ""),
        ("A\u030apen", "apen"),
    ],
)
def test_slugs_are_written_as_norwegians_write_without_their_letters(title: str, slug: str) -> None:
    assert slug_of(title) == slug


@given(st.text(max_size=200))
def test_a_slug_made_of_any_title_is_usable_or_too_short(title: str) -> None:
    slug = slug_of(title)
    assert len(slug) < 3 or faults(slug=slug) == []


@pytest.mark.parametrize(
    ("local", "utc"),
    [
        (_local(2026, 11, 26, 18), datetime(2026, 11, 26, 17, tzinfo=UTC)),
        (_local(2026, 7, 1, 18), datetime(2026, 7, 1, 16, tzinfo=UTC)),
        (_local(2026, 3, 29, 1, 59), datetime(2026, 3, 29, 0, 59, tzinfo=UTC)),
        (_local(2026, 3, 29, 3, 0), datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        (_local(2026, 10, 25, 2, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
    ],
)
def test_local_times_become_utc(local: datetime, utc: datetime) -> None:
    assert oslo_moment(local) == utc


@pytest.mark.parametrize("minute", [0, 30, 59])
def test_the_hour_that_the_clocks_skip_is_refused(minute: int) -> None:
    with pytest.raises(SkippedHourError, match=r"03\.00 eller senere"):
        oslo_moment(_local(2026, 3, 29, 2, minute))


@pytest.mark.parametrize(
    ("today", "answer_by"),
    [
        (date(2026, 11, 1), date(2026, 11, 23)),
        (date(2026, 11, 23), date(2026, 11, 23)),
        (date(2026, 11, 24), date(2026, 11, 24)),
        (date(2026, 11, 26), date(2026, 11, 26)),
        (date(2026, 12, 24), date(2026, 11, 26)),
    ],
)
def test_answers_are_usual_until_three_days_before_or_today(today: date, answer_by: date) -> None:
    assert usual_answer_by(START, today) == answer_by


def test_texts_are_tidied() -> None:
    assert one_line("  Ny\u00a0i \t Modum\n") == "Ny i Modum"
    assert one_line("A\u030apent") == "Åpent"
    assert text_block(" a\r\nb\rc \n") == "a\nb\nc"
