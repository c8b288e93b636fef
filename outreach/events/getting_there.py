"""Where an event is, and how to get there and in, as lines of text: for calendars, mails and paper. Pure.

In: an event, or what tells of one, and how to say a bokmål source text. Out: lines, none for what is not known.
"""

from collections.abc import Callable
from typing import Protocol

from outreach.errors import N_

STOP, PARKING = N_("Nærmeste stopp"), N_("Parkering")


class Reached(Protocol):
    """What tells how one gets to an event."""

    @property
    def access_information(self) -> str:
        """Return how to get in."""

    @property
    def nearest_stop(self) -> str:
        """Return the stop of bus or train."""

    @property
    def parking(self) -> str:
        """Return where cars can stand."""


def on_one_line(venue: str, address: str) -> str:
    """Return where an event is: its venue, and the address of that where it is known."""
    return ", ".join(part for part in (venue, address) if part)


def lines(event: Reached, say: Callable[[str], str]) -> str:
    """Return how to get in, to the stop and to the parking, a line each; empty when nothing is known."""
    return "\n".join(part for part in (event.access_information, ways(event, say)) if part)


def ways(event: Reached, say: Callable[[str], str]) -> str:
    """Return the stop and the parking, a line each; empty when neither is known."""
    told = ((STOP, event.nearest_stop), (PARKING, event.parking))
    return "\n".join(f"{say(label)}: {text}" for label, text in told if text)
