"""What happened at the doors: a fold over scan facts giving the same answer in any order of arrival (promises.md 3).

In: facts, each with its own id, and what is known of their tickets. Out: the class of each fact and who is inside.
Facts are put in order by corrected time, tie by scan id, before anything is decided, and a fact that is given twice
counts once: so the fold is commutative, associative and idempotent. Validity is judged before duplicate.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import msgspec

from outreach.checkin.admission import Light, ScanClass, ScanKind


class Fact(msgspec.Struct, frozen=True):
    """One scan. `group` is what it concerns: a ticket, an unknown code, or one phone's guests without ticket.

    `device_id` None: the door lead's own. `at_utc` is corrected by the phone's clock offset. `light` is what the phone
    showed: red let nobody in. `undoes` is the scan that an undo takes back; empty: that phone's latest of the group.
    """

    scan_id: str
    group: str
    device_id: int | None
    door: str
    kind: ScanKind
    persons: int
    at_utc: datetime
    light: str
    generation: int = 0
    undoes: str = ""

    @property
    def order(self) -> tuple[datetime, bool, str]:
        """Return what facts are put in order by. An undo of the same moment comes after what it takes back."""
        return (self.at_utc, self.kind == ScanKind.UNDO, self.scan_id)

    @property
    def lets_in(self) -> bool:
        """Say whether the phone let somebody in by this scan."""
        return self.kind in (ScanKind.IN, ScanKind.WALK_IN) and self.light != Light.RED


class TicketStanding(msgspec.Struct, frozen=True):
    """What is known of a ticket. `revoked_at_utc` None: it is valid."""

    persons: int
    generation: int
    revoked_at_utc: datetime | None = None


class Earlier(msgspec.Struct, frozen=True):
    """The scan that came before: where and when."""

    scan_id: str
    door: str
    at_utc: datetime


class Outcome(msgspec.Struct, frozen=True):
    """What a scan means. `earlier` is set for a repeat and a clash; `adds` persons came in by it."""

    scan_class: ScanClass
    earlier: Earlier | None = None
    adds: int = 0


@dataclass
class GroupState:
    """Who is inside on one ticket. `by_door` counts those inside by the door they came in at; `peak` is the most."""

    inside: int = 0
    peak: int = 0
    by_door: dict[str, int] = field(default_factory=dict)
    entered: list[Earlier] = field(default_factory=list)


@dataclass(frozen=True)
class Merged:
    """All facts folded: outcome by scan id, state by group."""

    outcomes: dict[str, Outcome]
    groups: dict[str, GroupState]


def fold(facts: Iterable[Fact], tickets: Mapping[str, TicketStanding]) -> Merged:
    """Return what `facts` mean together. A group that is not in `tickets` is an unknown code or guests without one."""
    by_group: dict[str, list[Fact]] = defaultdict(list)
    for fact in {fact.scan_id: fact for fact in facts}.values():
        by_group[fact.group].append(fact)
    merged = Merged({}, {})
    for group in sorted(by_group):
        ordered = by_group[group]
        if len(ordered) > 1:
            ordered.sort(key=lambda fact: fact.order)
        merged.groups[group] = _fold_group(ordered, tickets.get(group), merged.outcomes)
    return merged


def _fold_group(facts: Sequence[Fact], ticket: TicketStanding | None, outcomes: dict[str, Outcome]) -> GroupState:
    state = GroupState()
    undone = _undone(facts)
    for fact in facts:
        if fact.kind == ScanKind.UNDO or fact.scan_id in undone:
            outcomes[fact.scan_id] = Outcome(ScanClass.UNDONE)
            continue
        outcome = _outcome(fact, ticket, state)
        outcomes[fact.scan_id] = outcome
        _move(state, fact, outcome)
    return state


def _undone(facts: Sequence[Fact]) -> set[str]:
    """Return the scans that are taken back: those named, and for each nameless undo that phone's latest before it."""
    if not any(fact.kind == ScanKind.UNDO for fact in facts):
        return set()
    undone = {fact.undoes for fact in facts if fact.kind == ScanKind.UNDO and fact.undoes}
    standing: dict[int | None, list[str]] = defaultdict(list)
    for fact in facts:
        if fact.kind != ScanKind.UNDO:
            if fact.scan_id not in undone:
                standing[fact.device_id].append(fact.scan_id)
        elif not fact.undoes and standing[fact.device_id]:
            undone.add(standing[fact.device_id].pop())
    return undone


def _outcome(fact: Fact, ticket: TicketStanding | None, state: GroupState) -> Outcome:
    validity = _validity(fact, ticket)
    if validity != ScanClass.FIRST:
        return Outcome(validity, adds=fact.persons if fact.lets_in and not state.entered else 0)
    if fact.kind == ScanKind.OUT:
        return Outcome(ScanClass.FIRST)
    if fact.kind == ScanKind.WALK_IN or not state.entered or _is_rest_of_party(fact, ticket, state):
        return Outcome(ScanClass.FIRST, adds=fact.persons if fact.lets_in else 0)
    return _duplicate(fact, state)


def _validity(fact: Fact, ticket: TicketStanding | None) -> ScanClass:
    if fact.kind == ScanKind.WALK_IN:
        return ScanClass.FIRST
    if ticket is None:
        return ScanClass.UNKNOWN
    is_replaced = 0 < fact.generation < ticket.generation
    is_revoked = ticket.revoked_at_utc is not None and fact.at_utc >= ticket.revoked_at_utc
    return ScanClass.REVOKED if is_replaced or is_revoked else ScanClass.FIRST


def _is_rest_of_party(fact: Fact, ticket: TicketStanding | None, state: GroupState) -> bool:
    """Say whether the phone knew that part of the party was in (amber), and the rest still fits the ticket.

    A green light is the phone's word that nobody was in before, so a second green is never the rest of a party.
    """
    return ticket is not None and fact.light == Light.AMBER and state.inside + fact.persons <= ticket.persons


def _duplicate(fact: Fact, state: GroupState) -> Outcome:
    """Return a repeat at the same door, else a clash of two. It adds nobody: likelier the same guests than new ones.

    A red light let nobody in, so there is nothing for two doors to disagree on.
    """
    at_same_door = next((earlier for earlier in state.entered if earlier.door == fact.door), None)
    if at_same_door or not fact.lets_in:
        return Outcome(ScanClass.REPEAT, at_same_door or state.entered[0])
    return Outcome(ScanClass.CLASH, state.entered[0])


def _move(state: GroupState, fact: Fact, outcome: Outcome) -> None:
    if fact.lets_in:
        state.entered.append(Earlier(fact.scan_id, fact.door, fact.at_utc))
        state.by_door[fact.door] = state.by_door.get(fact.door, 0) + outcome.adds
        state.inside += outcome.adds
        state.peak = max(state.peak, state.inside)
    elif fact.kind == ScanKind.OUT:
        _leave(state, fact.persons)


def _leave(state: GroupState, persons: int) -> None:
    """Take `persons` out, from the door that was used last; when all are out, the next scan is a first one again."""
    left = min(persons, state.inside)
    state.inside -= left
    for door in list(dict.fromkeys(earlier.door for earlier in reversed(state.entered))):
        taken = min(left, state.by_door[door])
        state.by_door[door] -= taken
        left -= taken
    if state.inside == 0:
        state.entered.clear()
