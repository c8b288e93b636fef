"""The short link to a group: it counts that somebody followed it, keeps nothing of who, and sends them on."""

from functools import partial
from typing import Any

from flask import redirect, request

from outreach import clock
from outreach.contact_point.blueprint import blueprint
from outreach.contact_point.groups import queries, service
from outreach.contact_point.groups.group import counts_as_click
from outreach.web.access import public
from outreach.web.transactions import aside

__all__ = ["blueprint"]


@blueprint.get("/g/<short>")
@public
def follow_group(short: str) -> Any:
    row = queries.by_short(short)
    ahead = request.headers.get("Sec-Purpose", "") or request.headers.get("Purpose", "")
    if counts_as_click(method=request.method, purpose=ahead, user_agent=request.user_agent.string):
        aside(partial(service.count_click, row.id, clock.today_oslo()))
    return redirect(row.url, 302)
