"""Begins released mailings, pauses, resumes and calls them off, and sees when they are done. Never commits.

To begin is one INSERT … SELECT for each channel and the change of state, in one transaction on the locked row: a crash
leaves none or all of it, and a second run finds the mailing begun. Hears of changed and cancelled events.
"""

import json
from datetime import datetime
from typing import Any

import structlog
from flask import Flask

from outreach.audit.actor import SYSTEM, Actor
from outreach.audit.service import record
from outreach.database import db
from outreach.database.downward import listen
from outreach.errors import OutreachError
from outreach.events.models import Event
from outreach.mailings import queries
from outreach.mailings.audiences.service import audience_of
from outreach.mailings.faults import ChangedSinceReleaseError, MailingStateError
from outreach.mailings.following import service as following
from outreach.mailings.mailing import Note, State, purpose
from outreach.mailings.models import Mailing
from outreach.mailings.newsletters.composing import service as newsletters
from outreach.mailings.service import channels_of, hash_now, move, reached, take_back
from outreach.outbox import service as outbox
from outreach.outbox.backoff import is_too_late
from outreach.outbox.campaigns.queries import purposes_at_work
from outreach.outbox.campaigns.service import take_up, withhold_for
from outreach.outbox.states import Reason
from outreach.web.headers import settings_of_app

_UNFINISHED = (State.DRAFT, State.ASKED, State.RELEASED, State.SENDING, State.PAUSED)
log = structlog.get_logger()


def install(app: Flask) -> None:
    """Have this module begin and end mailings when the worker looks, and hear what becomes of events; and have
    newsletters written, and mailings follow households that move."""
    newsletters.install(app)
    following.install(app)
    listen(app, "sending_begins", _look_after)
    listen(app, "event_changed", event_changed)
    listen(app, "event_cancelled", event_cancelled)


def _look_after(*, now: datetime) -> None:
    mailing_ids = [*queries.due(now), *_finished()]
    if mailing_ids:
        queries.lock(Mailing.id.in_(mailing_ids))
    begin_due(now)
    end_finished(now)


def begin_due(now: datetime) -> int:
    """Begin the released mailings whose time has come; return how many messages were queued.

    What may not be sent any more becomes a draft again, with a note that says why.
    """
    return sum(_begin_or_take_back(mailing_id, now) for mailing_id in queries.due(now))


def begin(mailing: Mailing, event: Event | None, *, now: datetime) -> int:
    """Queue the messages of a released mailing; return how many. Raises MailingStateError when it is begun already."""
    move(mailing, State.SENDING)
    found, queued = audience_of(mailing, event).queue(channels_of(mailing), now=now)
    mailing.counts_json = json.dumps({group.value: number for group, number in found.items()})
    mailing.started_at_utc = now
    db.session.flush()
    record("mailing.start", subject_kind="mailing", subject_id=mailing.id, actor=SYSTEM, now=now, messages=queued)
    return queued


def end_finished(now: datetime) -> int:
    """Note which mailings have no message left to send; return how many."""
    ended = _finished()
    for mailing_id in ended:
        mailing = queries.held(mailing_id)
        if mailing.state == State.SENDING:
            move(mailing, State.DONE)
            mailing.finished_at_utc = now
    db.session.flush()
    return len(ended)


def _finished() -> list[int]:
    ids = {purpose(mailing_id): mailing_id for mailing_id in queries.being_sent()}
    return sorted(ids[name] for name in set(ids) - purposes_at_work(ids)) if ids else []


def pause(mailing: Mailing, *, actor: Actor, now: datetime, note: Note = Note.NONE) -> None:
    """Hold back what has not left. Raises MailingStateError unless the mailing is being sent."""
    move(mailing, State.PAUSED)
    mailing.note = note.value
    held = outbox.withhold(purpose=purpose(mailing.id), reason=Reason.PAUSED)
    db.session.flush()
    record("mailing.pause", subject_kind="mailing", subject_id=mailing.id, actor=actor, now=now, messages=held)


def resume(mailing: Mailing, *, actor: Actor, now: datetime, may_release: bool = False) -> None:
    """Send the rest. What has changed since the release is released again by resuming: of many by a second person who
    may (`may_release`).

    Raises MailingStateError unless the mailing is paused, ChangedSinceReleaseError, and what `ask` raises for time and
    extract.
    """
    if mailing.state != State.PAUSED:
        raise MailingStateError
    audience = audience_of(mailing)
    audience.refuse_time(now)
    audience.refuse_old_extract(now)
    content = hash_now(mailing, None)
    if mailing.content_hash != content:
        is_second = may_release and actor.id not in (mailing.made_by_id, mailing.asked_by_id)
        if not is_second and _is_for_many(mailing):
            raise ChangedSinceReleaseError
        mailing.content_hash, mailing.released_by_id, mailing.released_at_utc = content, actor.id, now
    move(mailing, State.SENDING)
    mailing.note = ""
    queued = take_up(purpose(mailing.id), reason=Reason.PAUSED, now=now)
    db.session.flush()
    record("mailing.resume", subject_kind="mailing", subject_id=mailing.id, actor=actor, now=now, messages=queued)


def call_off(mailing: Mailing, *, actor: Actor, now: datetime, note: Note = Note.NONE) -> None:
    """Stop the mailing for good; what has left has left. Raises MailingStateError when it is done or stopped."""
    move(mailing, State.CALLED_OFF)
    mailing.note = note.value
    mailing.finished_at_utc = now
    name = purpose(mailing.id)
    held = outbox.withhold(purpose=name, reason=Reason.CALLED_OFF)
    held += withhold_for(name, was=Reason.PAUSED, reason=Reason.CALLED_OFF)
    db.session.flush()
    record("mailing.call_off", subject_kind="mailing", subject_id=mailing.id, actor=actor, now=now, messages=held)


def event_changed(*, event_id: int, now: datetime) -> None:
    """Take back what was released for the event as it was, and pause what is on its way: a person looks at it again."""
    for mailing_id in queries.in_states(event_id, State.ASKED, State.RELEASED):
        take_back(queries.held(mailing_id), actor=SYSTEM, now=now, note=Note.EVENT_CHANGED)
    for mailing_id in queries.in_states(event_id, State.SENDING):
        pause(queries.held(mailing_id), actor=SYSTEM, now=now, note=Note.EVENT_CHANGED)


def event_cancelled(*, event_id: int, now: datetime) -> None:
    """Stop every mailing of a cancelled event; guests are told by the message about the cancellation."""
    for mailing_id in queries.in_states(event_id, *_UNFINISHED):
        call_off(queries.held(mailing_id), actor=SYSTEM, now=now, note=Note.EVENT_CANCELLED)


def _begin_or_take_back(mailing_id: int, now: datetime) -> int:
    mailing = queries.held(mailing_id)
    if mailing.state != State.RELEASED:
        return 0
    note = _note_against(mailing, now)
    if note is Note.NONE:
        return begin(mailing, None, now=now)
    log.warning("mailing taken back", mailing_id=mailing.id, note=note)
    take_back(mailing, actor=SYSTEM, now=now, note=note)
    return 0


def _note_against(mailing: Mailing, now: datetime) -> Note:
    if mailing.content_hash == hash_now(mailing, None, is_switched=True):
        return Note.REGISTER_SWITCHED
    if mailing.content_hash != hash_now(mailing, None):
        return Note.EVENT_CHANGED
    if is_too_late(mailing.scheduled_at_utc or mailing.released_at_utc or now, now):
        return Note.TOO_LATE
    try:
        audience = audience_of(mailing)
        audience.refuse_time(now)
        audience.refuse_old_extract(now)
    except OutreachError:
        return Note.NOT_NOW
    return Note.TOO_MANY if _needs_another(mailing) else Note.NONE


def _needs_another(mailing: Mailing) -> bool:
    """Say whether one person alone made it ready for few, and it would now go to more than one may decide on."""
    is_alone = mailing.released_by_id in (mailing.made_by_id, mailing.asked_by_id)
    return is_alone and _is_for_many(mailing)


def _is_for_many(mailing: Mailing) -> bool:
    return bool(reached(mailing) > settings_of_app().release_above_households)


def figures_at_start(mailing: Mailing) -> dict[str, Any]:
    """Return households by group when the mailing began; empty before that."""
    found: dict[str, Any] = json.loads(mailing.counts_json) if mailing.counts_json else {}
    return found
