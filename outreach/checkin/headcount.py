"""How many are in the house, in all and by the door they came in at, and which tickets two doors let in.

In: folded facts (scan_merge.py). Out: counts that add up (the doors' sum is the total), and clashes with both sides.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from outreach.checkin.admission import ScanClass
from outreach.checkin.scan_merge import Earlier, Fact, Merged


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


def clashes(facts: Iterable[Fact], merged: Merged) -> list[Clash]:
    """Return each clash among `facts`, in order of the later scan."""
    found = []
    for fact in sorted(facts, key=lambda fact: fact.order):
        outcome = merged.outcomes[fact.scan_id]
        if outcome.scan_class == ScanClass.CLASH and outcome.earlier:
            later = Earlier(fact.scan_id, fact.door, fact.at_utc)
            found.append(Clash(fact.group, fact.persons, outcome.earlier, later))
    return found
