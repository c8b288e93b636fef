"""A goal's light says the same as its words, on both sides of every edge."""

from datetime import date, timedelta

import pytest

from outreach.reports.goals.goal import (
    CONTACT_POINT,
    LIGHT_TONES,
    LIGHT_WORDS,
    Goal,
    GoalFaultError,
    GoalKind,
    Happened,
    Light,
    checked,
    standing,
)

DUE = date(2026, 3, 1)
LONG_BEFORE, JUST_BEFORE, AFTER = DUE - timedelta(days=31), DUE - timedelta(days=30), DUE + timedelta(days=1)


def _goal(kind: GoalKind, *, wanted: int = 1, measure: str = "", event_kind: str = "ny-i-modum") -> Goal:
    return Goal(kind, event_kind, wanted, DUE, "Et mål", DUE.year, measure)


def _people(wanted: int) -> Goal:
    return _goal(GoalKind.STARTED, wanted=wanted, event_kind=CONTACT_POINT)


@pytest.mark.parametrize(
    ("goal", "happened", "today", "light"),
    [
        (_goal(GoalKind.DATED), Happened(published=1), AFTER, Light.GREEN),
        (_goal(GoalKind.DATED), Happened(drafts=1), DUE, Light.AMBER),
        (_goal(GoalKind.DATED), Happened(drafts=1), AFTER, Light.RED),
        (_goal(GoalKind.DATED), Happened(), LONG_BEFORE, Light.AMBER),
        (_goal(GoalKind.DATED), Happened(), JUST_BEFORE, Light.RED),
        (_goal(GoalKind.STARTED), Happened(published=3), LONG_BEFORE, Light.AMBER),
        (_goal(GoalKind.STARTED), Happened(published=3, invited_to=1), LONG_BEFORE, Light.GREEN),
        (
            _goal(GoalKind.STARTED, wanted=20, event_kind=CONTACT_POINT),
            Happened(sums={"sign_ups": 19}),
            DUE,
            Light.AMBER,
        ),
        (
            _goal(GoalKind.STARTED, wanted=20, event_kind=CONTACT_POINT),
            Happened(sums={"sign_ups": 20}),
            AFTER,
            Light.GREEN,
        ),
        (_goal(GoalKind.TARGET, wanted=100, measure="attended"), Happened(sums={"attended": 99}), DUE, Light.AMBER),
        (_goal(GoalKind.TARGET, wanted=100, measure="attended"), Happened(sums={"attended": 99}), AFTER, Light.RED),
        (_goal(GoalKind.TARGET, wanted=100, measure="attended"), Happened(sums={"attended": 100}), AFTER, Light.GREEN),
        (_goal(GoalKind.TARGET, wanted=2, measure="events"), Happened(published=2), DUE, Light.GREEN),
    ],
)
def test_tells_how_a_goal_stands(goal: Goal, happened: Happened, today: date, light: Light) -> None:
    found = standing(goal, happened, today)
    assert found.light is light
    assert bool(found.words) is (light is not Light.GREEN)


def test_every_light_has_a_word_and_a_tone() -> None:
    assert set(LIGHT_WORDS) == set(LIGHT_TONES) == set(Light)
    assert len(set(LIGHT_WORDS.values())) == 3


@pytest.mark.parametrize("kind", [GoalKind.DATED, GoalKind.TARGET])
def test_the_contact_point_has_no_date_and_no_guests(kind: GoalKind) -> None:
    with pytest.raises(GoalFaultError):
        checked(_goal(kind, event_kind=CONTACT_POINT))
    assert checked(_goal(GoalKind.STARTED, event_kind=CONTACT_POINT))
