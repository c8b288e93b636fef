"""Mailings for tests: of a kind, ready to go, and what became of their messages."""

from collections import Counter
from typing import Any

from sqlalchemy import func, select

from outreach import clock
from outreach.audit.actor import Actor
from outreach.database import db
from outreach.events.models import Event
from outreach.mailings import queries, service
from outreach.mailings.mailing import Kind, purpose
from outreach.mailings.models import Mailing
from outreach.outbox.models import OutboxMessage
from tests.factories.accounts import make_staff

SURVEY = "https://undersokelse.example/modum"


def make_mailing(
    event: Event | None, kind: Kind = Kind.INFORMATION, *, maker: Actor | None = None, **changes: Any
) -> Mailing:
    """Return a committed draft of `kind`, with a survey where it needs one, written where it begins unwritten."""
    actor = maker or Actor("staff", make_staff().id)
    mailing = service.create(event, kind, actor=actor, now=clock.now_utc())
    if kind is Kind.THANKS:
        mailing.survey_url = SURVEY
    if kind is Kind.MESSAGE:
        for text in mailing.texts:
            text.body, text.sms = "Hei {fornavn}! Ta med regnjakke.", "Ta med regnjakke."
    if kind is Kind.NEWSLETTER:
        for text in mailing.texts:
            text.body, text.sms = "Hei {fornavn}! Tre nye jobber. [Siden din]({side})", "Tre nye jobber. Endre: {side}"
    for name, value in changes.items():
        setattr(mailing, name, value)
    db.session.commit()
    return mailing


def ask(mailing: Mailing, event: Event | None, **values: Any) -> bool:
    """Ask for release as its maker, and commit; say whether another must release it."""
    actor = Actor("staff", mailing.made_by_id)
    given = {"scheduled_at_utc": None, "actor": actor, "now": clock.now_utc(), **values}
    needs = service.ask(mailing, event, **given)
    db.session.commit()
    return needs


def again(mailing: Mailing) -> Mailing:
    """Return the mailing as it is in the database now."""
    found = queries.by_id(mailing.id)
    assert found is not None
    return found


def messages(mailing: Mailing) -> Counter[tuple[str, str, str]]:
    """Return how many messages of the mailing there are by (channel, state, reason)."""
    db.session.expire_all()
    keys = (OutboxMessage.channel, OutboxMessage.state, OutboxMessage.reason)
    rows = select(*keys, func.count()).where(OutboxMessage.purpose == purpose(mailing.id)).group_by(*keys)
    return Counter({(channel, state, reason): number for channel, state, reason, number in db.session.execute(rows)})
