"""Queues what households are told when an event changes or is called off: one message each, by one way."""

from datetime import datetime

from sqlalchemy import ColumnElement

from outreach.outbox.message import NewMessage
from outreach.outbox.service import queue
from outreach.outbox.states import Channel
from outreach.rsvp.answer import recipient
from outreach.rsvp.telling import queries
from outreach.rsvp.waitlist.offer_times import text_time


def tell(event_id: int, is_asked_for: ColumnElement[bool], *, kind: str, revision: int, now: datetime) -> int:
    """Queue a message of `kind` to those whose answers are asked for and who left an address; return how many.

    By e-mail, and by SMS to whom we have a mobile number of alone, where SMS is set up; the others are on the list of
    whom staff call. An SMS of the night waits for the morning. The event's revision is in the purpose, so one change
    tells each household once.
    """
    due = {Channel.SMS: text_time(now, starts_at_utc=queries.first_start(event_id, revision))}
    return queue(
        (
            NewMessage(
                purpose=f"{kind}:{event_id}:{revision}",
                recipient=recipient(one.rsvp_id),
                channel=one.channel,
                kind=kind,
                language=one.language,
                references={"rsvp_id": one.rsvp_id, "revision": revision},
                event_id=event_id,
                due_at_utc=due.get(one.channel),
            )
            for one in queries.reachable(event_id, is_asked_for)
        ),
        now,
    )
