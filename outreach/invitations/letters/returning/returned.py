"""What a letter that came back means: may it be registered, and must somebody reach the household. Pure.

In: the state of the invitation and of its letter. Out: a verdict, or the error that says why not. The sentence for an
invitation that is not in force is one for every cause, so that nobody can read out of it that somebody is protected.
"""

from enum import StrEnum

from outreach.errors import N_, OutreachError
from outreach.invitations.invitation import State as InvitationState
from outreach.outbox.states import State


class ReturnReason(StrEnum):
    """Why the post could not deliver, as it stands on the envelope."""

    MOVED = "moved"
    UNKNOWN = "unknown"
    INCOMPLETE = "incomplete"
    REFUSED = "refused"
    DECEASED = "deceased"
    OTHER = "other"


class Outcome(StrEnum):
    """`open`: somebody must reach the household; `reached`: done by hand; `again`: a new letter; `closed`: no need."""

    OPEN = "open"
    REACHED = "reached"
    AGAIN = "again"
    CLOSED = "closed"


REASON_WORDS = {
    ReturnReason.MOVED: N_("Flyttet"),
    ReturnReason.UNKNOWN: N_("Ukjent på adressen"),
    ReturnReason.INCOMPLETE: N_("Adressen er ikke fullstendig"),
    ReturnReason.REFUSED: N_("Ville ikke ta imot"),
    ReturnReason.DECEASED: N_("Død"),
    ReturnReason.OTHER: N_("Annet"),
}
OUTCOME_WORDS = {
    Outcome.OPEN: N_("Må nås på annen måte"),
    Outcome.REACHED: N_("Nådd på annen måte"),
    Outcome.AGAIN: N_("Får nytt brev"),
    Outcome.CLOSED: N_("Ikke mer å gjøre"),
}
_SENT = frozenset({State.HANDED_OVER, State.DELIVERED, State.UNCERTAIN})
_NOT_YET = frozenset({State.QUEUED, State.CLAIMED})


class NotSentYetError(OutreachError):
    """The letter waits to be printed, so it cannot have come back."""

    message = N_("Dette brevet er ikke skrevet ut ennå, så det kan ikke ha kommet i retur. Sjekk koden.")
    http_status = 409


class StoppedLetterError(OutreachError):
    """The letter was stopped or failed before it left."""

    message = N_("Dette brevet ble stoppet før det ble sendt. Legg det til side, og spør den som lager brevene.")
    http_status = 409


class AlreadyReturnedError(OutreachError):
    """The letter is registered already. `day`: when."""

    message = N_("Dette brevet er allerede registrert som returnert. Du trenger ikke gjøre noe.")
    http_status = 409


class NoLetterError(OutreachError):
    """The invitation has no letter."""

    message = N_("Denne invitasjonen har ikke noe brev hos oss. Opplysningene kan være slettet. Makuler brevet.")
    http_status = 409


class AlreadyDecidedError(OutreachError):
    """Somebody has gone on with the returned letter."""

    message = N_("Noen har allerede gått videre med dette brevet. Last siden på nytt.")
    http_status = 409


def require_sent(letter: State | None) -> None:
    """Say whether a letter in this state can have come back: nothing when it can.

    Raises NoLetterError, NotSentYetError, StoppedLetterError or AlreadyReturnedError.
    """
    if letter is None:
        raise NoLetterError
    if letter in _NOT_YET:
        raise NotSentYetError
    if letter is State.BOUNCED:
        raise AlreadyReturnedError
    if letter not in _SENT:
        raise StoppedLetterError


def first_outcome(invitation: InvitationState, *, has_answered: bool) -> Outcome:
    """Return what must happen now: a household that has answered got the invitation, and keeps its answer."""
    if has_answered or invitation is not InvitationState.ACTIVE:
        return Outcome.CLOSED
    return Outcome.OPEN


def may_undo(outcome: Outcome) -> bool:
    """Say whether the registration can be taken back: as long as nobody has acted on it."""
    return outcome in (Outcome.OPEN, Outcome.CLOSED)
