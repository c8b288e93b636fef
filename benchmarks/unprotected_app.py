"""The application with its seats unprotected and no queue, for the controls of `rsvp_rush` and `city_swaps`: look
first, take later.

A request looks whether there is room, waits at a barrier so that others look as well, and then takes its seats whatever
has happened since: what many systems do, with the race made wide enough to show every time.
"""

import io
import time
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs

from sqlalchemy import select, update

from outreach import create_app
from outreach.database import db
from outreach.database.engine import reading
from outreach.events.models import Event
from outreach.rsvp.invitation_page import InvitationPage
from outreach.rsvp.models import SeatCount
from outreach.rsvp.seats import service as seats
from outreach.rsvp.seats.seat_kinds import Seats
from outreach.settings import Settings

_BARRIER_SECONDS = 0.15
_protected = create_app(Settings.from_env())


def _take(event_id: int, delta: Seats) -> None:
    seats.make_counter(event_id)
    db.session.execute(
        update(SeatCount).where(SeatCount.event_id == event_id).values(held=SeatCount.held + delta.persons),
        execution_options={"synchronize_session": False},
    )


seats.take = _take
# The page looks again just before it stores, which would hide what a look that is old by then lets through.
InvitationPage.fits = lambda _page, _wanted: True
InvitationPage.lacking = lambda _page, _wanted: None


def _has_room(fields: dict[str, list[str]]) -> bool:
    size = sum(values == ["yes"] for values in fields.values())
    wanted = int(fields["event"][0]) if "event" in fields else Event.id
    with _protected.app_context(), reading():
        counted = select(Event.capacity, SeatCount.held).outerjoin(SeatCount, SeatCount.event_id == Event.id)
        capacity, held = db.session.execute(counted.where(Event.id == wanted).order_by(Event.id)).first() or (0, 0)
        db.session.rollback()
    return (held or 0) + (size or 1) <= (capacity or 0)


def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer a WSGI request; an answer to the invitation, or a swap, passes the unprotected look first."""
    if environ["REQUEST_METHOD"] == "POST" and environ["PATH_INFO"].endswith(("/svar", "/sted")):
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = io.BytesIO(body)
        fields = parse_qs(body.decode())
        if not _has_room(fields):
            start_response("409 Conflict", [("Content-Type", "text/plain")])
            return [b""]
        time.sleep(_BARRIER_SECONDS)
    return _protected(environ, start_response)
