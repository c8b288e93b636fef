"""Questions of the organiser, made as staff make them."""

from typing import Any

from outreach import clock
from outreach.audit.actor import COMMAND
from outreach.database import db
from outreach.events.models import Event
from outreach.rsvp.own_questions import service
from outreach.rsvp.own_questions.own_question import AskedOf, QuestionKind, Wording


def wording(**changes: Any) -> Wording:
    """Return words that can be asked, with `changes`."""
    values: dict[str, Any] = {
        "text": "Hva heter laget ditt?",
        "hint": "",
        "kind": QuestionKind.TEXT,
        "asked_of": AskedOf.HOUSEHOLD,
        "is_required": False,
        "choices": (),
    }
    return Wording(**{**values, **changes})


def make_own_question(event: Event, **changes: Any) -> int:
    """Return the record number of a new, committed question of `event`."""
    made: int = service.make(event.id, wording(**changes), actor=COMMAND, now=clock.now_utc()).id
    db.session.commit()
    return made
