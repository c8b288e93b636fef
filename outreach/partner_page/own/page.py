"""What a partner's own page shows, whole: the page is a function of it, so it is rendered once a change. Pure.

Nothing here is a person's: an organisation, an event, and how many guests have written, never who.
"""

from dataclasses import dataclass
from datetime import date, datetime

from outreach.partners.opportunity import Kind
from outreach.partners.opportunity import State as OfferState
from outreach.partners.participation import Role, State


@dataclass(frozen=True, slots=True)
class ShownEvent:
    """Where the partner takes part; moments in UTC."""

    title: str
    state: str
    starts_at_utc: datetime
    ends_at_utc: datetime
    venue: str
    venue_address: str


@dataclass(frozen=True, slots=True)
class ShownOrganisation:
    """What guests read of the partner."""

    id: int
    name: str
    about: str
    website: str
    logo_mark: str


@dataclass(frozen=True, slots=True)
class ShownTask:
    """Something that the partner does before the event."""

    id: int
    text: str
    due_on: date
    is_done: bool


@dataclass(frozen=True, slots=True)
class ShownOffer:
    """Something that the partner offers; `why`: what staff said when they refused."""

    id: int
    kind: Kind
    title: str
    state: OfferState
    apply_by: date
    why: str


@dataclass(frozen=True, slots=True)
class Needs:
    """What a stand needs."""

    power: bool
    screen: bool
    tables: int
    note: str


@dataclass(frozen=True, slots=True)
class PartnerPage:
    """One partner at one event. `interests`: how many guests have left something at the stand."""

    event: ShownEvent
    organisation: ShownOrganisation
    role: Role
    state: State
    place: str
    slot_title: str
    slot_at_utc: datetime | None
    needs: Needs
    may_be_written_to: bool
    interests: int
    tasks: tuple[ShownTask, ...]
    offers: tuple[ShownOffer, ...]
