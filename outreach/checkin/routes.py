"""The staff page of an event's doors: open a door, see its phones, take access away."""

from flask import flash, redirect, render_template, session, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from outreach import clock
from outreach.accounts.access import current_actor, requires
from outreach.accounts.roles import Permission
from outreach.checkin import queries, service
from outreach.checkin.blueprint import blueprint
from outreach.checkin.choices import service as choosing
from outreach.checkin.choices.queries import choices_of
from outreach.checkin.doors import door_list
from outreach.checkin.forms import DoorForm, InChargeForm, NeedsForm
from outreach.checkin.in_charge.queries import in_charge_of
from outreach.checkin.names.service import pin_of
from outreach.checkin.names.shift_pin import printed
from outreach.checkin.opening import service as opening
from outreach.checkin.pairing import SHOWN_ONCE, DoorIsOpenError, pairing_link
from outreach.checkin.rehearsal import queries as rehearsal
from outreach.events import queries as events
from outreach.formats import phone_number, qr
from outreach.web.error_pages import message_of
from outreach.web.headers import settings_of_app


@blueprint.get("/admin/arrangementer/<slug>/dorer")
@requires(Permission.DOOR_MANAGE)
def show_doors(slug: str) -> str:
    """Show doors and phones, and just after a door is opened its pairing QR, this once."""
    return _rendered(slug, DoorForm(formdata=None), session.pop(SHOWN_ONCE, None))


@blueprint.post("/admin/arrangementer/<slug>/dorer")
@requires(Permission.DOOR_MANAGE)
def open_door(slug: str) -> tuple[str, int] | Response:
    """Make a pairing link for a door."""
    form = DoorForm()
    if not form.validate():
        return _rendered(slug, form, None), 422
    event = events.by_slug(slug)
    try:
        opened = opening.open_new_door(event, form.door.data, actor=current_actor(), now=clock.now_utc())
    except DoorIsOpenError as error:
        form.door.errors = [message_of(error)]
        return _rendered(slug, form, None), error.http_status
    return _shown_once(slug, opened)


@blueprint.post("/admin/arrangementer/<slug>/dorer/ansvarlig")
@requires(Permission.DOOR_MANAGE)
def put_in_charge(slug: str) -> tuple[str, int] | Response:
    """Choose whom the phones say that a volunteer shall fetch."""
    form = InChargeForm()
    if not form.validate():
        return _rendered(slug, DoorForm(formdata=None), None, form), 422
    choosing.put_in_charge(events.by_slug(slug), form.person(), actor=current_actor(), now=clock.now_utc())
    flash(_("Valget er lagret. Telefonene får vite det."))
    return redirect(url_for("checkin.show_doors", slug=slug), 303)


@blueprint.post("/admin/arrangementer/<slug>/dorer/<int:pairing_id>/ny-kode")
@requires(Permission.DOOR_MANAGE)
def renew_link(slug: str, pairing_id: int) -> Response:
    """Make a new pairing link for an open door."""
    pairing = queries.pairing_of_event(events.by_slug(slug).id, pairing_id)
    return _shown_once(slug, opening.renew_link(pairing, actor=current_actor(), now=clock.now_utc()))


@blueprint.post("/admin/arrangementer/<slug>/dorer/<int:pairing_id>/steng")
@requires(Permission.DOOR_MANAGE)
def close_door(slug: str, pairing_id: int) -> Response:
    """End a shift: link and phones stop working."""
    pairing = queries.pairing_of_event(events.by_slug(slug).id, pairing_id)
    service.close_door(pairing, actor=current_actor(), now=clock.now_utc())
    flash(_("Lenken til «%(door)s» er stengt. Telefonene er koblet fra.", door=pairing.door))
    return redirect(url_for("checkin.show_doors", slug=slug), 303)


@blueprint.post("/admin/arrangementer/<slug>/telefoner/<int:device_id>/koble-fra")
@requires(Permission.DOOR_MANAGE)
def let_go_of_device(slug: str, device_id: int) -> Response:
    """Take one phone's access away."""
    device = queries.device_of_event(events.by_slug(slug).id, device_id)
    service.let_go(device, actor=current_actor(), now=clock.now_utc())
    flash(_("«%(name)s» er koblet fra.", name=device.name))
    return redirect(url_for("checkin.show_doors", slug=slug), 303)


def _shown_once(slug: str, opened: service.NewPairing) -> Response:
    session[SHOWN_ONCE] = {"slug": slug, "door": opened.door, "secret": opened.secret}
    return redirect(url_for("checkin.show_doors", slug=slug), 303)


def _rendered(slug: str, form: DoorForm, opened: dict[str, str] | None, in_charge: InChargeForm | None = None) -> str:
    event = events.by_slug(slug)
    shown = opened if opened and opened["slug"] == slug else None
    choices = choices_of(event.id)
    link = pairing_link(settings_of_app().public_url, shown["secret"]) if shown else ""
    return render_template(
        "checkin/show_doors.html",
        event=event,
        form=form,
        choices=choices,
        pin=printed(pin_of(event.id, choices)) if choices.has_names else "",
        in_charge_form=in_charge or _in_charge_form(event.id),
        needs_form=NeedsForm(formdata=None, needs=list(choices.told_needs)),
        link=link,
        link_door=shown["door"] if shown else "",
        link_qr=Markup(qr.svg(link)) if link else "",  # noqa: S704 - our own drawing, digits and letters only
        rehearsals=door_list(rehearsal.pairings(event.id), rehearsal.devices(event.id), {}, now=clock.now_utc()),
        doors=door_list(
            queries.pairings(event.id), queries.devices(event.id), queries.scan_counts(event.id), now=clock.now_utc()
        ),
    )


def _in_charge_form(event_id: int) -> InChargeForm:
    person = in_charge_of(event_id)
    shown = phone_number.shown(person.phone)
    return InChargeForm(formdata=None, in_charge_name=person.name, in_charge_phone=shown)
