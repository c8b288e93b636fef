"""Staff look at households: all of them, those that wait for a decision, one with its members; split, join, decide."""

from functools import partial
from math import ceil
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from outreach import clock
from outreach.accounts.access import current_actor, requires
from outreach.accounts.roles import Permission
from outreach.errors import NotFoundError, OutreachError
from outreach.people.blueprint import blueprint
from outreach.people.joining import queries as doubles
from outreach.people.set_aside import Decision
from outreach.register.households.arranging import queries, service
from outreach.register.households.arranging.queries import Shown
from outreach.register.households.forms import ChoiceForm, JoinForm, SearchForm
from outreach.register.queries import latest_import
from outreach.web.transactions import aside
from outreach.web.whole_numbers import page_asked_for

__all__ = ["blueprint"]

_DECISIONS = {"slipp": Decision.RELEASED, "hold": Decision.HELD}


@blueprint.get("/admin/husstander")
@requires(Permission.PEOPLE_SEE)
def list_households() -> Any:
    return _list_page(ChoiceForm())


@blueprint.post("/admin/husstander/finn")
@requires(Permission.PEOPLE_SEE)
def find_households() -> Any:
    """Search by name. A POST, so that no name stands in an address, a log or a history."""
    form = SearchForm()
    if not form.validate_on_submit():
        return _list_page(ChoiceForm(), search=form)
    found, has_more = queries.found_by_name(form.text.data)
    service.note_look("household.search", actor=current_actor(), now=clock.now_utc())
    return render_template(
        "people/find_households.html", form=form, found=found, has_more=has_more, year=clock.today_oslo().year
    )


@blueprint.post("/admin/husstander/<any(slipp, hold):choice>")
@requires(Permission.PEOPLE_EDIT)
def decide_on_households(choice: str) -> Any:
    form = ChoiceForm()
    try:
        number = service.decide(form.ids(), _DECISIONS[choice], actor=current_actor(), now=clock.now_utc())
    except OutreachError as error:
        form.take(error)
        return _list_page(form)
    flash(_decided(choice, number))
    return redirect(url_for("people.list_households", vis=Shown.WAITING), 303)


@blueprint.get("/admin/husstander/<int:household_id>")
@requires(Permission.PEOPLE_SEE)
def show_household(household_id: int) -> Any:
    look = partial(service.note_look, "household.look", household_id=household_id)
    page = _household_page(household_id, ChoiceForm())
    aside(partial(look, actor=current_actor(), now=clock.now_utc()))
    return page


@blueprint.post("/admin/husstander/<int:household_id>/del")
@requires(Permission.PEOPLE_EDIT)
def split_household(household_id: int) -> Any:
    """Put the chosen members in a household of their own, or let only them get letters."""
    form, home = ChoiceForm(), queries.one(household_id)
    act = service.invite_part if request.form.get("act") == "invite" else service.split
    try:
        part = act(home, form.ids(), actor=current_actor(), now=clock.now_utc())
    except OutreachError as error:
        form.take(error)
        return _household_page(household_id, form)
    flash(_("Husstanden er delt. Neste uttrekk endrer det ikke så lenge de bor der."))
    return redirect(url_for("people.show_household", household_id=part), 303)


@blueprint.post("/admin/husstander/<int:household_id>/finn")
@requires(Permission.PEOPLE_EDIT)
def find_to_join(household_id: int) -> Any:
    form = SearchForm()
    found = queries.found_by_name(form.text.data)[0] if form.validate_on_submit() else []
    service.note_look("household.search", actor=current_actor(), now=clock.now_utc())
    others = [one for one in found if one.household.id != household_id]
    return _household_page(household_id, ChoiceForm(), search=form, others=others)


@blueprint.post("/admin/husstander/<int:household_id>/sla-sammen")
@requires(Permission.PEOPLE_EDIT)
def join_households(household_id: int) -> Any:
    home, form = queries.one(household_id), ChoiceForm()
    try:
        other = queries.one(JoinForm().other_id())
        service.join(home, other, actor=current_actor(), now=clock.now_utc())
    except OutreachError as error:
        form.take(error)
        return _household_page(household_id, form)
    flash(_("Husstandene er slått sammen. Neste uttrekk endrer det ikke så lenge de bor der."))
    return redirect(url_for("people.show_household", household_id=household_id), 303)


def _list_page(form: ChoiceForm, *, search: SearchForm | None = None) -> Any:
    shown = request.args.get("vis", Shown.WAITING if form.faults else Shown.ALL)
    if shown not in set(Shown):
        raise NotFoundError
    page = page_asked_for("side")
    found, number = queries.listed(Shown(shown), page=page)
    aside(partial(service.note_look, "household.list", page=page, actor=current_actor(), now=clock.now_utc()))
    has_faults = bool(form.faults or (search and search.errors))
    values = {"found": found, "number": number, "page": page, "pages": max(1, ceil(number / queries.PAGE_SIZE))}
    return (
        render_template(
            "people/list_households.html",
            choice=form,
            search=search or SearchForm(formdata=None),
            shown=Shown(shown),
            counts=queries.counts(),
            doubles=doubles.open_pair_count(),
            has_errors=has_faults,
            extract=latest_import(),
            year=clock.today_oslo().year,
            **values,
        ),
        422 if has_faults else 200,
    )


def _household_page(
    household_id: int, form: ChoiceForm, *, search: SearchForm | None = None, others: Any = None
) -> Any:
    home = queries.one(household_id)
    has_faults = bool(form.faults or (search and search.errors))
    page = render_template(
        "people/show_household.html",
        extract=latest_import(),
        home=home,
        choice=form,
        search=search or SearchForm(formdata=None),
        others=others,
        has_errors=has_faults,
        year=clock.today_oslo().year,
    )
    return page, 422 if has_faults else 200


def _decided(choice: str, number: int) -> str:
    if choice == "slipp":
        return str(ngettext("%(num)s husstand kan få brev.", "%(num)s husstander kan få brev.", number))
    return str(ngettext("%(num)s husstand får ikke brev.", "%(num)s husstander får ikke brev.", number))
