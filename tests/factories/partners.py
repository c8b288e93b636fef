"""Partners for tests, made as staff make them. The organisation numbers are made up: no real one begins with 3."""

import itertools
from datetime import date
from io import BytesIO
from typing import Any

from PIL import Image

from outreach import clock
from outreach.audit.actor import COMMAND
from outreach.database import db
from outreach.events.models import Event
from outreach.partners.logo import logo_mark, logo_png
from outreach.partners.models import Contact, Opportunity, Organisation, Participation
from outreach.partners.opportunities import service as opportunities
from outreach.partners.opportunity import Kind as OfferKind
from outreach.partners.opportunity import OpportunityDetails
from outreach.partners.organisation import ContactDetails, Kind, OrganisationDetails
from outreach.partners.organisation_number import check_digit
from outreach.partners.organisations import service
from outreach.partners.participation import Role, State
from outreach.partners.participations import queries as participation_queries
from outreach.partners.participations import service as participations

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


def make_partner_with_logo(**values: Any) -> Organisation:
    """Return a committed partner that has a logo, too."""
    row, png = make_partner(**values), logo_png(picture())
    service.set_logo(row, png, logo_mark(png), actor=COMMAND, now=clock.now_utc())
    db.session.commit()
    return row


def make_participation(
    event: Event, row: Organisation | None = None, role: Role = Role.STAND, *, state: State = State.CONFIRMED
) -> Participation:
    """Return a committed participation in `state`; a new partner unless given."""
    found = participations.add(event, row or make_partner(), role, actor=COMMAND, now=clock.now_utc())
    if state in (State.CONFIRMED, State.DECLINED):
        participations.answer(found, is_coming=state is State.CONFIRMED, actor=COMMAND, now=clock.now_utc())
    elif state is State.WITHDRAWN:
        participations.withdraw(found, actor=COMMAND, now=clock.now_utc())
    db.session.commit()
    return found


def partner_token(row: Participation) -> str:
    """Return the code of a partner's page, as its link has it."""
    return participation_queries.code_of(row).lower()


def offer_details(**values: Any) -> OpportunityDetails:
    """Return what a partner types of something that it offers, with `values` over it."""
    usual = {
        "kind": OfferKind.APPRENTICESHIP, "title": "Lærling i tømrerfaget", "text": "To år hos oss.", "place": "Åmot",
        "apply_by": date(2027, 3, 1), "link": "https://www.trevare.example/laerling",
    }  # fmt: skip
    return OpportunityDetails(**{**usual, **values})


def make_offer(row: Organisation, *, is_approved: bool = True, **values: Any) -> Opportunity:
    """Return a committed offer of a partner, approved unless told otherwise."""
    now, today = clock.now_utc(), clock.today_oslo()
    found = opportunities.post(row.id, offer_details(**values), actor=COMMAND, now=now, today=today)
    if is_approved:
        opportunities.approve(found, actor=COMMAND, now=now, today=today)
    db.session.commit()
    return found


def contact_of(row: Organisation) -> Contact:
    """Return the one contact of a partner."""
    [contact] = row.contacts
    return contact


def picture(form: str = "PNG", size: tuple[int, int] = (200, 100), **values: Any) -> bytes:
    """Return a picture as a file of `form`."""
    out = BytesIO()
    Image.new("RGB", size, "#a03020").save(out, form, **values)
    return out.getvalue()
