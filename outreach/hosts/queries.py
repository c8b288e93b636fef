"""Every SELECT of hosts, always in order. A link finds its host here, or why it does not."""

import hmac
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from outreach.database import db
from outreach.database.sealed import key_ring
from outreach.errors import NotFoundError
from outreach.events.models import Event
from outreach.formats.short_code import compute, read
from outreach.hosts.host import HOST_PAGE, LINK_PURPOSE, HostPageClosedError, HostWithdrawnError, closes_at
from outreach.hosts.models import EventHost, HostNotes
from outreach.messages.service import address_hashes
from outreach.questions.models import Question


def _whole() -> Select[EventHost]:
    return select(EventHost).options(joinedload(EventHost.event))


def of_event(event_id: int) -> list[EventHost]:
    """Return the hosts of an event in the order in which they were added."""
    mine = EventHost.event_id == event_id
    return list(db.session.scalars(_whole().where(mine).order_by(EventHost.agreed_at_utc, EventHost.id)))


def count(event_id: int) -> int:
    """Return how many hosts an event has."""
    mine = EventHost.event_id == event_id
    return db.session.scalar(select(func.count()).select_from(EventHost).where(mine)) or 0


def has_contact(event_id: int, contact: str) -> bool:
    """Say whether somebody with this address or number is a host of the event, whichever key it was hashed by."""
    same = (EventHost.event_id == event_id, EventHost.contact_hash.in_(address_hashes(contact)))
    return db.session.scalar(select(EventHost.id).where(*same).order_by(EventHost.id).limit(1)) is not None


def by_id(host_id: int) -> EventHost | None:
    """Return a host as the row is in the database now, or None."""
    wanted = _whole().where(EventHost.id == host_id).execution_options(populate_existing=True)
    found: EventHost | None = db.session.scalar(wanted)
    return found


def held(event_id: int, host_id: int) -> EventHost:
    """Return a host of this event, locked until this transaction ends. Raises NotFoundError, also for another's."""
    lock = select(EventHost.id).where(EventHost.id == host_id, EventHost.event_id == event_id).with_for_update()
    if db.session.scalar(lock) is None:
        raise NotFoundError
    return _found(by_id(host_id))


def code_of(row: EventHost, generation: int | None = None) -> str:
    """Return the whole code of the host's page; of an earlier `generation` when given."""
    which = row.generation if generation is None else generation
    return compute(HOST_PAGE, row.selector, key_ring().link_mac(LINK_PURPOSE, row.selector, which))


def by_code(typed: str, *, now: datetime) -> EventHost:
    """Return the host whose page has the code.

    Raises MistypedCodeError, NotFoundError for a code that was never ours, HostWithdrawnError and HostPageClosedError
    for one that was.
    """
    code = read(HOST_PAGE, typed)
    row = _found(db.session.scalar(_whole().where(EventHost.selector == code.selector)))
    if hmac.compare_digest(code_of(row), code.text):
        if row.withdrawn_at_utc is not None:
            raise HostWithdrawnError
        if now >= closes_at(row.event.ends_at_utc):
            raise HostPageClosedError
        return row
    if any(hmac.compare_digest(code_of(row, old), code.text) for old in range(row.generation)):
        raise HostWithdrawnError
    raise NotFoundError


def notes_of(event_id: int) -> HostNotes | None:
    """Return what the hosts of an event are told, None when nothing was written."""
    wanted = select(HostNotes).where(HostNotes.event_id == event_id).order_by(HostNotes.id)
    found: HostNotes | None = db.session.scalar(wanted)
    return found


def slugs_of(ids: Collection[int]) -> list[tuple[EventHost, str]]:
    """Return hosts by their numbers, each with the slug of the event."""
    wanted = select(EventHost, Event.slug).join(Event, Event.id == EventHost.event_id).where(EventHost.id.in_(ids))
    return [(row[0], row[1]) for row in db.session.execute(wanted.order_by(EventHost.id))]


def everybody() -> list[EventHost]:
    """Return every host there is, some dozens: they go with their events' people."""
    return list(db.session.scalars(_whole().order_by(EventHost.id)))


def ids_of_questions(event_id: int, contact: str) -> list[int]:
    """Return what was asked about the event with this address or number (some dozens are opened)."""
    mine = (Question.event_id == event_id, Question.is_erased.is_(False))
    rows = db.session.scalars(select(Question).where(*mine).order_by(Question.id))
    return [row.id for row in rows if contact in (row.email, row.mobile)]


def _found(row: EventHost | None) -> EventHost:
    if row is None:
        raise NotFoundError
    return row
