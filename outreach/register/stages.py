"""How far an upload has come, and what works on it. Pure: names and their order.

CHECKING (it is read) → COLUMNS (a person says what the columns are, then it is read again) → WAITING (for
a yes or a no) → ACCEPTING (it is stored) → gone, with a `RegisterImport` of the same id. UNUSABLE ends it.
"""

from enum import StrEnum


class Stage(StrEnum):
    """Where an upload stands."""

    COLUMNS = "columns"
    CHECKING = "checking"
    WAITING = "waiting"
    ACCEPTING = "accepting"
    UNUSABLE = "unusable"


class JobKind(StrEnum):
    """What a worker does with an upload."""

    CHECK = "check"
    ACCEPT = "accept"


class MappingOrigin(StrEnum):
    """Who said which column is which field; RECOGNISED also when there are no columns."""

    RECOGNISED = "recognised"
    REMEMBERED = "remembered"
    CHOSEN = "chosen"


AT_WORK = frozenset({Stage.CHECKING, Stage.ACCEPTING})
# Stages from which a person may choose columns and encoding anew.
CORRECTABLE = frozenset({Stage.COLUMNS, Stage.WAITING, Stage.UNUSABLE})
