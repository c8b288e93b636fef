"""Looks up partners and their contacts, always in order."""

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from outreach.database import db
from outreach.errors import NotFoundError
from outreach.formats.norwegian_order import order_key
from outreach.partners.models import Contact, Organisation


def everybody() -> list[Organisation]:
    """Return every partner with its contacts, by name."""
    rows = db.session.scalars(select(Organisation).options(selectinload(Organisation.contacts)))
    return sorted(rows, key=lambda row: (order_key(row.name), row.id))


def by_id(organisation_id: int) -> Organisation:
    """Return the partner. Raises NotFoundError."""
    found = db.session.get(Organisation, organisation_id)
    if found is None:
        raise NotFoundError
    return found


def contact(organisation_id: int, contact_id: int) -> Contact:
    """Return a contact of this partner. Raises NotFoundError, also for a contact of another."""
    wanted = select(Contact).where(Contact.id == contact_id, Contact.organisation_id == organisation_id)
    found: Contact | None = db.session.scalar(wanted)
    if found is None:
        raise NotFoundError
    return found


def all_contacts() -> list[Contact]:
    """Return every contact of every partner (some hundreds), in order of their numbers."""
    return list(db.session.scalars(select(Contact).order_by(Contact.id)))


def logo_of(organisation_id: int, mark: str) -> bytes | None:
    """Return the logo that has `mark`, or None when the partner has another one, or none."""
    wanted = select(Organisation.logo).where(Organisation.id == organisation_id, Organisation.logo_mark == mark)
    found: bytes | None = db.session.scalar(wanted)
    return found
