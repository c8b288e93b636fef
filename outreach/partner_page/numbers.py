"""The numbers that a partner may see of an event: never of fewer than five, and never to the person. Pure.

In: the event's funnel. Out: for each word the least number it can be, in fives, or None where it is hidden. What is
hidden cannot be worked out: a small number takes another one with it (`formats/small_cells`), the total stands only
where nothing is hidden, and since every number is cut down to fives, one that is looked at today and tomorrow, before
and after one answer, tells of nobody.
"""

from collections.abc import Mapping

from outreach.errors import N_
from outreach.formats.small_cells import SMALLEST_SHOWN, without_small_cells

INVITED, COMING, NOT_COMING, WAITING, SILENT, CAME = (
    "invited",
    "coming",
    "declined",
    "waiting",
    "unanswered",
    "attended",
)
NUMBER_WORDS = {
    INVITED: N_("Inviterte"),
    COMING: N_("Har sagt ja"),
    NOT_COMING: N_("Har sagt nei"),
    WAITING: N_("På venteliste"),
    SILENT: N_("Har ikke svart"),
    CAME: N_("Kom"),
}
_WAITING = ("waitlisted", "offered", "offer_expired")


def partner_numbers(figures: Mapping[str, int], *, is_over: bool) -> dict[str, int | None]:
    """Return the numbers by name, in the order in which they are shown; CAME only of what is over."""
    parts = {
        COMING: figures["coming"],
        NOT_COMING: figures["declined"],
        WAITING: sum(figures[name] for name in _WAITING),
        SILENT: figures["unanswered"],
    }
    shown = without_small_cells(parts)
    # A total that is left out only when there are few would tell that there are few.
    total = None if None in shown.values() else sum(parts.values())
    found: dict[str, int | None] = {INVITED: total, **shown}
    if is_over:
        # Of those who came none stands in a sum above, so it is hidden or shown by itself.
        found |= without_small_cells({CAME: figures["attended"]})
    return {name: None if count is None else in_fives(count) for name, count in found.items()}


def in_fives(count: int) -> int:
    """Return the greatest multiple of five that is not above `count`."""
    return count // SMALLEST_SHOWN * SMALLEST_SHOWN
