"""Staff keep the groups of each city, and see how often their short links are followed."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from outreach import clock
from outreach.accounts.access import current_actor, requires
from outreach.accounts.roles import Permission
from outreach.contact_point.blueprint import blueprint
from outreach.contact_point.groups import queries, service
from outreach.contact_point.groups.forms import GroupForm, group_form
from outreach.contact_point.groups.group import TooManyGroupsError, by_week, short_path
from outreach.events.words import CITY_WORDS
from outreach.partners.forms import add_error
from outreach.partners.web_address import shown
from outreach.web.headers import settings_of_app

__all__ = ["blueprint"]

PATH = "/admin/kontaktpunkt/grupper"
_ONE = f"{PATH}/<int:group_id>"


@blueprint.get(PATH)
@requires(Permission.PEOPLE_SEE)
def list_groups() -> str:
    return _page(GroupForm(formdata=None))


@blueprint.post(PATH)
@requires(Permission.EVENT_EDIT)
def add_group() -> Any:
    form = group_form()
    if not form.validate():
        return _page(form), 422
    try:
        service.add(form.details(), actor=current_actor(), now=clock.now_utc())
    except TooManyGroupsError as error:
        add_error(form.name, error)
        return _page(form), 422
    flash(_("Gruppa er lagret. Her er den korte lenken."))
    return redirect(url_for("contact_point.list_groups"), 303)


@blueprint.route(_ONE, methods=["GET", "POST"])
@requires(Permission.EVENT_EDIT)
def edit_group(group_id: int) -> Any:
    row = queries.by_id(group_id)
    form = group_form(row)
    if form.validate_on_submit():
        service.change(row, form.details(), actor=current_actor(), now=clock.now_utc())
        flash(_("Endringen er lagret."))
        return redirect(url_for("contact_point.list_groups"), 303)
    page = render_template("contact_point/groups/edit_group.html", row=row, form=form)
    return page, 422 if form.errors else 200


@blueprint.post(f"{_ONE}/slett")
@requires(Permission.EVENT_EDIT)
def take_group_away(group_id: int) -> Any:
    service.take_away(queries.by_id(group_id), actor=current_actor(), now=clock.now_utc())
    flash(_("Gruppa er tatt bort. Den korte lenken virker ikke lenger."))
    return redirect(url_for("contact_point.list_groups"), 303)


def _page(form: GroupForm) -> str:
    today, base = clock.today_oslo(), settings_of_app().public_url
    clicks = queries.clicks_by_group()
    return render_template(
        "contact_point/groups/list_groups.html",
        groups=[(row, base + short_path(row.short), clicks.get(row.id, 0)) for row in queries.everything()],
        weeks=by_week(queries.clicks_by_day(today), today),
        form=form,
        cities=CITY_WORDS,
        leads_to=shown,
    )
