"""Random rules and random people for property tests, drawn close together so that edges are hit."""

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from outreach.audience import rule as rules
from outreach.audience.interest import Interest
from tests.audience.slow_rule import Life

AS_OF = date(2026, 10, 31)
DAYS = st.dates(date(2025, 9, 1), date(2026, 11, 2)) | st.sampled_from(
    [date(2025, 10, 31), date(2025, 11, 1), date(2026, 9, 30), date(2026, 10, 1), AS_OF]
)
YEARS = st.integers(1995, 2012)
AREAS = st.sampled_from(["3370", "3371", "3340", "337", "33", "3", "0", "0150"])
CITIES = st.sampled_from(["oslo", "bergen", "trondheim"])


def _ends(low: st.SearchStrategy, names: tuple[str, str]) -> st.SearchStrategy[dict]:
    """Draw one or both ends of a span, in order."""

    def ordered(drawn: tuple) -> dict:
        first, last = drawn
        if first is not None and last is not None and first > last:
            first, last = last, first
        return {names[0]: first, names[1]: last}

    return st.tuples(st.none() | low, st.none() | low).filter(lambda pair: pair != (None, None)).map(ordered)


def _spans(kind: type, low: st.SearchStrategy, names: tuple[str, str], **more: st.SearchStrategy) -> st.SearchStrategy:
    return st.builds(lambda ends, **rest: kind(**ends, **rest), _ends(low, names), **more)


def _has_begun(window: rules.MovedIn) -> bool:
    """Say no to an open window that begins after the extract: it is refused, see test_segment."""
    return window.until is not None or window.since <= AS_OF


def _texts(drawn: list[Interest]) -> tuple[str, ...]:
    return tuple(interest.value for interest in drawn)


NOT = st.booleans()
CONDITIONS = {
    "moved_in": st.builds(rules.MovedIn, months=st.integers(1, 14), negated=NOT)
    # An open window that begins after the extract is refused: test_segment.
    | _spans(rules.MovedIn, DAYS, ("since", "until"), negated=NOT).filter(
        lambda rule: rule.until or rule.since <= AS_OF
    ),
    "age": _spans(rules.Age, st.integers(14, 32), ("youngest", "oldest")),
    "birth_year": _spans(rules.BirthYear, YEARS, ("first", "last")),
    "school_leaving": _spans(rules.SchoolLeaving, st.integers(2014, 2031), ("first", "last")),
    "children": _spans(rules.Children, st.integers(0, 32), ("youngest", "oldest"), negated=NOT),
    "postcode": st.builds(
        rules.PostcodeArea, st.lists(AREAS, min_size=1, max_size=3, unique=True).map(tuple), negated=NOT
    ),
    "study_city": st.builds(
        rules.StudyCity, st.lists(CITIES, min_size=1, max_size=3, unique=True).map(tuple), negated=NOT
    ),
    "signed_up": st.builds(
        rules.SignedUp, st.lists(st.sampled_from(Interest), max_size=2, unique=True).map(_texts), negated=NOT
    ),
    "invited": st.builds(rules.Invited, st.none() | st.integers(1, 14), negated=NOT),
    "attended": st.builds(rules.Attended, negated=NOT),
    "unanswered": st.builds(rules.Unanswered, negated=NOT),
}
RULES = st.builds(
    rules.Rule,
    st.sampled_from(rules.Who),
    st.lists(st.sampled_from(sorted(CONDITIONS)), min_size=1, max_size=4, unique=True).flatmap(
        lambda kinds: st.tuples(*(CONDITIONS[kind] for kind in kinds))
    ),
)
LIVES = st.builds(
    Life,
    birth_year=st.none() | YEARS,
    moved_in_on=st.none() | DAYS,
    postcode=st.sampled_from(["", "3370", "3371", "3340", "0150", "3399"]),
    study_city=st.sampled_from(["", "oslo", "bergen"]),
    is_resident=st.booleans(),
    home=st.none() | st.integers(0, 3),
    invited_on=st.lists(DAYS, max_size=1).map(tuple),
    remembered_on=st.lists(DAYS, max_size=1).map(tuple),
    has_come=st.booleans(),
    came_once=st.booleans(),
    owes_answer=st.booleans(),
)


def _coherent(life: Life) -> Life:
    """Nobody comes to, or owes an answer to, what they were never asked to."""
    has_come = life.has_come and bool(life.invited_on)
    owes = life.owes_answer and bool(life.invited_on) and not has_come
    return replace(life, has_come=has_come, owes_answer=owes, came_once=life.came_once and bool(life.remembered_on))


TOWNS = st.lists(LIVES.map(_coherent), min_size=1, max_size=10)
