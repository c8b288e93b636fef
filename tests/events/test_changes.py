"""What guests are told of a changed event is what differs, old and new, and nothing else."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from outreach.events.changes import FACTS, changes, kept
from outreach.events.event import EventDetails
from tests.factories.events import event_details

BEFORE = event_details(nearest_stop="Vikersund stasjon")
HOUR = timedelta(hours=1)


def _told(language: str = "nb", **values: Any) -> list[tuple[str, str, str]]:
    found = changes(kept(BEFORE), replace(BEFORE, **values), language)
    return [(one.label, one.new, one.old) for one in found]


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({}, []),
        ({"title": "Bli kjent"}, [("Nytt navn", "Bli kjent", "Ny i Modum-kveld 2026")]),
        (
            {"venue": "Furumo", "venue_address": ""},
            [("Nytt sted", "Furumo", "Modum kulturhus, Vikersundgata 30, 3370 Vikersund")],
        ),
        ({"venue_address": "Gata 2"}, [("Ny adresse", "Gata 2", "Vikersundgata 30, 3370 Vikersund")]),
        ({"nearest_stop": ""}, [("Nytt stopp", "", "Vikersund stasjon")]),
        ({"parking": "Bak huset"}, [("Ny parkering", "Bak huset", "")]),
        ({"access_information": "Heis.\nTeleslynge."}, [("Nytt om å komme inn", "Heis.\nTeleslynge.", "")]),
        ({"programme": "- 19.00: Mat – laget"}, [("Nytt program", "19.00 Mat – laget", "")]),
        ({"answer_by": BEFORE.answer_by - timedelta(days=1), "capacity": 7, "description": "Hei"}, []),
    ],
)
def test_each_fact_is_told_with_what_was(values: dict[str, Any], told: list[tuple[str, str, str]]) -> None:
    assert _told(**values) == told


def test_another_hour_is_told_as_people_of_the_language_say_it() -> None:
    [(label, new, old)] = _told(starts_at_utc=BEFORE.starts_at_utc + HOUR)
    assert label == "Nytt tidspunkt"
    assert "torsdag 26. november 2026 kl.\xa019.00" in new
    assert "torsdag 26. november 2026 kl.\xa018.00" in old
    [(_, new, _)] = _told("en", ends_at_utc=BEFORE.ends_at_utc + HOUR)
    assert new.startswith("Thursday 26 November 2026, 18:00")
    assert new.endswith("22:00")


def test_every_fact_is_one_of_the_details_and_is_told() -> None:
    assert set(FACTS) <= set(EventDetails.__dataclass_fields__)
    other = {name: f"x{getattr(BEFORE, name)}" for name in FACTS if not name.endswith("_utc")}
    assert all(_told(**{name: value}) for name, value in other.items())
