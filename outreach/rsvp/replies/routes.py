"""Staff see the answers from calendars that changed nothing, and why."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from outreach import clock
from outreach.accounts.access import current_actor, requires
from outreach.accounts.roles import Permission
from outreach.rsvp.blueprint import blueprint
from outreach.rsvp.replies import queries, service
from outreach.rsvp.replies.judging import ASIDE_WORDS, SAID_WORDS

__all__ = ["blueprint"]

_WORDS = {
    "reasons": {aside.value: words for aside, words in ASIDE_WORDS.items()},
    "said": {str(said): words for said, words in SAID_WORDS.items()},
}


@blueprint.get("/admin/kalendersvar")
@requires(Permission.INVITATION_MAKE)
def list_calendar_answers() -> str:
    """Show what was set aside, the newest first, and how many answers counted."""
    page = {"lines": queries.waiting(), "number": queries.waiting_count(), "counted": queries.counted_by()}
    return render_template("rsvp/list_calendar_answers.html", **page, **_WORDS)


@blueprint.post("/admin/kalendersvar/<int:answer_id>/ferdig")
@requires(Permission.INVITATION_MAKE)
def settle_calendar_answer(answer_id: int) -> Any:
    """Take an answer that somebody has dealt with off the list."""
    service.settle(answer_id, actor=current_actor(), now=clock.now_utc())
    flash(_("Svaret er tatt bort fra lista."))
    return redirect(url_for("rsvp.list_calendar_answers"), 303)
