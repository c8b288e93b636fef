"""The fold over scan facts: any order, any repetition, the same answer."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.checkin.admission import ScanClass, ScanKind
from outreach.checkin.headcount import clashes, headcount
from outreach.checkin.scan_merge import Fact, Merged, TicketStanding, fold

START = datetime(2026, 11, 26, 17, 0, tzinfo=UTC)
TICKETS = {
    "ticket:1": TicketStanding(persons=1, generation=1),
    "ticket:2": TicketStanding(persons=5, generation=2),
    "ticket:3": TicketStanding(persons=2, generation=1, revoked_at_utc=START + timedelta(minutes=3)),
}


def fact(number: int, group: str = "ticket:1", *, minute: int = 0, door: str = "A", **more: object) -> Fact:
    values = {"device_id": 1 if door == "A" else 2, "kind": ScanKind.IN, "persons": 1, "light": "green", **more}
    return Fact(f"{number:032x}", group, door=door, at_utc=START + timedelta(minutes=minute), **values)


def classes(*facts: Fact) -> list[str]:
    outcomes = fold(facts, TICKETS).outcomes
    return [outcomes[one.scan_id].scan_class for one in facts]


FACTS = st.lists(
    st.builds(
        Fact,
        scan_id=st.integers(0, 30).map(lambda number: f"{number:032x}"),
        group=st.sampled_from([*TICKETS, "unknown", "device:1"]),
        device_id=st.integers(1, 3),
        door=st.sampled_from(["A", "B", "C"]),
        kind=st.sampled_from(list(ScanKind)),
        persons=st.integers(0, 6),
        at_utc=st.integers(0, 6).map(lambda minute: START + timedelta(minutes=minute)),
        light=st.sampled_from(["green", "amber", "red", ""]),
        generation=st.integers(0, 2),
        undoes=st.integers(0, 30).map(lambda number: f"{number:032x}" if number % 3 == 0 else ""),
    ),
    max_size=25,
    unique_by=lambda one: one.scan_id,
)


@given(FACTS, st.data())
def test_any_order_and_repetition_gives_the_same_state(facts: list[Fact], data: st.DataObject) -> None:
    expected = fold(facts, TICKETS)
    shuffled = data.draw(st.permutations(facts))
    again = data.draw(st.lists(st.sampled_from(facts), max_size=10)) if facts else []
    assert fold([*shuffled, *again], TICKETS) == expected
    assert clashes([*shuffled], expected.outcomes) == clashes(facts, expected.outcomes)


def test_control_a_count_that_lets_the_last_write_win_depends_on_arrival() -> None:
    """The property above can fail: a last-write-wins count does depend on the order."""
    pair = [fact(1, minute=1, door="A"), fact(2, minute=1, door="B")]
    assert _last_write_wins(pair) != _last_write_wins(pair[::-1])


def _last_write_wins(facts: list[Fact]) -> dict[str, str]:
    return {one.group: one.door for one in facts}


@given(FACTS)
def test_the_doors_sum_is_the_total_and_nobody_is_counted_below_zero(facts: list[Fact]) -> None:
    merged = fold(facts, TICKETS)
    count = headcount(merged, ["D"])
    assert sum(count.doors.values()) == count.total
    assert min(count.doors.values()) >= 0
    assert count.arrived >= count.total
    assert count.doors["D"] == 0


@given(FACTS)
def test_each_fact_has_one_outcome(facts: list[Fact]) -> None:
    assert fold(facts, TICKETS).outcomes.keys() == {one.scan_id for one in facts}


def test_first_then_repeat_at_the_same_door() -> None:
    assert classes(fact(1), fact(2, minute=1)) == [ScanClass.FIRST, ScanClass.REPEAT]


def test_two_doors_are_a_clash_that_names_the_first() -> None:
    one, two = fact(1, door="A"), fact(2, minute=1, door="B")
    merged = fold([two, one], TICKETS)
    outcome = merged.outcomes[two.scan_id]
    assert outcome.scan_class == ScanClass.CLASH
    assert (outcome.earlier.door, outcome.earlier.at_utc) == ("A", START)
    assert headcount(merged).total == 1
    assert [(clash.earlier.door, clash.later.door) for clash in clashes([one, two], merged.outcomes)] == [("A", "B")]


def test_at_the_same_moment_the_lower_scan_id_is_first() -> None:
    assert classes(fact(2, door="B"), fact(1, door="A")) == [ScanClass.CLASH, ScanClass.FIRST]


def test_a_door_that_knew_and_refused_is_no_clash() -> None:
    merged = fold([fact(1), fact(2, minute=1, door="B", light="red")], TICKETS)
    assert merged.outcomes[f"{2:032x}"].scan_class == ScanClass.REPEAT
    assert headcount(merged).total == 1


def test_a_refused_guest_who_is_let_in_later_is_first_then() -> None:
    assert classes(fact(1, light="red"), fact(2, minute=1, door="B")) == [ScanClass.FIRST, ScanClass.FIRST]
    assert headcount(fold([fact(1, light="red")], TICKETS)).total == 0


def test_the_rest_of_a_party_is_let_in_when_the_phone_knew() -> None:
    group = "ticket:2"
    facts = [
        fact(1, group, persons=3, generation=2),
        fact(2, group, minute=1, door="B", persons=2, light="amber", generation=2),
    ]
    merged = fold(facts, TICKETS)
    assert [merged.outcomes[one.scan_id].scan_class for one in facts] == [ScanClass.FIRST, ScanClass.FIRST]
    assert headcount(merged).doors == {"A": 3, "B": 2}


def test_two_greens_on_one_party_are_a_clash_even_when_they_fit() -> None:
    assert classes(
        fact(1, "ticket:2", persons=2, generation=2), fact(2, "ticket:2", minute=1, door="B", persons=2, generation=2)
    ) == [ScanClass.FIRST, ScanClass.CLASH]


def test_two_offline_doors_that_both_let_the_whole_party_in_clash() -> None:
    facts = [
        fact(n, "ticket:2", minute=n, door=door, persons=5, light="amber", generation=2)
        for n, door in ((1, "A"), (2, "B"))
    ]
    assert classes(*facts) == [ScanClass.FIRST, ScanClass.CLASH]
    assert headcount(fold(facts, TICKETS)).total == 5


@pytest.mark.parametrize(("minute", "expected"), [(2, ScanClass.FIRST), (3, ScanClass.REVOKED), (4, ScanClass.REVOKED)])
def test_a_ticket_is_revoked_from_the_moment_it_was(minute: int, expected: ScanClass) -> None:
    assert classes(fact(1, "ticket:3", minute=minute)) == [expected]


def test_validity_is_judged_before_duplicate_and_who_was_let_in_counts() -> None:
    facts = [fact(1, "ticket:3", minute=4, persons=2), fact(2, "ticket:3", minute=5, door="B", persons=2)]
    merged = fold(facts, TICKETS)
    assert {outcome.scan_class for outcome in merged.outcomes.values()} == {ScanClass.REVOKED}
    assert headcount(merged).total == 2


def test_an_old_generation_of_the_code_is_revoked() -> None:
    assert classes(fact(1, "ticket:2", generation=1)) == [ScanClass.REVOKED]


def test_an_unknown_code_is_unknown_and_counts_only_when_let_in() -> None:
    refused, let_in = fact(1, "hash", light="red"), fact(2, "other", persons=2)
    merged = fold([refused, let_in], TICKETS)
    assert {outcome.scan_class for outcome in merged.outcomes.values()} == {ScanClass.UNKNOWN}
    assert headcount(merged).total == 2


def test_an_undone_scan_does_not_count_and_the_next_is_first() -> None:
    facts = [fact(1), fact(2, minute=1, kind=ScanKind.UNDO), fact(3, minute=2, door="B")]
    assert classes(*facts) == [ScanClass.UNDONE, ScanClass.UNDONE, ScanClass.FIRST]


def test_an_undo_that_arrives_before_its_scan_still_takes_it_back() -> None:
    undo = fact(9, minute=0, kind=ScanKind.UNDO, door="B", undoes=f"{1:032x}")
    assert classes(undo, fact(1, minute=5)) == [ScanClass.UNDONE, ScanClass.UNDONE]


def test_a_nameless_undo_takes_back_that_phones_latest_only() -> None:
    facts = [fact(1), fact(2, minute=1, door="B"), fact(3, minute=2, kind=ScanKind.UNDO, door="B")]
    assert classes(*facts) == [ScanClass.FIRST, ScanClass.UNDONE, ScanClass.UNDONE]


def test_who_left_may_come_back_and_counts_once_as_arrived() -> None:
    facts = [fact(1), fact(2, minute=1, kind=ScanKind.OUT), fact(3, minute=2, door="B")]
    merged = fold(facts, TICKETS)
    assert [merged.outcomes[one.scan_id].scan_class for one in facts] == [ScanClass.FIRST] * 3
    assert (headcount(merged).total, headcount(merged).arrived, headcount(merged).doors) == (1, 1, {"A": 0, "B": 1})


def test_guests_without_a_ticket_are_all_first() -> None:
    walk_ins = [fact(n, "device:1", minute=n, kind=ScanKind.WALK_IN, persons=2) for n in (1, 2)]
    assert classes(*walk_ins) == [ScanClass.FIRST, ScanClass.FIRST]
    assert headcount(fold(walk_ins, TICKETS)).total == 4


def test_no_facts_is_an_empty_house() -> None:
    assert fold([], TICKETS) == Merged({}, {})
    assert headcount(fold([], TICKETS), ["A"]).doors == {"A": 0}
