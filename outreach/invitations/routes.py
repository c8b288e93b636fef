"""Staff make invitations, look one up by the code that a guest reads aloud, and revoke it."""

from functools import partial
from math import ceil
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from outreach import clock
from outreach.accounts.access import current_actor, requires
from outreach.accounts.roles import Permission
from outreach.audience.forms import SegmentForm
from outreach.audience.segment import UnknownSegmentError
from outreach.errors import NotFoundError, OutreachError
from outreach.events import queries as events
from outreach.events.models import Event
from outreach.formats.short_code import grouped
from outreach.invitations import queries, service
from outreach.invitations.blueprint import blueprint
from outreach.invitations.forms import CodeForm
from outreach.invitations.invitation import STATE_WORDS
from outreach.invitations.letter_words import LETTER_WORDS
from outreach.web.error_pages import message_of
from outreach.web.transactions import aside

__all__ = ["blueprint"]

_WORDS = {"states": {str(state): text for state, text in STATE_WORDS.items()}, "letters": LETTER_WORDS}


@blueprint.get("/admin/arrangementer/<slug>/invitasjoner")
@requires(Permission.INVITATION_MAKE)
def list_invitations(slug: str) -> Any:
    """Show how many invitations are in which state, and the list of them."""
    return _list(events.by_slug(slug), CodeForm())


@blueprint.post("/admin/arrangementer/<slug>/invitasjoner")
@requires(Permission.INVITATION_MAKE)
def create_invitations(slug: str) -> Any:
    """Make what is missing for the chosen segment; say in words why not when it cannot be done."""
    event, form = events.by_slug(slug), SegmentForm(formdata=request.form)
    if not form.validate():
        return redirect(url_for("audience.choose_audience", slug=slug), 303)
    now, actor = clock.now_utc(), current_actor()
    try:
        made = service.create_invitations(event, **form.choice(), now=now, actor=actor)
    except (service.EventNotOpenError, service.RegisterTooOldError, UnknownSegmentError) as error:
        # All are raised before anything is written.
        flash(message_of(error), "danger")
        return redirect(url_for("audience.choose_audience", slug=slug, **form.choice()), 303)
    flash(ngettext("%(num)s ny invitasjon er laget.", "%(num)s nye invitasjoner er laget.", made.invitations))
    return redirect(url_for("invitations.list_invitations", slug=slug), 303)


@blueprint.post("/admin/arrangementer/<slug>/invitasjoner/finn")
@requires(Permission.INVITATION_MAKE)
def find_by_code(slug: str) -> Any:
    """Go to the invitation of a code. By POST, so that no code stands in an address."""
    event, form = events.by_slug(slug), CodeForm()
    if form.validate_on_submit():
        try:
            found = queries.by_code(form.code.data)
        except OutreachError as error:
            form.code.errors = [message_of(error)]
        else:
            if found.event_id == event.id:
                return redirect(url_for("invitations.show_one", slug=slug, invitation_id=found.id), 303)
            form.code.errors = [_("Koden hører til et annet arrangement.")]
    return _list(event, form), 422


@blueprint.get("/admin/arrangementer/<slug>/invitasjoner/<int:invitation_id>")
@requires(Permission.INVITATION_MAKE)
def show_one(slug: str, invitation_id: int) -> Any:
    """Show one invitation: whom it asks, its code, its letter."""
    event = events.by_slug(slug)
    line = queries.line_of(event.id, invitation_id)
    aside(partial(service.note_look, invitation_id, actor=current_actor(), now=clock.now_utc()))
    return render_template("invitations/show_one.html", event=event, line=line, code=grouped(line.code), **_WORDS)


@blueprint.post("/admin/arrangementer/<slug>/invitasjoner/<int:invitation_id>/trekk-tilbake")
@requires(Permission.INVITATION_MAKE)
def revoke(slug: str, invitation_id: int) -> Any:
    """Make the code open nothing any more, and stop a letter that is not sent."""
    line = queries.line_of(events.by_slug(slug).id, invitation_id)
    service.revoke(line.invitation, now=clock.now_utc(), actor=current_actor())
    flash(_("Invitasjonen er trukket tilbake. Koden virker ikke lenger."))
    return redirect(url_for("invitations.show_one", slug=slug, invitation_id=invitation_id), 303)


def _list(event: Event, form: CodeForm) -> str:
    page = max(1, request.args.get("page", 1, type=int))
    lines, number = queries.listed(event.id, page=page)
    pages = max(1, ceil(number / queries.PAGE_SIZE))
    if page > pages:
        raise NotFoundError
    aside(partial(service.note_list_look, event.id, page=page, actor=current_actor(), now=clock.now_utc()))
    return render_template(
        "invitations/list_invitations.html",
        event=event,
        form=form,
        lines=lines,
        page=page,
        pages=pages,
        persons=queries.invited_persons(event.id),
        state_counts=queries.state_counts(event.id),
        letter_counts=queries.letter_counts(event.id),
        **_WORDS,
    )
