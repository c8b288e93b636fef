"""What guests leave at stands, for tests, left as the application does it."""

from typing import Any

from outreach import clock
from outreach.database import db
from outreach.outbox.states import Channel
from outreach.partner_page.interest import Left, Purpose
from outreach.partner_page.interests import queries, service
from outreach.partner_page.models import StandInterest
from outreach.partners.models import Participation


def left(**values: Any) -> Left:
    """Return what a guest leaves, with `values` over it."""
    usual: dict[str, Any] = {
        "name": "Ola Gjest", "channel": Channel.EMAIL, "contact": "ola@gjest.example", "purpose": Purpose.WORK,
        "message": "Jeg vil bli snekker.", "language": "nb",
    }  # fmt: skip
    return Left(**{**usual, **values})


def make_interest(row: Participation, **values: Any) -> StandInterest:
    """Return what a guest left for a partner, committed."""
    interest = service.leave(row, left(**values), now=clock.now_utc())
    db.session.commit()
    return interest


def interest_token(row: StandInterest) -> str:
    """Return the code of the guest's own page, as its link has it."""
    return queries.code_of(row).lower()
