"""Queues the reminder letters of an event: nobody twice, since purpose and recipient are unique. Never commits."""

from datetime import datetime

from outreach.audit.actor import Actor
from outreach.audit.service import record
from outreach.events.models import Event
from outreach.invitations.letters.planning.service import refuse
from outreach.mailings.reminder_letters.queries import to_queue
from outreach.outbox.campaigns.service import Campaign, queue_selected
from outreach.outbox.message import LETTER_KINDS, REMINDER_WAVE, letter_purpose
from outreach.outbox.states import Channel


def queue_asked_for(event: Event, actor: Actor, now: datetime) -> None:
    """Queue what is due before a command builds the letters. Listens to "reminders_asked_for"."""
    queue(event, actor=actor, now=now)


def queue(event: Event, *, actor: Actor, now: datetime) -> int:
    """Queue a reminder for each household that gets one now; return how many. Twice is as once.

    Raises what `planning.refuse` raises: too early, too late, past the deadline for answers, an old extract.
    """
    refuse(event, now, wave=REMINDER_WAVE)
    campaign = Campaign(
        purpose=letter_purpose(event.id, REMINDER_WAVE), kind=LETTER_KINDS[REMINDER_WAVE], event_id=event.id
    )
    number = queue_selected(campaign, Channel.LETTER, to_queue(event.id, now), now=now)
    if number:
        record("letters.remind", subject_kind="event", subject_id=event.id, actor=actor, now=now, letters=number)
    return number
