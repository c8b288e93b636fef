"""Staff read what partners offer before guests do: approve, refuse, take down, add for a partner."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from outreach import clock
from outreach.accounts.access import current_actor, requires
from outreach.accounts.roles import Permission
from outreach.errors import OutreachError
from outreach.partners.blueprint import blueprint
from outreach.partners.forms import add_error, one_line
from outreach.partners.opportunities import queries, service
from outreach.partners.opportunities.forms import RefusalForm, opportunity_form
from outreach.partners.opportunity import KIND_WORDS, State, is_shown, state_words
from outreach.partners.organisations import queries as organisations
from outreach.partners.web_address import shown

__all__ = ["blueprint"]

_ONE = "/admin/muligheter/<int:opportunity_id>"


@blueprint.get("/admin/muligheter")
@requires(Permission.PARTNER_SEE)
def list_opportunities() -> str:
    today, rows = clock.today_oslo(), queries.everything()
    waiting = [row for row in rows if row.state == State.WAITING and row.apply_by >= today]
    public = [row for row in rows if is_shown(State(row.state), row.apply_by, today)]
    rest = [row for row in reversed(rows) if row not in waiting and row not in public]
    groups = [(_("Venter på godkjenning"), waiting), (_("Vises til gjestene"), public), (_("Vises ikke lenger"), rest)]
    words = {"kinds": KIND_WORDS, "state_words": state_words, "today": today}
    return render_template("partners/list_opportunities.html", groups=groups, is_any=bool(rows), **words)


@blueprint.get(_ONE)
@requires(Permission.PARTNER_SEE)
def show_opportunity(opportunity_id: int) -> str:
    return _page(opportunity_id, RefusalForm(formdata=None))


@blueprint.post(f"{_ONE}/<any(godkjenn, ta_ned):judgement>")
@requires(Permission.PARTNER_EDIT)
def judge_opportunity(opportunity_id: int, judgement: str) -> Any:
    row, actor, now = queries.by_id(opportunity_id), current_actor(), clock.now_utc()
    if judgement == "godkjenn":
        service.approve(row, actor=actor, now=now, today=clock.today_oslo())
        flash(_("Muligheten er godkjent. Gjestene ser den nå."))
    else:
        service.take_down(row, actor=actor, now=now)
        flash(_("Muligheten er tatt ned."))
    return redirect(url_for("partners.list_opportunities"), 303)


@blueprint.post(f"{_ONE}/avvis")
@requires(Permission.PARTNER_EDIT)
def refuse_opportunity(opportunity_id: int) -> Any:
    form = RefusalForm()
    if not form.validate():
        return _page(opportunity_id, form), 422
    service.refuse(queries.by_id(opportunity_id), one_line(form.why), actor=current_actor(), now=clock.now_utc())
    flash(_("Muligheten vises ikke. Partneren ser hvorfor på siden sin."))
    return redirect(url_for("partners.list_opportunities"), 303)


@blueprint.route("/admin/partnere/<int:organisation_id>/muligheter/ny", methods=["GET", "POST"])
@requires(Permission.PARTNER_EDIT)
def new_opportunity(organisation_id: int) -> Any:
    partner, form = organisations.by_id(organisation_id), opportunity_form()
    if form.validate_on_submit():
        actor, now, today = current_actor(), clock.now_utc(), clock.today_oslo()
        try:
            row = service.post(organisation_id, form.details(), actor=actor, now=now, today=today)
            service.approve(row, actor=actor, now=now, today=today)
        except OutreachError as error:
            add_error(form.title, error)
        else:
            flash(_("Muligheten er lagret. Gjestene ser den nå."))
            return redirect(url_for("partners.list_opportunities"), 303)
    page = render_template("partners/edit_opportunity.html", form=form, partner=partner)
    return page, 422 if form.errors else 200


def _page(opportunity_id: int, form: RefusalForm) -> str:
    row, today = queries.by_id(opportunity_id), clock.today_oslo()
    words = {"kinds": KIND_WORDS, "state": state_words(State(row.state), row.apply_by, today), "leads_to": shown}
    return render_template("partners/show_opportunity.html", row=row, form=form, today=today, **words)
