"""The staff's side of a rehearsal: begin it, the sheet of made-up tickets, end it."""

from flask import flash, redirect, render_template, session, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from outreach import clock
from outreach.accounts.access import current_actor, requires
from outreach.accounts.roles import Permission
from outreach.checkin.blueprint import blueprint
from outreach.checkin.pairing import SHOWN_ONCE
from outreach.checkin.rehearsal import service
from outreach.checkin.rehearsal.guests import GUESTS, shown_code
from outreach.events import queries as events
from outreach.formats import qr
from outreach.formats.short_code import grouped
from outreach.tickets.ticket import qr_payload
from outreach.web.headers import settings_of_app

__all__ = ["blueprint"]


@blueprint.post("/admin/arrangementer/<slug>/dorer/ovelse")
@requires(Permission.DOOR_MANAGE)
def begin_rehearsal(slug: str) -> Response:
    """Open a door to rehearse at; its QR is shown once on the doors' page."""
    event = events.by_slug(slug)
    opened = service.begin(event, door=_("Øvelse"), actor=current_actor(), now=clock.now_utc())
    session[SHOWN_ONCE] = {"slug": slug, "door": opened.door, "secret": opened.secret}
    return redirect(url_for("checkin.show_doors", slug=slug), 303)


@blueprint.get("/admin/arrangementer/<slug>/dorer/ovelse")
@requires(Permission.DOOR_MANAGE)
def show_rehearsal_tickets(slug: str) -> str:
    """Show the made-up tickets, each with what the phone should say of it."""
    event, origin = events.by_slug(slug), settings_of_app().public_url
    codes = [shown_code(guest, event.id, service.code_for) for guest in GUESTS]
    cards = [
        (guest, grouped(code), Markup(qr.svg(qr_payload(origin, code))))  # noqa: S704 - our own drawing of our own code
        for guest, code in zip(GUESTS, codes, strict=True)
    ]
    return render_template("checkin/show_rehearsal_tickets.html", event=event, cards=cards)


@blueprint.post("/admin/arrangementer/<slug>/dorer/ovelse/avslutt")
@requires(Permission.DOOR_MANAGE)
def end_rehearsal(slug: str) -> Response:
    """Let the phones go and delete what was practised."""
    service.end(events.by_slug(slug), actor=current_actor(), now=clock.now_utc())
    flash(_("Øvelsen er avsluttet. Alt som ble skannet, er slettet."))
    return redirect(url_for("checkin.show_doors", slug=slug), 303)
