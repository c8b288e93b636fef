"""Staff choose the languages of an event's letters, and note the one that a household reads."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from outreach import clock
from outreach.accounts.access import current_actor, requires
from outreach.accounts.roles import Permission
from outreach.errors import OutreachError
from outreach.events import queries as events
from outreach.events.models import Event
from outreach.invitations.blueprint import blueprint
from outreach.invitations.letters import queries as letters
from outreach.invitations.letters.languages import service
from outreach.invitations.letters.languages.forms import LanguagesForm, language_name
from outreach.invitations.listing import queries
from outreach.web.error_pages import message_of

__all__ = ["blueprint"]


@blueprint.get("/admin/arrangementer/<slug>/brev/sprak")
@requires(Permission.LETTER_BUILD)
def show_languages(slug: str) -> str:
    """Show which languages the letters have, and which households have one of their own."""
    event = events.by_slug(slug)
    return _page(event, LanguagesForm.of(service.choice_of(event)))


@blueprint.post("/admin/arrangementer/<slug>/brev/sprak")
@requires(Permission.LETTER_BUILD)
def choose_languages(slug: str) -> Any:
    """Keep the choice with the event."""
    event = events.by_slug(slug)
    form = LanguagesForm.of(())
    if not form.validate():
        return _page(event, form), 422
    try:
        service.choose(event, form.languages(), actor=current_actor(), now=clock.now_utc())
    except OutreachError as error:
        form.first.errors = [message_of(error)]
        return _page(event, form), error.http_status
    flash(_("Språkene er lagret. Se på et av brevene før du gjør utsendingen klar."))
    return redirect(url_for("invitations.show_letters", slug=slug), 303)


@blueprint.post("/admin/arrangementer/<slug>/invitasjoner/<int:invitation_id>/sprak")
@requires(Permission.INVITATION_MAKE)
def note_language(slug: str, invitation_id: int) -> Any:
    """Note the language of one household."""
    invitation = queries.invitation_of(events.by_slug(slug).id, invitation_id)
    try:
        service.note(invitation, request.form.get("language", ""), actor=current_actor(), now=clock.now_utc())
        flash(_("Språket er lagret."))
    except OutreachError as error:
        flash(message_of(error), "danger")
    return redirect(url_for("invitations.show_one", slug=slug, invitation_id=invitation_id), 303)


def languages_shown(event: Event) -> dict[str, Any]:
    """Return what the letters' page says of their languages."""
    return {"languages_chosen": [language_name(code) for code in service.choice_of(event)]}


def _page(event: Event, form: LanguagesForm) -> str:
    told = {language_name(code): number for code, number in letters.told_languages(event.id).items()}
    return render_template("invitations/letters/choose_languages.html", event=event, form=form, told=told)
