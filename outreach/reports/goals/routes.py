"""Staff see how the goals of a year stand, set one, and take one away."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from outreach import clock
from outreach.accounts.access import current_actor, requires
from outreach.accounts.roles import Permission
from outreach.formats.whole_numbers import small_number
from outreach.reports.blueprint import blueprint
from outreach.reports.goals import queries, service
from outreach.reports.goals.forms import GoalForm
from outreach.reports.goals.goal import LIGHT_TONES, LIGHT_WORDS, GoalFaultError
from outreach.web.error_pages import message_of

__all__ = ["blueprint"]


@blueprint.get("/admin/maal")
@requires(Permission.REPORT_SEE)
def show_goals() -> str:
    """Show the goals of a year, this one unless asked."""
    return _page(GoalForm(formdata=None))


@blueprint.post("/admin/maal")
@requires(Permission.EVENT_EDIT)
def set_goal() -> Any:
    """Set a goal."""
    form = GoalForm()
    if not form.validate():
        return _page(form), 422
    goal = form.goal()
    try:
        service.set_goal(goal, actor=current_actor(), now=clock.now_utc())
    except GoalFaultError as error:
        form.kind.errors = [message_of(error)]
        return _page(form), 422
    flash(_("Målet er lagret."))
    return redirect(url_for("reports.show_goals", aar=goal.year), 303)


@blueprint.post("/admin/maal/<int:goal_id>/ta-bort")
@requires(Permission.EVENT_EDIT)
def take_goal_away(goal_id: int) -> Any:
    """Take a goal away."""
    year = service.take_away(goal_id, actor=current_actor(), now=clock.now_utc())
    flash(_("Målet er tatt bort."))
    return redirect(url_for("reports.show_goals", aar=year), 303)


def _page(form: GoalForm) -> str:
    today = clock.today_oslo()
    year = request.args.get("aar", today.year, type=small_number)
    return render_template(
        "reports/show_goals.html",
        form=form,
        year=year,
        years=sorted({*queries.years(), today.year, today.year + 1, year}),
        standings=queries.standings(year, today),
        lights=LIGHT_WORDS,
        tones=LIGHT_TONES,
    )
