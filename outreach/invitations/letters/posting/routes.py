"""Staff hand a batch of letters to SvarUt, and have printed what SvarUt could not deliver."""

from typing import Any

from flask import flash, redirect, url_for
from flask_babel import ngettext

from outreach import clock
from outreach.accounts.access import current_actor, requires
from outreach.accounts.roles import Permission
from outreach.errors import NotFoundError
from outreach.events import queries as events
from outreach.invitations.blueprint import blueprint
from outreach.invitations.letters.posting import service
from outreach.messages.queries import batch_by_reference

__all__ = ["blueprint"]


@blueprint.post("/admin/arrangementer/<slug>/brev/svarut/<reference>")
@requires(Permission.LETTER_BUILD)
def post_letters(slug: str, reference: str) -> Any:
    """Give the letters of a batch to SvarUt."""
    event, batch = events.by_slug(slug), batch_by_reference(reference)
    if batch is None or batch.event_id != event.id:
        raise NotFoundError
    number = service.hand_over(event, batch, actor=current_actor(), now=clock.now_utc())
    flash(ngettext("%(num)s brev er på vei til SvarUt.", "%(num)s brev er på vei til SvarUt.", number))
    return redirect(url_for("invitations.show_letters", slug=slug), 303)


@blueprint.post("/admin/arrangementer/<slug>/brev/skriv-ut-i-stedet")
@requires(Permission.LETTER_BUILD)
def print_letters_instead(slug: str) -> Any:
    """Have printed what SvarUt refused or could not deliver."""
    number = service.print_instead(events.by_slug(slug), actor=current_actor(), now=clock.now_utc())
    flash(ngettext("%(num)s brev venter på utskrift igjen.", "%(num)s brev venter på utskrift igjen.", number))
    return redirect(url_for("invitations.show_letters", slug=slug), 303)
