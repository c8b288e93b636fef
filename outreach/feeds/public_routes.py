"""A personal feed, which calendar programs fetch again and again, and the pages on which it is started and stopped."""

from typing import Any

from flask import Response, current_app, g, redirect, render_template, request, url_for

from outreach import clock
from outreach.contact_point.access import own_page
from outreach.events.queries import feed_version
from outreach.events.rendered_pages import RenderedPages
from outreach.feeds import queries, service
from outreach.feeds.access import feed_link
from outreach.feeds.blueprint import blueprint
from outreach.feeds.feed_link import feed_url, ways_in
from outreach.feeds.queries import Owner
from outreach.tickets.access import ticket_link
from outreach.web.entity_tags import unless_known
from outreach.web.headers import settings_of_app
from outreach.web.languages import current_language

__all__ = ["blueprint"]

_PAGES = "treffpunkt.feed_pages"
_CALENDAR = "text/calendar; charset=utf-8"


@blueprint.record_once
def keep_pages(state: Any) -> None:
    """Give the application its built feeds."""
    state.app.extensions[_PAGES] = RenderedPages()


@blueprint.get("/kalender/<token>.ics")
@feed_link
def show_personal_feed(token: str) -> Response:
    """Send the feed, built once a change of what is in it."""
    pages: RenderedPages = current_app.extensions[_PAGES]
    language = g.feed.language
    if g.feed.ticket_id is not None:
        ticket = queries.ticket_of(g.feed)
        page = pages.get((g.feed.id, language), ticket, lambda: service.ticket_file(ticket, language))
    else:
        cities = queries.cities_of(g.feed)
        page = pages.get((cities, language), feed_version(), lambda: service.cities_file(cities, language))
    headers = {"Cache-Control": "private, no-cache"}
    return unless_known(page.body, page.etag, content_type=_CALENDAR, headers=headers)


@blueprint.get("/billett/<token>/kalender")
@ticket_link
def show_ticket_feed(token: str) -> str:
    """Show the address of the ticket's feed, or offer one."""
    back = url_for("tickets.show_ticket", token=token)
    return _page(Owner(ticket_id=g.ticket.ticket_id), back)


@blueprint.post("/billett/<token>/kalender")
@ticket_link
def change_ticket_feed(token: str) -> Any:
    """Start or stop the ticket's feed."""
    _change(Owner(ticket_id=g.ticket.ticket_id))
    return redirect(url_for("feeds.show_ticket_feed", token=token), 303)


@blueprint.get("/kontaktpunkt/min/<token>/kalender")
@own_page
def show_own_feed(token: str) -> str:
    """Show the address of one's feed of the contact point, or offer one."""
    back = url_for("contact_point.show_own", token=token)
    return _page(Owner(sign_up_id=g.sign_up.id), back)


@blueprint.post("/kontaktpunkt/min/<token>/kalender")
@own_page
def change_own_feed(token: str) -> Any:
    """Start or stop one's feed of the contact point."""
    _change(Owner(sign_up_id=g.sign_up.id))
    return redirect(url_for("feeds.show_own_feed", token=token), 303)


def _change(owner: Owner) -> None:
    if request.form.get("do") == "stop":
        service.stop(owner, now=clock.now_utc())
    elif request.form.get("do") == "start":
        service.start(owner, language=current_language(), now=clock.now_utc())


def _page(owner: Owner, back: str) -> str:
    feed = queries.of_owner(owner)
    url = feed_url(settings_of_app().public_url, queries.code_of(feed)) if feed and feed.is_on else ""
    ways = ways_in(url) if url else {}
    is_ticket = owner.ticket_id is not None
    return render_template("feeds/show_feed.html", url=url, ways=ways, back=back, is_ticket=is_ticket)
