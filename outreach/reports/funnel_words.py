"""What each figure of the funnel is called, in bokmål source texts, and which figures the chart shows."""

from datetime import datetime
from typing import Any

from outreach.errors import N_
from outreach.reports.funnel import Funnel

FIGURE_WORDS = {
    "invited": N_("Invitert"),
    "delivered": N_("Brev levert til utskrift"),
    "returned": N_("Brev i retur"),
    "waiting": N_("Brev venter"),
    "withheld": N_("Brev holdt tilbake"),
    "failed": N_("Brev feilet"),
    "uncertain": N_("Brev usikkert"),
    "answered": N_("Har svart"),
    "unanswered": N_("Har ikke svart"),
    "coming": N_("Inviterte som kommer"),
    "extra_guests": N_("Ekstra barn som kommer"),
    "attending": N_("Kommer i alt"),
    "declined": N_("Kommer ikke"),
    "waitlisted": N_("På venteliste"),
    "offered": N_("Har fått tilbud om plass"),
    "offer_expired": N_("Svarte ikke på tilbud om plass"),
    "attended": N_("Møtte opp"),
    "no_show": N_("Kom ikke likevel"),
    "walk_ins": N_("Kom uten påmelding"),
    "signed_up": N_("Meldte seg på selv, uten invitasjon"),
    "signed_up_coming": N_("Selv påmeldte som kommer"),
    "signed_up_waiting": N_("Selv påmeldte på venteliste"),
    "signed_up_cancelled": N_("Selv påmeldte som ikke kommer likevel"),
}
# Until the evening is over, nobody has stayed away.
NOT_YET = N_("Har ikke kommet ennå")
CHART = ("invited", "delivered", "answered", "attending", "attended")
EXPLAINED = (
    ("invited", ("delivered", "returned", "waiting", "withheld", "failed", "uncertain")),
    ("invited", ("answered", "unanswered")),
    ("answered", ("coming", "declined", "waitlisted", "offered", "offer_expired")),
    ("signed_up", ("signed_up_coming", "signed_up_waiting", "signed_up_cancelled")),
    ("attending", ("coming", "extra_guests", "signed_up_coming")),
    ("attending", ("attended", "no_show")),
)


def figures_shown(funnel: Funnel, *, now: datetime, is_over: bool) -> dict[str, Any]:
    """Return what the funnel's part of a page is made of. `now`: when it was counted."""
    figures = funnel.figures()
    return {
        "figures": figures,
        "words": FIGURE_WORDS if is_over else {**FIGURE_WORDS, "no_show": NOT_YET},
        "chart": [(FIGURE_WORDS[name], figures[name]) for name in CHART],
        "explained": EXPLAINED,
        "counted_at": now,
    }
