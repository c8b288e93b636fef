"""Writes the audit trail: a row inside the act's own transaction, of references and counts, never personal text."""

from datetime import datetime
from typing import Any

from outreach.audit.actor import Actor
from outreach.audit.entry import EntryFacts, details_text
from outreach.audit.models import AuditEntry
from outreach.database import db, new_id
from outreach.database.sealed import key_ring


def record(
    act: str, *, subject_kind: str, subject_id: int | None = None, actor: Actor, now: datetime, **details: Any
) -> AuditEntry:
    """Append that `actor` did `act` ("event.change") to a record, in this transaction.

    `details` are references, counts and flags. Raises ValueError for text that could be personal.
    """
    facts = EntryFacts(
        id=new_id(),
        at_utc=now,
        actor_kind=actor.kind,
        actor_id=actor.id,
        act=act,
        subject_kind=subject_kind,
        subject_id=subject_id,
        details=details_text(details),
    )
    entry = AuditEntry(**vars(facts), mac=facts.mac(key_ring().audit))
    db.session.add(entry)
    return entry
