"""Which partners and contacts are past their time, in order of their numbers."""

from datetime import datetime

from sqlalchemy import exists, select

from outreach.database import db
from outreach.events.models import Event
from outreach.partners.models import Contact, Organisation, Participation


def contacts_who_said_no(before: datetime) -> list[Contact]:
    """Return the contacts who said no before `before`."""
    return list(db.session.scalars(select(Contact).where(Contact.no_at_utc < before).order_by(Contact.id)))


def idle_partners(before: datetime) -> list[Organisation]:
    """Return the partners of whom nothing has changed since `before`, and who took part in nothing since."""
    later = exists().where(
        Participation.organisation_id == Organisation.id,
        Event.id == Participation.event_id,
        Event.ends_at_utc >= before,
    )
    wanted = select(Organisation).where(Organisation.changed_at_utc < before, ~later)
    return list(db.session.scalars(wanted.order_by(Organisation.id)))
