"""The page for whoever opened a letter home and is not the one it asks. A GET changes nothing."""

from typing import Any

from flask import Response, abort, g, make_response, redirect, render_template, request, url_for

from outreach import clock
from outreach.events.study_place import PLACE_WORDS
from outreach.rsvp import queries
from outreach.rsvp.access import household_link
from outreach.rsvp.blueprint import blueprint
from outreach.rsvp.moved_away import service
from outreach.rsvp.moved_away.place import NoPlaceError, asks_the_young, place_of
from outreach.rsvp.moved_away.queries import lives_in
from outreach.web.error_pages import message_of
from outreach.web.headers import settings_of_app

__all__ = ["blueprint"]


@blueprint.get("/i/<token>/flyttet")
@household_link
def ask_where_they_live(token: str) -> Response:
    """Ask where the one lives whom the letter asks, or say what was told."""
    return _page(token)


@blueprint.post("/i/<token>/flyttet")
@household_link
def tell_where_they_live(token: str) -> Any:
    """Keep the place, and nothing of anybody."""
    _refuse_others()
    try:
        service.tell(g.invitation, place_of(request.form.get("place", "")), now=clock.now_utc())
    except NoPlaceError as error:
        return _page(token, message_of(error))
    return redirect(url_for("rsvp.ask_where_they_live", token=token, takk="1"), 303)


def _refuse_others() -> None:
    page = queries.page(g.invitation, clock.today_oslo())
    if not asks_the_young(page.event.kind, is_signed_up=page.is_signed_up):
        abort(404)


def _page(token: str, fault: str = "") -> Response:
    _refuse_others()
    shown = {
        "places": PLACE_WORDS,
        "told": lives_in(g.invitation.id),
        "fault": fault,
        "series": bool(g.invitation.event.series_id),
        "way_in": f"{settings_of_app().public_url}/kontaktpunkt?by=letter",
    }
    page = render_template("rsvp/moved_away.html", token=token, **shown)
    return make_response(page, 422 if fault else 200)
