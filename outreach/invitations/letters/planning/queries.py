"""Which reminders are not due any more. Who has answered or was reminded by e-mail is told by a later capability."""

from collections.abc import Callable, Mapping
from datetime import datetime

from flask import Flask, current_app

from outreach.outbox.states import Reason

_EXTENSION = "treffpunkt.reminders_not_due"
# From an event, its invitations that must not be reminded any more, each with the reason.
NotDue = Callable[[int, datetime], Mapping[int, Reason]]


def judged_by(app: Flask, not_due: NotDue) -> None:
    """Have `not_due` tell in `app` which reminders are not due any more."""
    app.extensions[_EXTENSION] = not_due


def not_due(event_id: int, now: datetime) -> Mapping[int, Reason]:
    """Return why those of the event's invitations that must not be reminded any more must not, by invitation."""
    judge: NotDue | None = current_app.extensions.get(_EXTENSION)
    return judge(event_id, now) if judge else {}
