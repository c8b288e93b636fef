"""The funnel of one event in persons, not letters: invited → delivered → answered → coming → came.

In: counts of rows. Out: figures that add up by construction, and the check that they do. A letter counts as delivered
when it was handed over and has not come back.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields

from outreach.errors import OutreachError


class FunnelMismatchError(OutreachError):
    """The figures contradict one another: a fault in the data, shown rather than hidden."""


@dataclass(frozen=True)
class Funnel:
    """Persons at each step. `extra_guests` are people brought along who were not invited by name.

    invited = delivered + returned + waiting + withheld + failed + uncertain (by letter);
    invited = answered + unanswered; answered = coming + declined + waitlisted + offered + offer_expired;
    attending = coming + extra_guests + signed_up_coming; `offered`: asked whether they take a freed place;
    `offer_expired`: did not say;
    attending = attended + no_show: before the evening is over, `no_show` counts who is still awaited. `walk_ins` came
    without a ticket, or beyond what it says. signed_up = signed_up_coming + signed_up_waiting + signed_up_cancelled:
    people, with the children they bring, whom nobody asked and who signed up themselves.
    """

    invited: int = 0
    delivered: int = 0
    returned: int = 0
    waiting: int = 0
    withheld: int = 0
    failed: int = 0
    uncertain: int = 0
    answered: int = 0
    unanswered: int = 0
    coming: int = 0
    extra_guests: int = 0
    attending: int = 0
    declined: int = 0
    waitlisted: int = 0
    offered: int = 0
    offer_expired: int = 0
    attended: int = 0
    no_show: int = 0
    walk_ins: int = 0
    signed_up: int = 0
    signed_up_coming: int = 0
    signed_up_waiting: int = 0
    signed_up_cancelled: int = 0

    @property
    def came(self) -> int:
        """Return how many came in all, those too who had not signed up."""
        return self.attended + self.walk_ins

    def figures(self) -> dict[str, int]:
        """Return the figures by name, in walk order."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def checked(self) -> "Funnel":
        """Return this funnel. Raises FunnelMismatchError when its sums do not hold."""
        sums = (
            self.invited
            == self.delivered + self.returned + self.waiting + self.withheld + self.failed + self.uncertain,
            self.invited == self.answered + self.unanswered,
            self.answered == self.coming + self.declined + self.waitlisted + self.offered + self.offer_expired,
            self.attending == self.coming + self.extra_guests + self.signed_up_coming,
            self.signed_up == self.signed_up_coming + self.signed_up_waiting + self.signed_up_cancelled,
            self.attending == self.attended + self.no_show,
        )
        if not all(sums):
            raise FunnelMismatchError
        return self


def funnels_of(figures: Iterable[tuple[int, str, int]]) -> dict[int, Funnel]:
    """Return funnels by event from rows of (event, name, value)."""
    found: dict[int, dict[str, int]] = {}
    for event_id, name, value in figures:
        found.setdefault(event_id, {})[name] = value
    return {event_id: Funnel(**values) for event_id, values in found.items()}


# The outbox state of the letter → the figure that its persons count under.
LETTER_FIGURES = {
    "queued": "waiting",
    "claimed": "waiting",
    "handed_over": "delivered",
    "delivered": "delivered",
    "bounced": "returned",
    "withheld": "withheld",
    "failed": "failed",
    "uncertain": "uncertain",
}


def letter_figures(persons_by_state: dict[str | None, int]) -> dict[str, int]:
    """Return persons by letter figure. A person whose invitation has no letter row waits."""
    found = dict.fromkeys(("delivered", "returned", "waiting", "withheld", "failed", "uncertain"), 0)
    for state, persons in persons_by_state.items():
        found[LETTER_FIGURES.get(state or "queued", "waiting")] += persons
    return found


def answer_figure(answer: str, place: str | None) -> str:
    """Return the figure of those who said yes, by the state of the answer and of their place on the waiting list."""
    if answer == "waitlisted":
        return {"offered": "offered", "expired": "offer_expired"}.get(place or "", "waitlisted")
    return "coming" if answer == "attending" else "declined"


def arrivals(*, expected: dict[int, int], came: dict[int, int], without_ticket: int) -> tuple[int, int]:
    """Return (attended, walk-ins) from persons by ticket id: who came beyond the ticket's number counts as walk-in."""
    attended = sum(min(came.get(ticket, 0), persons) for ticket, persons in expected.items())
    beyond = sum(max(0, persons - expected.get(ticket, 0)) for ticket, persons in came.items())
    return attended, beyond + without_ticket
