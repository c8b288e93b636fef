"""Where a household of an event stands towards the reminder letter. Pure.

As with mailings one ordered table serves both the count in the database (`queries.py` compiles it) and the last look
before a queued reminder is printed: the first rule that holds decides, so each household stands in one place and the
places add up to the invitations.
"""

from datetime import timedelta
from enum import StrEnum

from outreach.errors import N_
from outreach.outbox.states import Reason

# A letter takes days, and then lies on a kitchen table: nobody is reminded of what came yesterday.
PAUSE = timedelta(days=7)


class Standing(StrEnum):
    """Whether a household gets the letter, or why not."""

    GETS_IT = "gets_it"
    IN_WAVE = "in_wave"
    ANSWERED = "answered"
    DECLINED = "declined"
    ELECTRONIC = "electronic"
    REMINDED = "reminded"
    TOO_SOON = "too_soon"
    NOT_SENT = "not_sent"
    RETURNED = "returned"
    BY_HAND = "by_hand"
    SUPPRESSED = "suppressed"
    REVOKED = "revoked"
    ERASED = "erased"


STANDING_WORDS = {
    Standing.GETS_IT: N_("Får påminnelse i brev"),
    Standing.IN_WAVE: N_("Er allerede med blant påminnelsene"),
    Standing.ANSWERED: N_("Har svart"),
    Standing.DECLINED: N_("Har takket nei"),
    Standing.ELECTRONIC: N_("Kan nås på e-post eller SMS"),
    Standing.REMINDED: N_("Har nylig fått påminnelse på e-post eller SMS"),
    Standing.TOO_SOON: N_("Brevet ble laget for mindre enn sju dager siden"),
    Standing.NOT_SENT: N_("Det første brevet er ikke laget"),
    Standing.RETURNED: N_("Brevet kom i retur"),
    Standing.BY_HAND: N_("Håndteres manuelt"),
    Standing.SUPPRESSED: N_("Vil ikke ha meldinger fra oss"),
    Standing.REVOKED: N_("Invitasjonen er trukket tilbake"),
    Standing.ERASED: N_("Opplysningene er slettet"),
}
# Facts (`queries.py`) in the order in which they decide; whoever is left gets the letter.
RULES: tuple[tuple[Standing, str], ...] = (
    (Standing.IN_WAVE, "is_in_mailing"),
    (Standing.ERASED, "is_erased"),
    (Standing.REVOKED, "is_revoked"),
    (Standing.BY_HAND, "is_protected"),
    (Standing.BY_HAND, "is_set_aside"),
    (Standing.BY_HAND, "is_held_back"),
    (Standing.DECLINED, "is_declined"),
    (Standing.ANSWERED, "is_answered"),
    (Standing.SUPPRESSED, "is_suppressed"),
    (Standing.RETURNED, "is_returned"),
    (Standing.NOT_SENT, "is_not_sent"),
    (Standing.TOO_SOON, "is_sent_lately"),
    (Standing.REMINDED, "is_reminded"),
    (Standing.ELECTRONIC, "has_email"),
    (Standing.ELECTRONIC, "has_mobile"),
)
# Why a reminder that waits to be printed is not due any more. What else may stand against a letter is decided by the
# letters themselves, from the marks of the day.
NOT_DUE = {
    Standing.DECLINED: Reason.ANSWERED,
    Standing.ANSWERED: Reason.ANSWERED,
    Standing.SUPPRESSED: Reason.SUPPRESSED,
    Standing.RETURNED: Reason.NO_ADDRESS,
    Standing.REMINDED: Reason.REPLACED,
    Standing.ELECTRONIC: Reason.REPLACED,
}
