"""Every SELECT of mailings."""

from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import selectinload

from outreach.database import db
from outreach.errors import N_, NotFoundError
from outreach.mailings.mailing import Kind, State
from outreach.mailings.models import Mailing


def by_id(mailing_id: int) -> Mailing | None:
    """Return the mailing with its texts as they are in the database now, or None."""
    wanted = select(Mailing).where(Mailing.id == mailing_id).options(selectinload(Mailing.texts))
    found: Mailing | None = db.session.scalar(wanted.execution_options(populate_existing=True))
    return found


def of_event(event_id: int | None, mailing_id: int) -> Mailing:
    """Return a mailing of the event, None for a newsletter. Raises NotFoundError, also for one of another event."""
    found = by_id(mailing_id)
    if found is None or found.event_id != event_id:
        raise NotFoundError(N_("Vi finner ikke utsendingen."))
    return found


def held(mailing_id: int) -> Mailing:
    """Return the mailing, locked until this transaction ends, so that two who act at once queue up."""
    db.session.execute(select(Mailing.id).where(Mailing.id == mailing_id).with_for_update())
    found = by_id(mailing_id)
    if found is None:
        raise NotFoundError(N_("Vi finner ikke utsendingen."))
    return found


def lock(which: ColumnElement[bool]) -> None:
    """Lock the mailings that are `which` in the order of their ids, as whoever locks more than one does."""
    wanted = select(Mailing.id).where(which)
    db.session.execute(wanted.order_by(Mailing.id).with_for_update()).all()


def id_by_reference(reference: str) -> int | None:
    """Return the mailing that `reference` releases, in any letter case."""
    return db.session.scalar(select(Mailing.id).where(Mailing.reference == reference.strip().upper()))


def all_of_event(event_id: int | None) -> list[Mailing]:
    """Return the mailings of the event, or all newsletters for None, the latest first."""
    wanted = select(Mailing).where(Mailing.event_id == event_id)
    return list(db.session.scalars(wanted.order_by(Mailing.made_at_utc.desc(), Mailing.id)))


def in_states(event_id: int, *states: State) -> list[int]:
    """Return the ids of the event's mailings in any of `states`."""
    stands = Mailing.state.in_([state.value for state in states])
    wanted = select(Mailing.id).where(Mailing.event_id == event_id, stands)
    return list(db.session.scalars(wanted.order_by(Mailing.id)))


def to_release(user_id: int) -> list[tuple[int, int | None]]:
    """Return (mailing, event) of each mailing that waits for a release by another, and so perhaps by `user_id`."""
    own = (Mailing.made_by_id == user_id) | (Mailing.asked_by_id == user_id)
    wanted = select(Mailing.id, Mailing.event_id).where(Mailing.state == State.ASKED.value, ~func.coalesce(own, False))
    return [(mailing_id, event_id) for mailing_id, event_id in db.session.execute(wanted.order_by(Mailing.id))]


def next_wave(event_id: int | None, kind: Kind) -> int:
    """Return the number of the next mailing of `kind`, from 1."""
    latest = select(func.max(Mailing.wave)).where(Mailing.event_id == event_id, Mailing.kind == kind.value)
    return (db.session.scalar(latest) or 0) + 1


def due(now: datetime) -> list[int]:
    """Return the released mailings whose time has come, the longest due first."""
    at = func.coalesce(Mailing.scheduled_at_utc, Mailing.released_at_utc)
    wanted = select(Mailing.id).where(Mailing.state == State.RELEASED.value, at <= now)
    return list(db.session.scalars(wanted.order_by(at, Mailing.id)))


def being_sent() -> list[int]:
    """Return the mailings that are being sent."""
    wanted = select(Mailing.id).where(Mailing.state == State.SENDING.value)
    return list(db.session.scalars(wanted.order_by(Mailing.id)))
