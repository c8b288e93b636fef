"""Staff read what guests thought, once answers are no longer taken."""

from flask import render_template

from outreach import clock
from outreach.accounts.access import requires
from outreach.accounts.roles import Permission
from outreach.events import queries as events
from outreach.surveys import queries
from outreach.surveys.blueprint import blueprint
from outreach.surveys.survey import (
    NO_ANSWER,
    NO_ANSWER_WORDS,
    OPTION_WORDS,
    QUESTION_WORDS,
    Question,
    at_least,
    closes_at,
    results,
    stage,
)

__all__ = ["blueprint"]


@blueprint.get("/admin/arrangementer/<slug>/undersokelse")
@requires(Permission.REPORT_SEE)
def show_results(slug: str) -> str:
    """Show how many answered and, after the last day, what they said."""
    event = events.by_slug(slug)
    counted = queries.counts(event.id)
    words = {one: {**OPTION_WORDS[one], NO_ANSWER: NO_ANSWER_WORDS} for one in Question}
    return render_template(
        "surveys/show_results.html",
        event=event,
        stage=stage(event.state, event.ends_at_utc, clock.now_utc()),
        closes=closes_at(event.ends_at_utc),
        so_far=at_least(sum(counted[Question.LIKED].values())),
        results=results(counted),
        questions=QUESTION_WORDS,
        options=words,
    )
