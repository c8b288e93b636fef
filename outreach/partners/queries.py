"""Which partners and contacts are past their time, in order of their numbers."""

from datetime import datetime

from sqlalchemy import select

from outreach.database import db
from outreach.partners.models import Contact, Organisation


def contacts_who_said_no(before: datetime) -> list[Contact]:
    """Return the contacts who said no before `before`."""
    return list(db.session.scalars(select(Contact).where(Contact.no_at_utc < before).order_by(Contact.id)))


def idle_partners(before: datetime) -> list[Organisation]:
    """Return the partners of whom nothing has changed since `before`."""
    wanted = select(Organisation).where(Organisation.changed_at_utc < before)
    return list(db.session.scalars(wanted.order_by(Organisation.id)))
