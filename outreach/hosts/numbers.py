"""The numbers that a host may see: those that partners see, and how many parties need something. Pure.

Needs tell of health and belief (GDPR art. 9), so a host reads a kind and a number, never of fewer than five, cut down
to fives like the others. Parties may have several needs, so the kinds have no sum that tells of a hidden one.
"""

from collections.abc import Mapping

from outreach.formats.small_cells import without_small_cells
from outreach.partner_page.numbers import in_fives
from outreach.rsvp.answer import NeedKind


def needs_shown(counts: Mapping[NeedKind, int]) -> dict[NeedKind, int | None]:
    """Return the parties that need something by kind, in the order of the form; None where few do."""
    shown = {kind: without_small_cells({kind: counts[kind]})[kind] for kind in NeedKind if counts.get(kind)}
    return {kind: None if count is None else in_fives(count) for kind, count in shown.items()}
