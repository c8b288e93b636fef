"""What an importer must find in a made-up extract, counted from each person's story and never from the addresses.

In: the people as they stream by, and a window of moves (both ends included). Out: counts. A second opinion on the rules
of promises.md 5 and 9, made of another stuff than the importer's.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from outreach.demo.person import DemoHousehold, DemoPerson, Story


@dataclass
class Expected:
    """Counts the people that pass; `since` and `until` bound the window of moves."""

    since: date
    until: date
    counts: Counter[str] = field(default_factory=Counter)

    def watch(self, households: Iterable[DemoHousehold]) -> Iterator[DemoHousehold]:
        """Yield `households` unchanged, counting each as it passes."""
        for household in households:
            self.add(household)
            yield household

    def add(self, household: DemoHousehold) -> None:
        """Count the people of `household`."""
        moves = set()
        for place, person in enumerate(household.people):
            self._count(person)
            if self._has_moved_in(person):
                # Whoever has no dwelling has a household of their own, to be decided on by hand.
                alone = place if person.residences[-1].address.is_unknown else None
                moves.add((person.moved_in_on, alone))
        self.counts["moved_in_households"] += len(moves)

    def result(self) -> dict[str, int | str]:
        """Return the counts by name, sorted, with the window."""
        window = {"since": self.since.isoformat(), "until": self.until.isoformat()}
        return {**window, **dict(sorted(self.counts.items()))}

    def _count(self, person: DemoPerson) -> None:
        self.counts["rows"] += 1
        if person.is_protected:
            self.counts["protected"] += 1
            return
        self.counts[f"story_{person.story}"] += 1
        self.counts["deceased"] += person.died_on is not None
        self.counts["emigrated"] += person.left_on is not None
        self.counts["residents"] += person.lives_here
        if self._has_moved_in(person):
            self.counts["moved_in"] += 1
            # A table knows the last move only, and that one was inside the municipality.
            self.counts["moved_in_by_table"] += person.story is not Story.MOVED_IN_THEN_WITHIN
        if person.story is Story.STUDENT and person.postal:
            self.counts[f"student_{person.postal.place.lower()}"] += 1

    def _has_moved_in(self, person: DemoPerson) -> bool:
        came = person.moved_in_on
        return bool(came and self.since <= came <= self.until and person.lives_here and not person.is_protected)
