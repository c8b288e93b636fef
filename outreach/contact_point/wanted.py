"""Which of the things that partners offer somebody of the contact point wants to hear of. Pure."""

from collections.abc import Collection

from outreach.audience.interest import Interest
from outreach.partners.opportunity import Kind

KINDS_OF: dict[Interest, frozenset[Kind]] = {
    Interest.JOBS: frozenset({Kind.JOB, Kind.TRAINEE}),
    Interest.SUMMER_JOBS: frozenset({Kind.SUMMER_JOB}),
    Interest.APPRENTICESHIPS: frozenset({Kind.APPRENTICESHIP}),
    Interest.THESES: frozenset({Kind.THESIS}),
    Interest.PLOTS: frozenset({Kind.PLOT}),
    # Who wants to meet people from home may want to do something with them, too.
    Interest.EVENTS: frozenset({Kind.VOLUNTEER}),
}


def wanted_kinds(interests: Collection[Interest]) -> frozenset[Kind]:
    """Return the kinds of offers that fit `interests`."""
    return frozenset(kind for interest in interests for kind in KINDS_OF[interest])
