"""Looks up who takes part in what, always in order. A link finds its participation here, or why it does not."""

import hmac
from collections.abc import Collection
from datetime import date, datetime
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import joinedload, selectinload

from outreach.database import db
from outreach.database.sealed import key_ring
from outreach.errors import NotFoundError
from outreach.events.event import State as EventState
from outreach.events.models import Event
from outreach.formats.norwegian_order import order_key
from outreach.formats.short_code import Code, compute, read
from outreach.partners.models import Organisation, Participation, PartnerTask
from outreach.partners.participation import Role, State, WithdrawnError
from outreach.partners.partner_link import PARTNER_PAGE, PURPOSE

_ROLES = list(Role)


class HasCode(Protocol):
    """A participation, or a row with these columns of one."""

    selector: Any
    generation: Any
    state: Any


_FORTHCOMING = Event.state == EventState.PUBLISHED.value


def _whole() -> Select[Participation]:
    return select(Participation).options(
        joinedload(Participation.organisation), joinedload(Participation.event), joinedload(Participation.contact)
    )


def of_event(event_id: int) -> list[Participation]:
    """Return who takes part in an event, with partner, contact and tasks: by role, then by name."""
    wanted = _whole().where(Participation.event_id == event_id).options(selectinload(Participation.tasks))
    return sorted(db.session.scalars(wanted), key=_by_role_and_name)


def of_events_ahead(now: datetime) -> list[Participation]:
    """Return who takes part in each event that is not over or called off, the first event first."""
    ahead = (Event.ends_at_utc > now, Event.state != EventState.CANCELLED.value)
    wanted = _whole().join(Participation.event).where(*ahead).options(selectinload(Participation.tasks))
    return sorted(db.session.scalars(wanted), key=lambda row: (row.event.starts_at_utc, *_by_role_and_name(row)))


def confirmed(event_id: int) -> list[Participation]:
    """Return those who said that they come, by role and name, for everybody to see."""
    wanted = _whole().where(Participation.event_id == event_id, Participation.state == State.CONFIRMED.value)
    return sorted(db.session.scalars(wanted), key=_by_role_and_name)


def of_organisation(organisation_id: int) -> list[Participation]:
    """Return what a partner has been asked to, the latest event first."""
    wanted = _whole().where(Participation.organisation_id == organisation_id).join(Participation.event)
    return list(db.session.scalars(wanted.order_by(Event.starts_at_utc.desc(), Participation.id)))


def of_event_by_id(event_id: int, participation_id: int) -> Participation:
    """Return one participation in this event. Raises NotFoundError, also for one in another event."""
    wanted = _whole().where(Participation.id == participation_id, Participation.event_id == event_id)
    return _found(db.session.scalar(wanted))


def by_id(participation_id: int) -> Participation | None:
    """Return a participation as it is in the database now, or None."""
    wanted = _whole().where(Participation.id == participation_id).execution_options(populate_existing=True)
    found: Participation | None = db.session.scalar(wanted)
    return found


def held(participation_id: int) -> Participation:
    """Return a participation, locked until this transaction ends. Raises NotFoundError."""
    lock = select(Participation.id).where(Participation.id == participation_id).with_for_update()
    if db.session.scalar(lock) is None:
        raise NotFoundError
    return _found(by_id(participation_id))


def task(participation_id: int, task_id: int) -> PartnerTask:
    """Return a task of this participation. Raises NotFoundError, also for a task of another."""
    wanted = select(PartnerTask).where(PartnerTask.id == task_id, PartnerTask.participation_id == participation_id)
    found: PartnerTask | None = db.session.scalar(wanted)
    if found is None:
        raise NotFoundError
    return found


def code_of(row: HasCode, generation: int | None = None) -> str:
    """Return the whole code of the partner's page; of an earlier `generation` when given."""
    which = row.generation if generation is None else generation
    return compute(PARTNER_PAGE, row.selector, key_ring().link_mac(PURPOSE, row.selector, which))


def by_code(typed: str) -> Participation:
    """Return the participation whose page has the code.

    Raises MistypedCodeError, NotFoundError for a code that was never ours, WithdrawnError for one that was.
    """
    code = read(PARTNER_PAGE, typed)
    row = _found(db.session.scalar(_whole().where(Participation.selector == code.selector)))
    refuse_unless_right(code, row)
    return row


def refuse_unless_right(code: Code, row: HasCode) -> None:
    """Raise NotFoundError unless `code` is or was that of `row`, and WithdrawnError when it is not in force."""
    is_right = hmac.compare_digest(code_of(row), code.text)
    if not is_right and not any(hmac.compare_digest(code_of(row, old), code.text) for old in range(row.generation)):
        raise NotFoundError
    if not is_right or row.state == State.WITHDRAWN:
        raise WithdrawnError


def on_stand(selector: str) -> Participation:
    """Return who has the stand with this selector: confirmed, at an event that guests see. Raises NotFoundError."""
    wanted = (
        _whole()
        .join(Participation.event)
        .where(Participation.selector == selector.upper(), Participation.state == State.CONFIRMED.value, _FORTHCOMING)
    )
    return _found(db.session.scalar(wanted))


def shows_logo(organisation_id: int) -> bool:
    """Say whether anybody may see a partner's logo: it takes part in an event that guests see."""
    wanted = exists().where(
        Participation.organisation_id == organisation_id,
        Participation.state == State.CONFIRMED.value,
        Event.id == Participation.event_id,
        Event.state != EventState.DRAFT.value,
    )
    return bool(db.session.scalar(select(wanted)))


def event_ids_of(organisation_id: int) -> list[int]:
    """Return the events whose pages show a partner."""
    mine = (Participation.organisation_id == organisation_id, Participation.state == State.CONFIRMED.value)
    return list(db.session.scalars(select(Participation.event_id).where(*mine).order_by(Participation.event_id)))


def ids_where(*, organisation_id: int | None = None, contact_id: int | None = None) -> list[int]:
    """Return the participations of a partner, or those about which a contact is written to."""
    mine: ColumnElement[bool] = (
        Participation.organisation_id == organisation_id
        if organisation_id is not None
        else Participation.contact_id == contact_id
    )
    return list(db.session.scalars(select(Participation.id).where(mine).order_by(Participation.id)))


def unanswered(asked_before: datetime, now: datetime) -> list[Participation]:
    """Return who was asked before `asked_before` to an event to come, and has neither answered nor been reminded."""
    wanted = (
        _whole()
        .join(Participation.event)
        .where(
            Participation.state == State.ASKED.value,
            Participation.asked_at_utc < asked_before,
            Participation.reminded_at_utc.is_(None),
            Event.starts_at_utc > now,
            _FORTHCOMING,
        )
    )
    return list(db.session.scalars(wanted.order_by(Participation.id)))


def tasks_due(until: date, now: datetime) -> list[tuple[PartnerTask, Participation]]:
    """Return what is due on `until` or before, not done and not reminded of, of those who come to an event to come."""
    wanted = (
        select(PartnerTask, Participation)
        .join(Participation, Participation.id == PartnerTask.participation_id)
        .join(Event, Event.id == Participation.event_id)
        .where(
            PartnerTask.done_at_utc.is_(None),
            PartnerTask.due_on <= until,
            PartnerTask.reminded_for.is_(None) | (PartnerTask.reminded_for != PartnerTask.due_on),
            Participation.state == State.CONFIRMED.value,
            Event.starts_at_utc > now,
            _FORTHCOMING,
        )
        .options(joinedload(Participation.contact), joinedload(Participation.event))
        .order_by(PartnerTask.due_on, PartnerTask.id)
    )
    return [(row[0], row[1]) for row in db.session.execute(wanted)]


def names_of(ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """Return (partner, slug of the event) of participations, by their number."""
    wanted = (
        select(Participation.id, Organisation.name, Event.slug)
        .join(Organisation, Organisation.id == Participation.organisation_id)
        .join(Event, Event.id == Participation.event_id)
        .where(Participation.id.in_(ids))
        .order_by(Participation.id)
    )
    return {row[0]: (row[1], row[2]) for row in db.session.execute(wanted)}


def _by_role_and_name(row: Participation) -> tuple[int, str, int]:
    return _ROLES.index(Role(row.role)), order_key(row.organisation.name), row.id


def _found(row: Participation | None) -> Participation:
    if row is None:
        raise NotFoundError
    return row
