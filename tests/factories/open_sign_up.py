"""Parties that sign up without an invitation. Everybody is made up."""

from typing import Any

from outreach import clock
from outreach.database import db
from outreach.events.models import Event
from outreach.formats.secret_token import new_token, token_hash
from outreach.rsvp.answer import Brought
from outreach.rsvp.open_sign_up import queries, service
from outreach.rsvp.open_sign_up.confirming import service as confirming
from outreach.rsvp.open_sign_up.open_form import Party


def party(*names: str, extra_children: int = 0, **changes: Any) -> Party:
    """Return a party of `names` (two by default) and children without a name, with `changes`."""
    values: dict[str, Any] = {
        "names": names or ("Ida", "Per"),
        "brought": Brought(school=extra_children),
        "needs": (),
        "replies": (),
        "email": "ida@gjest.example",
        "mobile": None,
        "language": "nb",
    }
    return Party(**{**values, **changes})


def ask_openly(event: Event, told: Party | None = None) -> str:
    """Have a party fill in the form, committed; return the secret that its e-mail would carry."""
    waiting, token = service.ask_to_confirm(event.id, told or party(), now=clock.now_utc()), new_token()
    waiting.token_hash = token_hash(token)
    db.session.commit()
    return token


def sign_up_openly(event: Event, told: Party | None = None, *, is_refused: bool = False) -> str:
    """Have a party sign up and confirm, committed; return the code of its own page."""
    now = clock.now_utc()
    waiting = queries.request_by_token(ask_openly(event, told), now=now)
    done = confirming.confirm(waiting, now=now, is_refused=is_refused)
    db.session.commit()
    return done.code
