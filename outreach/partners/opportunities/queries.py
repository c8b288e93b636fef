"""Looks up what partners offer, always in order: what ends first stands first."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload

from outreach.database import db
from outreach.errors import NotFoundError
from outreach.partners.models import Opportunity
from outreach.partners.opportunity import State


def _with_partner(*where: ColumnElement[bool]) -> Select[Opportunity]:
    wanted = select(Opportunity).options(joinedload(Opportunity.organisation)).where(*where)
    return wanted.order_by(Opportunity.apply_by, Opportunity.id)


def _shown(today: date) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return Opportunity.state == State.APPROVED.value, Opportunity.apply_by >= today


def everything() -> list[Opportunity]:
    """Return all that was ever offered and is kept."""
    return list(db.session.scalars(_with_partner()))


def of_organisation(organisation_id: int) -> list[Opportunity]:
    """Return what a partner offers or has offered."""
    return list(db.session.scalars(_with_partner(Opportunity.organisation_id == organisation_id)))


def shown_of(organisation_ids: Collection[int], today: date) -> list[Opportunity]:
    """Return what guests see of these partners' offers."""
    mine = Opportunity.organisation_id.in_(organisation_ids)
    return list(db.session.scalars(_with_partner(*_shown(today), mine))) if organisation_ids else []


def shown_kinds(kinds: Collection[str], today: date) -> list[Opportunity]:
    """Return what guests see of these kinds, of every partner."""
    mine = Opportunity.kind.in_(sorted(kinds))
    return list(db.session.scalars(_with_partner(*_shown(today), mine))) if kinds else []


def of(organisation_id: int, opportunity_id: int) -> Opportunity:
    """Return an offer of this partner. Raises NotFoundError, also for one of another partner."""
    return _found(_with_partner(Opportunity.id == opportunity_id, Opportunity.organisation_id == organisation_id))


def by_id(opportunity_id: int) -> Opportunity:
    """Return an offer. Raises NotFoundError."""
    return _found(_with_partner(Opportunity.id == opportunity_id))


def count_waiting(today: date) -> int:
    """Return how many wait for staff to approve them, and are not past their day."""
    wanted = select(func.count()).where(Opportunity.state == State.WAITING.value, Opportunity.apply_by >= today)
    return db.session.scalar(wanted.select_from(Opportunity)) or 0


def count_open(organisation_id: int, today: date) -> int:
    """Return how many offers of a partner are shown or wait."""
    wanted = select(func.count()).where(
        Opportunity.organisation_id == organisation_id,
        Opportunity.state.in_([State.WAITING.value, State.APPROVED.value]),
        Opportunity.apply_by >= today,
    )
    return db.session.scalar(wanted.select_from(Opportunity)) or 0


def _found(wanted: Select[Opportunity]) -> Opportunity:
    row: Opportunity | None = db.session.scalar(wanted)
    if row is None:
        raise NotFoundError
    return row
