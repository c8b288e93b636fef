"""Staff keep partners: who they are, who speaks for them. Looks at contacts are written down."""

from functools import partial
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from outreach import clock
from outreach.accounts.access import current_actor, requires
from outreach.accounts.roles import Permission
from outreach.audit.service import record
from outreach.errors import OutreachError
from outreach.partners import opportunity
from outreach.partners.blueprint import blueprint
from outreach.partners.forms import add_error
from outreach.partners.opportunities import queries as opportunities
from outreach.partners.organisation import KIND_WORDS
from outreach.partners.organisation_number import grouped
from outreach.partners.organisations import queries, service
from outreach.partners.organisations.forms import contact_form, organisation_form
from outreach.partners.participation import ROLE_WORDS
from outreach.partners.participations import queries as participations
from outreach.partners.participations.listing import state_words
from outreach.partners.standing import STANDING_WORDS
from outreach.web.transactions import aside

__all__ = ["blueprint"]

_PATH = "/admin/partnere"
_ONE = f"{_PATH}/<int:organisation_id>"
_CONTACT = f"{_ONE}/kontakter/<int:contact_id>"


@blueprint.get(_PATH)
@requires(Permission.PARTNER_SEE)
def list_partners() -> str:
    return render_template("partners/list_partners.html", partners=queries.everybody(), kinds=KIND_WORDS)


@blueprint.route(f"{_PATH}/ny", methods=["GET", "POST"])
@requires(Permission.PARTNER_EDIT)
def new_partner() -> Any:
    form = organisation_form()
    if form.validate_on_submit():
        try:
            row = service.create(form.details(), actor=current_actor(), now=clock.now_utc())
        except OutreachError as error:
            add_error(form.number, error)
        else:
            flash(_("Partneren er lagret. Legg til en kontakt, så kan du invitere dem."))
            return _to(row.id)
    return render_template("partners/edit_partner.html", form=form, row=None), 422 if form.errors else 200


@blueprint.get(_ONE)
@requires(Permission.PARTNER_SEE)
def show_partner(organisation_id: int) -> str:
    row = queries.by_id(organisation_id)
    aside(partial(_note_look, organisation_id))
    words = {"kinds": KIND_WORDS, "standings": STANDING_WORDS, "roles": ROLE_WORDS, "state_words": state_words}
    words |= {"offer_kinds": opportunity.KIND_WORDS, "offer_words": opportunity.state_words}
    return render_template(
        "partners/show_partner.html",
        row=row,
        taking_part=participations.of_organisation(organisation_id),
        offers=opportunities.of_organisation(organisation_id),
        today=clock.today_oslo(),
        grouped=grouped,
        **words,
    )


@blueprint.route(f"{_ONE}/endre", methods=["GET", "POST"])
@requires(Permission.PARTNER_EDIT)
def edit_partner(organisation_id: int) -> Any:
    row = queries.by_id(organisation_id)
    form, shown = organisation_form(row), {"id": organisation_id, "name": row.name}
    if form.validate_on_submit():
        try:
            service.change(row, form.details(), actor=current_actor(), now=clock.now_utc())
        except OutreachError as error:
            add_error(form.number, error)
        else:
            flash(_("Endringen er lagret."))
            return _to(organisation_id)
    return render_template("partners/edit_partner.html", form=form, row=shown), 422 if form.errors else 200


@blueprint.post(f"{_ONE}/slett")
@requires(Permission.PARTNER_EDIT)
def erase_partner(organisation_id: int) -> Any:
    service.erase(queries.by_id(organisation_id), actor=current_actor(), now=clock.now_utc())
    flash(_("Partneren er slettet."))
    return redirect(url_for("partners.list_partners"), 303)


@blueprint.route(f"{_ONE}/kontakter/ny", methods=["GET", "POST"])
@requires(Permission.PARTNER_EDIT)
def new_contact(organisation_id: int) -> Any:
    row, form = queries.by_id(organisation_id), contact_form()
    if form.validate_on_submit():
        try:
            service.add_contact(row, form.details(), actor=current_actor(), now=clock.now_utc())
        except OutreachError as error:
            add_error(form.email, error)
        else:
            flash(_("Kontakten er lagret."))
            return _to(organisation_id)
    return _contact_page(row, form, None)


@blueprint.route(_CONTACT, methods=["GET", "POST"])
@requires(Permission.PARTNER_EDIT)
def edit_contact(organisation_id: int, contact_id: int) -> Any:
    row, contact = queries.by_id(organisation_id), queries.contact(organisation_id, contact_id)
    form = contact_form(contact)
    if form.validate_on_submit():
        try:
            service.change_contact(row, contact, form.details(), actor=current_actor(), now=clock.now_utc())
        except OutreachError as error:
            add_error(form.email, error)
        else:
            flash(_("Endringen er lagret."))
            return _to(organisation_id)
    aside(partial(_note_look, organisation_id))
    return _contact_page(row, form, contact)


@blueprint.post(f"{_CONTACT}/slett")
@requires(Permission.PARTNER_EDIT)
def erase_contact(organisation_id: int, contact_id: int) -> Any:
    contact = queries.contact(organisation_id, contact_id)
    service.erase_contact(contact, actor=current_actor(), now=clock.now_utc())
    flash(_("Kontakten er slettet."))
    return _to(organisation_id)


def _contact_page(row: Any, form: Any, contact: Any) -> Any:
    page = render_template("partners/edit_contact.html", row=row, form=form, contact=contact)
    return page, 422 if form.errors else 200


def _note_look(organisation_id: int) -> None:
    record(
        "partner.look", subject_kind="partner", subject_id=organisation_id, actor=current_actor(), now=clock.now_utc()
    )


def _to(organisation_id: int) -> Any:
    return redirect(url_for("partners.show_partner", organisation_id=organisation_id), 303)
