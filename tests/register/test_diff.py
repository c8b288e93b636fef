"""Each person whom we keep is in one kind of change; examples never name a protected person."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from outreach.people.postal_address import PostalAddress
from outreach.register.changes import Known, Outcome
from outreach.register.diff import SHOWN_EXAMPLES, Change, Diff, Example, change_of
from outreach.register.moves import MoveVerdict
from outreach.register.person_record import Fate, PersonRecord
from outreach.register.recognised import Recognised, StoringTerms

AS_OF = date(2026, 11, 2)
BEFORE, MOVED, LONG_AGO = date(2019, 5, 1), date(2026, 3, 1), date(2010, 1, 1)
TERMS = StoringTerms(
    import_id=1, as_of=AS_OF, now=datetime(2026, 11, 2, tzinfo=UTC), may_lift_protection=True, is_newest=True,
    is_dry_run=True,
)  # fmt: skip
HERE = PersonRecord(
    Fate.KEEP,
    ("12849022499",),
    given_name="Elegant",
    family_name="Sofapute",
    birth_year=1990,
    status="bosatt",
    address=PostalAddress(("Eksempelveien 12",), "3370", "VIKERSUND"),
    moved_on=BEFORE,
    verdict=MoveVerdict.FROM_MUNICIPALITY,
    moved_in_on=BEFORE,
    is_resident=True,
)
KNOWN = Known(7, "1:a", "1:b", True, "bosatt", BEFORE, date(2026, 10, 1), "", BEFORE)
DEAD = replace(KNOWN, status="doed", is_resident=False)
AWAY = HERE._replace(is_resident=False, moved_in_on=None)


def test_an_example_says_what_is_needed_to_recognise_somebody() -> None:
    example = Example.of(HERE, ("1:a",))
    assert example == Example.from_list(example.to_list())
    assert (example.name, example.birth_year) == ("Elegant Sofapute", 1990)
    assert example.address == "Eksempelveien 12, 3370 VIKERSUND"


def test_an_example_beside_what_we_hold_says_what_is_otherwise() -> None:
    example, held = Example.of(HERE, ()), Example.of(HERE._replace(family_name="Stol", address=None), (), 7)
    beside = example.beside(held)
    assert (beside.was_name, beside.was_address) == ("Elegant Stol", "–")
    assert example.beside(example) == example
    assert Example.from_list(beside.to_list()) == beside
    assert Example.from_list(example.to_list()[:5]) == example, "one that waits since before there was a before"


@pytest.mark.parametrize(
    ("record", "known", "outcome", "change"),
    [
        (HERE, None, Outcome.NEW, Change.NEW),
        (HERE._replace(moved_in_on=MOVED, moved_on=MOVED), None, Outcome.NEW, Change.MOVED_IN),
        (HERE._replace(moved_in_on=MOVED, moved_on=MOVED), KNOWN, Outcome.CHANGED, Change.MOVED_IN),
        (HERE._replace(moved_on=MOVED), KNOWN, Outcome.CHANGED, Change.MOVED_WITHIN),
        (HERE._replace(given_name="Eleganta"), KNOWN, Outcome.CHANGED, Change.CHANGED),
        (HERE._replace(moved_on=MOVED), replace(KNOWN, moved_on=None), Outcome.CHANGED, Change.CHANGED),
        (HERE._replace(moved_on=MOVED), replace(KNOWN, is_resident=False), Outcome.CHANGED, Change.CHANGED),
        (AWAY, KNOWN, Outcome.CHANGED, Change.MOVED_OUT),
        (AWAY._replace(status="utflyttet"), KNOWN, Outcome.CHANGED, Change.EMIGRATED),
        (AWAY._replace(status="doed"), KNOWN, Outcome.CHANGED, Change.DIED),
        (AWAY._replace(status="doed"), DEAD, Outcome.CHANGED, Change.CHANGED),
        (AWAY, replace(KNOWN, is_resident=False), Outcome.CHANGED, Change.CHANGED),
        (AWAY._replace(status="opphoert"), KNOWN, Outcome.CHANGED, Change.CHANGED),
        (HERE, KNOWN, Outcome.UNCHANGED, Change.UNCHANGED),
        (HERE, KNOWN, Outcome.OLDER, Change.UNCHANGED),
        (AWAY, None, Outcome.LEFT_OUT, None),
    ],
)
def test_everybody_is_in_one_kind_of_change(
    record: PersonRecord, known: Known | None, outcome: Outcome, change: Change | None
) -> None:
    assert change_of(record, known, outcome, TERMS) is change


def test_examples_are_few_and_without_the_protected() -> None:
    diff = Diff()
    for number in range(60):
        diff.note(Recognised(HERE, (f"1:{number}",), (f"1:w{number}",), None), Outcome.NEW, TERMS)
    assert diff.counts[Change.NEW] == 60
    shown = diff.without({"1:0", "weak:1:w1"})[Change.NEW]
    assert len(shown) == SHOWN_EXAMPLES
    assert [one.hashes[0] for one in shown[:2]] == ["1:2", "1:3"]


def test_who_is_absent_is_told_from_who_was_seen() -> None:
    diff = Diff()
    for person_id in (9, 3, 5):
        diff.saw(person_id)
    assert diff.absent_among([1, 3, 5, 7, 9, 11]) == [1, 7, 11]
    assert len(diff.absent_among(range(100, 1_000))) == 2 * SHOWN_EXAMPLES
