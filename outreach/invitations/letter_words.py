"""What staff read for how a letter stands: bokmål source texts by outbox state, or BY_SVARUT. Pure."""

from outreach.errors import N_
from outreach.outbox.states import State

# Handed over to SvarUt instead of to a printer.
BY_SVARUT = "by_svarut"
LETTER_WORDS: dict[str, str] = {
    State.QUEUED.value: N_("I kø"),
    State.CLAIMED.value: N_("Blir laget nå"),
    State.HANDED_OVER.value: N_("Levert til utskrift"),
    BY_SVARUT: N_("Levert til SvarUt"),
    State.DELIVERED.value: N_("Framme"),
    State.FAILED.value: N_("Feilet"),
    State.BOUNCED.value: N_("Kom i retur"),
    State.WITHHELD.value: N_("Holdt tilbake"),
    State.UNCERTAIN.value: N_("Usikkert, må sjekkes"),
    "": N_("Ingen brev"),
}
