"""Partners, opportunities and interest as figures: they add up, are hidden as guests are, and name each bucket."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.partner_page.interest import Purpose
from outreach.partners.opportunity import Kind as OfferKind
from outreach.partners.organisation import Kind
from outreach.partners.participation import Role
from outreach.reports.beside import (
    MEASURES_BESIDE,
    interests_of,
    offers_of,
    partners_of,
    sums_beside,
    tables_beside,
)
from outreach.reports.figures import Dimension, Figures
from outreach.reports.published import UNPUBLISHED, Published, differences_of, sums_of, values_of
from outreach.reports.report_words import DIMENSION_WORDS, MEASURE_WORDS, bucket_words
from tests.reports.test_suppression import attacked

ROWS = [
    ("stand", "club", "confirmed", 7),
    ("stand", "business", "declined", 6),
    ("speaker", "club", "confirmed", 5),
    ("host", "public", "asked", 9),
    ("sponsor", "business", "withdrawn", 3),
]


def test_partners_are_counted_by_role_and_by_kind_and_add_up() -> None:
    figures = Figures(parts=partners_of(ROWS))
    assert figures.table(Dimension.PARTNER) == {
        "": {"listed": 27, "confirmed": 12, "declined": 6, "silent": 9},
        "stand": {"listed": 13, "confirmed": 7, "declined": 6, "silent": 0},
        "speaker": {"listed": 5, "confirmed": 5, "declined": 0, "silent": 0},
        "host": {"listed": 9, "confirmed": 0, "declined": 0, "silent": 9},
    }
    assert figures.table(Dimension.PARTNER_KIND) == {"club": {"confirmed": 12}}
    sums = sums_beside(figures.parts)
    assert len(sums) == 9, "four measures over roles, four roles and the whole, kinds"
    assert all(one.holds(figures.parts) for one in sums)


def test_of_nothing_there_is_no_table() -> None:
    parts = partners_of([]) + offers_of({}) + interests_of({})
    assert tables_beside(Figures(parts=parts)) == []
    assert sums_beside(parts) == []


def test_opportunities_and_interest_have_a_whole() -> None:
    parts = offers_of({"job": 6, "plot": 5})
    parts.update(interests_of({"work": 8}))
    assert parts[(Dimension.OFFER, "", "offers")] == 11
    assert parts[(Dimension.INTEREST, "", "interests")] == 8
    assert [one for one, _ in tables_beside(Figures(parts=parts))] == [Dimension.OFFER, Dimension.INTEREST]


def test_a_few_who_left_interest_are_hidden_and_cannot_be_worked_out() -> None:
    published = Published(Figures(parts=interests_of({"work": 3, "join": 12, "plot": 20})))
    assert published.table(Dimension.INTEREST) == {
        "": {"interests": 35},
        "join": {"interests": None},
        "plot": {"interests": 20},
        "work": {"interests": None},
    }


@st.composite
def beside(draw: st.DrawFn) -> Figures:
    """Draw who took part, what they offered and what guests left."""
    few = st.integers(0, 12)
    rows = [
        (draw(st.sampled_from(list(Role))).value, draw(st.sampled_from(list(Kind))).value, state, draw(few))
        for state in draw(st.lists(st.sampled_from(["confirmed", "declined", "asked", "withdrawn"]), max_size=7))
    ]
    parts = partners_of(rows)
    parts.update(offers_of(draw(st.dictionaries(st.sampled_from([one.value for one in OfferKind]), few, max_size=4))))
    parts.update(interests_of(draw(st.dictionaries(st.sampled_from([one.value for one in Purpose]), few))))
    return Figures(parts=parts)


@given(beside())
@settings(max_examples=60, deadline=None)
def test_no_small_number_beside_the_walk_is_worked_out(drawn: Figures) -> None:
    published = Published(drawn)
    values = values_of(drawn)
    out = UNPUBLISHED | {key for key, value in published.rows() if value is None}
    assert attacked(values, sums_of(values), differences_of(values), out) == []
    assert all(value is None or not 0 < value < 5 for _key, value in published.rows())


@pytest.mark.parametrize(
    ("dimension", "buckets"),
    [
        (Dimension.PARTNER, [*Role, ""]),
        (Dimension.PARTNER_KIND, list(Kind)),
        (Dimension.OFFER, [*OfferKind, ""]),
        (Dimension.INTEREST, [*Purpose, ""]),
    ],
)
def test_each_bucket_and_measure_has_words(dimension: Dimension, buckets: list[str]) -> None:
    assert dimension in DIMENSION_WORDS
    assert set(MEASURES_BESIDE[dimension]) <= set(MEASURE_WORDS)
    for bucket in buckets:
        assert bucket_words(dimension, bucket) != str(bucket), bucket
