"""How much is tried of what has no end: all with FULL_MATRIX=1 (`make check-full`), else a part."""

import os

WHOLE = bool(os.environ.get("FULL_MATRIX"))


def histories(whole: int) -> int:
    """Return how many made-up histories a state machine lives through: `whole`, or a third of them.

    Each run makes up others, so that many short runs see as much as a long one.
    """
    return whole if WHOLE else max(whole // 3, 1)
