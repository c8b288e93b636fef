"""The figures of one event: those that were kept when it was settled, else counted from its rows now."""

from outreach.events.models import Event
from outreach.reports import queries
from outreach.reports.counting import queries as counting
from outreach.reports.figures import Figures
from outreach.reports.funnels import queries as funnels


def figures_of(event: Event) -> Figures:
    """Return the event's figures."""
    funnel = funnels.kept_funnel(event.id)
    if funnel is None:
        return counting.count(event, funnels.counted_funnel(event.id))
    return Figures(funnel, queries.kept_parts(event.id))
