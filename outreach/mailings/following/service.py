"""Has a household's mailings follow it through its series: what names the event that it left is withheld before it is
handed over, and what the event where it is now has sent to others is queued for it. Never commits.

Both happen in the transaction of the move, with the mailings of both events locked before anything else is written, so
that a mailing that begins in the same moment sees the household in one place. The unique constraint of the outbox
stands behind "never two".
"""

from datetime import datetime

from flask import Flask

from outreach.audit.actor import SYSTEM
from outreach.audit.service import record
from outreach.database.downward import listen
from outreach.events.queries import by_id as event_by_id
from outreach.mailings.audiences.service import Households
from outreach.mailings.following import queries
from outreach.mailings.following.owed import owed
from outreach.mailings.mailing import State
from outreach.mailings.models import Mailing
from outreach.mailings.queries import by_id, in_states, lock
from outreach.mailings.service import channels_of, hash_now
from outreach.outbox.following.service import leave_behind, take_up_again


def install(app: Flask) -> None:
    """Have this module hear of households that move."""
    listen(app, "household_leaves", leave)
    listen(app, "household_arrives", arrive)


def leave(*, invitation_id: int, left: int, joined: int, now: datetime) -> None:
    """Withhold what has not been handed over of the mailings of the event `left`."""
    # One that begins, pauses or ends meanwhile does so before the household moves, or after it.
    lock(Mailing.event_id.in_((left, joined)))
    withheld = leave_behind(queries.messages_of(in_states(left, *State), invitation_id))
    if withheld:
        _record("mailing.left_behind", invitation_id, now, withheld)


def arrive(*, invitation_id: int, left: int, joined: int, now: datetime) -> None:
    """Queue what the household is owed of the mailings of the event `joined`."""
    wanted = owed(queries.begun(joined), queries.had(invitation_id))
    queued = sum(_queued(mailing_id, invitation_id, now) for mailing_id in wanted)
    if queued:
        _record("mailing.followed", invitation_id, now, queued)


def _queued(mailing_id: int, invitation_id: int, now: datetime) -> int:
    mailing = by_id(mailing_id)
    if mailing is None or mailing.event_id is None or not _still_holds(mailing):
        return 0
    again = take_up_again(queries.messages_of([mailing_id], invitation_id), now)
    return again or Households(mailing, event_by_id(mailing.event_id)).queue_one(
        channels_of(mailing), invitation_id, now=now
    )


def _still_holds(mailing: Mailing) -> bool:
    """Say whether what was released is what would be sent now. One that is on its way is paused by any change."""
    return mailing.state != State.DONE or mailing.content_hash == hash_now(mailing, None)


def _record(act: str, invitation_id: int, now: datetime, number: int) -> None:
    record(act, subject_kind="invitation", subject_id=invitation_id, actor=SYSTEM, now=now, messages=number)
