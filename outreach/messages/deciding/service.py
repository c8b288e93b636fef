"""A person decides on doubtful messages: all of a batch as it was seen, or some of it."""

from collections.abc import Collection
from datetime import datetime

from outreach.audit.actor import Actor
from outreach.audit.service import record
from outreach.errors import N_, OutreachError
from outreach.messages.deciding import queries
from outreach.messages.deciding.doubt import BatchKey
from outreach.outbox import service as outbox
from outreach.outbox.states import Decision


class AlreadyDecidedError(OutreachError):
    """Somebody else decided, the worker found out, or more came, while the page was open. Nothing was done."""

    message = N_("Noe har endret seg siden du åpnet siden. Ingenting er gjort. Se over og velg på nytt.")
    http_status = 409


def decide(
    key: BatchKey, chosen: Collection[int] | None, *, seen: int, decision: Decision, actor: Actor, now: datetime
) -> int:
    """Do what was decided with the `chosen` of a batch; None: with all `seen` of it.

    Returns how many that was. Raises AlreadyDecidedError when the batch is not what was seen.
    """
    waiting = queries.ids(key)
    wanted = waiting if chosen is None else sorted(set(chosen).intersection(waiting))
    if len(wanted) != (seen if chosen is None else len(set(chosen))):
        raise AlreadyDecidedError
    if outbox.decide(wanted, decision, now=now) != len(wanted):
        raise AlreadyDecidedError
    act = f"message.{decision.value}"
    what = {"kind": key.kind, "channel": key.channel.value, "was": key.doubt.value, "messages": len(wanted)}
    if len(wanted) == 1:
        record(act, subject_kind="outbox_message", subject_id=wanted[0], actor=actor, now=now, **what)
    else:
        record(act, subject_kind="event", subject_id=key.event_id or None, actor=actor, now=now, **what)
    return len(wanted)
