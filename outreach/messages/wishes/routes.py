"""Staff see how many said no to what, and note it for those who called."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from outreach import clock
from outreach.accounts.access import current_actor, requires
from outreach.accounts.roles import Permission
from outreach.messages import queries
from outreach.messages.blueprint import blueprint
from outreach.messages.contact import ContactFaultError
from outreach.messages.suppression import PURPOSE_WORDS, SOURCE_WORDS
from outreach.messages.wishes import service
from outreach.messages.wishes.forms import ADD, SuppressionForm
from outreach.web.error_pages import message_of

__all__ = ["blueprint"]


@blueprint.get("/admin/reservasjoner")
@requires(Permission.SUPPRESSION_EDIT)
def list_suppressions() -> Any:
    """Show how many said no to what, and where; no addresses, which are not stored."""
    return _suppressions(SuppressionForm())


@blueprint.post("/admin/reservasjoner")
@requires(Permission.SUPPRESSION_EDIT)
def change_suppressions() -> Any:
    """Note that an address or number must not be written to, or that it may be again."""
    form = SuppressionForm()
    if not form.validate_on_submit():
        return _suppressions(form), 422
    try:
        done = _noted(form) if form.act.data == ADD else _taken_back(form)
    except ContactFaultError as error:
        form.contact.errors = [message_of(error)]
        return _suppressions(form), 422
    flash(done)
    return redirect(url_for("messages.list_suppressions"), 303)


def _noted(form: SuppressionForm) -> str:
    is_new = service.add(form.contact.data, actor=current_actor(), now=clock.now_utc())
    return str(_("Adressen står nå på lista.") if is_new else _("Adressen sto på lista fra før."))


def _taken_back(form: SuppressionForm) -> str:
    number = service.take_back(form.contact.data, actor=current_actor(), now=clock.now_utc())
    if not number:
        return str(_("Adressen sto ikke på lista."))
    return str(ngettext("%(num)s oppføring er tatt av lista.", "%(num)s oppføringer er tatt av lista.", number))


def _suppressions(form: SuppressionForm) -> str:
    return render_template(
        "messages/list_suppressions.html",
        form=form,
        counts=queries.suppression_counts(),
        purposes=PURPOSE_WORDS,
        sources=SOURCE_WORDS,
    )
