"""Hands a released batch of letters to the sender, who gives them to KS SvarUt one by one. Never commits.

A letter keeps its one row in the outbox: from the queue for print it moves to the queue for SvarUt, so it is printed
here or delivered there, never both. Right before it leaves it is judged once more, as before print (writing/); what
must wait by then moves back among the letters that wait. What SvarUt could not deliver a person has printed here.
"""

from datetime import datetime

from outreach.audit.actor import Actor
from outreach.audit.service import record
from outreach.database import db
from outreach.events.models import Event
from outreach.invitations.letters import service as letters
from outreach.invitations.letters.faults import PostedBeforeError, SvarUtOffError
from outreach.invitations.letters.making.stages import ChangedSinceError
from outreach.invitations.letters.planning import service as planning
from outreach.messages.models import LetterBatch
from outreach.messages.shipments import queries as shipments
from outreach.outbox import service as sending
from outreach.outbox.afterwards import service as outbox
from outreach.outbox.queries import attempts_of_the_dead
from outreach.outbox.states import Channel, State
from outreach.web.headers import settings_of_app

# Where a batch's files would lie, for one that has none.
BY_SVARUT = "svarut"
_DOUBTED_AT_ONCE = 200


def batch_to_post(event: Event, *, made_by_id: int | None, now: datetime) -> LetterBatch | None:
    """Return the batch of the letters that wait, made now if there is none; None when no letter waits.

    Raises SvarUtOffError and what `planning.plan` raises.
    """
    _refuse_switched_off()
    found = planning.plan(event, is_reprint=False, now=now)
    planning.stop(found)
    return letters.batch_of(event, found, made_by_id=made_by_id, now=now) if found.rows else None


def hand_over(event: Event, batch: LetterBatch, *, actor: Actor, now: datetime) -> int:
    """Give the letters of `batch` to the sender; return how many.

    A letter that SvarUt has had before stays for print: SvarUt knows it by our reference and would seem to have it.
    Raises SvarUtOffError, what `planning.plan` raises, ReleaseNeededError, ChangedSinceError when it is another set of
    letters now, or somebody prints it, and PostedBeforeError when nothing is left for SvarUt.
    """
    _refuse_switched_off()
    found = planning.plan(event, is_reprint=False, now=now)
    planning.stop(found)
    if found.content(event) != batch.content_hash or batch.handed_over_at_utc is not None:
        raise ChangedSinceError
    letters.require_release(batch)
    known = {row.message_id for row in shipments.of_messages([row.message_id for row in found.rows])}
    ids = [row.message_id for row in found.rows if row.message_id not in known]
    if not ids:
        raise PostedBeforeError
    if outbox.change_channel(ids, was=Channel.LETTER, then=Channel.SVARUT, now=now) != len(ids):
        raise ChangedSinceError
    batch.folder, batch.attempted_at_utc, batch.handed_over_at_utc = BY_SVARUT, now, now
    db.session.flush()
    record(
        "letters.post",
        subject_kind="letter_batch",
        subject_id=batch.id,
        actor=actor,
        now=now,
        event_id=event.id,
        letters=len(ids),
    )
    return len(ids)


def print_instead(event: Event, *, actor: Actor, now: datetime) -> int:
    """Put what SvarUt refused or could not deliver among the letters that wait for print; return how many."""
    number = outbox.print_instead(event.id, now=now)
    record("letters.print_instead", subject_kind="event", subject_id=event.id, actor=actor, now=now, letters=number)
    return number


def take_back(*, now: datetime) -> None:
    """Put what waits for SvarUt back among the letters that wait, where SvarUt was switched off.

    What a sender that is gone had begun on is uncertain, for a person to decide: nobody can ask SvarUt any more.
    """
    if settings_of_app().services.svarut is None:
        sending.recover_unattempted([Channel.SVARUT], dead=(), now=now)
        begun = attempts_of_the_dead([Channel.SVARUT], dead=(), now=now, limit=_DOUBTED_AT_ONCE)
        sending.settle([row.id for row in begun], state=State.UNCERTAIN, now=now)
        outbox.change_channel(None, was=Channel.SVARUT, then=Channel.LETTER, now=now)


def _refuse_switched_off() -> None:
    if settings_of_app().services.svarut is None:
        raise SvarUtOffError
