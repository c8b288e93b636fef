"""What the organiser chooses for the doors, from the doors' page."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from outreach import clock
from outreach.accounts.access import current_actor, requires
from outreach.accounts.roles import Permission
from outreach.checkin.blueprint import blueprint
from outreach.checkin.choices import service
from outreach.checkin.forms import NeedsForm
from outreach.events import queries as events

__all__ = ["blueprint"]


@blueprint.post("/admin/arrangementer/<slug>/dorer/navn/<any(pa, av):state>")
@requires(Permission.DOOR_MANAGE)
def choose_names(slug: str, state: str) -> Response:
    """Turn the search of names on or off."""
    is_on = state == "pa"
    service.search_names(events.by_slug(slug), is_on=is_on, actor=current_actor(), now=clock.now_utc())
    flash(_("Navnesøk er slått på.") if is_on else _("Navnesøk er slått av. Telefonene glemmer navnene."))
    return _back(slug)


@blueprint.post("/admin/arrangementer/<slug>/dorer/ny-pin")
@requires(Permission.DOOR_MANAGE)
def renew_pin(slug: str) -> Response:
    """Make a new PIN."""
    service.renew_pin(events.by_slug(slug), actor=current_actor(), now=clock.now_utc())
    flash(_("Det er laget en ny PIN-kode. Den gamle åpner ikke lenger det telefonene henter."))
    return _back(slug)


@blueprint.post("/admin/arrangementer/<slug>/dorer/behov")
@requires(Permission.DOOR_MANAGE)
def choose_needs(slug: str) -> Response:
    """Choose which needs the phones tell."""
    form = NeedsForm()
    needs = (form.needs.data or []) if form.validate() else []
    service.tell_needs(events.by_slug(slug), needs, actor=current_actor(), now=clock.now_utc())
    flash(_("Valget er lagret. Telefonene får vite det."))
    return _back(slug)


def _back(slug: str) -> Response:
    return redirect(url_for("checkin.show_doors", slug=slug), 303)
