"""Keeps a sign-up without an invitation until its e-mail confirms it. Never commits.

It holds no seat (ADR 0014), and what is answered to the one who fills it in is always the same: neither whether the
address has signed up already nor whether it stands in some household's answer can be seen from outside.
"""

from datetime import datetime, timedelta

from outreach.audit.actor import GUEST
from outreach.audit.service import record
from outreach.database import db
from outreach.messages.service import address_hash
from outreach.outbox import service as outbox
from outreach.outbox.message import NewMessage
from outreach.outbox.states import Channel
from outreach.rsvp.open_sign_up import queries
from outreach.rsvp.open_sign_up.keeping import MOST_MESSAGES_A_DAY
from outreach.rsvp.open_sign_up.models import OpenRequest
from outreach.rsvp.open_sign_up.open_form import Party

KIND = "open_confirm"


def recipient(request_id: int) -> str:
    """Return the outbox recipient of somebody who has yet to confirm."""
    return f"open_request:{request_id}"


def ask_to_confirm(event_id: int, party: Party, *, now: datetime) -> OpenRequest:
    """Keep `party` until somebody confirms it, and send the e-mail with the link; at most so many a day."""
    told = queries.count_requests(party.email, since=now - timedelta(days=1))
    row = OpenRequest(event_id=event_id, contact_hash=address_hash(party.email), made_at_utc=now)
    row.details = party.to_json()
    db.session.add(row)
    db.session.flush()
    if told < MOST_MESSAGES_A_DAY:
        outbox.queue([_message(row, party.language)], now)
    record("open_sign_up.request", subject_kind="event", subject_id=event_id, actor=GUEST, now=now)
    return row


def _message(row: OpenRequest, language: str) -> NewMessage:
    return NewMessage(
        purpose=f"open-confirm:{row.id}",
        recipient=recipient(row.id),
        channel=Channel.EMAIL,
        kind=KIND,
        language=language,
        references={"request_id": row.id},
        event_id=row.event_id,
    )
