"""Questions for tests, asked as the application stores them."""

from typing import Any

from outreach import clock
from outreach.database import db
from outreach.events.models import Event
from outreach.questions import service
from outreach.questions.models import Question
from outreach.questions.question import Asked


def make_question(event: Event | None = None, text: str = "Er det heis i huset?", **values: Any) -> Question:
    """Return a committed question, about `event` where one is given; `values` as in `Asked`."""
    asked = Asked(text=text, event_id=event.id if event else None, **values)
    row = service.ask(asked, now=clock.now_utc())
    db.session.commit()
    return row
