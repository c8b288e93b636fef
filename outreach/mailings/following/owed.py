"""Which mailings of the event that a household came to it is still owed, after it left another one of the series. Pure.

What was about the event that it left has been withheld. Practical information is about a place, so a household gets
that of the place where it is now, once. A reminder asks for an answer to one and the same invitation: it comes only in
the stead of one that was withheld, so that nobody is reminded twice. A change and a free message are about what a
household had said yes to; one of these is owed only where it was withheld when the household left and now is back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from outreach.mailings.mailing import Kind

_LATEST_ALONE = (Kind.REMINDER, Kind.INFORMATION)


@dataclass(frozen=True)
class Begun:
    """A mailing of the event where the household is now, whose messages have been queued."""

    mailing_id: int
    kind: Kind
    wave: int


@dataclass(frozen=True)
class Had:
    """A message of some mailing to the household, by any channel. `is_left_behind`: withheld because it moved."""

    mailing_id: int
    kind: Kind
    due_at_utc: datetime
    is_left_behind: bool


def owed(begun: Sequence[Begun], had: Sequence[Had]) -> tuple[int, ...]:
    """Return the mailings, of `begun`, of which the household gets a message now, in the order of their kinds."""
    return tuple(mailing_id for kind in Kind for mailing_id in _of_kind(kind, begun, had))


def _of_kind(kind: Kind, begun: Sequence[Begun], had: Sequence[Had]) -> list[int]:
    mine = sorted((one for one in begun if one.kind is kind), key=lambda one: one.wave)
    found = [one.mailing_id for one in (mine[-1:] if kind in _LATEST_ALONE else mine)]
    here = {one.mailing_id: one.is_left_behind for one in had}
    if kind is Kind.INFORMATION:
        return [one for one in found if here.get(one, True)]
    if kind is Kind.REMINDER:
        reminders = sorted((one for one in had if one.kind is kind), key=lambda one: one.due_at_utc)
        is_due = bool(reminders) and reminders[-1].is_left_behind
        return [one for one in found if is_due and here.get(one, True)]
    return [one for one in found if here.get(one, False)]
