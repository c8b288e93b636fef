"""Use cases of hosts: add, send the link, withdraw, give another link, tell all, hear from one. Never commits."""

from datetime import datetime

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from outreach.audit.actor import Actor
from outreach.audit.service import record
from outreach.database import db
from outreach.events.event import State as EventState
from outreach.events.models import Event
from outreach.events.service import not_cancelled
from outreach.formats.short_code import new_selector
from outreach.hosts import queries
from outreach.hosts.host import (
    HOST_PAGE,
    MOST_HOSTS,
    TOPIC,
    WORDING,
    AlreadyHostError,
    HostDetails,
    HostsNotPublishedError,
    MayNotWriteError,
    TooManyHostsError,
    recipient,
)
from outreach.hosts.models import EventHost, HostNotes
from outreach.messages.service import address_hash, queue_outreach
from outreach.outbox import service as outbox
from outreach.outbox.message import NewMessage
from outreach.outbox.states import Channel, Reason
from outreach.questions import service as questions
from outreach.questions.question import Asked

SUBJECT = "event_host"
LINK_KIND, NEWS_KIND = "host_link", "host_news"


def add(event: Event, details: HostDetails, *, actor: Actor, now: datetime) -> EventHost:
    """Make somebody who has said yes a host; nothing is sent.

    Raises AlreadyHostError, TooManyHostsError, EventCancelledError.
    """
    not_cancelled(event)
    if queries.has_contact(event.id, details.contact):
        raise AlreadyHostError
    if queries.count(event.id) >= MOST_HOSTS:
        raise TooManyHostsError
    row = EventHost(
        event_id=event.id,
        selector=new_selector(HOST_PAGE),
        contact_hash=address_hash(details.contact),
        channel=details.channel.value,
        language=details.language,
        wording=WORDING,
        agreed_at_utc=now,
    )
    row.name, row.contact = details.name, details.contact
    try:
        with db.session.begin_nested():
            db.session.add(row)
            db.session.flush()
    except IntegrityError as error:
        raise AlreadyHostError from error
    _note(row, "host.add", actor=actor, now=now)
    return row


def send_link(row: EventHost, *, seen_sends: int, actor: Actor, now: datetime) -> bool:
    """Queue the link, first or again; say whether that was new. Once for each number of sends that a page has shown.

    Raises MayNotWriteError, HostsNotPublishedError.
    """
    if row.event.state != EventState.PUBLISHED:
        raise HostsNotPublishedError
    if not row.may_be_written_to:
        raise MayNotWriteError
    if seen_sends != row.sends:
        return False
    queue(row, LINK_KIND, f"host-link:{row.generation}:{row.sends}", now=now)
    row.sends, row.sent_at_utc = row.sends + 1, now
    _note(row, "host.send", actor=actor, now=now)
    return True


def withdraw(row: EventHost, *, actor: Actor, now: datetime) -> None:
    """Take a link back: the page closes, and nothing more is sent."""
    row.withdrawn_at_utc = row.withdrawn_at_utc or now
    outbox.withhold(recipient=recipient(row.id), reason=Reason.REVOKED)
    _note(row, "host.withdraw", actor=actor, now=now)


def new_link(row: EventHost, *, actor: Actor, now: datetime) -> None:
    """Give a host another link, and let a withdrawn one in again; old links open nothing any more."""
    row.generation += 1
    row.withdrawn_at_utc = row.sent_at_utc = None
    outbox.withhold(recipient=recipient(row.id), reason=Reason.REPLACED)
    _note(row, "host.new_link", actor=actor, now=now)


def tell_all(event: Event, text: str, *, actor: Actor, now: datetime) -> None:
    """Keep what the hosts of an event are told on their pages; "" for nothing."""
    row = queries.notes_of(event.id)
    if row is None:
        row = HostNotes(event_id=event.id, changed_at_utc=now)
        db.session.add(row)
        db.session.flush()
    row.text, row.changed_at_utc = text, now
    db.session.flush()
    record("host.notes", subject_kind="event", subject_id=event.id, actor=actor, now=now)


def write_to_organiser(row: EventHost, text: str, *, language: str, now: datetime) -> None:
    """Put what a host writes among the questions of guests, where it is answered as they are."""
    # Staff read bokmål, in whatever language the host's page was.
    with force_locale("nb"):
        said = _("En vert skriver: %(text)s", text=text)
    is_email = row.channel == Channel.EMAIL
    asked = Asked(
        text=said,
        email=row.contact if is_email else None,
        mobile=None if is_email else row.contact,
        language=language,
        event_id=row.event_id,
    )
    questions.ask(asked, now=now)


def queue(row: EventHost, kind: str, purpose: str, *, now: datetime, **references: int) -> None:
    """Queue a message to a host; one who said no to all that we send gets a row that is withheld."""
    message = NewMessage(
        purpose=purpose,
        recipient=recipient(row.id),
        channel=Channel(row.channel),
        kind=kind,
        language=row.language,
        references={"host_id": row.id, **references},
        event_id=row.event_id,
    )
    queue_outreach([(message, row.contact or "")], now, topic=TOPIC)


def _note(row: EventHost, act: str, *, actor: Actor, now: datetime) -> None:
    db.session.flush()
    record(act, subject_kind=SUBJECT, subject_id=row.id, actor=actor, now=now)
