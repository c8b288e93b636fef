"""Households that wait for a decision by hand: the one reason, and what can be decided. Pure.

The reason is the same word whatever the cause (a faulty row, somebody at the address who became protected, a row that
is missing in the latest extract), so that nobody can read out of it that somebody is protected (promises.md 5).
"""

from enum import StrEnum

SET_ASIDE = "by_hand"


class Decision(StrEnum):
    """What an organiser decided about a household. It stands until there is a new cause."""

    UNDECIDED = ""
    RELEASED = "released"
    HELD = "held"
