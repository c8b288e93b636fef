"""What the preview of an upload must look up: who is protected by now, and who is missing in it."""

from collections.abc import Sequence

from sqlalchemy import select

from outreach.audit.models import AuditEntry
from outreach.database import db
from outreach.people.models import Person, ProtectedIdentity
from outreach.register.models import RegisterImport


def marked_among(hashes: Sequence[str]) -> set[str]:
    """Return which of `hashes`, some hundreds, are marks of protected people."""
    wanted = select(ProtectedIdentity.identity_hash).where(ProtectedIdentity.identity_hash.in_(hashes))
    return set(db.session.scalars(wanted.order_by(ProtectedIdentity.identity_hash)))


def persons(person_ids: Sequence[int]) -> Sequence[Person]:
    """Return the people whom we hold under these ids, some tens."""
    return db.session.scalars(select(Person).where(Person.id.in_(person_ids)).order_by(Person.id)).all()


def accepted(import_id: int) -> RegisterImport | None:
    """Return the import that an upload became, or None."""
    found: RegisterImport | None = db.session.get(RegisterImport, import_id)
    return found


def discarding(extract_id: int) -> AuditEntry | None:
    """Return the note in the log that an upload was discarded, or None."""
    return _note("register.discard", "staged_extract", extract_id)


def applying(extract_id: int) -> AuditEntry | None:
    """Return the note in the log that an upload was a feed of events and was applied, or None."""
    return _note("register.feed", "register_feed", extract_id)


def _note(act: str, subject_kind: str, extract_id: int) -> AuditEntry | None:
    wanted = select(AuditEntry).where(
        AuditEntry.subject_kind == subject_kind, AuditEntry.subject_id == extract_id, AuditEntry.act == act
    )
    found: AuditEntry | None = db.session.scalar(wanted.order_by(AuditEntry.at_utc, AuditEntry.id).limit(1))
    return found
