"""Whether a household gets its letter now, decided right before printing (promises.md 5). Pure: marks in, verdict out.

In: the marks of each person that the invitation asks, as they are now, not as they were when it was made. Out: the
positions of those whom the letter greets, or why it must not leave. What may change with the next extract waits in the
queue ("by hand": one shared reason, so that nobody can read out of it that somebody is protected); the rest is final.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from outreach.outbox.states import Reason


@dataclass(frozen=True)
class Marks:
    """What stands for or against writing to one person."""

    is_protected: bool = False
    is_suppressed: bool = False
    is_held_back: bool = False
    is_resident: bool = True
    is_alive: bool = True
    is_adult: bool = True
    has_address: bool = True


@dataclass(frozen=True)
class Greets:
    """The letter leaves, to those at `positions` (indexes of the marks)."""

    positions: tuple[int, ...]


@dataclass(frozen=True)
class Stopped:
    """The letter never leaves, and why."""

    reason: Reason


@dataclass(frozen=True)
class Waits:
    """The letter stays in the queue until somebody has looked, or the next extract is clean."""


Verdict = Greets | Stopped | Waits


def judge(persons: Sequence[Marks], *, is_revoked: bool, is_set_aside: bool) -> Verdict:
    """Return what becomes of the letter to `persons`."""
    if is_revoked:
        return Stopped(Reason.REVOKED)
    if not persons:
        return Stopped(Reason.ERASED)
    if any(person.is_protected for person in persons):
        return Stopped(Reason.PROTECTED)
    if is_set_aside or any(person.is_held_back for person in persons):
        return Waits()
    return _among_those_left(persons)


def _among_those_left(persons: Sequence[Marks]) -> Verdict:
    here = [at for at, person in enumerate(persons) if person.is_alive and person.is_resident]
    if not here:
        return Stopped(Reason.MOVED_AWAY)
    asked = [at for at in here if not persons[at].is_suppressed]
    # Children are not written to past parents who asked us not to write.
    if not asked or (_adults(persons, here) and not _adults(persons, asked)):
        return Stopped(Reason.SUPPRESSED)
    if not any(persons[at].has_address for at in asked):
        return Stopped(Reason.NO_ADDRESS)
    return Greets(tuple(asked))


def _adults(persons: Sequence[Marks], positions: Sequence[int]) -> list[int]:
    return [at for at in positions if persons[at].is_adult]
