"""What people of the contact point can want to hear of: asked when they sign up, and of segments. Pure."""

from enum import StrEnum

from outreach.errors import N_


class Interest(StrEnum):
    """What they want to hear of."""

    JOBS = "jobs"
    SUMMER_JOBS = "summer_jobs"
    APPRENTICESHIPS = "apprenticeships"
    THESES = "theses"
    PLOTS = "plots"
    EVENTS = "events"


INTEREST_WORDS = {
    Interest.JOBS: N_("Jobber"),
    Interest.SUMMER_JOBS: N_("Sommerjobber"),
    Interest.APPRENTICESHIPS: N_("Læreplasser"),
    Interest.THESES: N_("Bachelor- og masteroppgaver"),
    Interest.PLOTS: N_("Tomter og boliger"),
    Interest.EVENTS: N_("Treff og arrangementer"),
}
