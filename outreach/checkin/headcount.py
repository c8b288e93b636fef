"""How many are in the house, in all and by the door they came in at, and which tickets two doors let in.

In: folded facts (scan_merge.py). Out: counts that add up (the doors' sum is the total), and clashes with both sides.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from outreach.checkin.admission import ScanClass
from outreach.checkin.scan_merge import Earlier, Fact, Merged, Outcome

# Clocks of phones agree no better than this after correction, so within it nobody can say which door was first.
SAME_MOMENT = timedelta(seconds=3)


@dataclass(frozen=True)
class Headcount:
    """Persons inside now, by door of entry, and how many have been in at all: who left and returned counts once."""

    total: int
    arrived: int
    doors: dict[str, int]


@dataclass(frozen=True)
class Clash:
    """One ticket let in at two doors. `later` is the scan that came second, `earlier` the one that was first."""

    group: str
    persons: int
    earlier: Earlier
    later: Earlier


def headcount(merged: Merged, doors: Iterable[str] = ()) -> Headcount:
    """Return the count of `merged`; `doors` that nobody has used yet are listed with 0, in order of name."""
    by_door: Counter[str] = Counter(dict.fromkeys(doors, 0))
    for state in merged.groups.values():
        by_door.update(state.by_door)
    return Headcount(
        total=sum(state.inside for state in merged.groups.values()),
        arrived=sum(state.peak for state in merged.groups.values()),
        doors=dict(sorted(by_door.items())),
    )


def clashes(facts: Iterable[Fact], outcomes: Mapping[str, Outcome]) -> list[Clash]:
    """Return each clash among `facts`, in order of the later scan."""
    found = []
    for fact in sorted(facts, key=lambda fact: fact.order):
        outcome = outcomes[fact.scan_id]
        if outcome.scan_class == ScanClass.CLASH and outcome.earlier:
            later = Earlier(fact.scan_id, fact.door, fact.at_utc)
            found.append(Clash(fact.group, fact.persons, outcome.earlier, later))
    return found


def told(outcome: Outcome, *, scan_id: str, is_new: bool, found: Iterable[Clash]) -> Outcome:
    """Return what a phone is told of its scan: `outcome`, except that of two doors at the same moment the one that is
    heard second is told of the clash at once, whichever of the two the fold puts first.

    The other door was told "first" a moment ago and hears of the clash through `changes`.
    """
    if not is_new or outcome.scan_class != ScanClass.FIRST:
        return outcome
    for clash in found:
        if clash.earlier.scan_id == scan_id and clash.later.at_utc - clash.earlier.at_utc <= SAME_MOMENT:
            return Outcome(ScanClass.CLASH, clash.later, outcome.adds)
    return outcome
