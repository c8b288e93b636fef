"""What a question can be, which step may follow which, and what was typed made into what is kept. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from outreach.errors import N_, OutreachError
from outreach.people.person import clean_text

MOST_CHARACTERS = 2_000


class Status(StrEnum):
    """How far a question has come."""

    NEW = "new"
    TAKEN = "taken"
    ANSWERED = "answered"
    CLOSED = "closed"


class Way(StrEnum):
    """How it was answered; `none` until it is."""

    NONE = ""
    EMAIL = "email"
    PHONE = "phone"


STATUS_WORDS = {
    Status.NEW: N_("Nytt"),
    Status.TAKEN: N_("Blir besvart"),
    Status.ANSWERED: N_("Besvart"),
    Status.CLOSED: N_("Lukket"),
}
_NEXT = {
    Status.NEW: frozenset({Status.TAKEN, Status.ANSWERED, Status.CLOSED}),
    Status.TAKEN: frozenset({Status.TAKEN, Status.ANSWERED, Status.CLOSED}),
    Status.ANSWERED: frozenset({Status.CLOSED}),
    Status.CLOSED: frozenset[Status](),
}
OPEN = (Status.NEW, Status.TAKEN)


class QuestionMovedOnError(OutreachError):
    """Somebody else was first."""

    message = N_("Noen andre har allerede svart på eller lukket dette spørsmålet. Last siden på nytt.")
    http_status = 409


class NoAddressError(OutreachError):
    """There is nowhere to send an answer."""

    message = N_("Den som spør, har ikke gitt noen e-postadresse. Svar på telefon eller på annen måte.")


class EmptyTextError(OutreachError):
    """Nothing was written."""

    message = N_("Skriv hva du lurer på.")


class TooLongTextError(OutreachError):
    """More was written than is taken."""

    message = N_("Teksten er for lang. Du har skrevet %(typed)s tegn, og det er plass til %(most)s.")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question as it came. `email` and `mobile` are normalised, or None."""

    text: str
    email: str | None = None
    mobile: str | None = None
    language: str = "nb"
    event_id: int | None = None
    invitation_id: int | None = None


def require_step(now: Status, then: Status) -> None:
    """Raise QuestionMovedOnError unless a question in status `now` may come to `then`."""
    if then not in _NEXT[now]:
        raise QuestionMovedOnError


def kept_text(typed: str) -> str:
    """Return what is kept of a text: line by line in NFC, without control characters, at most one empty line running.

    Raises EmptyTextError or TooLongTextError.
    """
    lines = [clean_text(line) for line in typed.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    kept = [line for number, line in enumerate(lines) if line or (number and lines[number - 1])]
    text = "\n".join(kept).strip("\n")
    if not text:
        raise EmptyTextError
    if len(text) > MOST_CHARACTERS:
        raise TooLongTextError(typed=len(text), most=MOST_CHARACTERS)
    return text
