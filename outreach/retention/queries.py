"""What is stored and past its date, and the receipts of what is gone."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CTE, Select, exists, func, literal_column, select
from sqlalchemy.orm import InstrumentedAttribute

from outreach.clock import OSLO
from outreach.database import db
from outreach.events.models import Event
from outreach.invitations.models import Invitation, Invitee
from outreach.people.models import Person
from outreach.people.numbers import queries as numbers
from outreach.reports import queries as report_queries
from outreach.retention.models import ContactMemory, ErasureReceipt
from outreach.retention.schedule import Clocks, EventDates, Rule
from outreach.web.headers import settings_of_app


def clocks_in_force() -> Clocks:
    """Return the installation's clocks."""
    settings = settings_of_app()
    return Clocks(
        event_days=settings.retention_event_days,
        register_days=settings.retention_register_days,
        memory_days=settings.retention_memory_days,
        needs_days=settings.retention_needs_days,
    )


def count_unneeded_numbers() -> int:
    """Return how many national numbers are kept that no service needs: one was switched off."""
    return 0 if settings_of_app().services.needs_numbers else numbers.count()


def event_dates() -> list[EventDates]:
    """Return every event's last day and whether its people are erased, in order of time."""
    erased = exists().where(ErasureReceipt.event_id == Event.id, ErasureReceipt.rule == Rule.EVENT_PEOPLE.value)
    rows = db.session.execute(select(Event.id, Event.slug, Event.ends_at_utc, erased).order_by(Event.ends_at_utc))
    return [EventDates(event_id, slug, _oslo_day(ends), is_erased) for event_id, slug, ends, is_erased in rows]


def invited_identities(event_id: int) -> list[str]:
    """Return the identity hashes of the persons invited to the event, in order."""
    statement = (
        select(Person.identity_hash)
        .join(Invitee, Invitee.person_id == Person.id)
        .where(Invitee.event_id == event_id, Person.identity_hash.is_not(None))
        .order_by(Person.identity_hash)
    )
    return [identity for identity in db.session.scalars(statement) if identity]


def identities_that_came(event_id: int) -> set[str]:
    """Return the identity hashes of the invited persons who came."""
    came = report_queries.came(event_id).subquery()
    statement = select(Person.identity_hash).join(came, came.c.person_id == Person.id).order_by(Person.identity_hash)
    return {identity for identity in db.session.scalars(statement) if identity}


def remembered_as_invited(event_id: int) -> Select[Any]:
    """Return the SELECT of (person_id, at_utc) of persons whom a contact memory of another event knows, for the
    audience; the moment is that of the event."""
    memory = _memory(event_id)
    known = _remembered(memory).add_columns(Event.starts_at_utc.label("at_utc"))
    return known.where(Event.id == memory.c.event_id)


def remembered_as_ever_invited(event_id: int) -> Select[Any]:
    """Return the SELECT of the persons (`person_id`) whom a contact memory of another event knows, for the audience."""
    return _remembered(_memory(event_id))


def remembered_as_guests(event_id: int) -> Select[Any]:
    """Return the SELECT of the persons (`person_id`) who came to another event, as the contact memory has it."""
    return _remembered(_memory(event_id, ContactMemory.has_attended))


def _memory(event_id: int, *wanted: InstrumentedAttribute[bool]) -> CTE:
    """Return what is remembered of other events in the order of the hashes: each page of the index of persons is then
    looked at once, however many they are."""
    memories = select(ContactMemory.identity_hash, ContactMemory.event_id).where(
        ContactMemory.event_id != event_id, *wanted
    )
    return memories.order_by(ContactMemory.identity_hash).cte().prefix_with("MATERIALIZED")


def _remembered(memory: CTE) -> Select[Any]:
    # As an expression, so that SQLite finds the person by the hash and not, a million times, the memory by the person.
    identity_hash = memory.c.identity_hash.concat(literal_column("''"))
    known = select(Person.id.label("person_id")).select_from(Person).join(memory, identity_hash == Person.identity_hash)
    return known.order_by(Person.id)


def persons_only_for(event_id: int, *, ended_on: date) -> Select[int]:
    """Select the ids of persons whose register copy served this event alone.

    Invited here, not to an event that still stands, and not seen in an extract newer than the event.
    """
    other = (
        select(Invitee.id)
        .join(Invitation, Invitation.id == Invitee.invitation_id)
        .where(Invitee.person_id == Person.id, Invitee.event_id != event_id)
    )
    return (
        select(Person.id)
        .join(Invitee, Invitee.person_id == Person.id)
        .where(Invitee.event_id == event_id, Person.seen_as_of <= ended_on, ~other.exists())
        .order_by(Person.id)
    )


def persons_seen_before(day: date) -> Select[int]:
    """Select the ids of persons last seen in an extract dated before `day`."""
    return select(Person.id).where(Person.seen_as_of < day).order_by(Person.id)


def count_of(statement: Select[int]) -> int:
    """Return how many rows `statement` would select."""
    return db.session.scalar(select(func.count()).select_from(statement.order_by(None).subquery())) or 0


def ids_of(statement: Select[int]) -> list[int]:
    """Return the ids that `statement` selects."""
    return list(db.session.scalars(statement))


def memories_before(day: date) -> Select[int]:
    """Select the ids of contact memories of events that ended before `day`."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=OSLO)
    return (
        select(ContactMemory.id)
        .join(Event, Event.id == ContactMemory.event_id)
        .where(Event.ends_at_utc < midnight)
        .order_by(ContactMemory.id)
    )


def receipts() -> list[ErasureReceipt]:
    """Return all receipts, newest first."""
    statement = select(ErasureReceipt).order_by(ErasureReceipt.erased_at_utc.desc(), ErasureReceipt.id)
    return list(db.session.scalars(statement))


def _oslo_day(moment: datetime) -> date:
    return moment.astimezone(OSLO).date()
