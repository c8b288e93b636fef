"""What the door lead can put right. In: facts, outcomes, seats. Out: what to show, and whether a guest fits.

A clash is settled by facts, as everything at the door: the later scan is taken back when it was the same guest, and
its persons are let in without a ticket when there were two.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from outreach.checkin.admission import ScanClass, ScanKind
from outreach.checkin.scan_merge import Fact, Outcome
from outreach.errors import N_, OutreachError

DOOR = "Vertskapet"
MOST_SHOWN = 10
MOST_WALK_INS = 30


class Settlement(StrEnum):
    """What a clash was: the same guest seen twice, or two parties with one ticket."""

    SAME = "samme"
    TWO = "to"


class NoSuchScanError(OutreachError):
    """The scan is not of this event, or is taken back already."""

    message = N_("Skanningen finnes ikke, eller den er angret allerede.")
    http_status = 404


class StaleFormError(OutreachError):
    """The form does not say which fact it makes, so nobody could tell whether it was sent twice."""

    message = N_("Siden er gammel. Last den på nytt og prøv igjen. Ingenting er lagret.")


class HouseFullError(OutreachError):
    """More would be in than there are seats for, those counted who have a ticket and are not here yet."""

    message = N_(
        "Det er bare %(free)s ledige plasser når alle med billett kommer. Kryss av hvis du vil slippe inn likevel."
    )
    http_status = 409


@dataclass(frozen=True)
class Recent:
    """One scan in the list of the latest. `is_standing`: it can be taken back."""

    scan_id: str
    at_utc: datetime
    door: str
    kind: ScanKind
    persons: int
    scan_class: ScanClass
    is_standing: bool


def recent(facts: Iterable[Fact], outcomes: Mapping[str, Outcome]) -> list[Recent]:
    """Return the latest scans that let somebody in or out, the newest first; undos are told by what they took back."""
    latest = sorted((fact for fact in facts if fact.kind != ScanKind.UNDO), key=lambda fact: fact.order, reverse=True)
    return [
        Recent(
            scan_id=fact.scan_id,
            at_utc=fact.at_utc,
            door=fact.door,
            kind=fact.kind,
            persons=fact.persons,
            scan_class=outcomes[fact.scan_id].scan_class,
            is_standing=outcomes[fact.scan_id].scan_class != ScanClass.UNDONE,
        )
        for fact in latest[:MOST_SHOWN]
    ]


def free_places(capacity: int | None, *, on_tickets: int, walked_in: int) -> int | None:
    """Return how many may come in without a ticket when everybody with one comes; None when there is no limit."""
    return None if capacity is None else max(0, capacity - on_tickets - walked_in)
