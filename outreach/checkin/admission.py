"""What a scan can say and what the server makes of it: the words of the door API (promises.md 8).

In: nothing. Out: closed lists of kinds, lights and classes, and in bokmål what each class asks the volunteer to do.
"""

from enum import StrEnum

from outreach.errors import N_


class ScanKind(StrEnum):
    """What happened at the door."""

    IN = "in"
    OUT = "out"
    UNDO = "undo"
    WALK_IN = "walk_in"


class Light(StrEnum):
    """What the phone showed. Green and amber let the guest in; red did not."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


class ScanClass(StrEnum):
    """What a scan means once all facts are known."""

    FIRST = "first"
    REPEAT = "repeat"
    CLASH = "clash"
    REVOKED = "revoked"
    UNKNOWN = "unknown"
    UNDONE = "undone"


class UnknownReason(StrEnum):
    """Why no ticket of this event fits the code."""

    NEVER_OURS = "never_ours"
    OTHER_EVENT = "other_event"
    INVITATION = "invitation"
    MISTYPED = "mistyped"


CLASS_WORDS = {
    ScanClass.FIRST: N_("Sluppet inn. Billetten er ikke brukt før."),
    ScanClass.REPEAT: N_("Billetten er allerede brukt ved denne døra. Spør om gjesten har vært inne før."),
    ScanClass.CLASH: N_("Billetten er også brukt ved en annen dør. Snakk sammen om hvem som er kommet."),
    ScanClass.REVOKED: N_("Billetten gjelder ikke lenger. Spør om gjesten har en nyere billett."),
    ScanClass.UNKNOWN: N_("Billetten er ikke på lista for dette arrangementet."),
    ScanClass.UNDONE: N_("Skanningen er angret og teller ikke."),
}
