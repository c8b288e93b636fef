"""The evening on one page, kept fresh while it is in sight; the door lead puts right what phones cannot."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from outreach import clock
from outreach.accounts.access import current_actor, requires
from outreach.accounts.roles import Permission
from outreach.checkin import queries
from outreach.checkin.admission import CLASS_WORDS
from outreach.checkin.blueprint import blueprint
from outreach.checkin.choices.door_choices import DOOR_NEEDS
from outreach.checkin.crowd.service import crowd_of
from outreach.checkin.door_feed import with_endings
from outreach.checkin.doors import door_list
from outreach.checkin.evening import queries as evening_queries
from outreach.checkin.evening import service
from outreach.checkin.evening.arrivals import arrivals
from outreach.checkin.evening.desk import HouseFullError, Settlement, StaleFormError, free_places, recent
from outreach.checkin.evening.forms import FactForm, WalkInForm
from outreach.checkin.service import code_of
from outreach.events import queries as events
from outreach.events.models import Event
from outreach.rsvp.needs_list.needs import NEED_WORDS
from outreach.web.error_pages import message_of

__all__ = ["blueprint"]


@blueprint.get("/admin/arrangementer/<slug>/kvelden")
@requires(Permission.DOOR_MANAGE)
def show_evening(slug: str) -> str:
    return _page(events.by_slug(slug), _new_walk_in())


@blueprint.post("/admin/arrangementer/<slug>/kvelden/uten-billett")
@requires(Permission.DOOR_MANAGE)
def let_in_without_ticket(slug: str) -> Any:
    event, form, now = events.by_slug(slug), WalkInForm(), clock.now_utc()
    if not form.validate():
        return _page(event, form), 422
    persons = form.persons.data or 0
    try:
        service.let_in(
            event, persons, is_forced=form.is_forced.data, fact_id=_fact_id(form), actor=current_actor(), now=now
        )
    except HouseFullError as error:
        form.persons.errors = [message_of(error)]
        return _page(event, form), error.http_status
    flash(ngettext("%(num)s person er sluppet inn.", "%(num)s personer er sluppet inn.", persons))
    return _back(slug)


@blueprint.post("/admin/arrangementer/<slug>/kvelden/angre/<scan_id>")
@requires(Permission.DOOR_MANAGE)
def take_scan_back(slug: str, scan_id: str) -> Response:
    event, form = events.by_slug(slug), FactForm()
    service.take_back(event, scan_id, fact_id=_fact_id(form), actor=current_actor(), now=clock.now_utc())
    flash(_("Skanningen er angret. Telefonene får vite det."))
    return _back(slug)


@blueprint.post("/admin/arrangementer/<slug>/kvelden/to-dorer/<scan_id>/<any(samme, to):settlement>")
@requires(Permission.DOOR_MANAGE)
def settle_clash(slug: str, scan_id: str, settlement: str) -> Response:
    event, form, chosen = events.by_slug(slug), FactForm(), Settlement(settlement)
    service.settle(event, scan_id, chosen, fact_id=_fact_id(form), actor=current_actor(), now=clock.now_utc())
    flash(
        _("Det var samme gjest. Ingen telles to ganger.")
        if chosen is Settlement.SAME
        else _("Begge er talt med, den siste uten billett.")
    )
    return _back(slug)


@blueprint.post("/admin/arrangementer/<slug>/kvelden/steng")
@requires(Permission.DOOR_MANAGE)
def close_evening(slug: str) -> Response:
    phones = service.close_evening(events.by_slug(slug), actor=current_actor(), now=clock.now_utc())
    flash(
        ngettext(
            "Kvelden er avsluttet. %(num)s telefon er koblet fra.",
            "Kvelden er avsluttet. %(num)s telefoner er koblet fra.",
            phones,
        )
    )
    return _back(slug)


def _page(event: Event, form: WalkInForm) -> str:
    now = clock.now_utc()
    links, phones = queries.pairings(event.id), queries.devices(event.id)
    doors = door_list(links, phones, queries.scan_counts(event.id), now=now)
    return render_template(
        "checkin/show_evening.html",
        event=event,
        form=form,
        new_fact_id=service.new_fact_id,
        class_words=CLASS_WORDS,
        need_words=NEED_WORDS,
        doors=doors,
        has_open_doors=any(door.is_open or any(phone.is_open for phone in door.phones) for door in doors),
        counted_at=now,
        **_figures(event),
    )


def _figures(event: Event) -> dict[str, Any]:
    crowd = crowd_of(event.id)
    step, steps = arrivals(crowd.came)
    return {
        "count": crowd.headcount(queries.doors(event.id)),
        "expected": crowd.persons_on_tickets,
        "free": free_places(event.capacity, on_tickets=crowd.persons_on_tickets, walked_in=crowd.walked_in),
        "step": step,
        "arrivals": steps,
        "clashes": with_endings(crowd.clashes, crowd.tickets.values(), code_of),
        "recent": recent(evening_queries.latest(event.id), crowd.outcomes),
        "needs": evening_queries.needs(event.id, kinds=DOOR_NEEDS, here=crowd.persons_by_ticket),
    }


def _new_walk_in() -> WalkInForm:
    form = WalkInForm(formdata=None)
    form.fact_id.data = service.new_fact_id()
    return form


def _fact_id(form: FactForm) -> str:
    if not form.fact_id.validate(form):
        raise StaleFormError
    return str(form.fact_id.data)


def _back(slug: str) -> Response:
    return redirect(url_for("checkin.show_evening", slug=slug), 303)
