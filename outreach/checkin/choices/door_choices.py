"""What an organiser can choose for the doors. In: stored words. Out: values; the defaults are as little as can be."""

from collections.abc import Iterable
from dataclasses import dataclass

# Needs that somebody at a door can do something about, in the order in which they are told.
DOOR_NEEDS = ("wheelchair", "hearing_loop", "interpreter")


@dataclass(frozen=True)
class DoorChoices:
    """Whether phones may search names, which PIN opens them, and which needs a verdict tells.

    `revision` goes up whenever what phones hold must be fetched anew, `in_charge_revision` whenever somebody else is in
    charge (`in_charge/`).
    """

    has_names: bool = False
    pin_generation: int = 1
    told_needs: tuple[str, ...] = ()
    revision: int = 0
    in_charge_revision: int = 0


def stored_needs(needs: Iterable[str]) -> str:
    """Return `needs` as they are stored; what is no need of the door is dropped."""
    chosen = set(needs)
    return ",".join(need for need in DOOR_NEEDS if need in chosen)


def needs_of(stored: str) -> tuple[str, ...]:
    """Return the needs that are stored as `stored`."""
    return tuple(need for need in stored.split(",") if need in DOOR_NEEDS)
