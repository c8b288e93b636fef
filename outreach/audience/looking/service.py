"""Writes down that somebody looked: names and segments are personal together. References only, never the name."""

from datetime import datetime

from outreach.audit.actor import Actor
from outreach.audit.service import record


def note_search(*, found: int, actor: Actor, now: datetime) -> None:
    """Write down that `actor` searched for a name and how many were found; the name itself is not kept."""
    record("audience.search", subject_kind="person", actor=actor, now=now, found=found)


def note_why(person_id: int, *, actor: Actor, now: datetime) -> None:
    """Write down that `actor` saw why one person is in a segment or not."""
    record("audience.why", subject_kind="person", subject_id=person_id, actor=actor, now=now)
