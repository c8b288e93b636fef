"""How staff read what a household answered to an invitation: text by the state of its answer, "" for none."""

from outreach.errors import N_

ANSWER_WORDS = {
    "attending": N_("Kommer"),
    "declined": N_("Kommer ikke"),
    "cancelled": N_("Har meldt avbud"),
    "waitlisted": N_("Står på venteliste"),
    "offered": N_("Har fått tilbud om plass"),
    "expired": N_("Svarte ikke på tilbud om plass"),
    "": N_("Ikke svart"),
}
