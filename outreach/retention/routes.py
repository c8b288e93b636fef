"""Views of retention for staff: what is stored past its date, what will go when, and the receipts."""

import json

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from outreach import clock
from outreach.accounts.access import requires
from outreach.accounts.roles import Permission
from outreach.events import queries as events
from outreach.retention import queries, service
from outreach.retention.blueprint import blueprint
from outreach.retention.rule_words import RULE_WORDS


@blueprint.get("/admin/sletting")
@requires(Permission.RETENTION_RUN)
def show_plan() -> str:
    planned = service.plan(clocks=queries.clocks_in_force(), today=clock.today_oslo(), now=clock.now_utc())
    due = [(item, rows) for item, rows in planned if rows]
    receipts = [(receipt, json.loads(receipt.counts_json)) for receipt in queries.receipts()]
    coming = service.coming(clocks=queries.clocks_in_force(), today=clock.today_oslo())
    return render_template(
        "retention/show_plan.html",
        due=due,
        coming=coming,
        receipts=receipts,
        titles={event.slug: event.title for event in events.all_events()},
        words=RULE_WORDS,
        clocks=queries.clocks_in_force(),
    )


@blueprint.post("/admin/sletting")
@requires(Permission.RETENTION_RUN)
def run_now() -> Response:
    receipts = service.run(clocks=queries.clocks_in_force(), today=clock.today_oslo(), now=clock.now_utc())
    flash(_("Slettingen er kjørt. Kvitteringene står nederst.") if receipts else _("Ingenting skulle slettes."))
    return redirect(url_for("retention.show_plan"), 303)
