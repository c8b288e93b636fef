"""Small cells stay hidden from those who subtract: an attack by linear algebra of its own, and its control."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.reports.figures import BY_HOUSEHOLD, MEASURES, Figures
from outreach.reports.funnel import Funnel
from outreach.reports.published import UNPUBLISHED, Published, differences_of, sums_of, values_of
from outreach.reports.suppression import Sum, hidden

Matrix = list[list[Fraction]]


def _rank(rows: Matrix) -> int:
    rows, rank = [row[:] for row in rows], 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((at for at in range(rank, len(rows)) if rows[at][column]), None)
        if pivot is None:
            continue
        rows[rank], rows[pivot] = rows[pivot], rows[rank]
        for at in range(len(rows)):
            if at != rank and rows[at][column]:
                factor = rows[at][column] / rows[rank][column]
                rows[at] = [a - factor * b for a, b in zip(rows[at], rows[rank], strict=True)]
        rank += 1
    return rank


def attacked(
    values: Mapping[object, int],
    sums: Sequence[Sum],
    pairs: Sequence[tuple[object, object]],
    out: frozenset[object],
) -> list[object]:
    """Return what an attacker works out of 1 to 4 persons: a number, a difference, or what a sum's hidden parts make.

    The attacker knows every sum, and each number that is not in `out`. A combination of the unknown is fixed when it
    adds nothing to the rank of the sums.
    """
    unknown = sorted(out, key=repr)
    place = {name: at for at, name in enumerate(unknown)}

    def row(vector: Mapping[object, int]) -> list[Fraction]:
        found = [Fraction(0)] * len(unknown)
        for name, factor in vector.items():
            if name in place:
                found[place[name]] += factor
        return found

    known = [row({**dict.fromkeys(one.parts, 1), one.whole: -1}) for one in sums]
    rank = _rank(known) if unknown else 0
    wanted = [({name: 1}, value) for name, value in values.items() if name not in UNPUBLISHED]
    wanted += [({more: 1, less: -1}, values[more] - values[less]) for more, less in pairs]
    wanted += [({part: 1 for part in one.parts if part in out}, sum(values[part] for part in one.parts if part in out))
               for one in sums if one.whole not in out]  # fmt: skip
    small = [vector for vector, value in wanted if 0 < value < 5]
    return [vector for vector in small if not unknown or _rank([*known, row(vector)]) == rank]


def _table(cells: Mapping[str, int]) -> tuple[dict[object, int], list[Sum]]:
    values: dict[object, int] = {**cells, "all": sum(cells.values())}
    return values, [Sum("all", list(cells))]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"a": 5, "b": 0}, set()),
        ({"a": 4, "b": 9, "c": 20}, {"a", "b"}),
        ({"a": 4, "b": 3, "c": 20}, {"a", "b"}),
        ({"a": 1, "b": 1, "c": 20, "d": 9}, {"a", "b", "d"}),
        ({"a": 3, "b": 0}, {"a", "all"}),
        ({"a": 2, "b": 30}, {"a", "b"}),
    ],
)
def test_hides_small_cells_and_what_gives_them_away(cells: dict[str, int], expected: set[str]) -> None:
    assert hidden(*_table(cells)) == expected


def test_a_small_step_between_two_numbers_is_hidden() -> None:
    values = {"invited": 40, "answered": 38}
    assert hidden(values, [], [("invited", "answered")]) == {"answered"}
    assert hidden({"invited": 40, "answered": 35}, [], [("invited", "answered")]) == frozenset()


def test_a_number_that_two_sums_give_away_together_is_hidden() -> None:
    """A two by two table whose margins are shown: each row and column alone has two unknown."""
    cells = {"a1": 3, "a2": 20, "b1": 30, "b2": 40}
    values = {**cells, "a": 23, "b": 70, "1": 33, "2": 60}
    sums = [Sum("a", ["a1", "a2"]), Sum("b", ["b1", "b2"]), Sum("1", ["a1", "b1"]), Sum("2", ["a2", "b2"])]
    found = hidden(values, sums)
    assert attacked(values, sums, [], found) == []
    assert attacked(values, sums, [], frozenset({"a1", "a2"}))


def test_a_sum_that_does_not_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="not the sum"):
        hidden({"a": 1, "all": 2}, [Sum("all", ["a"])])


@st.composite
def figures(draw: st.DrawFn) -> Figures:
    """Draw an evening: households in groups that are alike, each a walk from invited to came."""
    parts: dict[tuple[str, str, str], int] = {}
    totals = dict.fromkeys(MEASURES, 0)
    coming = 0
    dimensions = BY_HOUSEHOLD[: draw(st.integers(1, 3))]
    for _group in range(draw(st.integers(1, 6))):
        invited = draw(st.integers(1, 40))
        delivered, answered = draw(st.integers(0, invited)), draw(st.integers(0, invited))
        own = draw(st.integers(0, answered))
        coming += own
        attending = own + draw(st.sampled_from([0, 0, 1, 3, 6]))
        walk = (invited, delivered, answered, attending, draw(st.integers(0, attending)))
        for dimension in dimensions:
            bucket = draw(st.sampled_from("abc"))
            for measure, value in zip(MEASURES, walk, strict=True):
                key = (dimension, bucket, measure)
                parts[key] = parts.get(key, 0) + value
        for measure, value in zip(MEASURES, walk, strict=True):
            totals[measure] += value
    returned = draw(st.integers(0, totals["invited"] - totals["delivered"]))
    funnel = Funnel(
        invited=totals["invited"],
        delivered=totals["delivered"],
        returned=returned,
        waiting=totals["invited"] - totals["delivered"] - returned,
        answered=totals["answered"],
        unanswered=totals["invited"] - totals["answered"],
        coming=coming,
        declined=totals["answered"] - coming,
        extra_guests=totals["attending"] - coming,
        attending=totals["attending"],
        attended=totals["attended"],
        no_show=totals["attending"] - totals["attended"],
        walk_ins=draw(st.integers(0, 9)),
    ).checked()
    return Figures(funnel, parts)


@given(figures())
@settings(max_examples=40, deadline=None)
def test_no_small_number_is_worked_out_from_everything_that_is_published_of_an_event(drawn: Figures) -> None:
    published = Published(drawn)
    values = values_of(drawn)
    out = UNPUBLISHED | {key for key, value in published.rows() if value is None}
    assert attacked(values, sums_of(values), differences_of(values), out) == []
    assert all(value is None or not 0 < value < 5 for _key, value in published.rows())


def test_few_who_came_without_a_ticket_take_little_with_them() -> None:
    """What is not published anyway is what hides them: one quarter of arrivals is enough."""
    groups = {("language", bucket, measure): 30 for bucket in ("en", "nb") for measure in MEASURES}
    parts = {**groups, ("arrival", "18.00", "arrived"): 40, ("arrival", "18.15", "arrived"): 23}
    funnel = Funnel(invited=60, delivered=60, answered=60, coming=60, attending=60, attended=60, walk_ins=3).checked()
    published = Published(Figures(funnel, parts))
    out = {key for key, value in published.rows() if value is None}
    assert out == {("", "", "walk_ins"), ("arrival", "18.15", "arrived")}


def test_hiding_small_cells_alone_is_broken_by_the_attack() -> None:
    """The control: without what is hidden beside them, totals give the small cells away."""
    parts = {("language", "nb", measure): 40 for measure in MEASURES} | {
        ("language", "en", measure): 3 for measure in MEASURES
    }
    funnel = Funnel(
        invited=43, delivered=43, answered=43, coming=43, attending=43, attended=43, unanswered=0, no_show=0
    ).checked()
    drawn = Figures(funnel, parts)
    values = values_of(drawn)
    primary = frozenset(key for key, value in values.items() if 0 < value < 5)
    assert len(attacked(values, sums_of(values), differences_of(values), primary)) >= 5
    assert Published(drawn).table(BY_HOUSEHOLD[2])["nb"]["answered"] is None
