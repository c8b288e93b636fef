"""Staff decide whether two records of one name and birth date are one person."""

from functools import partial
from math import ceil
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from outreach import clock
from outreach.accounts.access import current_actor, requires
from outreach.accounts.roles import Permission
from outreach.audit import service as audit
from outreach.people.blueprint import blueprint
from outreach.people.joining import queries, service
from outreach.web.transactions import aside
from outreach.web.whole_numbers import page_asked_for

__all__ = ["blueprint"]


@blueprint.get("/admin/husstander/dobbelt")
@requires(Permission.PEOPLE_SEE)
def list_doubles() -> Any:
    page = page_asked_for("side")
    pairs, number = queries.open_pairs(page=page)
    look = partial(audit.record, "person.list_doubles", subject_kind="person", page=page)
    aside(partial(look, actor=current_actor(), now=clock.now_utc()))
    pages = max(1, ceil(number / queries.PAGE_SIZE))
    return render_template("people/list_doubles.html", pairs=pairs, number=number, page=page, pages=pages)


@blueprint.post("/admin/husstander/dobbelt/<int:first_id>/<int:second_id>/<any(samme, ulike):verdict>")
@requires(Permission.PEOPLE_EDIT)
def decide_on_double(first_id: int, second_id: int, verdict: str) -> Any:
    pair = queries.open_pair(first_id, second_id)
    act = service.join if verdict == "samme" else service.keep_apart
    act(pair, actor=current_actor(), now=clock.now_utc())
    flash(_("De to er nå én person.") if verdict == "samme" else _("De to står som ulike personer."))
    return redirect(url_for("people.list_doubles"), 303)
