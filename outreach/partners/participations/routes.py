"""Staff see who takes part in an event, ask partners, note answers, and take the list along."""

from functools import partial
from typing import Any

from flask import Response, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from outreach import clock
from outreach.accounts.access import current_actor, requires
from outreach.accounts.roles import Permission
from outreach.audit.service import record
from outreach.errors import OutreachError
from outreach.events import queries as events
from outreach.events.models import Event
from outreach.formats.norwegian_dates import short_date_time, time_of_day
from outreach.formats.workbook import workbook
from outreach.partners.blueprint import blueprint
from outreach.partners.forms import add_error
from outreach.partners.models import Participation
from outreach.partners.organisations import queries as organisations
from outreach.partners.participation import ROLE_WORDS, Role, State
from outreach.partners.participations import queries, service
from outreach.partners.participations.forms import AddForm, add_form
from outreach.partners.participations.listing import (
    COLUMNS,
    COLUMNS_OF_ALL,
    WIDTHS,
    WIDTHS_OF_ALL,
    Line,
    cells,
    state_words,
)
from outreach.web.languages import current_language
from outreach.web.transactions import aside

__all__ = ["blueprint"]

PATH = "/admin/arrangementer/<slug>/partnere"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get(PATH)
@requires(Permission.PARTNER_SEE)
def list_participations(slug: str) -> Any:
    return _list_page(events.by_slug(slug), add_form(organisations.everybody()))


@blueprint.post(PATH)
@requires(Permission.PARTNER_EDIT)
def add_participation(slug: str) -> Any:
    event, form = events.by_slug(slug), add_form(organisations.everybody())
    if form.validate():
        try:
            partner = organisations.by_id(form.organisation.data)
            row = service.add(event, partner, Role(form.role.data), actor=current_actor(), now=clock.now_utc())
        except OutreachError as error:
            add_error(form.organisation, error)
        else:
            flash(_("Partneren står på lista. Se over, og send invitasjonen."))
            return redirect(url_for("partners.show_participation", slug=slug, participation_id=row.id), 303)
    return _list_page(event, form), 422


@blueprint.get(f"{PATH}.xlsx")
@requires(Permission.PARTNER_SEE)
def participations_file(slug: str) -> Any:
    event = events.by_slug(slug)
    lines = [cells(line_of(row), _) for row in queries.of_event(event.id)]
    aside(partial(_note_export, event.id, len(lines)))
    title = _("Partnere: %(title)s", title=event.title)
    content = workbook(_("Partnere"), title, [_(word) for word in COLUMNS], lines, widths=WIDTHS)
    return _as_file(content, f"{slug}-partnere.xlsx")


@blueprint.get("/admin/partnere.xlsx")
@requires(Permission.PARTNER_SEE)
def partners_file() -> Any:
    language, rows = current_language(), queries.of_events_ahead(clock.now_utc())
    lines = [
        [row.event.title, short_date_time(row.event.starts_at_utc, language), *cells(line_of(row), _)] for row in rows
    ]
    aside(partial(_note_export, None, len(lines)))
    title = _("Partnere på arrangementene som kommer")
    content = workbook(_("Partnere"), title, [_(word) for word in COLUMNS_OF_ALL], lines, widths=WIDTHS_OF_ALL)
    return _as_file(content, "partnere.xlsx")


def line_of(row: Participation) -> Line:
    """Return a participation as the list has it."""
    slot = f"{time_of_day(row.slot_at_utc, current_language())} {row.slot_title}" if row.slot_at_utc else row.slot_title
    contact = row.contact
    return Line(
        name=row.organisation.name,
        number=row.organisation.number or "",
        role=Role(row.role),
        state=State(row.state),
        was_asked=row.asked_at_utc is not None,
        place=row.place,
        power=row.needs_power,
        tables=row.tables,
        screen=row.needs_screen,
        note=row.note or "",
        slot=slot,
        contact=(contact.name or "") if contact else "",
        email=(contact.email or "") if contact else "",
        phone=(contact.phone or "") if contact else "",
        done=sum(task.done_at_utc is not None for task in row.tasks),
        tasks=len(row.tasks),
    )


def _as_file(content: bytes, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, mimetype=_XLSX, headers=headers)


def _list_page(event: Event, form: AddForm) -> str:
    rows = [
        (row, state_words(State(row.state), was_asked=row.asked_at_utc is not None))
        for row in queries.of_event(event.id)
    ]
    return render_template("partners/list_participations.html", event=event, rows=rows, form=form, roles=ROLE_WORDS)


def _note_export(event_id: int | None, number: int) -> None:
    """Write down that the list left: of one event, or of all ahead (None)."""
    act = partial(record, "partner.export", subject_kind="event" if event_id else "partner", subject_id=event_id)
    act(actor=current_actor(), now=clock.now_utc(), number=number)
