"""The application with its seats unprotected and no queue, for the control of `rsvp_rush`: look first, take later.

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
from outreach.database.conflicts import insert_if_free
from outreach.database.engine import reading
from outreach.events.models import Event
from outreach.rsvp.invitation_page import InvitationPage
from outreach.rsvp.models import SeatCount
from outreach.rsvp.seats import service as seats
from outreach.settings import Settings

_BARRIER_SECONDS = 0.15
_protected = create_app(Settings.from_env())


def _take(event_id: int, delta: int) -> None:
    insert_if_free(SeatCount, event_id=event_id, held=0, waiting=0, last_number=0)
    db.session.execute(
        update(SeatCount).where(SeatCount.event_id == event_id).values(held=SeatCount.held + delta),
        execution_options={"synchronize_session": False},
    )


seats.take = _take
# The page looks again just before it stores, which would hide what a look that is old by then lets through.
InvitationPage.fits = lambda _page, _persons: True


def _has_room(size: int) -> bool:
    with _protected.app_context(), reading():
        capacity = db.session.scalar(select(Event.capacity).order_by(Event.id)) or 0
        held = db.session.scalar(select(SeatCount.held).order_by(SeatCount.event_id)) or 0
        db.session.rollback()
    return held + size <= capacity


def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer a WSGI request; an answer to the invitation passes the unprotected look first."""
    if environ["REQUEST_METHOD"] == "POST" and environ["PATH_INFO"].endswith("/svar"):
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = io.BytesIO(body)
        fields = parse_qs(body.decode())
        if not _has_room(sum(values == ["yes"] for values in fields.values())):
            start_response("409 Conflict", [("Content-Type", "text/plain")])
            return [b""]
        time.sleep(_BARRIER_SECONDS)
    return _protected(environ, start_response)
