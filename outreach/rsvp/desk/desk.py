"""What the front desk may do and must say: why an answer is taken late, how somebody got in touch, a note. Pure.

The reason is a choice and no free text, since it stands in the audit trail, which names nobody. The note is free text,
sealed, and goes with the event's people.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from outreach.errors import N_, OutreachError
from outreach.invitations.invitation import EventTerms
from outreach.people.person import clean_text
from outreach.rsvp.standing import is_open

NOTE_LIMIT = 1_000
# With a character or two forgotten. The alphabet of codes has no vowel but Y (formats/short_code.py).
_SHORTEST_CODE = 9
_VOWELS = frozenset("AEIOUÆØÅ")


class LateReason(StrEnum):
    """Why an answer is taken after the last day for answers."""

    IN_TIME = "in_time"
    ROOM = "room"
    REGRET = "regret"
    MISTAKE = "mistake"


LATE_WORDS = {
    LateReason.IN_TIME: N_("De svarte i tide, på papir eller telefon"),
    LateReason.ROOM: N_("Det er plass og mat til dem"),
    LateReason.REGRET: N_("De kan ikke komme likevel"),
    LateReason.MISTAKE: N_("Det er gjort en feil som ikke er deres"),
}


class Way(StrEnum):
    """How somebody got in touch."""

    PHONE = "phone"
    VISIT = "visit"
    LETTER = "letter"


WAY_WORDS = {
    Way.PHONE: N_("Ringte"),
    Way.VISIT: N_("Kom innom"),
    Way.LETTER: N_("Skrev brev eller svarslipp"),
}


class Taken(StrEnum):
    """Whether the desk takes answers now: as the household itself could, after the deadline with a reason, or not."""

    OPEN = "open"
    LATE = "late"
    CLOSED = "closed"


class LateReasonNeededError(OutreachError):
    """The last day for answers has passed, and nobody said why this one is taken all the same."""

    message = N_("Fristen har gått ut. Velg hvorfor dere tar imot svaret likevel.")


class NothingFoundError(OutreachError):
    """Nobody of this name is asked to a coming event, or the code is none that is in force there."""

    message = N_("Vi finner ingen invitasjon som gjelder. Prøv med mindre av navnet, eller med koden fra brevet.")


class NoTicketError(OutreachError):
    """The household has no ticket that is in force."""

    message = N_("Husstanden har ingen billett. De må svare ja og ha plass først.")
    http_status = 409


class NoSmsError(NoTicketError):
    """The municipality sends no SMS."""

    message = N_("Herfra går det ikke SMS. Send billetten på e-post, eller skriv den ut.")


class NoAddressError(OutreachError):
    """There is nothing to send the ticket to."""

    message = N_("Skriv hvor billetten skal sendes.")


class EmptyNoteError(OutreachError):
    """Nothing was written."""

    message = N_("Skriv kort hva som ble sagt.")


class LongNoteError(OutreachError):
    """More was written than is kept."""

    message = N_("Merknaden er for lang. Du har skrevet %(typed)s tegn, og det er plass til %(most)s.")


@dataclass(frozen=True)
class Noted:
    """A note as staff read it. `by`: the e-mail of who wrote it, empty when the account is gone."""

    at_utc: datetime
    way: Way
    text: str
    by: str


def answers_are(event: EventTerms, *, now: datetime, today: date) -> Taken:
    """Return whether answers to `event` are taken at the desk at `now`, `today` in Europe/Oslo: until it begins."""
    if event.state != "published" or now >= event.starts_at_utc:
        return Taken.CLOSED
    return Taken.OPEN if is_open(event.state, event.answer_by, today) else Taken.LATE


def kept_note(typed: str) -> str:
    """Return the note that is kept of `typed`, its lines apart. Raises EmptyNoteError or LongNoteError."""
    lines = (clean_text(line) for line in typed.replace("\r\n", "\n").split("\n"))
    text = "\n".join(lines).strip()
    if not text:
        raise EmptyNoteError
    if len(text) > NOTE_LIMIT:
        raise LongNoteError(typed=len(text), most=NOTE_LIMIT)
    return text


def is_code(typed: str) -> bool:
    """Say whether `typed` is meant as a code and not as a name: it has digits, or is long and without vowels."""
    letters = [char for char in typed.upper() if char.isalnum()]
    has_digits = any(char.isdecimal() for char in letters)
    return has_digits or (len(letters) >= _SHORTEST_CODE and not _VOWELS.intersection(letters))
