"""Counts what waits for a person who may do it; nothing is counted for whoever may not."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select

from outreach.accounts.roles import Permission
from outreach.clock import OSLO
from outreach.database import db
from outreach.events.models import Event
from outreach.invitations.letters import queries as letters
from outreach.invitations.letters.making import queries as making
from outreach.mailings import queries as mailings
from outreach.messages.deciding import queries as deciding
from outreach.partners.opportunities import queries as opportunities
from outreach.people.joining import queries as joining
from outreach.questions import queries as questions
from outreach.questions.question import Status
from outreach.register import queries as register
from outreach.register.households.arranging import queries as households
from outreach.register.households.arranging.queries import Shown
from outreach.rsvp.replies import queries as replies

# As `/readyz` has it: by then a worker would have begun.
_LONG_WAIT, _MINUTE = timedelta(minutes=5), timedelta(minutes=1)


class EventName(NamedTuple):
    """What an event is called, in an address and on a page."""

    slug: str
    title: str


@dataclass(frozen=True)
class Waiting:
    """How much waits of each sort. `letters`, `mailings`: what this person may release, of which event if of any.

    `letter_minutes`: for how long letters have waited that no worker makes, 0 while that is no fault.
    """

    extracts: int = 0
    households: int = 0
    doubles: int = 0
    letter_minutes: int = 0
    messages: int = 0
    questions: int = 0
    calendar_answers: int = 0
    opportunities: int = 0
    letters: tuple[EventName, ...] = ()
    mailings: tuple[tuple[int, EventName | None], ...] = ()

    @property
    def is_any(self) -> bool:
        """Say whether anything waits."""
        return any(vars(self).values())


def waiting(*, user_id: int, may: Callable[[Permission], bool], limit: int, now: datetime) -> Waiting:
    """Return what waits for the staff user. `limit`: a mailing to more households needs another person's release."""
    may_edit_people = may(Permission.PEOPLE_EDIT)
    return Waiting(
        extracts=register.waiting_for_a_person(now=now) if may(Permission.REGISTER_IMPORT) else 0,
        households=households.count(Shown.WAITING) if may_edit_people else 0,
        doubles=joining.open_pair_count() if may_edit_people else 0,
        messages=sum(batch.number for batch in deciding.batches()) if may(Permission.MESSAGE_DECIDE) else 0,
        questions=questions.status_counts().get(Status.NEW, 0) if may(Permission.QUESTION_ANSWER) else 0,
        calendar_answers=replies.waiting_count() if may(Permission.INVITATION_MAKE) else 0,
        opportunities=opportunities.count_waiting(now.astimezone(OSLO).date()) if may(Permission.PARTNER_EDIT) else 0,
        letter_minutes=_letter_minutes(now) if may(Permission.LETTER_BUILD) else 0,
        letters=_letters(user_id, limit) if may(Permission.MAILING_RELEASE) else (),
        mailings=_mailings(user_id) if may(Permission.MAILING_RELEASE) else (),
    )


def _letter_minutes(now: datetime) -> int:
    since = making.oldest_unclaimed(now)
    return int((now - since) / _MINUTE) if since and now - since > _LONG_WAIT else 0


def _letters(user_id: int, limit: int) -> tuple[EventName, ...]:
    return tuple(_names(letters.events_to_release(user_id, limit)).values())


def _mailings(user_id: int) -> tuple[tuple[int, EventName | None], ...]:
    found = mailings.to_release(user_id)
    names = _names([event_id for _mailing_id, event_id in found if event_id is not None])
    return tuple((mailing_id, names.get(event_id or 0)) for mailing_id, event_id in found)


def _names(event_ids: list[int]) -> dict[int, EventName]:
    if not event_ids:
        return {}
    wanted = select(Event.id, Event.slug, Event.title).where(Event.id.in_(event_ids))
    rows = db.session.execute(wanted.order_by(Event.starts_at_utc, Event.id))
    return {id_: EventName(slug, title) for id_, slug, title in rows}
