"""What work on letters can be asked for, and how far it has come. Pure."""

from datetime import timedelta
from enum import StrEnum

from outreach.errors import N_, OutreachError

# Files wait so long for somebody to say that they are with the printer.
KEPT = timedelta(days=14)
PICTURES_A_PAGE = 12


class JobKind(StrEnum):
    """`build`: the letters that wait; `reprint`: those printed before, a named act; `pictures`: a look at all first."""

    BUILD = "build"
    REPRINT = "reprint"
    PICTURES = "pictures"


class Stage(StrEnum):
    """`done`: the files lie there; `erased`: they did."""

    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    FAILED = "failed"
    ERASED = "erased"


BUSY = (Stage.WAITING, Stage.WORKING)


class JobAtWorkError(OutreachError):
    """Work on the event's letters waits or is at work."""

    message = N_("Brevene til dette arrangementet lages allerede. Vent til det er ferdig.")
    http_status = 409


class NoLettersError(OutreachError):
    """Nothing waits."""

    message = N_("Ingen brev venter på utskrift.")


class ChangedSinceError(OutreachError):
    """What was made ready is another set of letters than what waits now."""

    message = N_("Noe er endret siden utsendingen ble gjort klar. Gjør den klar på nytt, og få den godkjent.")


class FilesGoneError(OutreachError):
    """The files were erased."""

    message = N_("Filene er slettet.")
    http_status = 410
