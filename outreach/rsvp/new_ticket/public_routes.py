"""The page on which a household makes a new ticket instead of one that went astray. A GET changes nothing."""

from typing import Any

from flask import Response, g, make_response, redirect, render_template, request, url_for

from outreach import clock
from outreach.formats.whole_numbers import small_number
from outreach.rsvp import queries
from outreach.rsvp.access import household_link
from outreach.rsvp.blueprint import blueprint
from outreach.rsvp.new_ticket import service
from outreach.rsvp.new_ticket.service import NoNewTicketError
from outreach.tickets.ticket import TicketFacts
from outreach.web.error_pages import message_of

__all__ = ["blueprint"]


@blueprint.get("/i/<token>/ny-billett")
@household_link
def ask_for_new_ticket(token: str) -> Response:
    """Ask whether the old ticket shall stop working, or show the way to the new one."""
    try:
        return _page(token, service.replaceable(g.invitation.id, clock.now_utc()))
    except NoNewTicketError as error:
        return _page(token, fault=error)


@blueprint.post("/i/<token>/ny-billett")
@household_link
def make_new_ticket(token: str) -> Any:
    """Give the household's ticket a new code; the one that the page showed works no longer."""
    seen = request.form.get("generation", 0, type=small_number)
    try:
        service.replace_own(g.invitation.id, seen=seen, now=clock.now_utc())
    except NoNewTicketError as error:
        return _page(token, fault=error)
    return redirect(url_for("rsvp.ask_for_new_ticket", token=token, ferdig="1"), 303)


def _page(token: str, ticket: TicketFacts | None = None, fault: NoNewTicketError | None = None) -> Response:
    page = queries.page(g.invitation, clock.today_oslo())
    is_done = request.args.get("ferdig") == "1" and ticket is not None and ticket.generation > 1
    shown = {"ticket": ticket, "is_done": is_done, "fault": message_of(fault) if fault else ""}
    answer = render_template("rsvp/new_ticket.html", token=token, page=page, **shown)
    return make_response(answer, fault.http_status if fault else 200)
