"""Counts the partners of one event and what they offered its guests: two statements, however many there are."""

from collections import Counter

from sqlalchemy import func, select

from outreach.clock import OSLO
from outreach.database import db
from outreach.events.models import Event
from outreach.partners.models import Opportunity, Organisation, Participation
from outreach.partners.opportunity import State as OfferState
from outreach.partners.participation import State
from outreach.reports.beside import offers_of, partners_of
from outreach.reports.figures import Key


def count(event: Event) -> Counter[Key]:
    """Return the figures of partners, and of what those who came offered up to the end of the event."""
    found = partners_of(_partners(event.id))
    found.update(offers_of(_offers(event)))
    return found


def _partners(event_id: int) -> list[tuple[str, str, str, int]]:
    columns = (Participation.role, Organisation.kind, Participation.state)
    wanted = (
        select(*columns, func.count())
        .join(Organisation, Organisation.id == Participation.organisation_id)
        .where(Participation.event_id == event_id)
        .group_by(*columns)
        .order_by(*columns)
    )
    return [(role, kind, state, number) for role, kind, state, number in db.session.execute(wanted)]


def _offers(event: Event) -> dict[str, int]:
    """Return the opportunities that guests could see when the event was held, by kind."""
    came = select(Participation.organisation_id).where(
        Participation.event_id == event.id, Participation.state == State.CONFIRMED.value
    )
    wanted = (
        select(Opportunity.kind, func.count())
        .where(
            Opportunity.organisation_id.in_(came),
            Opportunity.state == OfferState.APPROVED.value,
            Opportunity.decided_at_utc <= event.ends_at_utc,
            Opportunity.apply_by >= event.starts_at_utc.astimezone(OSLO).date(),
        )
        .group_by(Opportunity.kind)
        .order_by(Opportunity.kind)
    )
    return dict(db.session.execute(wanted).all())
