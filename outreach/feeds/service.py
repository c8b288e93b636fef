"""Use cases of personal feeds: make one, stop it, build its file. Whoever has the ticket or the page may do each."""

from datetime import datetime

from flask_babel import force_locale
from flask_babel import gettext as _

from outreach.audit.actor import GUEST
from outreach.audit.service import record
from outreach.database import new_id
from outreach.database.conflicts import insert_if_free
from outreach.errors import UnavailableError
from outreach.events.calendar import file_of
from outreach.feeds import queries
from outreach.feeds.feed_link import FEED
from outreach.feeds.models import CalendarFeed
from outreach.feeds.queries import Owner
from outreach.formats.calendar_file import calendar_file
from outreach.formats.short_code import new_selector
from outreach.tickets.service import shared_entry
from outreach.tickets.ticket import TicketFacts
from outreach.web.headers import settings_of_app

# Two of 10^12 selectors alike is rare; five times in a row means that something else is wrong.
_ATTEMPTS = 5


def start(owner: Owner, *, language: str, now: datetime) -> None:
    """Give `owner` a feed, or a stopped one a new address. One that is on stays."""
    for _attempt in range(_ATTEMPTS):
        feed = queries.locked(owner)
        if feed is None:
            feed_id = new_id()
            row = {"id": feed_id, "selector": new_selector(FEED), "language": language, "made_at_utc": now}
            insert_if_free(CalendarFeed, generation=1, is_on=True, **vars(owner), **row)
            _record("calendar_feed.start", feed_id, now)
            continue
        if not feed.is_on:
            feed.generation, feed.is_on, feed.language = feed.generation + 1, True, language
            _record("calendar_feed.start", feed.id, now)
        return
    raise UnavailableError


def stop(owner: Owner, *, now: datetime) -> None:
    """Make the address of the owner's feed open nothing any more. Twice is as once."""
    feed = queries.locked(owner)
    if feed is not None and feed.is_on:
        feed.is_on = False
        _record("calendar_feed.stop", feed.id, now)


def ticket_file(ticket: TicketFacts, language: str) -> bytes:
    """Return the calendar file of a ticket's feed: the same entry as in the mail, without anything of their own."""
    with force_locale(language):
        return calendar_file([shared_entry(ticket)], name=ticket.event_title)


def cities_file(cities: tuple[str, ...], language: str) -> bytes:
    """Return the calendar file of the events in `cities`."""
    site = settings_of_app()
    with force_locale(language):
        name = _("Treff for deg: %(organisation)s", organisation=site.organisation_name)
    return file_of(queries.events_in(cities), site.public_url, _, name)


def _record(act: str, feed_id: int, now: datetime) -> None:
    record(act, subject_kind="calendar_feed", subject_id=feed_id, actor=GUEST, now=now)
