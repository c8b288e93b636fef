"""Partners for tests, made as staff make them. The organisation numbers are made up: no real one begins with 3."""

import itertools
from io import BytesIO
from typing import Any

from PIL import Image

from outreach import clock
from outreach.audit.actor import COMMAND
from outreach.database import db
from outreach.partners.models import Contact, Organisation
from outreach.partners.organisation import ContactDetails, Kind, OrganisationDetails
from outreach.partners.organisation_number import check_digit
from outreach.partners.organisations import service

_numbers = itertools.count(1)


def made_up_number() -> str:
    """Return an organisation number that fits its check digit and that nobody has."""
    while True:
        first = f"31{next(_numbers):06}"
        if digit := check_digit(first):
            return first + digit


def partner_details(**values: Any) -> OrganisationDetails:
    """Return what staff type of a partner, with `values` over it."""
    usual = {"name": "Modum Trevare AS", "number": made_up_number(), "kind": Kind.BUSINESS, "about": "Vi lager dører."}
    return OrganisationDetails(**{**usual, **values})


def contact_details(**values: Any) -> ContactDetails:
    """Return what staff type of a contact, with `values` over it."""
    usual = {
        "name": "Berit Trefjord", "role": "Daglig leder", "email": "berit@trevare.example", "phone": "99 99 99 01",
        "language": "nb", "has_agreed": True,
    }  # fmt: skip
    return ContactDetails(**{**usual, **values})


def make_partner(*, contact: dict[str, Any] | None = None, **values: Any) -> Organisation:
    """Return a committed partner with one contact who has said yes."""
    row = service.create(partner_details(**values), actor=COMMAND, now=clock.now_utc())
    service.add_contact(row, contact_details(**contact or {}), actor=COMMAND, now=clock.now_utc())
    db.session.commit()
    db.session.refresh(row)
    return row


def contact_of(row: Organisation) -> Contact:
    """Return the one contact of a partner."""
    [contact] = row.contacts
    return contact


def picture(form: str = "PNG", size: tuple[int, int] = (200, 100), **values: Any) -> bytes:
    """Return a picture as a file of `form`."""
    out = BytesIO()
    Image.new("RGB", size, "#a03020").save(out, form, **values)
    return out.getvalue()
