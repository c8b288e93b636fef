"""Staff ask for release, release as a second person, pause, resume and stop a mailing."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from outreach import clock
from outreach.accounts.access import can, current_actor, requires
from outreach.accounts.roles import Permission
from outreach.audit.actor import Actor
from outreach.errors import OutreachError
from outreach.mailings import queries, service
from outreach.mailings.blueprint import at, blueprint
from outreach.mailings.forms import ScheduleForm
from outreach.mailings.models import Mailing
from outreach.mailings.routes import event_at, flash_and_show, mailing_at, shown
from outreach.mailings.sending import service as sending
from outreach.web.error_pages import message_of

__all__ = ["blueprint"]


def _resume(mailing: Mailing, *, actor: Actor, now: datetime) -> None:
    sending.resume(mailing, actor=actor, now=now, may_release=can(Permission.MAILING_RELEASE))


_COURSES = {"tilbake": service.take_back, "pause": sending.pause, "fortsett": _resume, "stopp": sending.call_off}


@at("/<int:mailing_id>/frigivelse", "POST")
@requires(Permission.MAILING_WRITE)
def ask_for_release(slug: str, mailing_id: int) -> Any:
    """Make the mailing ready: a small one leaves, a large one waits for a second person."""
    event, form = event_at(slug), ScheduleForm()
    mailing = _held(slug, mailing_id)
    if not form.validate_on_submit():
        return shown(slug, mailing_id, form), 422
    try:
        needs_release = service.ask(
            mailing, event, scheduled_at_utc=form.moment(), actor=current_actor(), now=clock.now_utc()
        )
    except OutreachError as error:
        return flash_and_show(slug, mailing_id, message_of(error), "danger")
    if needs_release:
        return flash_and_show(slug, mailing_id, _("Utsendingen er klar. Be en annen om å se over og godkjenne den."))
    return flash_and_show(slug, mailing_id, _("Utsendingen er godkjent og går av seg selv."))


@at("/<int:mailing_id>/frigi", "POST")
@requires(Permission.MAILING_RELEASE)
def release_mailing(slug: str, mailing_id: int) -> Any:
    """Release a mailing that somebody else made."""
    mailing = _held(slug, mailing_id)
    service.release(mailing, event_at(slug), actor=current_actor(), now=clock.now_utc())
    return flash_and_show(slug, mailing_id, _("Utsendingen er godkjent og går av seg selv."))


@at("/<int:mailing_id>/<any(tilbake, pause, fortsett, stopp):course>", "POST")
@requires(Permission.MAILING_WRITE)
def change_course(slug: str, mailing_id: int, course: str) -> Any:
    """Take the mailing back to a draft, pause it, let it go on, or stop it for good."""
    mailing = _held(slug, mailing_id)
    try:
        _COURSES[course](mailing, actor=current_actor(), now=clock.now_utc())
    except OutreachError as error:
        return flash_and_show(slug, mailing_id, message_of(error), "danger")
    told = {
        "tilbake": _("Utsendingen er en kladd igjen."),
        "pause": _("Utsendingen er satt på pause. Ingenting mer går ut før noen lar den fortsette."),
        "fortsett": _("Utsendingen fortsetter."),
        "stopp": _("Utsendingen er stoppet. Det som ikke var sendt, blir ikke sendt."),
    }
    return flash_and_show(slug, mailing_id, told[course])


def _held(slug: str, mailing_id: int) -> Mailing:
    mailing_at(slug, mailing_id)
    return queries.held(mailing_id)
