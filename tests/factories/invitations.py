"""Invitations for tests: made as the application makes them, from a household of the register."""

from dataclasses import dataclass

from sqlalchemy import select

from outreach import clock
from outreach.audit.actor import COMMAND
from outreach.database import db
from outreach.events.models import Event
from outreach.formats.short_code import grouped
from outreach.invitations import queries, service
from outreach.invitations.models import Invitation
from outreach.people.models import Household
from tests.factories.audience import make_family, make_import
from tests.factories.events import make_event


@dataclass(frozen=True)
class Invited:
    """An invitation, the event it asks to, and the code on the letter."""

    event: Event
    household: Household
    invitation: Invitation
    code: str

    @property
    def printed_code(self) -> str:
        """Return the code as it is printed."""
        return grouped(self.code)


def make_invited(*birth_years: int, event: Event | None = None) -> Invited:
    """Return the committed invitation of a new family (two adults and a child by default) to a new or given event."""
    event = event or make_event()
    extract = make_import()
    household = make_family(extract, *(birth_years or (1985, 1987, 2016)))
    invite_all(event)
    invitation = next(row for row in event_invitations(event) if row.household_id == household.id)
    return Invited(event, household, invitation, queries.code_of(invitation.selector, invitation.generation))


def invite_all(event: Event) -> service.Created:
    """Invite everybody who moved in, and commit."""
    made = service.create_invitations(
        event, segment="moved-in", since=None, until=None, now=clock.now_utc(), actor=COMMAND
    )
    db.session.commit()
    return made


def event_invitations(event: Event) -> list[Invitation]:
    """Return the event's invitations."""
    made = select(Invitation).where(Invitation.event_id == event.id)
    return list(db.session.scalars(made.order_by(Invitation.created_at_utc, Invitation.id)))
