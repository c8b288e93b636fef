"""An answer to an invitation as values: who of the household comes, what they need, how to reach them.

Food and health are special categories (GDPR art. 9): asked for only when somebody comes, kept sealed, erased first.
"""

from dataclasses import dataclass
from enum import StrEnum

from outreach.rsvp.own_questions.own_question import Reply
from outreach.rsvp.seats.seat_kinds import Seats

MOST_BROUGHT = 9
NEED_TEXT_LIMIT = 200
MOST_WHEELCHAIRS = 9


class NeedKind(StrEnum):
    """What a party may need, in the order in which it is asked."""

    DIET = "diet"
    ALLERGY = "allergy"
    INTERPRETER = "interpreter"
    WHEELCHAIR = "wheelchair"
    HEARING_LOOP = "hearing_loop"
    TRANSPORT = "transport"
    OTHER = "other"


class Band(StrEnum):
    """Whom a household brings along that the register does not have in it: children by age, and adults."""

    SMALL = "small"
    SCHOOL = "school"
    TEENS = "teens"
    ADULTS = "adults"


class RsvpState(StrEnum):
    """Where an answer stands. Declined: never came to a yes. Cancelled: took a yes back."""

    ATTENDING = "attending"
    DECLINED = "declined"
    WAITLISTED = "waitlisted"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Guest:
    """One invitee as the household's own page shows them: first name only, None when we may not or cannot say it.

    `is_coming` is what was answered before, None when nothing was. `is_child`: see `seats.seat_kinds`.
    """

    invitee_id: int
    position: int
    first_name: str | None
    is_coming: bool | None = None
    is_child: bool = False


@dataclass(frozen=True)
class PersonChoice:
    """Yes or no of one invitee."""

    invitee_id: int
    position: int
    is_coming: bool


@dataclass(frozen=True)
class Brought:
    """How many come along who are not in the register's household: children of 0-5, 6-12 and 13-17 years, adults."""

    small: int = 0
    school: int = 0
    teens: int = 0
    adults: int = 0

    @property
    def children(self) -> int:
        """Return how many of them are children."""
        return self.small + self.school + self.teens

    @property
    def persons(self) -> int:
        """Return how many they are."""
        return self.children + self.adults

    def of(self, band: Band) -> int:
        """Return how many are in `band`."""
        return int(vars(self)[band.value])


NOBODY = Brought()


@dataclass(frozen=True)
class NeedWish:
    """One need and the guest's own words on it, which may be empty.

    `position`: of the person who has it; 0 when it is the party's together, or of somebody whom they bring along.
    """

    kind: NeedKind
    text: str = ""
    position: int = 0


@dataclass(frozen=True)
class Answer:
    """A whole answer that holds together. `mobile` is E.164; `brought` are not in the register's household.
    `replies`: to the organiser's questions. `needs`: by person, then by kind."""

    choices: tuple[PersonChoice, ...]
    brought: Brought = NOBODY
    needs: tuple[NeedWish, ...] = ()
    email: str | None = None
    mobile: str | None = None
    replies: tuple[Reply, ...] = ()

    @property
    def persons(self) -> int:
        """Return how many seats the party takes."""
        return sum(choice.is_coming for choice in self.choices) + self.brought.persons


def party_seats(answer: Answer, guests: tuple[Guest, ...]) -> Seats:
    """Return the seats that `answer` takes of each kind; `guests`: whom it is about."""
    children = {guest.invitee_id for guest in guests if guest.is_child}
    coming = sum(choice.is_coming and choice.invitee_id in children for choice in answer.choices)
    asked = sum(wheelchairs(need) for need in answer.needs if need.kind is NeedKind.WHEELCHAIR)
    return Seats(
        persons=answer.persons, children=answer.brought.children + coming, wheelchairs=min(asked, answer.persons)
    )


def wheelchairs(need: NeedWish) -> int:
    """Return for how many wheelchairs there must be room: one, unless a party says more."""
    return int(need.text) if need.position == 0 and need.text.isascii() and need.text.isdecimal() else 1


def recipient(rsvp_id: int) -> str:
    """Return the outbox recipient of everything that is sent about one answer."""
    return f"rsvp:{rsvp_id}"


def choices(guests: tuple[Guest, ...]) -> tuple[PersonChoice, ...]:
    """Return what those of `guests` who have answered said before."""
    return tuple(
        PersonChoice(guest.invitee_id, guest.position, guest.is_coming)
        for guest in guests
        if guest.is_coming is not None
    )


def everybody_declines(guests: tuple[Guest, ...]) -> Answer:
    """Return the answer "none of us can come"."""
    return Answer(choices=tuple(PersonChoice(guest.invitee_id, guest.position, is_coming=False) for guest in guests))
