"""The household's page for choosing a place in a series. A GET changes nothing."""

from typing import Any

from flask import Response, g, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from outreach import clock
from outreach.errors import OutreachError
from outreach.events.words import CITY_WORDS
from outreach.formats.whole_numbers import row_number
from outreach.rsvp import queries
from outreach.rsvp.access import household_link
from outreach.rsvp.answer import RsvpState
from outreach.rsvp.blueprint import blueprint
from outreach.rsvp.standing import AnswersClosedError
from outreach.rsvp.swapping import service
from outreach.rsvp.swapping.choosing import AskedThereError, NoRoomThereError, NoSuchChoiceError, choosable
from outreach.rsvp.swapping.queries import choices
from outreach.web.error_pages import message_of
from outreach.web.languages import current_language
from outreach.web.transactions import begin_to_write, reads_first

__all__ = ["blueprint"]

_SHOWN_AT_THE_CHOICES = (AskedThereError, NoRoomThereError, NoSuchChoiceError, AnswersClosedError)


@blueprint.get("/i/<token>/sted")
@household_link
def choose_place(token: str) -> Response:
    """Show the events of the series, with where the household is now."""
    return _choices(token)


@blueprint.post("/i/<token>/sted")
@reads_first
@household_link
def swap_place(token: str) -> Response:
    """Move the household to the event that it chose, or say why not; it keeps what it has then."""
    event_id = request.form.get("event", type=row_number)
    try:
        if event_id is None:
            raise NoSuchChoiceError
        begin_to_write()
        state = service.swap(g.invitation, event_id, now=clock.now_utc(), language=current_language())
    except _SHOWN_AT_THE_CHOICES as error:
        return _choices(token, error)
    view = "show_receipt" if state is RsvpState.ATTENDING else "show_invitation"
    return redirect(url_for(f"rsvp.{view}", token=token), 303)  # type: ignore[return-value]


def _choices(token: str, error: OutreachError | None = None) -> Response:
    today = clock.today_oslo()
    page = queries.page(g.invitation, today)
    shown: dict[str, Any] = {
        "page": page,
        "choices": choosable(choices(g.invitation.event_id), today),
        "cities": CITY_WORDS,
        "fault": message_of(error) if error else "",
        "title": _("Bytt sted") if page.standing == "coming" else _("Velg sted"),
    }
    status = error.http_status if error else 200
    return make_response(render_template("rsvp/choose_place.html", token=token, **shown), status)
