"""Puts partners on the public pages of events, and hears of what changes them."""

from typing import Any

from flask import Flask

from outreach import clock
from outreach.database.downward import listen
from outreach.events.page_parts import add_part
from outreach.partners.opportunities import queries as opportunities
from outreach.partners.opportunity import KIND_WORDS
from outreach.partners.participation import ROLE_WORDS
from outreach.partners.participations import queries, service
from outreach.partners.reminding.service import remind
from outreach.partners.web_address import shown


def install(app: Flask) -> None:
    """Have events' pages show partners, and partners reminded of what they have not done."""
    add_part(app, "partners/_on_event_page.html", on_event_page)
    listen(app, "partner_changed", service.touch_pages)
    listen(app, "partner_leaves", service.partner_leaves)
    listen(app, "partner_contact_leaves", service.contact_leaves)
    listen(app, "sending_begins", remind)


def on_event_page(event_id: int) -> dict[str, Any]:
    """Return what the page shows: those who said that they come, and what they offer."""
    partners = queries.confirmed(event_id)
    ids = {row.organisation_id for row in partners}
    offered = opportunities.shown_of(ids, clock.today_oslo())
    return {
        "partners": partners,
        "opportunities": offered,
        "roles": ROLE_WORDS,
        "kinds": KIND_WORDS,
        "leads_to": shown,
    }
