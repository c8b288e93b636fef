"""Use cases of print batches: release, claim, note the attempt, hand over, recover. Never commits.

A batch is handed over once: its rows are claimed, the files made, then in one transaction the attempt is noted on
every row that is still claimed; only then are the files moved; only after that are the rows handed over. A row that
was withheld meanwhile (a fresh protection mark) breaks the batch before anything is moved.
"""

from collections import Counter
from datetime import datetime
from pathlib import Path

from outreach.audit.actor import Actor
from outreach.audit.service import record
from outreach.database import db
from outreach.events.models import Event
from outreach.invitations.letters import queries
from outreach.invitations.letters.batch import new_reference, worker_name
from outreach.invitations.letters.faults import (
    BatchChangedError,
    BuildAtWorkError,
    OwnReleaseError,
    ReleaseNeededError,
    UnknownBatchError,
)
from outreach.invitations.letters.planning.service import Plan
from outreach.invitations.letters.print_folder import PrintFolder, Remains
from outreach.messages.models import LetterBatch
from outreach.messages.queries import batch_by_reference
from outreach.messages.sending.service import lock_folder
from outreach.outbox import service as outbox
from outreach.outbox.message import LETTER_KINDS
from outreach.outbox.states import State
from outreach.outbox.worker_lock import dead_among
from outreach.register.freshness.queries import fresh_import
from outreach.web.headers import settings_of_app

LEASE_SECONDS = 3600


def batch_of(event: Event, found: Plan, *, made_by_id: int | None, now: datetime) -> LetterBatch:
    """Return the batch of this very content that waits to be handed over, made now if there is none."""
    content = found.content(event)
    batch = queries.open_batch(event.id, content)
    if batch is None:
        batch = LetterBatch(
            event_id=event.id,
            release_reference=new_reference(),
            content_hash=content,
            letter_count=len(found.rows),
            made_by_id=made_by_id,
            made_at_utc=now,
            folder="",
            is_reprint=found.is_reprint,
            wave=found.wave,
        )
        db.session.add(batch)
    # Of the same set of reminders fewer are left when some have answered.
    batch.letter_count = len(found.rows)
    db.session.flush()
    return batch


def needs_release(batch: LetterBatch) -> bool:
    """Say whether another person must release `batch` before it can be printed."""
    return batch.released_at_utc is None and batch.letter_count > settings_of_app().release_above_households


def require_release(batch: LetterBatch) -> None:
    """Raise ReleaseNeededError when `batch` is large and nobody has released it."""
    if needs_release(batch):
        limit = settings_of_app().release_above_households
        raise ReleaseNeededError(count=batch.letter_count, limit=limit, reference=batch.release_reference)


def release(reference: str, *, by_id: int, actor: Actor, now: datetime) -> LetterBatch:
    """Release a batch as a second person. Twice is as once.

    Raises UnknownBatchError, OwnReleaseError, NoExtractError or ExtractTooOldError.
    """
    batch = batch_by_reference(reference)
    if batch is None:
        raise UnknownBatchError(reference=reference)
    if batch.made_by_id == by_id:
        raise OwnReleaseError
    fresh_import(now)
    if batch.released_at_utc is None:
        batch.released_at_utc, batch.released_by_id = now, by_id
        db.session.flush()
        record(
            "mailing.release",
            subject_kind="letter_batch",
            subject_id=batch.id,
            actor=actor,
            now=now,
            letters=batch.letter_count,
        )
    return batch


def begin(batch: LetterBatch, found: Plan, *, folder: Path, now: datetime) -> None:
    """Claim the batch's letters. Raises BatchChangedError when another has taken any of them."""
    if not found.is_reprint:
        ids = [row.message_id for row in found.rows]
        name = worker_name(batch.id)
        if outbox.claim_these(ids, worker=name, now=now, lease_seconds=LEASE_SECONDS) != len(ids):
            raise BatchChangedError
    batch.folder = str(folder)
    db.session.flush()


def attempt(batch: LetterBatch, now: datetime) -> None:
    """Note that the files are about to be moved. Raises BatchChangedError when a letter was withheld meanwhile."""
    if not batch.is_reprint and outbox.attempt_all(worker=worker_name(batch.id), now=now) != batch.letter_count:
        raise BatchChangedError
    batch.attempted_at_utc = now
    db.session.flush()


def hand_over(batch: LetterBatch, *, uncertain: list[int], actor: Actor, now: datetime) -> None:
    """Count the batch as handed over. A reprint settles the `uncertain` letters that it holds."""
    if batch.is_reprint:
        outbox.settle(uncertain, state=State.HANDED_OVER, now=now)
    else:
        outbox.settle_all(worker=worker_name(batch.id), state=State.HANDED_OVER, now=now)
    batch.handed_over_at_utc = now
    db.session.flush()
    record(
        "letters.reprint" if batch.is_reprint else "letters.hand_over",
        subject_kind="letter_batch",
        subject_id=batch.id,
        actor=actor,
        now=now,
        event_id=batch.event_id,
        letters=batch.letter_count,
    )


def give_back(batch: LetterBatch, now: datetime) -> None:
    """Put the batch's letters back in the queue: nothing was handed over. A release stays good."""
    outbox.settle_all(worker=worker_name(batch.id), state=State.QUEUED, now=now)
    batch.folder, batch.attempted_at_utc = "", None
    db.session.flush()


def decide_uncertain(event: Event, *, is_resend: bool, actor: Actor, now: datetime) -> int:
    """Do with the event's uncertain letters what a person decided; return how many those were."""
    rows = [row for wave in LETTER_KINDS for row in queries.letter_rows(event.id, [State.UNCERTAIN], wave=wave)]
    ids = [row.message_id for row in rows]
    number = outbox.settle(ids, state=State.QUEUED if is_resend else State.HANDED_OVER, now=now)
    record(
        "letters.resend" if is_resend else "letters.mark_delivered",
        subject_kind="event",
        subject_id=event.id,
        actor=actor,
        now=now,
        letters=number,
    )
    return number


def note_preview(invitation_id: int, *, actor: Actor, now: datetime) -> None:
    """Write down that `actor` looked at one letter."""
    record("letter.preview", subject_kind="invitation", subject_id=invitation_id, actor=actor, now=now)


def recover(event: Event, *, actor: Actor, now: datetime) -> dict[State, int]:
    """Settle what builds that died left; return how many letters came to which state.

    Raises BuildAtWorkError while one of them lives.
    """
    settled: Counter[State] = Counter()
    for batch in queries.started_batches(event.id):
        if _is_alive(batch, now):
            raise BuildAtWorkError
        settled[_settle(batch, actor=actor, now=now)] += batch.letter_count
    return dict(settled)


def _settle(batch: LetterBatch, *, actor: Actor, now: datetime) -> State:
    """Decide by what lies in the folder: see the module's text for the order in which it was put there."""
    folder = PrintFolder(Path(batch.folder), batch.release_reference)
    remains = folder.remains()
    if batch.attempted_at_utc is not None and remains is Remains.HANDED_OVER:
        folder.discard_draft()
        hand_over(batch, uncertain=[], actor=actor, now=now)
        return State.HANDED_OVER
    if batch.attempted_at_utc is None or remains is Remains.COMPLETE:
        folder.discard()
        give_back(batch, now)
        return State.QUEUED
    outbox.settle_all(worker=worker_name(batch.id), state=State.UNCERTAIN, now=now)
    batch.folder = ""
    return State.UNCERTAIN


def _is_alive(batch: LetterBatch, now: datetime) -> bool:
    name = worker_name(batch.id)
    if dead_among(lock_folder(), [name]):
        return False
    return (lock_folder() / name).exists() or queries.has_live_claims(name, now)
