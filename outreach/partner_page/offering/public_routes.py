"""A partner posts, changes and takes down what it offers. Guests see nothing of it before staff have read it."""

from typing import Any

from flask import g, render_template

from outreach import clock
from outreach.audit.actor import PARTNER
from outreach.errors import OutreachError
from outreach.partner_page.access import partner_link
from outreach.partner_page.blueprint import blueprint
from outreach.partner_page.own.public_routes import PATH, back, shared
from outreach.partners.forms import add_error
from outreach.partners.opportunities import queries, service
from outreach.partners.opportunities.forms import OpportunityForm, opportunity_form

__all__ = ["blueprint"]

_ONE = f"{PATH}/muligheter/<int:opportunity_id>"


@blueprint.get(f"{PATH}/muligheter/ny")
@partner_link
def new_offer(token: str) -> str:
    return _page(token, opportunity_form(), None)


@blueprint.post(f"{PATH}/muligheter/ny")
@partner_link
def post_offer(token: str) -> Any:
    form = opportunity_form()
    if form.validate():
        try:
            service.post(g.participation.organisation_id, form.details(), **_by_partner())
        except OutreachError as error:
            add_error(form.title, error)
        else:
            return back(token, "mulighet")
    return _page(token, form, None), 422


@blueprint.get(_ONE)
@partner_link
def edit_offer(token: str, opportunity_id: int) -> str:
    row = queries.of(g.participation.organisation_id, opportunity_id)
    return _page(token, opportunity_form(row), opportunity_id)


@blueprint.post(_ONE)
@partner_link
def change_offer(token: str, opportunity_id: int) -> Any:
    row = queries.of(g.participation.organisation_id, opportunity_id)
    form = opportunity_form(row)
    if not form.validate():
        return _page(token, form, opportunity_id), 422
    service.change(row, form.details(), **_by_partner())
    return back(token, "mulighet")


@blueprint.post(f"{_ONE}/ta-ned")
@partner_link
def take_offer_down(token: str, opportunity_id: int) -> Any:
    row = queries.of(g.participation.organisation_id, opportunity_id)
    service.take_down(row, actor=PARTNER, now=clock.now_utc())
    return back(token, "lagret")


def _by_partner() -> dict[str, Any]:
    return {"actor": PARTNER, "now": clock.now_utc(), "today": clock.today_oslo()}


def _page(token: str, form: OpportunityForm, opportunity_id: int | None) -> str:
    return render_template("partner_page/edit_offer.html", form=form, opportunity_id=opportunity_id, **shared(token))
