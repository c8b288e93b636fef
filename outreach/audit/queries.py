"""Look-ups of the audit trail, in the order of the chain or of time."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Row, func, select

from outreach.audit.chain import EMPTY, Head, Link, SealedEntry
from outreach.audit.entry import EntryFacts
from outreach.audit.models import AuditEntry, AuditLink
from outreach.database import db

_BATCH_ROWS = 1_000
_ENTRY = (
    AuditEntry.id,
    AuditEntry.at_utc,
    AuditEntry.actor_kind,
    AuditEntry.actor_id,
    AuditEntry.act,
    AuditEntry.subject_kind,
    AuditEntry.subject_id,
    AuditEntry.details,
)
_IS_UNLINKED = ~select(AuditLink.entry_id).where(AuditLink.entry_id == AuditEntry.id).exists()


def head() -> Head:
    """Return the last link, or EMPTY."""
    last = db.session.execute(
        select(AuditLink.sequence, AuditLink.mac).order_by(AuditLink.sequence.desc()).limit(1)
    ).first()
    return Head(last.sequence, bytes(last.mac)) if last else EMPTY


def link_mac_at(sequence: int) -> bytes | None:
    """Return the HMAC of link `sequence`, or None when there is no such link."""
    return db.session.scalar(select(AuditLink.mac).where(AuditLink.sequence == sequence))


def unlinked_macs() -> list[tuple[int, bytes]]:
    """Return (id, HMAC) of each row that is not yet linked, by time."""
    wanted = select(AuditEntry.id, AuditEntry.mac).where(_IS_UNLINKED).order_by(AuditEntry.at_utc, AuditEntry.id)
    return [(row.id, bytes(row.mac)) for row in db.session.execute(wanted)]


def links() -> Iterator[Link]:
    """Yield each link with its row, by sequence, holding a thousand at a time."""
    wanted = (
        select(*_ENTRY, AuditEntry.mac, AuditLink.sequence, AuditLink.entry_id, AuditLink.mac.label("link_mac"))
        .select_from(AuditLink)
        .outerjoin(AuditEntry, AuditEntry.id == AuditLink.entry_id)
        .order_by(AuditLink.sequence)
    )
    for row in db.session.execute(wanted.execution_options(yield_per=_BATCH_ROWS)):
        entry = _sealed(row) if row.id is not None else None
        yield Link(sequence=row.sequence, entry_id=row.entry_id, mac=bytes(row.link_mac), entry=entry)


def unlinked() -> Iterator[SealedEntry]:
    """Yield each row that is not yet linked, by time."""
    wanted = select(*_ENTRY, AuditEntry.mac).where(_IS_UNLINKED).order_by(AuditEntry.at_utc, AuditEntry.id)
    for row in db.session.execute(wanted.execution_options(yield_per=_BATCH_ROWS)):
        yield _sealed(row)


def entry_count() -> int:
    """Return how many rows the trail has."""
    return db.session.scalar(select(func.count()).select_from(AuditEntry)) or 0


def entries(*, offset: int, limit: int) -> list[AuditEntry]:
    """Return `limit` rows from `offset` on, the latest first."""
    wanted = select(AuditEntry).order_by(AuditEntry.at_utc.desc(), AuditEntry.id.desc())
    return list(db.session.scalars(wanted.offset(offset).limit(limit)))


def _sealed(row: Row[*tuple[Any, ...]]) -> SealedEntry:
    facts = {column.key: getattr(row, column.key) for column in _ENTRY}
    return SealedEntry(facts=EntryFacts(**facts), mac=bytes(row.mac))
