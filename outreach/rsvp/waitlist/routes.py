"""Staff look at an event's waiting list, with what freed each offered place, and let one party in with a reason."""

from functools import partial
from math import ceil
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from outreach import clock
from outreach.accounts.access import current_actor, requires
from outreach.accounts.roles import Permission
from outreach.errors import NotFoundError, OutreachError
from outreach.events import queries as events
from outreach.invitations.listing.queries import invitation_of
from outreach.rsvp.blueprint import blueprint
from outreach.rsvp.seats.seat_kinds import KIND_WORDS
from outreach.rsvp.waitlist import place_words, queries, service
from outreach.rsvp.waitlist.forms import OverrideForm
from outreach.rsvp.waitlist.listing import queries as listing
from outreach.rsvp.waitlist.override import REASON_WORDS, Reason
from outreach.rsvp.waitlist.taking import service as taking
from outreach.web.error_pages import message_of
from outreach.web.transactions import aside
from outreach.web.whole_numbers import page_asked_for

__all__ = ["blueprint"]

_WORDS = {
    "states": place_words.STATE_WORDS,
    "freed": place_words.FREED_WORDS,
    "told": place_words.TOLD_WORDS,
    "kinds": KIND_WORDS,
    "reasons": {reason.value: words for reason, words in REASON_WORDS.items()},
}


@blueprint.get("/admin/arrangementer/<slug>/venteliste")
@requires(Permission.INVITATION_MAKE)
def list_waiting(slug: str) -> str:
    """Show who waits, who is asked and until when, and whom staff must call."""
    event, page = events.by_slug(slug), page_asked_for()
    lines, number = listing.listed(event.id, page=page)
    pages = max(1, ceil(number / listing.PAGE_SIZE))
    if page > pages:
        raise NotFoundError
    aside(partial(service.note_look, event.id, page=page, actor=current_actor(), now=clock.now_utc()))
    place = {"event": event, "lines": lines, "page": page, "pages": pages, "counts": queries.counts(event.id)}
    return render_template("rsvp/list_waiting.html", **place, **_WORDS)


@blueprint.get("/admin/arrangementer/<slug>/venteliste/<int:invitation_id>")
@requires(Permission.INVITATION_MAKE)
def ask_to_let_in(slug: str, invitation_id: int) -> str:
    """Ask why a party is let in before its turn."""
    return _asking(slug, invitation_id, OverrideForm())


@blueprint.post("/admin/arrangementer/<slug>/venteliste/<int:invitation_id>")
@requires(Permission.INVITATION_MAKE)
def let_in(slug: str, invitation_id: int) -> Any:
    """Let a party in though there is no room."""
    event, form = events.by_slug(slug), OverrideForm()
    if not form.validate():
        return _asking(slug, invitation_id, form), 422
    invitation = invitation_of(event.id, invitation_id)
    try:
        taking.let_in(invitation, Reason(form.reason.data), actor=current_actor(), now=clock.now_utc())
    except OutreachError as error:
        form.form_errors.append(message_of(error))
        return _asking(slug, invitation_id, form), 409
    flash(_("Husstanden har fått plass."))
    return redirect(url_for("rsvp.list_waiting", slug=slug), 303)


def _asking(slug: str, invitation_id: int, form: OverrideForm) -> str:
    event = events.by_slug(slug)
    line = listing.one(event.id, invitation_id)
    aside(partial(service.note_look, event.id, page=0, actor=current_actor(), now=clock.now_utc()))
    page = {"event": event, "line": line, "form": form, "counts": queries.counts(event.id)}
    return render_template("rsvp/ask_to_let_in.html", **page, **_WORDS)
