"""Staff add a person whom no extract has shown; those we hold who may be the same are shown first."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from outreach import clock
from outreach.accounts.access import current_actor, current_user, requires
from outreach.accounts.roles import Permission
from outreach.errors import OutreachError
from outreach.people.blueprint import blueprint
from outreach.register.adding import queries, service
from outreach.register.adding.addition import faults_of, record_of
from outreach.register.adding.forms import PersonForm
from outreach.register.adding.queries import Double
from outreach.register.person_record import PersonRecord
from outreach.register.register_row import ExtractContext
from outreach.register.service import context_for
from outreach.web.error_pages import message_of
from outreach.web.headers import settings_of_app

__all__ = ["blueprint"]


@blueprint.get("/admin/personer/ny")
@requires(Permission.PEOPLE_EDIT)
def new_person() -> Any:
    return _page(PersonForm())


@blueprint.post("/admin/personer/ny")
@requires(Permission.PEOPLE_EDIT)
def add_person() -> Any:
    """Add the person, unless somebody we hold may be the same and that has not been looked at."""
    form, context = PersonForm(), _context()
    if not form.validate_on_submit() or _has_faults(form, context):
        return _page(form), 422
    record = record_of(form.addition(context.postcodes), context)
    try:
        return _added_or_shown(form, record)
    except OutreachError as error:
        form.form_errors.append(message_of(error))
        return _page(form), 422


def _added_or_shown(form: PersonForm, record: PersonRecord) -> Any:
    if queries.needs_a_look(record):
        raise service.HandledByHandError
    found = queries.doubles(record)
    is_looked_at = {one.person.id for one in found} <= form.found_different()
    if any(one.is_sure for one in found) or not is_looked_at:
        form.shown.data = ",".join(str(one.person.id) for one in found)
        return _page(form, found)
    person_id = service.add(record, actor=current_actor(), now=clock.now_utc())
    flash(_("Personen er lagt til."))
    return redirect(url_for("invitations.choose_event", person_id=person_id), 303)


def _has_faults(form: PersonForm, context: ExtractContext) -> bool:
    faults = faults_of(form.addition(context.postcodes), context)
    for field, text in faults:
        form[field].errors = [*form[field].errors, _(text)]
    return bool(faults)


def _context() -> ExtractContext:
    today = clock.today_oslo()
    return context_for(settings_of_app(), as_of=today, today=today)


def _page(form: PersonForm, found: list[Double] | None = None) -> str:
    return render_template(
        "people/add_person.html", form=form, found=found or [], asker=current_user().email, has_errors=bool(form.errors)
    )
