"""The staff's side of the printed list: make it, fetch it, type marks in, hold them up against the scans."""

from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from outreach import clock
from outreach.accounts.access import current_actor, requires
from outreach.accounts.roles import Permission
from outreach.checkin.blueprint import blueprint
from outreach.checkin.choices.queries import choices_of
from outreach.checkin.crowd.service import crowd_of
from outreach.checkin.names.service import pin_of
from outreach.checkin.names.shift_pin import printed
from outreach.checkin.paper import queries, service
from outreach.checkin.paper.marks import DIFFERENCE_WORDS, OTHERS, differing, read_marks
from outreach.checkin.paper.models import PaperSheet
from outreach.checkin.paper.printing import service as printing
from outreach.events import queries as events
from outreach.events.models import Event

__all__ = ["blueprint"]


@blueprint.get("/admin/arrangementer/<slug>/papir")
@requires(Permission.DOOR_MANAGE)
def show_paper(slug: str) -> str:
    """Show the list's sheets, and on which lines paper and phones differ."""
    event = events.by_slug(slug)
    lines = queries.typed_lines(event.id, crowd_of(event.id).persons_by_ticket)
    sheets = queries.sheets(event.id)
    return render_template(
        "checkin/show_paper.html",
        event=event,
        sheets=sheets,
        line_counts=queries.line_counts(event.id),
        typed=len(lines),
        agreeing=sum(1 for line in lines if not line.difference),
        differing=differing(lines),
        difference_words=DIFFERENCE_WORDS,
        is_open=any(sheet.others_came is not None and sheet.brought_at_utc is None for sheet in sheets),
        pin=printed(pin_of(event.id, choices_of(event.id))),
    )


@blueprint.post("/admin/arrangementer/<slug>/papir")
@requires(Permission.DOOR_MANAGE)
def make_paper(slug: str) -> AnyResponse:
    """Make the list from who comes now."""
    count = service.make_list(events.by_slug(slug), actor=current_actor(), now=clock.now_utc())
    flash(ngettext("Lista er laget: %(num)s ark.", "Lista er laget: %(num)s ark.", count))
    return _back(slug)


@blueprint.post("/admin/arrangementer/<slug>/papir/<any(pdf, fil):form>")
@requires(Permission.DOOR_MANAGE)
def fetch_paper(slug: str, form: str) -> Response:
    """Send the list with its names; who fetched it is noted."""
    event, now = events.by_slug(slug), clock.now_utc()
    content: Any = printing.list_pdf(event, now=now) if form == "pdf" else printing.list_file(event)
    service.fetched(event, form, actor=current_actor(), now=now)
    # Never a page of ours: the file runs a script of its own.
    name, mimetype = (
        ("gjesteliste.pdf", "application/pdf") if form == "pdf" else ("gjesteliste.html", "application/octet-stream")
    )
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, mimetype=mimetype, headers=headers)


@blueprint.get("/admin/arrangementer/<slug>/papir/ark/<int:number>")
@requires(Permission.DOOR_MANAGE)
def show_sheet(slug: str, number: int) -> str:
    """Show the form of one sheet, as it lies on the table."""
    event = events.by_slug(slug)
    sheet = queries.sheet(event.id, number)
    typed = {str(line.number): str(line.came) for line in queries.lines(sheet.id) if line.came}
    typed[OTHERS] = str(sheet.others_came or "")
    return _sheet_page(event, sheet, typed, [])


@blueprint.post("/admin/arrangementer/<slug>/papir/ark/<int:number>")
@requires(Permission.DOOR_MANAGE)
def type_sheet(slug: str, number: int) -> Any:
    """Keep what was written on one sheet."""
    event = events.by_slug(slug)
    sheet = queries.sheet(event.id, number, is_held=True)
    typed = request.form.to_dict()
    marks, faults = read_marks(typed, [line.number for line in queries.lines(sheet.id)])
    if faults:
        return _sheet_page(event, sheet, typed, faults), 422
    service.type_in(sheet, marks, actor=current_actor(), now=clock.now_utc())
    flash(_("Ark %(number)s er lagret.", number=number))
    return _back(slug)


@blueprint.post("/admin/arrangementer/<slug>/papir/for-inn")
@requires(Permission.DOOR_MANAGE)
def bring_paper_in(slug: str) -> AnyResponse:
    """Turn what the phones lack into facts."""
    persons = service.bring_in(events.by_slug(slug), actor=current_actor(), now=clock.now_utc())
    flash(ngettext("%(num)s person er ført inn fra papiret.", "%(num)s personer er ført inn fra papiret.", persons))
    return _back(slug)


def _sheet_page(event: Event, sheet: PaperSheet, typed: dict[str, str], faults: list[str]) -> str:
    lines = printing.list_lines(event)[sheet.number - 1]
    return render_template(
        "checkin/show_paper_sheet.html",
        event=event,
        sheet=sheet,
        lines=lines,
        typed=typed,
        faults=faults,
        others=OTHERS,
    )


def _back(slug: str) -> AnyResponse:
    return redirect(url_for("checkin.show_paper", slug=slug), 303)
