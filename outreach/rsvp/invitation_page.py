"""A household before an event as values: who they are, what they answered last, and what their pages show. Pure."""

from dataclasses import dataclass
from typing import Any

from outreach.invitations.invitation import AskedTo, OpenedInvitation
from outreach.rsvp.answer import Brought, Guest
from outreach.rsvp.seats.seat_kinds import SeatKind, Seats, grows_in
from outreach.rsvp.standing import Standing, Terms
from outreach.rsvp.waitlist.own_place import OwnPlace

# The columns of `Rsvp` that say how many come: in all and of which kind, and whom they bring along.
_BROUGHT = ("extra_children", "extra_small", "extra_teens", "extra_adults")
NUMBERS = ("persons", "children", "wheelchairs", *_BROUGHT)


def brought_of(stored: Any) -> Brought:
    """Return whom a household brings along, of something with the columns of `Rsvp`."""
    school = stored.extra_children - stored.extra_small - stored.extra_teens
    return Brought(small=stored.extra_small, school=school, teens=stored.extra_teens, adults=stored.extra_adults)


def extra_columns(brought: Brought) -> dict[str, int]:
    """Return the columns of `Rsvp` that hold whom a household brings along."""
    return dict(zip(_BROUGHT, (brought.children, brought.small, brought.teens, brought.adults), strict=True))


@dataclass(frozen=True)
class GivenAnswer:
    """What the household answered last. `ticket_code` is that of a valid ticket, else empty; `has_ticket`:
    there is one, valid or not. Contact is as sealed."""

    id: int
    state: str
    persons: int
    brought: Brought
    revision: int
    email_sealed: bytes | None
    mobile_sealed: bytes | None
    has_needs: bool
    has_replies: bool
    has_ticket: bool
    ticket_code: str
    children: int = 0
    wheelchairs: int = 0

    @property
    def seats(self) -> Seats:
        """Return the seats that the answer takes, by kind."""
        return Seats(self.persons, self.children, self.wheelchairs)

    @property
    def has_email(self) -> bool:
        """Say whether they left an e-mail address."""
        return self.email_sealed is not None


@dataclass(frozen=True)
class Household:
    """Who is asked by one invitation, what they answered last, how many seats everybody holds of the event, and how
    many parties wait. `has_questions`: the organiser asks something of the guests. `is_counted`: the event has a
    counter of its seats, since somebody has answered."""

    guests: tuple[Guest, ...]
    rsvp: GivenAnswer | None
    seats_held: int
    waiting: int
    has_questions: bool = False
    held_children: int = 0
    held_wheelchairs: int = 0
    is_counted: bool = False


@dataclass(frozen=True)
class OpenedHousehold(OpenedInvitation):
    """An opened invitation with its household."""

    household: Household


@dataclass(frozen=True)
class InvitationPage:
    """Everything that the household's pages show. `is_open`: the answer can be given, changed and cancelled online.
    `place`: on the waiting list, None when it is not there."""

    invitation: OpenedHousehold
    terms: Terms
    standing: Standing
    is_open: bool
    place: OwnPlace | None = None

    @property
    def event(self) -> AskedTo:
        """Return the event that the household is asked to."""
        return self.invitation.event

    @property
    def guests(self) -> tuple[Guest, ...]:
        """Return who is asked, by position."""
        return self.invitation.household.guests

    @property
    def rsvp(self) -> GivenAnswer | None:
        """Return what they answered last."""
        return self.invitation.household.rsvp

    @property
    def is_signed_up(self) -> bool:
        """Say whether they signed up themselves, without being asked."""
        return self.invitation.is_signed_up

    @property
    def speaks_to_one(self) -> bool:
        """Say whether the pages say "du" (one person is asked) and not "dere"."""
        return len(self.guests) <= 1

    @property
    def seats_held(self) -> Seats:
        """Return the places that this household holds, or that are kept for it by an offer, by kind."""
        if self.standing is Standing.OFFERED and self.place:
            return self.place.seats
        return self.rsvp.seats if self.rsvp and self.standing is Standing.COMING else Seats()

    @property
    def places_held(self) -> int:
        """Return how many places those are."""
        return self.seats_held.persons

    @property
    def places_left(self) -> int | None:
        """Return how many this household could be at most: the free places and those it holds; None without a limit."""
        return None if self.terms.left is None else self.terms.left + self.places_held

    @property
    def may_wait(self) -> bool:
        """Say whether this household can go on the waiting list: whoever holds places stays with those."""
        return self.places_held == 0

    def fits(self, wanted: Seats) -> bool:
        """Say whether all of `wanted` fits, as far as was seen."""
        return self.lacking(wanted) is None

    def lacking(self, wanted: Seats) -> SeatKind | None:
        """Return of which kind there is too little for `wanted`, None when all of it fits."""
        change = wanted - self.seats_held
        if self.terms.waiting and grows_in(change, self.terms.split):
            return SeatKind.ANY
        return next(iter(self.terms.free.short_of(change)), None)

    def to_choose(self, wanted: Seats, *, waits: bool) -> SeatKind | None:
        """Return of which kind this household must choose fewer; None when all of `wanted` fits, or it goes on the
        waiting list: because it said so (`waits`), or because nothing is left to choose."""
        kind = self.lacking(wanted)
        if kind is None or (self.may_wait and (waits or not self.left_of(kind))):
            return None
        return kind

    def left_of(self, kind: SeatKind) -> int:
        """Return how many of `kind` this household could be at most."""
        free = 0 if self.terms.waiting else self.terms.free.of(kind) or 0
        return free + self.seats_held.of(kind)

    @property
    def waits_for(self) -> tuple[SeatKind, ...]:
        """Return of which kinds, other than places in all, a household that waits needs more than are free now."""
        if self.standing is not Standing.WAITING or self.place is None:
            return ()
        return tuple(kind for kind in self.terms.free.short_of(self.place.seats) if kind is not SeatKind.ANY)
