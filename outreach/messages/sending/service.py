"""The steps of sending one message, each inside the worker's transaction. The worker commits between them.

The order is the safety: `begin` decides from what is true now and notes the attempt; that is committed; only then does
a transport get the message; `conclude` writes the outcome. A crash after the commit leaves a row whose attempt is
noted: the next worker takes it over, asks the transport where that is possible, and else lists it as uncertain.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.generator import BytesGenerator
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Any

import structlog
from flask import current_app

from outreach.errors import N_, OutreachError
from outreach.events.models import Event
from outreach.events.queries import by_id as event_by_id
from outreach.messages.composers import Composed, Composer, MessageRow, Postponed, Redirected, Withheld, composer_of
from outreach.messages.delivery import Outcome, Verdict
from outreach.messages.dkim_signature import DkimKey, signed
from outreach.messages.email import POLICY, ComposedEmail, Envelope, build
from outreach.messages.posted_letter import PostedLetter
from outreach.messages.queries import purposes_against
from outreach.messages.service import address_hash, address_hashes, unsubscribe_url
from outreach.messages.shipments.service import note as note_shipment
from outreach.messages.sms import ComposedSms
from outreach.messages.suppression import is_stopped
from outreach.outbox import queries, service
from outreach.outbox.backoff import is_too_late
from outreach.outbox.receipts.service import hold
from outreach.outbox.states import Channel, Reason, State
from outreach.outbox.trying import service as trying
from outreach.outbox.trying.queries import held_by, rows_held
from outreach.outbox.worker_lock import dead_among
from outreach.settings import Settings

# Longer than a whole dialogue with a slow mail server: five replies of 30 seconds each.
LEASE_SECONDS = 300
_RECOVERED_AT_ONCE = 200
# A gateway that cannot tell for so long what it took is given up on: a person asks it.
_ASKED_FOR = timedelta(hours=1)
# No worker's name: whoever held the row is gone, and only the lease says when the transport is asked again.
_NOBODY = "asked"
log = structlog.get_logger()


UNPREPARED = object()


class UnpreparedError(RuntimeError):
    """What a message is made of could not be prepared."""


class SendingNotConfirmedError(OutreachError):
    """This database was filled by another installation, as a restored copy is: sending could repeat what it sent."""

    message = N_(
        "Denne databasen er hentet fra en annen installasjon, så meldingene kan være sendt derfra. "
        "Er det denne som skal sende? Kjør «flask messages confirm-sending»."
    )


@dataclass(frozen=True)
class Ready:
    """A message that is to be handed over now; its attempt is noted."""

    row_id: int
    attempts: int
    content: bytes
    sender: str
    recipient: str


def lock_folder() -> Path:
    """Return where the workers of this installation hold their locks."""
    settings: Settings = current_app.extensions["treffpunkt.settings"]
    return settings.instance_dir / "workers"


def require_permit(now: datetime) -> None:
    """Raise SendingNotConfirmedError unless this installation may send what the database holds."""
    settings: Settings = current_app.extensions["treffpunkt.settings"]
    if not service.permit(settings.instance_id, now):
        raise SendingNotConfirmedError


def take_over(channel: Channel, *, asker: str = "", now: datetime) -> dict[int, datetime]:
    """Find what dead workers left of `channel`; return when each message was tried, by id.

    A claim that was never begun goes back to the queue. What was begun is held by the `asker`, a worker that will ask
    about it, so that no other one does; without one it keeps its worker, who may be slow and still tell the truth.
    """
    dead = dead_among(lock_folder(), queries.claimants([channel]))
    service.recover_unattempted([channel], dead=dead, now=now)
    rows = queries.attempts_of_the_dead([channel], dead=dead, now=now, limit=_RECOVERED_AT_ONCE)
    tried = {row.id: row.attempted_at_utc for row in rows if row.attempted_at_utc}
    if asker:
        hold(tried, worker=asker, now=now, lease_seconds=LEASE_SECONDS)
    return tried


def settle_told(tried: Mapping[int, datetime], told: Mapping[int, bool | None], now: datetime) -> dict[State, int]:
    """Settle what was taken over by what the transport `told` of it; return how many rows came to which state.

    There means handed over, not there means back to the queue. What it was not asked about is uncertain, and so is what
    it could not tell (None) for an hour.
    """
    lost = [row_id for row_id in tried if row_id not in told]
    silent = [row_id for row_id in tried if row_id in told and told[row_id] is None]
    lost += [row_id for row_id in silent if now - tried[row_id] > _ASKED_FOR]
    hold(silent, worker=_NOBODY, now=now, lease_seconds=LEASE_SECONDS)
    service.settle([row_id for row_id in tried if told.get(row_id) is False], state=State.QUEUED, now=now)
    there = [row_id for row_id in tried if told.get(row_id)]
    return {
        State.HANDED_OVER: service.settle(there, state=State.HANDED_OVER, now=now),
        State.UNCERTAIN: service.settle(lost, state=State.UNCERTAIN, now=now),
    }


def begin(
    message_id: int, *, worker: str, now: datetime, prepared: Mapping[int, Any] = MappingProxyType({})
) -> Ready | State | None:
    """Compose a claimed message and note the attempt; or return the state it came to instead.

    None: it is no longer this worker's. Raises what the composer raises.
    """
    row = held_by(message_id, worker)
    if row is None:
        return None
    reason = _reason_against(row, now)
    composed = Withheld(reason) if reason else _composed(row, prepared)
    if isinstance(composed, Postponed):
        return trying.postpone(row.id, attempts=row.attempts + 1, worker=worker, now=now)
    if isinstance(composed, Redirected):
        return trying.redirect(row.id, channel=composed.channel, worker=worker, now=now)
    reason = composed.reason if isinstance(composed, Withheld) else _suppressed(row, composed)
    if reason or isinstance(composed, Withheld):
        return withhold(row, worker=worker, reason=reason or Reason.ERASED, now=now)
    ready = _ready(row, composed, now)
    goes_to = None if composed.is_untraced else address_hash(ready.recipient)
    is_mine = trying.attempt(row.id, worker=worker, now=now, lease_seconds=LEASE_SECONDS, subject_hash=goes_to)
    return ready if is_mine else None


def gather(ids: Sequence[int], *, worker: str) -> dict[str, dict[int, Any]]:
    """Return by kind, for those of a claim's messages that must be prepared, what that takes."""
    rows = rows_held(ids, worker)
    found: dict[str, dict[int, Any]] = {}
    for kind in sorted({row.kind for row in rows}):
        composer = composer_of(current_app, kind)
        if composer is not None and composer.preparation is not None:
            found[kind] = dict(composer.preparation.gather([row for row in rows if row.kind == kind]))
    return found


def work(gathered: Mapping[str, Mapping[int, Any]]) -> dict[int, Any]:
    """Prepare what `gather` found, with no transaction open; return it by message.

    Where a whole kind fails each message is prepared by itself, so that one that cannot be stops nobody else.
    """
    done: dict[int, Any] = {}
    for kind, parts in gathered.items():
        composer = composer_of(current_app, kind)
        assert composer is not None
        assert composer.preparation is not None
        try:
            done |= composer.preparation.work(parts) if parts else {}
        except Exception as error:  # whatever it is, it must not stop the others
            log.error("cannot prepare", kind=kind, fault=type(error).__name__)  # noqa: TRY400 - traces hold values
            alone = [{one: part} for one, part in parts.items()]
            done |= dict.fromkeys(parts, UNPREPARED)
            for each in alone if len(parts) > 1 else ():
                done |= work({kind: each})
    return done


def conclude(sent: Ready, verdict: Verdict, *, worker: str, now: datetime) -> State:
    """Write what became of a message that was given to a transport; return its state."""
    if verdict.outcome is Outcome.HANDED_OVER:
        trying.finish(sent.row_id, worker=worker, state=State.HANDED_OVER, now=now)
        if verdict.reference:
            note_shipment(sent.row_id, verdict.reference, now)
        return State.HANDED_OVER
    log.warning(
        "not handed over", message_id=sent.row_id, outcome=verdict.outcome, stage=verdict.stage, reply_code=verdict.code
    )
    if verdict.outcome is Outcome.PERMANENT:
        trying.finish(sent.row_id, worker=worker, state=State.FAILED, reason=Reason.REFUSED, now=now)
        return State.FAILED
    if verdict.outcome is Outcome.UNKNOWN:
        trying.finish(sent.row_id, worker=worker, state=State.UNCERTAIN, now=now)
        return State.UNCERTAIN
    earliest = now + timedelta(seconds=verdict.retry_after_seconds)
    return trying.retry_later(sent.row_id, attempts=sent.attempts, worker=worker, now=now, earliest=earliest)


def fail(message_id: int, *, worker: str, now: datetime) -> State:
    """Set aside a message that cannot be composed, so that it stops nobody else."""
    trying.finish(message_id, worker=worker, state=State.FAILED, reason=Reason.CANNOT_COMPOSE, now=now)
    return State.FAILED


def withhold(row: MessageRow, *, worker: str, reason: Reason, now: datetime) -> State:
    """Stop a claimed message and say why; without anybody who can write it, it has failed."""
    state = State.FAILED if reason is Reason.NO_COMPOSER else State.WITHHELD
    trying.finish(row.id, worker=worker, state=state, reason=reason, now=now)
    return state


def envelope(settings: Settings) -> Envelope:
    """Return what the installation adds to each e-mail."""
    return Envelope(
        sender_name=settings.organisation_name,
        sender=settings.mail_from,
        reply_to=settings.reply_to,
        bounce_address=settings.bounce_address,
    )


def _reason_against(row: MessageRow, now: datetime) -> Reason | None:
    composer = _composer(row)
    if composer is None:
        return Reason.NO_COMPOSER
    # A message tried again is late by our own back-off, not forgotten.
    if row.attempts == 0 and is_too_late(row.due_at_utc, now):
        return Reason.TOO_LATE
    event = _event_of(row)
    if event is not None and event.ends_at_utc <= now and not composer.after_event:
        return Reason.EVENT_OVER
    return None


def _event_of(row: MessageRow) -> Event | None:
    return event_by_id(row.event_id) if row.event_id is not None else None


def _composer(row: MessageRow) -> Composer | None:
    return composer_of(current_app, row.kind)


def _composed(row: MessageRow, prepared: Mapping[int, Any]) -> Composed:
    composer = _composer(row)
    assert composer is not None
    if row.id not in prepared or composer.preparation is None:
        return composer.compose(row)
    if prepared[row.id] is UNPREPARED:
        raise UnpreparedError
    return composer.preparation.compose(row, prepared[row.id])


def _suppressed(row: MessageRow, composed: ComposedEmail | ComposedSms | PostedLetter) -> Reason | None:
    if isinstance(composed, PostedLetter):
        # A letter has no address by which somebody could have said no: its composer asked about the people.
        return None
    wishes = purposes_against(address_hashes(composed.to))
    stopped = is_stopped(wishes, row.kind, is_outreach=composed.is_outreach, topic=composed.topic)
    return Reason.SUPPRESSED if stopped else None


def _with_way_out(composed: ComposedEmail, kind: str) -> ComposedEmail:
    """Return `composed` with a link to say no, which nothing that we begin goes without."""
    if not composed.is_outreach or composed.unsubscribe_url:
        return composed
    return replace(composed, unsubscribe_url=unsubscribe_url(composed.to, composed.topic or kind))


def _ready(row: MessageRow, composed: ComposedEmail | ComposedSms | PostedLetter, now: datetime) -> Ready:
    settings: Settings = current_app.extensions["treffpunkt.settings"]
    if isinstance(composed, PostedLetter):
        return Ready(row.id, row.attempts + 1, composed.content(row.id), sender="", recipient="")
    if isinstance(composed, ComposedSms):
        content = composed.text.encode()
        return Ready(row.id, row.attempts + 1, content, sender=settings.sms_sender, recipient=composed.to)
    message = build(_with_way_out(composed, row.kind), row_id=row.id, envelope=envelope(settings), sent_at_utc=now)
    out = BytesIO()
    BytesGenerator(out, policy=POLICY).flatten(message)
    content = out.getvalue()
    if settings.dkim_domain:
        content = signed(content, DkimKey(settings.dkim_domain, settings.dkim_selector, settings.dkim_private_key))
    return Ready(row.id, row.attempts + 1, content, sender=settings.bounce_address, recipient=composed.to)
