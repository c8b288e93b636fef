"""The ticket for the one who has its link: a page to show at the door, its QR as a picture, a calendar file."""

from flask import Response, g, make_response, render_template
from markupsafe import Markup

from outreach.formats import qr
from outreach.tickets.access import ticket_link, ticket_link_also_revoked
from outreach.tickets.blueprint import blueprint
from outreach.tickets.printed.service import ticket_pdf
from outreach.tickets.service import personal_calendar
from outreach.tickets.ticket import TicketFacts, qr_payload
from outreach.web.headers import settings_of_app


@blueprint.get("/BILLETT/<token>")
@blueprint.get("/billett/<token>")
@ticket_link
def show_ticket(token: str) -> str:
    """Show what is to be shown at the door. It names nobody."""
    # The picture is made by us from digits and capitals; nothing that a person typed is in it.
    picture = Markup(qr.svg(_payload(g.ticket)))  # noqa: S704 - our own drawing
    return render_template("tickets/show_ticket.html", ticket=g.ticket, token=g.ticket.code, picture=picture)


@blueprint.get("/billett/<token>.svg")
@ticket_link
def ticket_svg(token: str) -> Response:
    """Send the QR as SVG."""
    return _file(qr.svg(_payload(g.ticket)).encode(), "image/svg+xml", "billett.svg")


@blueprint.get("/billett/<token>.png")
@ticket_link
def ticket_png(token: str) -> Response:
    """Send the QR as PNG, for those who save it among their pictures."""
    return _file(qr.png(_payload(g.ticket), scale=16), "image/png", "billett.png")


@blueprint.get("/billett/<token>.pdf")
@ticket_link
def ticket_print(token: str) -> Response:
    """Send the ticket for print: a sheet for the door and cards for the wallet."""
    return _file(ticket_pdf(g.ticket), "application/pdf", "billett.pdf")


@blueprint.get("/billett/<token>.ics")
@ticket_link_also_revoked
def ticket_calendar(token: str) -> Response:
    """Send the guest's own calendar entry; of a revoked ticket or a cancelled event, its cancellation."""
    content, method = personal_calendar(g.ticket)
    return _file(content, f"text/calendar; charset=utf-8; method={method}", "billett.ics")


def _payload(ticket: TicketFacts) -> str:
    return qr_payload(settings_of_app().public_url, ticket.code)


def _file(content: bytes, content_type: str, name: str) -> Response:
    response = make_response(content)
    response.headers["Content-Type"] = content_type
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response
