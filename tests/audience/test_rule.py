"""A rule as values and as JSON, and its windows."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.audience.rule import (
    KINDS,
    Age,
    BirthYear,
    Children,
    MovedIn,
    Rule,
    RuleFormatError,
    SchoolLeaving,
    SignedUp,
    Who,
    birth_years_of,
    months_to,
    rule_of_json,
    window_of,
)
from tests.audience.rule_strategies import AS_OF, CONDITIONS, RULES


@given(RULES)
def test_a_rule_survives_its_json(rule):
    assert rule_of_json(rule.to_json()) == rule
    assert rule_of_json(rule.to_json()).to_json() == rule.to_json()


def test_a_rule_from_before_interests_is_read_and_stays_the_same_text():
    old = '{"all_of": [{"kind": "signed_up", "negated": false}], "version": 1, "who": "both"}'
    assert rule_of_json(old) == Rule(Who.BOTH, (SignedUp(),))
    assert rule_of_json(old).to_json() == old
    assert rule_of_json(Rule(Who.BOTH, (SignedUp(("jobs",)),)).to_json()).conditions == (SignedUp(("jobs",)),)


def test_every_kind_of_condition_is_drawn_by_the_property_tests():
    assert set(CONDITIONS) == set(KINDS)


GOOD = json.loads(Rule(Who.BOTH, (Age(18, 29),)).to_json())


@pytest.mark.parametrize(
    "given_json",
    [
        "",
        "null",
        "[]",
        "{}",
        json.dumps({**GOOD, "version": 2}),
        json.dumps({**GOOD, "who": "alle"}),
        json.dumps({**GOOD, "more": 1}),
        json.dumps({**GOOD, "all_of": [{"kind": "income"}]}),
        json.dumps({**GOOD, "all_of": [{"kind": "age", "youngest": 1}]}),
        json.dumps({**GOOD, "all_of": [{"kind": "age", "youngest": 1, "oldest": 2, "more": 3}]}),
        json.dumps({**GOOD, "all_of": [{"kind": "age", "youngest": "1", "oldest": 2}]}),
        json.dumps({**GOOD, "all_of": [{"kind": "age", "youngest": True, "oldest": 2}]}),
        json.dumps({**GOOD, "all_of": [{"kind": "attended", "negated": 1}]}),
        json.dumps({**GOOD, "all_of": [{"kind": "postcode", "areas": "3370", "negated": False}]}),
        json.dumps({**GOOD, "all_of": [{"kind": "postcode", "areas": [3370], "negated": False}]}),
        json.dumps({**GOOD, "all_of": ["age"]}),
        json.dumps(
            {**GOOD, "all_of": [{"kind": "moved_in", "months": 1, "since": "i går", "until": None, "negated": False}]}
        ),
    ],
)
def test_what_this_version_does_not_know_is_refused(given_json):
    with pytest.raises(RuleFormatError):
        rule_of_json(given_json)


@pytest.mark.parametrize(
    ("last", "months", "first"),
    [
        (date(2026, 10, 31), 1, date(2026, 10, 1)),
        (date(2026, 10, 31), 12, date(2025, 11, 1)),
        (date(2026, 12, 31), 12, date(2026, 1, 1)),
        (date(2026, 3, 30), 1, date(2026, 3, 1)),
        (date(2024, 2, 28), 12, date(2023, 3, 1)),
        (date(2026, 12, 30), 1, date(2026, 12, 1)),
        (date(2026, 1, 15), 1, date(2025, 12, 16)),
    ],
)
def test_months_end_on_the_last_day(last, months, first):
    assert months_to(last, months) == first


@given(st.dates(date(1995, 1, 1), date(2090, 1, 1)), st.integers(1, 60))
def test_months_that_follow_one_another_share_no_day(last, months):
    assert months_to(last, months) <= last
    assert months_to(last, months + 1) <= months_to(last, months)


@pytest.mark.parametrize(
    ("condition", "window"),
    [
        (MovedIn(months=12), (date(2025, 11, 1), AS_OF)),
        (MovedIn(since=date(2026, 1, 1)), (date(2026, 1, 1), AS_OF)),
        (MovedIn(until=date(2026, 1, 1)), (None, date(2026, 1, 1))),
        (MovedIn(since=date(2026, 1, 1), until=date(2026, 2, 1)), (date(2026, 1, 1), date(2026, 2, 1))),
    ],
)
def test_a_window_is_open_where_nothing_is_said(condition, window):
    assert window_of(condition, AS_OF) == window


@pytest.mark.parametrize(
    ("condition", "years"),
    [
        (Age(18, 29), (1997, 2008)),
        (Age(None, 29), (1997, None)),
        (Age(18, None), (None, 2008)),
        (Children(), (2009, 2026)),
        (BirthYear(1990, 1999), (1990, 1999)),
        (SchoolLeaving(2024, 2026), (2005, 2007)),
        (SchoolLeaving(None, 2026), (None, 2007)),
    ],
)
def test_ages_and_school_years_are_years_of_birth(condition, years):
    assert birth_years_of(condition, AS_OF) == years
