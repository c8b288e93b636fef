"""Staff compare events and years, exact; the same as files for others, small cells hidden event by event."""

from functools import partial
from typing import Any

from flask import Response, render_template, request
from flask_babel import gettext as _

from outreach import clock
from outreach.accounts.access import current_actor, requires
from outreach.accounts.roles import Permission
from outreach.events.event import Kind
from outreach.events.words import CITY_WORDS, KIND_WORDS
from outreach.reports.blueprint import blueprint
from outreach.reports.figures import BY_HOUSEHOLD, MEASURES, Dimension, Figures
from outreach.reports.report_words import DIMENSION_WORDS, MEASURE_WORDS, bucket_words
from outreach.reports.showing import service
from outreach.reports.showing.routes import as_file
from outreach.reports.years import queries
from outreach.reports.years.years import across, beside_by_year, share, sums_by
from outreach.web.transactions import aside

__all__ = ["blueprint"]

_WORDS = {
    "dimension_words": DIMENSION_WORDS,
    "measure_words": MEASURE_WORDS,
    "bucket": bucket_words,
    "cities": CITY_WORDS,
    "kinds": KIND_WORDS,
    "share": share,
}


@blueprint.get("/admin/rapporter")
@requires(Permission.REPORT_SEE)
def show_years() -> str:
    """Show settled events beside each other: one by one, by year, by city, and by what was chosen."""
    kind, dimension, measure = _chosen()
    past = queries.past_events(kind=kind, dimension=dimension)
    years, buckets = across(past, dimension, measure)
    return render_template(
        "reports/show_years.html",
        past=past,
        by_year=sums_by(past, "year"),
        by_city=sums_by(past, "city"),
        beside=beside_by_year(past),
        years=years,
        buckets=buckets,
        chosen={"kind": kind, "dimension": dimension, "measure": measure},
        dimensions=BY_HOUSEHOLD,
        measures=MEASURES,
        **_WORDS,
    )


@blueprint.get("/admin/rapporter/alle.<any(csv, xlsx):file_kind>")
@requires(Permission.REPORT_SEE)
def years_file(file_kind: str) -> Response:
    """Send everything that may leave the office of every settled event."""
    kind, _dimension, _measure = _chosen()
    past = queries.past_events(kind=kind)
    told = [service.reported(one.title, one.day, one.city, Figures(one.funnel, one.parts)) for one in past]
    aside(partial(service.note_fetched, None, file_kind, actor=current_actor(), now=clock.now_utc()))
    content = service.as_csv(told) if file_kind == "csv" else service.as_xlsx(told, _("Rapport over arrangementer"))
    return as_file(content, file_kind, "rapport-alle")


def _chosen() -> tuple[str, Dimension, str]:
    """Return the kind of event ("" for all), the dimension and the measure that the address asks for."""

    def asked(name: str, known: Any, usual: Any) -> Any:
        typed = request.args.get(name, "")
        return next((one for one in known if one == typed), usual)

    return (
        asked("slag", Kind, ""),
        asked("fordelt", BY_HOUSEHOLD, Dimension.LANGUAGE),
        asked("tall", MEASURES, "attended"),
    )
