"""Staff ask Enhetsregisteret about a partner, where that is switched on, and print the sheet of a stand."""

from typing import Any

from flask import Response, abort, flash, redirect, url_for
from flask_babel import gettext as _

from outreach import clock
from outreach.accounts.access import current_actor, requires
from outreach.accounts.roles import Permission
from outreach.events import queries as events
from outreach.partner_page.blueprint import blueprint
from outreach.partner_page.looking_up import service
from outreach.partner_page.stands.service import stand_pdf
from outreach.partner_page.transports import business_register
from outreach.partners.organisations import queries
from outreach.partners.participations import queries as participations
from outreach.partners.standing import STANDING_WORDS
from outreach.web.headers import settings_of_app
from outreach.web.transactions import begin_to_write, reads_first

__all__ = ["blueprint"]


@blueprint.post("/admin/partnere/<int:organisation_id>/enhetsregisteret")
@requires(Permission.PARTNER_EDIT)
@reads_first
def look_up(organisation_id: int) -> Any:
    url, number = settings_of_app().services.business_register_url, queries.by_id(organisation_id).number
    actor = current_actor()
    if not url:
        abort(404)
    if not number:
        raise service.NoNumberError
    # Nothing is locked while the network is asked.
    found = business_register.ask(url, number)
    if found is None:
        raise service.RegisterSilentError
    begin_to_write()
    service.note(queries.by_id(organisation_id), number, found, actor=actor, now=clock.now_utc())
    flash(_("Enhetsregisteret svarte: %(words)s", words=_(STANDING_WORDS[found.standing])))
    return redirect(url_for("partners.show_partner", organisation_id=organisation_id), 303)


@blueprint.get("/admin/arrangementer/<slug>/partnere/<int:participation_id>/standark.pdf")
@requires(Permission.PARTNER_SEE)
def stand_sheet(slug: str, participation_id: int) -> Any:
    row = participations.of_event_by_id(events.by_slug(slug).id, participation_id)
    headers = {"Content-Disposition": f'attachment; filename="stand-{slug}.pdf"'}
    return Response(stand_pdf(row, today=clock.today_oslo()), mimetype="application/pdf", headers=headers)
