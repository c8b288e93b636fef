"""Writes the audit trail: a row inside the act's own transaction, and the chain that links rows afterwards.

Rows hold references and counts, never personal text. Linking has one writer at a time; a chain in every transaction
would make all writers wait for each other (promises.md 5).
"""

import os
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import insert, text

from outreach.audit import queries
from outreach.audit.actor import COMMAND, Actor
from outreach.audit.chain import EMPTY, Fault, Head, faults, next_links
from outreach.audit.entry import EntryFacts, details_text
from outreach.audit.models import AuditEntry, AuditLink
from outreach.database import db, new_id
from outreach.database.sealed import key_ring
from outreach.database.together import Step
from outreach.errors import N_, OutreachError

# Any number that no other part of Treffpunkt locks by.
_LINKER_LOCK = 7_201_001
# Put together once: it runs in every act's transaction.
_APPEND = insert(AuditEntry.__table__)


class ChainBrokenError(OutreachError):
    """The chain ends before its anchored head: linking on would hide that rows were cut off."""

    message = N_("Loggen er ikke slik den var sist. Kjør «flask audit verify» og finn ut hvorfor før du går videre.")


def record(
    act: str, *, subject_kind: str, subject_id: int | None = None, actor: Actor, now: datetime, **details: Any
) -> None:
    """Append that `actor` did `act` ("event.change") to a record, in this transaction.

    `details` are references, counts and flags. Raises ValueError for text that could be personal.
    """
    recording(act, subject_kind=subject_kind, subject_id=subject_id, actor=actor, now=now, **details).run()


def recording(
    act: str, *, subject_kind: str, subject_id: int | None = None, actor: Actor, now: datetime, **details: Any
) -> Step:
    """Return what `record` does as a step of an act. Raises as it does."""
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
    return Step(_APPEND, {**vars(facts), "mac": facts.mac(key_ring().audit)})


def link_due() -> tuple[Head, int]:
    """Link each row that is not yet linked; return the new head and how many were linked.

    The caller commits and then hands the head to `anchor`. Raises ChainBrokenError when the chain does not hold the
    head that was anchored last.
    """
    _be_the_only_linker()
    head = queries.head()
    _check_anchored(head)
    waiting = queries.unlinked_macs()
    links = list(next_links(key_ring().audit, head, waiting))
    rows = [
        {"sequence": link.sequence, "entry_id": entry_id, "mac": link.mac}
        for link, (entry_id, _) in zip(links, waiting, strict=True)
    ]
    if rows:
        db.session.execute(insert(AuditLink), rows)
    return (links[-1] if links else head), len(rows)


def anchor(head: Head) -> None:
    """Write `head`, which must be committed, outside the database (0600), whole or not at all."""
    path = _anchor_path()
    draft = path.with_name(f".{path.name}.{new_id():x}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(head.to_json() + "\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def accept_head(now: datetime) -> Head:
    """Return the present head for anchoring anew, after a restored backup or a lost file: a named act in the trail."""
    _be_the_only_linker()
    head = queries.head()
    record("audit.accept_head", subject_kind="audit_link", actor=COMMAND, now=now, sequence=head.sequence)
    return head


def find_faults() -> list[Fault]:
    """Return every fault of the whole trail, in the order of the chain; empty when it is whole."""
    found = faults(key_ring().audit, links=queries.links(), unlinked=queries.unlinked(), anchor=anchored_head())
    return list(found)


def anchored_head() -> Head | None:
    """Return the head that was anchored last, or None when there is none that can be read."""
    try:
        return Head.from_json(_anchor_path().read_text(encoding="ascii"))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _check_anchored(head: Head) -> None:
    anchored = anchored_head()
    if anchored is None and head == EMPTY:
        # From now on a chain without its anchor is a fault, also when the first run dies before it anchors its head.
        anchor(EMPTY)
        return
    if anchored is None or (anchored != EMPTY and queries.link_mac_at(anchored.sequence) != anchored.mac):
        raise ChainBrokenError


def _be_the_only_linker() -> None:
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": _LINKER_LOCK})


def _anchor_path() -> Path:
    return Path(current_app.instance_path) / "audit_head"
