"""What a guest may leave at a stand, and the link by which it is taken back. Pure.

A guest chooses what to give: a name, one way to be reached, what it is for, and words. It is kept for one partner and
one purpose (GDPR art. 5(1)(b)), on a consent that is withdrawn as easily as it was given (art. 7(3)).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from outreach.errors import N_, OutreachError
from outreach.formats.short_code import CodeShape
from outreach.outbox.states import Channel

OWN_INTEREST = CodeShape(selector_length=9, secret_length=29)
LINK_PURPOSE = "stand-interest"
LONGEST_MESSAGE, LONGEST_ANSWER = 1_000, 2_000
MOST_ANSWERS = 5
# Which words stood at the box when somebody ticked it: raised when their meaning changes (GDPR art. 7(1)).
WORDING = 1
# A guest may think it over on the way home.
OPEN_AFTER_EVENT = timedelta(days=1)


class Purpose(StrEnum):
    """What the guest wants from the partner."""

    WORK = "work"
    JOIN = "join"
    PLOT = "plot"
    OTHER = "other"


PURPOSE_WORDS = {
    Purpose.WORK: N_("Høre mer om jobb, læreplass eller oppgave"),
    Purpose.JOIN: N_("Bli med i laget, eller gjøre noe frivillig"),
    Purpose.PLOT: N_("Høre mer om tomt eller bolig"),
    Purpose.OTHER: N_("Noe annet"),
}


class StandClosedError(OutreachError):
    """The event has long been over, so nobody stands there."""

    message = N_("Arrangementet er over, så du kan ikke legge igjen noe her lenger.")
    http_status = 409


class TooManyAnswersError(OutreachError):
    """More answers than anybody asked for."""

    message = N_("Dere har svart mange nok ganger her. Gjesten kan ta kontakt med dere selv.")
    http_status = 409


@dataclass(frozen=True, kw_only=True)
class Left:
    """What a guest leaves; `contact` is a normalised e-mail address or a number as E.164."""

    name: str
    channel: Channel
    contact: str
    purpose: Purpose
    message: str
    language: str


def is_stand_open(*, ends_at_utc: datetime, now: datetime) -> bool:
    """Say whether a guest may still leave something."""
    return now < ends_at_utc + OPEN_AFTER_EVENT


def interest_url(public_url: str, code: str) -> str:
    """Return the address of the guest's own page about what they left."""
    return f"{public_url}/interesse/{code.lower()}"


def recipient(interest_id: int) -> str:
    """Return the outbox recipient of what is sent to a guest who left something."""
    return f"stand_interest:{interest_id}"
