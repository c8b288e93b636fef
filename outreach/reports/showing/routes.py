"""One event's report: the whole walk for staff, exact; and what may leave the office, as CSV, XLSX and on paper.

Files are made of settled figures alone, so that of two files of one event none tells what the other hides.
"""

from datetime import date
from functools import partial
from typing import Any

from flask import Response, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from outreach import clock
from outreach.accounts.access import current_actor, requires
from outreach.accounts.roles import Permission
from outreach.errors import N_, OutreachError
from outreach.events import queries as events
from outreach.events.models import Event
from outreach.reports import queries
from outreach.reports.beside import MEASURES_BESIDE, tables_beside
from outreach.reports.blueprint import blueprint
from outreach.reports.figures import BY_HOUSEHOLD, Dimension
from outreach.reports.funnel_words import figures_shown
from outreach.reports.printed.service import report_pdf
from outreach.reports.reading.queries import figures_of
from outreach.reports.report_words import DIMENSION_WORDS, MEASURE_WORDS, bucket_words
from outreach.reports.settling import service as settling
from outreach.reports.showing import service
from outreach.web.transactions import aside

__all__ = ["blueprint"]

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WORDS = {"dimensions": DIMENSION_WORDS, "measures": MEASURE_WORDS, "bucket": bucket_words}


class NotSettledError(OutreachError):
    """The figures can still change."""

    message = N_("Tallene er ikke gjort opp ennå. Det skjer av seg selv dagen etter arrangementet.")
    http_status = 409


@blueprint.get("/admin/arrangementer/<slug>/rapport")
@requires(Permission.REPORT_SEE)
def show_report(slug: str) -> str:
    """Show the whole walk of one event, by what it can be broken down by."""
    event, now = events.by_slug(slug), clock.now_utc()
    figures = figures_of(event)
    tables = [(one, figures.table(one)) for one in BY_HOUSEHOLD]
    return render_template(
        "reports/show_report.html",
        event=event,
        tables=[(one, table) for one, table in tables if table],
        days=[(date.fromisoformat(day), each) for day, each in figures.table(Dimension.DAY).items()],
        arrivals=figures.table(Dimension.ARRIVAL),
        waitlist=figures.table(Dimension.WAITLIST),
        beside=tables_beside(figures),
        measures_beside=MEASURES_BESIDE,
        settled=queries.settled_at(event.id),
        is_over=event.ends_at_utc <= now,
        **figures_shown(figures.funnel, now=now, is_over=event.ends_at_utc <= now),
        **_WORDS,
    )


@blueprint.post("/admin/arrangementer/<slug>/rapport")
@requires(Permission.EVENT_EDIT)
def settle(slug: str) -> Any:
    """Settle the figures without waiting for the night."""
    event = events.by_slug(slug)
    is_new = settling.settle_by_hand(event, actor=current_actor(), now=clock.now_utc())
    flash(_("Tallene er gjort opp.") if is_new else _("Tallene var gjort opp allerede."))
    return redirect(url_for("reports.show_report", slug=slug), 303)


@blueprint.get("/admin/arrangementer/<slug>/rapport.<any(csv, xlsx, pdf):file_kind>")
@requires(Permission.REPORT_SEE)
def report_file(slug: str, file_kind: str) -> Response:
    """Send the report as a file, small cells hidden."""
    event = events.by_slug(slug)
    if queries.settled_at(event.id) is None:
        raise NotSettledError
    aside(partial(service.note_fetched, event.id, file_kind, actor=current_actor(), now=clock.now_utc()))
    return as_file(_content(event, file_kind), file_kind, f"rapport-{slug}")


def as_file(content: bytes, file_kind: str, name: str) -> Response:
    """Return `content` as a download called `name`."""
    kinds = {"csv": "text/csv; charset=utf-8", "xlsx": _XLSX, "pdf": "application/pdf"}
    headers = {"Content-Disposition": f'attachment; filename="{name}.{file_kind}"', "Cache-Control": "no-store"}
    return Response(content, content_type=kinds[file_kind], headers=headers)


def _content(event: Event, file_kind: str) -> bytes:
    day = event.starts_at_utc.astimezone(clock.OSLO).date()
    one = service.reported(event.title, day, event.city, figures_of(event))
    if file_kind == "csv":
        return service.as_csv([one])
    if file_kind == "xlsx":
        return service.as_xlsx([one], event.title)
    return report_pdf(event, one.published, made=clock.today_oslo())
