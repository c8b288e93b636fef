"""Staff make invitations and revoke one."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from outreach import clock
from outreach.accounts.access import current_actor, requires
from outreach.accounts.roles import Permission
from outreach.audience.forms import SegmentForm
from outreach.audience.segment import UnknownSegmentError
from outreach.events import queries as events
from outreach.invitations import service
from outreach.invitations.blueprint import blueprint
from outreach.invitations.listing import queries
from outreach.register.extract_age import ExtractTooOldError, NoExtractError
from outreach.web.error_pages import message_of

__all__ = ["blueprint"]


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
    except (service.EventNotOpenError, NoExtractError, ExtractTooOldError, UnknownSegmentError) as error:
        # All are raised before anything is written.
        flash(message_of(error), "danger")
        return redirect(url_for("audience.choose_audience", slug=slug, **form.choice()), 303)
    flash(ngettext("%(num)s ny invitasjon er laget.", "%(num)s nye invitasjoner er laget.", made.invitations))
    return redirect(url_for("invitations.list_invitations", slug=slug), 303)


@blueprint.post("/admin/arrangementer/<slug>/invitasjoner/<int:invitation_id>/trekk-tilbake")
@requires(Permission.INVITATION_MAKE)
def revoke(slug: str, invitation_id: int) -> Any:
    """Make the code open nothing any more, and stop a letter that is not sent."""
    invitation = queries.invitation_of(events.by_slug(slug).id, invitation_id)
    service.revoke(invitation, now=clock.now_utc(), actor=current_actor())
    flash(_("Invitasjonen er trukket tilbake. Koden virker ikke lenger."))
    return redirect(url_for("invitations.show_one", slug=slug, invitation_id=invitation_id), 303)
