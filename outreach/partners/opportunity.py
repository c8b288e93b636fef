"""What a partner offers, and when it may be shown. In: what was typed, states and days. Out: values or faults. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from outreach.errors import N_, OutreachError

LONGEST_TITLE, LONGEST_TEXT, LONGEST_PLACE, LONGEST_WHY = 120, 1_000, 80, 300
MOST_OPEN = 20
_LONGEST_DAYS = 2 * 365


class Kind(StrEnum):
    """What sort of thing is offered."""

    JOB = "job"
    SUMMER_JOB = "summer_job"
    APPRENTICESHIP = "apprenticeship"
    TRAINEE = "trainee"
    THESIS = "thesis"
    PLOT = "plot"
    VOLUNTEER = "volunteer"


class State(StrEnum):
    """How far it has come: only what staff approved is shown."""

    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"
    CLOSED = "closed"


KIND_WORDS = {
    Kind.JOB: N_("Jobb"),
    Kind.SUMMER_JOB: N_("Sommerjobb"),
    Kind.APPRENTICESHIP: N_("Læreplass"),
    Kind.TRAINEE: N_("Trainee"),
    Kind.THESIS: N_("Bachelor- eller masteroppgave"),
    Kind.PLOT: N_("Tomt eller bolig"),
    Kind.VOLUNTEER: N_("Frivillig verv"),
}
STATE_WORDS = {
    State.WAITING: N_("Venter på godkjenning"),
    State.APPROVED: N_("Godkjent"),
    State.REFUSED: N_("Ikke godkjent"),
    State.CLOSED: N_("Tatt ned"),
}
EXPIRED = N_("Fristen er ute")


class PastDeadlineError(OutreachError):
    """The last day has passed."""

    message = N_("Fristen er allerede ute. Velg en dag fram i tid.")


class FarDeadlineError(OutreachError):
    """So far off that it must be a slip."""

    message = N_("Fristen er mer enn to år fram i tid. Sjekk årstallet.")


class TooManyOpenError(OutreachError):
    """More than anybody would read."""

    message = N_("Dere har mange nok muligheter ute nå. Ta ned en før dere legger ut en ny.")


@dataclass(frozen=True, kw_only=True)
class OpportunityDetails:
    """What is offered; `apply_by` is the last day, in Oslo; `link` "" or checked."""

    kind: Kind
    title: str
    text: str
    place: str
    apply_by: date
    link: str


def deadline(day: date, today: date) -> date:
    """Return `day`. Raises PastDeadlineError, FarDeadlineError."""
    if day < today:
        raise PastDeadlineError
    if day > today + timedelta(days=_LONGEST_DAYS):
        raise FarDeadlineError
    return day


def is_shown(state: State, apply_by: date, today: date) -> bool:
    """Say whether guests see it: approved, and its last day is today or later."""
    return state is State.APPROVED and apply_by >= today


def state_words(state: State, apply_by: date, today: date) -> str:
    """Return how far it has come, as a source text; what staff approved or wait with expires by itself."""
    return EXPIRED if apply_by < today and state in (State.APPROVED, State.WAITING) else STATE_WORDS[state]
