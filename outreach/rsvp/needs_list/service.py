"""Notes in the log that somebody looked at what guests need, or took it along as a file."""

from datetime import datetime

from outreach.audit.actor import Actor
from outreach.audit.service import record


def note_look(event_id: int, *, actor: Actor, now: datetime, provider: str = "") -> None:
    """Note a look at an event's needs, or with `provider` that this list was taken as a file."""
    act, details = ("needs.export", {"provider": provider}) if provider else ("needs.look", {})
    record(act, subject_kind="event", subject_id=event_id, actor=actor, now=now, **details)
