"""When somebody of the contact point counts as having moved home again. Pure.

Most who study elsewhere are registered at home all the time (folkeregisterloven § 2-1 with its regulation), so being a
resident tells nothing. A move into the municipality after they signed up does.
"""

from datetime import date


def has_come_home(moved_in_on: date | None, *, signed_up_on: date, known_on: date | None) -> bool:
    """Say whether the register tells of a move home that is news. `known_on`: the day of the last one that we know of,
    whether we were told that it is right or that it is not."""
    if moved_in_on is None or moved_in_on <= signed_up_on:
        return False
    return known_on is None or moved_in_on > known_on
