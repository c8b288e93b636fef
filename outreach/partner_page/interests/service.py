"""Use cases of what guests leave at a stand: leave, answer. Never commits. Taking back: `erasure.py`."""

from datetime import datetime, timedelta

from outreach.audit.actor import GUEST, PARTNER
from outreach.audit.service import record
from outreach.database import db
from outreach.formats.short_code import new_selector
from outreach.messages.service import address_hash
from outreach.outbox import service as outbox
from outreach.outbox.message import NewMessage
from outreach.outbox.states import Channel
from outreach.partner_page.erasure import SUBJECT
from outreach.partner_page.interest import (
    MOST_ANSWERS,
    OWN_INTEREST,
    WORDING,
    Left,
    StandClosedError,
    TooManyAnswersError,
    is_stand_open,
    recipient,
)
from outreach.partner_page.interests import queries
from outreach.partner_page.models import StandAnswer, StandInterest
from outreach.partners.models import Participation

SENT_AGAIN_WITHIN = timedelta(hours=1)
RECEIPT_KIND, ANSWER_KIND = "stand_receipt", "stand_answer"


def leave(row: Participation, left: Left, *, now: datetime) -> StandInterest:
    """Keep what a guest leaves for a partner, and send them the link to take it back. Raises StandClosedError.

    The same form sent again is the same interest, and is written of once.
    """
    if not is_stand_open(ends_at_utc=row.event.ends_at_utc, now=now):
        raise StandClosedError
    same = queries.left_since(row.id, address_hash(left.contact), now - SENT_AGAIN_WITHIN)
    for one in same:
        if (one.purpose, one.name, one.message) == (left.purpose.value, left.name, left.message):
            return one
    interest = StandInterest(
        participation_id=row.id,
        selector=new_selector(OWN_INTEREST),
        contact_hash=address_hash(left.contact),
        channel=left.channel.value,
        purpose=left.purpose.value,
        language=left.language,
        wording=WORDING,
        left_at_utc=now,
    )
    interest.name, interest.contact, interest.message = left.name, left.contact, left.message
    db.session.add(interest)
    db.session.flush()
    _queue(interest, row.event_id, RECEIPT_KIND, "stand-receipt", {}, now)
    record("interest.leave", subject_kind=SUBJECT, subject_id=interest.id, actor=GUEST, now=now)
    return interest


def answer(interest: StandInterest, text: str, *, event_id: int, now: datetime) -> StandAnswer:
    """Send a partner's answer to a guest; the same words sent again are the same answer. Raises TooManyAnswersError."""
    queries.hold(interest)
    if interest.answers and interest.answers[-1].text == text:
        return interest.answers[-1]
    if len(interest.answers) >= MOST_ANSWERS:
        raise TooManyAnswersError
    given = StandAnswer(answered_at_utc=now)
    given.text = text
    interest.answers.append(given)
    db.session.flush()
    _queue(interest, event_id, ANSWER_KIND, f"stand-answer:{given.id}", {"answer_id": given.id}, now)
    record("interest.answer", subject_kind=SUBJECT, subject_id=interest.id, actor=PARTNER, now=now)
    return given


def _queue(
    interest: StandInterest, event_id: int, kind: str, purpose: str, more: dict[str, int | str], now: datetime
) -> None:
    message = NewMessage(
        purpose=purpose,
        recipient=recipient(interest.id),
        channel=Channel(interest.channel),
        kind=kind,
        language=interest.language,
        references={"interest_id": interest.id, **more},
        event_id=event_id,
    )
    outbox.queue([message], now)
