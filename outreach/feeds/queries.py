"""Finds personal feeds by their code or their owner, and tells what is in them."""

import hmac
from dataclasses import dataclass

from sqlalchemy import Select, select

from outreach.contact_point.models import SignUp
from outreach.database import db
from outreach.database.sealed import key_ring
from outreach.errors import N_, NotFoundError, OutreachError
from outreach.events import queries as events
from outreach.events.event import City
from outreach.events.models import Event
from outreach.feeds.feed_link import FEED
from outreach.feeds.models import CalendarFeed
from outreach.formats.short_code import compute, read
from outreach.tickets.models import Ticket
from outreach.tickets.queries import facts_of_invitation
from outreach.tickets.ticket import TicketFacts

_PURPOSE = "calendar-feed"


class FeedStoppedError(OutreachError):
    """The address was right once; whose it is has stopped it since."""

    message = N_("Denne kalenderen er stoppet.")
    http_status = 410


@dataclass(frozen=True)
class Owner:
    """Whose feed: of a ticket, or of a sign-up; one of them."""

    ticket_id: int | None = None
    sign_up_id: int | None = None


def code_of(feed: CalendarFeed) -> str:
    """Return the code of the feed's address now."""
    return _code(feed.selector, feed.generation)


def by_code(typed: str) -> CalendarFeed:
    """Return the feed that has the code. Raises MistypedCodeError, NotFoundError, FeedStoppedError."""
    code = read(FEED, typed)
    feed: CalendarFeed | None = db.session.scalar(select(CalendarFeed).where(CalendarFeed.selector == code.selector))
    known = [_code(code.selector, number) for number in range(feed.generation if feed else 0, 0, -1)]
    matches = [hmac.compare_digest(one, code.text) for one in known]
    if feed is None or not any(matches):
        raise NotFoundError
    if not (feed.is_on and matches[0]):
        raise FeedStoppedError
    return feed


def of_owner(owner: Owner) -> CalendarFeed | None:
    """Return the feed of a ticket or a sign-up, on or stopped; None before the first was asked for."""
    found: CalendarFeed | None = db.session.scalars(_of(owner)).one_or_none()
    return found


def locked(owner: Owner) -> CalendarFeed | None:
    """Return the same, locked until this transaction ends."""
    found: CalendarFeed | None = db.session.scalars(_of(owner).with_for_update()).one_or_none()
    return found


def ticket_of(feed: CalendarFeed) -> TicketFacts:
    """Return the ticket of a feed. Raises NotFoundError when it is erased."""
    invitation_id = db.session.scalar(select(Ticket.invitation_id).where(Ticket.id == feed.ticket_id))
    facts = facts_of_invitation(invitation_id) if invitation_id else None
    if facts is None:
        raise NotFoundError
    return facts


def cities_of(feed: CalendarFeed) -> tuple[str, ...]:
    """Return the cities whose events are in the feed of a sign-up: where they study, and home; all for elsewhere."""
    city = db.session.scalar(select(SignUp.city).where(SignUp.id == feed.sign_up_id))
    everywhere = tuple(one.value for one in City)
    return (City.MODUM.value, city) if city in everywhere else everywhere


def events_in(cities: tuple[str, ...]) -> list[Event]:
    """Return what a feed of `cities` holds: published and cancelled, the earliest first."""
    return [event for event in events.for_feed(None) if event.city in cities]


def _of(owner: Owner) -> Select[CalendarFeed]:
    query = select(CalendarFeed).where(
        CalendarFeed.ticket_id == owner.ticket_id
        if owner.ticket_id is not None
        else CalendarFeed.sign_up_id == owner.sign_up_id
    )
    return query.order_by(CalendarFeed.id)


def _code(selector: str, generation: int) -> str:
    return compute(FEED, selector, key_ring().link_mac(_PURPOSE, selector, generation))
