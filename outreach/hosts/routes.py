"""Staff say who is a host of an event, send and take back their links, and tell them what they must know."""

from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from outreach import clock
from outreach.accounts.access import current_actor, requires
from outreach.accounts.roles import Permission
from outreach.audit.service import record
from outreach.errors import OutreachError
from outreach.events import queries as events
from outreach.events.models import Event
from outreach.hosts import erasure, queries, service
from outreach.hosts.blueprint import blueprint
from outreach.hosts.forms import HostForm, NotesForm
from outreach.hosts.host import STATE_WORDS, closes_at, host_url, state_of
from outreach.hosts.models import EventHost
from outreach.partners.forms import add_error
from outreach.web.headers import settings_of_app
from outreach.web.transactions import aside

__all__ = ["blueprint"]

PATH = "/admin/arrangementer/<slug>/verter"
_TONES = {"waiting": "warning", "sent": "success", "silent": "neutral", "withdrawn": "neutral"}


@blueprint.get(PATH)
@requires(Permission.PEOPLE_SEE)
def list_hosts(slug: str) -> str:
    event = events.by_slug(slug)
    aside(partial(_note_look, event.id))
    return _page(event)


@blueprint.post(PATH)
@requires(Permission.EVENT_EDIT)
def add_host(slug: str) -> Any:
    event, form = events.by_slug(slug), HostForm()
    if not form.validate():
        return _page(event, form=form), 422
    try:
        service.add(event, form.details(), actor=current_actor(), now=clock.now_utc())
    except OutreachError as error:
        add_error(form.name, error)
        return _page(event, form=form), 422
    flash(_("Verten står på lista. Send lenken når du er klar."))
    return _back(slug)


@blueprint.post(f"{PATH}/praktisk")
@requires(Permission.EVENT_EDIT)
def tell_hosts(slug: str) -> Any:
    event, form = events.by_slug(slug), NotesForm()
    if not form.validate():
        return _page(event, notes=form), 422
    service.tell_all(event, form.words(), actor=current_actor(), now=clock.now_utc())
    flash(_("Lagret. Vertene ser det på siden sin."))
    return _back(slug)


@blueprint.post(f"{PATH}/<int:host_id>/send")
@requires(Permission.EVENT_EDIT)
def send_host_link(slug: str, host_id: int) -> Any:
    row = queries.held(events.by_slug(slug).id, host_id)
    seen = request.form.get("sends", -1, type=int)
    if service.send_link(row, seen_sends=seen, actor=current_actor(), now=clock.now_utc()):
        flash(_("Lenken er lagt i køen."))
    else:
        flash(_("Lenken var sendt allerede. Se om den er kommet før du sender den igjen."), "warning")
    return _back(slug)


@blueprint.post(f"{PATH}/<int:host_id>/<any(trekk, ny_lenke, slett):turn>")
@requires(Permission.EVENT_EDIT)
def settle_host(slug: str, host_id: int, turn: str) -> Any:
    row, actor, now = queries.held(events.by_slug(slug).id, host_id), current_actor(), clock.now_utc()
    if turn == "trekk":
        service.withdraw(row, actor=actor, now=now)
        flash(_("Lenken er trukket tilbake. Siden til verten virker ikke lenger."))
    elif turn == "ny_lenke":
        service.new_link(row, actor=actor, now=now)
        flash(_("Verten har fått en ny lenke. Den gamle virker ikke lenger. Send den nye."))
    else:
        erasure.erase_host(row, actor=actor, now=now)
        flash(_("Alt om verten er slettet."))
    return _back(slug)


def _page(event: Event, *, form: HostForm | None = None, notes: NotesForm | None = None) -> str:
    told = queries.notes_of(event.id)
    return render_template(
        "hosts/list_hosts.html",
        event=event,
        hosts=[(row, *_standing(row)) for row in queries.of_event(event.id)],
        form=form or HostForm(formdata=None, language="nb"),
        notes=notes or NotesForm(formdata=None, text=told.text if told else ""),
        closes_at=closes_at(event.ends_at_utc),
        tones=_TONES,
    )


def _standing(row: EventHost) -> tuple[str, str, str]:
    """Return the host's state, its words, and the address of the page."""
    state = state_of(
        is_withdrawn=row.withdrawn_at_utc is not None,
        said_no=row.no_at_utc is not None,
        was_sent=row.sent_at_utc is not None,
    )
    return state.value, STATE_WORDS[state], host_url(settings_of_app().public_url, queries.code_of(row))


def _note_look(event_id: int) -> None:
    record("host.list", subject_kind="event", subject_id=event_id, actor=current_actor(), now=clock.now_utc())


def _back(slug: str) -> Any:
    return redirect(url_for("hosts.list_hosts", slug=slug), 303)
