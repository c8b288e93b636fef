"""A made-up person and household: what the extract writers turn into documents and table rows.

`story` says what the person is there to show, `moved_in_on` what really happened: the expected answers come from these
two, never from the address history, so that they can judge an importer that reads the history.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from outreach.demo.places import Municipality


class Story(StrEnum):
    """What a household or a person is there to show."""

    NATIVE = "native"
    SETTLED = "settled"
    MOVED_IN = "moved_in"
    IMMIGRATED = "immigrated"
    RETURNED = "returned"
    MOVED_IN_THEN_WITHIN = "moved_in_then_within"
    MOVED_IN_TO_PARTNER = "moved_in_to_partner"
    MOVED_WITHIN = "moved_within"
    CORRECTED = "corrected"
    MOVED_IN_AND_OUT = "moved_in_and_out"
    EMIGRATED = "emigrated"
    DIED = "died"
    DIED_AFTER_MOVE = "died_after_move"
    NEWBORN = "newborn"
    STUDENT = "student"
    STUDENT_MOVED_OUT = "student_moved_out"
    MILITARY = "military"
    TEMPORARY = "temporary"
    SHARED_RESIDENCE = "shared_residence"
    UNKNOWN_DWELLING = "unknown_dwelling"
    CONFIDENTIAL = "confidential"
    STRICTLY_CONFIDENTIAL = "strictly_confidential"
    CLIENT_ADDRESS = "client_address"
    UNKNOWN_GRADING = "unknown_grading"


PROTECTED = frozenset(
    {Story.CONFIDENTIAL, Story.STRICTLY_CONFIDENTIAL, Story.CLIENT_ADDRESS, Story.UNKNOWN_GRADING},
)


@dataclass(frozen=True)
class Address:
    """A dwelling: in a street, on a farm (`farm_number` set), or unknown (`is_unknown`)."""

    municipality: Municipality
    postcode: str
    place: str
    street: str = ""
    house_number: int = 0
    house_letter: str = ""
    dwelling: str = "H0101"
    care_of: str = ""
    farm: str = ""
    farm_number: int = 0
    holding_number: int = 0
    is_unknown: bool = False
    register_id: int = 0


@dataclass(frozen=True)
class Residence:
    """Somewhere a person lived from `since`. `corrected_on`: the address as the land register corrected it that day."""

    address: Address
    since: date
    cause: str = "Flytting innenlands"
    corrected_on: date | None = None


@dataclass(frozen=True)
class PostalAddress:
    """Where post goes when not home: a post box, a street elsewhere or free lines."""

    lines: tuple[str, ...]
    postcode: str
    place: str
    box_owner: str = ""
    is_box: bool = False


@dataclass(frozen=True)
class DemoPerson:
    """One person. `residences` oldest first; in the last the person lives, unless `left_on` or `died_on` is set."""

    national_id: str
    given: str
    middle: str
    family: str
    is_woman: bool
    birth: date
    birth_country: str
    story: Story
    residences: tuple[Residence, ...]
    moved_in_on: date | None = None
    former_id: str = ""
    is_d_number: bool = False
    grading: str = "ugradert"
    protection: str = ""
    postal: PostalAddress | None = None
    shared_home: Residence | None = None
    stay: Address | None = None
    arrived_from: str = ""
    died_on: date | None = None
    left_on: date | None = None
    left_for: tuple[str, str, str, str] | None = None

    @property
    def is_protected(self) -> bool:
        """Say whether this person must be in no list: by the person's mark or the address' grading."""
        return self.story in PROTECTED

    @property
    def lives_here(self) -> bool:
        """Say whether the person lives in the municipality, alive, at the date of the extract."""
        home = self.residences[-1].address.municipality.name if self.residences else ""
        return home == "Modum" and not (self.died_on or self.left_on)


@dataclass(frozen=True)
class DemoHousehold:
    """People of one dwelling. `number` counts from 0 through the population."""

    number: int
    people: tuple[DemoPerson, ...]
