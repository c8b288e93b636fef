"""What staff read for the state of a letter: bokmål source texts by outbox state. Pure."""

from outreach.errors import N_
from outreach.outbox.states import State

LETTER_WORDS: dict[str, str] = {
    State.QUEUED.value: N_("I kø"),
    State.CLAIMED.value: N_("Blir laget nå"),
    State.HANDED_OVER.value: N_("Levert til utskrift"),
    State.DELIVERED.value: N_("Framme"),
    State.FAILED.value: N_("Feilet"),
    State.BOUNCED.value: N_("Kom i retur"),
    State.WITHHELD.value: N_("Holdt tilbake"),
    State.UNCERTAIN.value: N_("Usikkert, må sjekkes"),
    "": N_("Ingen brev"),
}
