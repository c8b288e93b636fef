"""Every SELECT of suppressions and letter batches."""

from collections.abc import Collection

from sqlalchemy import bindparam, func, select

from outreach.database import db, run
from outreach.messages.models import LetterBatch, Suppression

_HASHES_A_STATEMENT = 900
# Asked for each message that leaves, once for each key that its address may stand under: most often one.
_PURPOSES_OF = select(Suppression.__table__.c.purpose).where(
    Suppression.__table__.c.subject_hash == bindparam("subject")
)


def suppressed_hashes(hashes: Collection[str], purposes: Collection[str] = ("all",)) -> set[str]:
    """Return which of `hashes` are suppressed under any of `purposes`."""
    wanted = sorted(set(hashes))
    found: set[str] = set()
    for start in range(0, len(wanted), _HASHES_A_STATEMENT):
        part = wanted[start : start + _HASHES_A_STATEMENT]
        found.update(
            db.session.scalars(
                select(Suppression.subject_hash)
                .where(Suppression.subject_hash.in_(part), Suppression.purpose.in_(list(purposes)))
                .order_by(Suppression.subject_hash)
            )
        )
    return found


def purposes_against(subject_hashes: Collection[str]) -> list[str]:
    """Return the purposes under which one subject is suppressed, whichever of `subject_hashes` it stands under."""
    return sorted({row.purpose for one in subject_hashes for row in run(_PURPOSES_OF, {"subject": one}).rows})


def suppression_counts() -> dict[tuple[str, str], int]:
    """Return how many suppressions there are by (purpose, source)."""
    keys = (Suppression.purpose, Suppression.source)
    rows = db.session.execute(select(*keys, func.count()).group_by(*keys).order_by(*keys))
    return {(purpose, source): number for purpose, source, number in rows}


def batch_by_reference(reference: str) -> LetterBatch | None:
    """Return the letter batch that `reference` releases, in any letter case."""
    return db.session.scalar(
        select(LetterBatch).where(LetterBatch.release_reference == reference.strip().upper()).with_for_update()
    )


def batches_of_event(event_id: int) -> list[LetterBatch]:
    """Return the letter batches of the event, the latest first."""
    wanted = select(LetterBatch).where(LetterBatch.event_id == event_id)
    return list(db.session.scalars(wanted.order_by(LetterBatch.made_at_utc.desc(), LetterBatch.id)))
