"""Every fault of a rule at once, with both sides of every edge."""

from datetime import date

import pytest
from hypothesis import given

from outreach.audience.rule import (
    Age,
    Attended,
    BirthYear,
    Children,
    Invited,
    MovedIn,
    PostcodeArea,
    Rule,
    SchoolLeaving,
    SignedUp,
    StudyCity,
)
from outreach.audience.rule_checks import MOST_AREAS, RuleError, check, faults_of
from tests.audience.rule_strategies import RULES

DAY = date(2026, 5, 1)


def parts(*conditions):
    return [(fault.kind, fault.part) for fault in faults_of(Rule(conditions=conditions))]


@given(RULES)
def test_a_sensible_rule_has_no_fault(rule):
    assert list(faults_of(rule)) == []


@pytest.mark.parametrize(
    "condition",
    [
        MovedIn(months=1),
        MovedIn(months=240),
        MovedIn(since=DAY, until=DAY),
        Age(0, 0),
        Age(120, 120),
        BirthYear(1900, 2100),
        SchoolLeaving(2020, 2020),
        Children(0, 17),
        PostcodeArea(("0", "33", "337", "3370")),
        PostcodeArea(tuple(f"{number:04}" for number in range(MOST_AREAS))),
        StudyCity(("oslo",)),
        SignedUp(),
        SignedUp(("jobs", "plots")),
        Invited(),
        Invited(240),
    ],
)
def test_the_edges_inside_are_sound(condition):
    assert parts(condition) == []


@pytest.mark.parametrize(
    ("condition", "part"),
    [
        (MovedIn(), "months"),
        (MovedIn(months=0), "months"),
        (MovedIn(months=241), "months"),
        (MovedIn(months=3, since=DAY), "months"),
        (MovedIn(since=date(2026, 5, 2), until=DAY), "since"),
        (Age(), "youngest"),
        (Age(-1, 3), "youngest"),
        (Age(3, 121), "oldest"),
        (Age(4, 3), "youngest"),
        (BirthYear(1899, 1990), "first"),
        (BirthYear(1990, 2101), "last"),
        (SchoolLeaving(2021, 2020), "first"),
        (Children(None, None), "youngest"),
        (PostcodeArea(), "areas"),
        (PostcodeArea(("33700",)), "areas"),
        (PostcodeArea(("",)), "areas"),
        (PostcodeArea(("Atlantis",)), "areas"),
        (PostcodeArea(("٣٣٧٠",)), "areas"),
        (PostcodeArea(tuple(f"{number:04}" for number in range(MOST_AREAS + 1))), "areas"),
        (StudyCity(), "cities"),
        (SignedUp(("fortune",)), "interests"),
        (StudyCity(("modum",)), "cities"),
        (Invited(0), "months"),
        (Invited(241), "months"),
    ],
)
def test_the_edges_outside_are_faults_of_their_part(condition, part):
    assert [found for _, found in parts(condition)] == [part]


def test_all_faults_come_at_once():
    found = parts(Age(4, 3), MovedIn(), PostcodeArea(("Atlantis",)), Attended(), Attended(negated=True))
    assert found == [("attended", ""), ("age", "youngest"), ("moved_in", "months"), ("postcode", "areas")]
    with pytest.raises(RuleError) as caught:
        check(Rule(conditions=(Age(4, 3), MovedIn())))
    assert len(caught.value.faults) == 2
    assert "Atlantis" not in str(caught.value)


def test_a_rule_that_asks_for_nothing_is_no_rule():
    assert parts() == [("", "")]
