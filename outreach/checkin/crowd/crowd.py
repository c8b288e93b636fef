"""An evening's state that takes more facts. In: facts and tickets, new or changed. Out: the state of all of them.

Scans of one ticket never change what another's mean, so only the tickets concerned are folded again; the totals follow
by the difference. What comes out is what `fold` says of everything at once, whatever the portions were: a property
test holds it. A state is never changed, since another thread may be reading it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from outreach.checkin.admission import ScanClass
from outreach.checkin.headcount import Clash, Headcount, clashes
from outreach.checkin.scan_merge import Fact, GroupState, Outcome, fold
from outreach.checkin.scan_ticket import TicketRow, ticket_id_of

_NOBODY, _NOTHING = GroupState(), Outcome(ScanClass.FIRST)


@dataclass(frozen=True)
class Crowd:
    """Who is in, by ticket and in all. `facts` by group and scan id; `came` counts persons by the minute they came."""

    tickets: Mapping[str, TicketRow] = field(default_factory=dict)
    facts: Mapping[str, Mapping[str, Fact]] = field(default_factory=dict)
    groups: Mapping[str, GroupState] = field(default_factory=dict)
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    clashing: Mapping[str, list[Clash]] = field(default_factory=dict)
    came: Mapping[datetime, int] = field(default_factory=dict)
    by_door: Mapping[str, int] = field(default_factory=dict)
    inside: int = 0
    arrived: int = 0
    scan_count: int = 0

    @cached_property
    def clashes(self) -> list[Clash]:
        """Return each clash, in order of the later scan."""
        found = [clash for clashes in self.clashing.values() for clash in clashes]
        return sorted(found, key=lambda clash: (clash.later.at_utc, clash.later.scan_id))

    @cached_property
    def persons_by_ticket(self) -> dict[int, int]:
        """Return how many came in on each ticket that anybody came in on: who returned counts once."""
        came = ((ticket_id_of(group), state.peak) for group, state in self.groups.items())
        return {ticket_id: persons for ticket_id, persons in came if ticket_id is not None and persons}

    @cached_property
    def walked_in(self) -> int:
        """Return how many persons were let in without a ticket of the event."""
        return sum(state.peak for group, state in self.groups.items() if ticket_id_of(group) is None)

    @cached_property
    def persons_on_tickets(self) -> int:
        """Return how many persons the event's valid tickets let in."""
        return sum(row.persons for row in self.tickets.values() if row.is_valid)

    def headcount(self, doors: Iterable[str] = ()) -> Headcount:
        """Return the count; `doors` that nobody has used yet are listed with 0, in order of name."""
        by_door = {**dict.fromkeys(doors, 0), **self.by_door}
        return Headcount(total=self.inside, arrived=self.arrived, doors=dict(sorted(by_door.items())))


def with_more(crowd: Crowd, facts: Iterable[Fact], tickets: Iterable[TicketRow]) -> Crowd:
    """Return `crowd` with `facts` and with the tickets as they are in `tickets`; what it has already is no matter."""
    fresh = _fresh(crowd, facts)
    known = {**crowd.facts, **{group: {**crowd.facts.get(group, {}), **more} for group, more in fresh.items()}}
    changed = {row.group: row for row in tickets if crowd.tickets.get(row.group) != row}
    rows = {**crowd.tickets, **changed}
    touched = {*fresh, *(group for group in changed if group in known)}
    concerned = [fact for group in touched for fact in known[group].values()]
    merged = fold(concerned, {group: rows[group].standing for group in touched if group in rows})
    found = {group: clashes(known[group].values(), merged.outcomes) for group in touched}
    states = [(crowd.groups.get(group, _NOBODY), state) for group, state in merged.groups.items()]
    return Crowd(
        tickets=rows,
        facts=known,
        groups={**crowd.groups, **merged.groups},
        outcomes={**crowd.outcomes, **merged.outcomes},
        clashing={group: one for group, one in {**crowd.clashing, **found}.items() if one},
        came=_came(crowd, concerned, merged.outcomes),
        by_door=_by_door(crowd, states),
        inside=crowd.inside + sum(state.inside - before.inside for before, state in states),
        arrived=crowd.arrived + sum(state.peak - before.peak for before, state in states),
        scan_count=crowd.scan_count + sum(len(more) for more in fresh.values()),
    )


def _came(crowd: Crowd, concerned: Iterable[Fact], outcomes: Mapping[str, Outcome]) -> dict[datetime, int]:
    came = Counter(crowd.came)
    for fact in concerned:
        before = crowd.outcomes.get(fact.scan_id, _NOTHING)
        came[fact.at_utc.replace(second=0, microsecond=0)] += outcomes[fact.scan_id].adds - before.adds
    return {minute: persons for minute, persons in came.items() if persons}


def _by_door(crowd: Crowd, states: Iterable[tuple[GroupState, GroupState]]) -> dict[str, int]:
    by_door = dict(crowd.by_door)
    for before, state in states:
        for door, persons in before.by_door.items():
            by_door[door] -= persons
        for door, persons in state.by_door.items():
            by_door[door] = by_door.get(door, 0) + persons
    return by_door


def _fresh(crowd: Crowd, facts: Iterable[Fact]) -> dict[str, dict[str, Fact]]:
    """Return the facts that `crowd` does not have, by group and scan id."""
    fresh: dict[str, dict[str, Fact]] = defaultdict(dict)
    for fact in facts:
        if fact.scan_id not in crowd.facts.get(fact.group, {}):
            fresh[fact.group][fact.scan_id] = fact
    return fresh
