"""The survey for the one who has its link: three questions and a thank-you. It names nobody and asks for no name."""

from typing import Any

from flask import g, redirect, render_template, request, url_for

from outreach import clock
from outreach.surveys import service
from outreach.surveys.access import survey_link
from outreach.surveys.blueprint import blueprint
from outreach.surveys.survey import (
    OPTION_WORDS,
    QUESTION_WORDS,
    NothingChosenError,
    Question,
    Stage,
    SurveyNotOpenError,
    closes_at,
    stage,
)
from outreach.web.access import public
from outreach.web.error_pages import message_of

__all__ = ["blueprint"]


@blueprint.get("/undersokelse/<slug>/<token>")
@survey_link
def show_survey(slug: str, token: str) -> str:
    """Ask the three questions, or say that it is too early or too late."""
    if stage(g.event.state, g.event.ends_at_utc, clock.now_utc()) is not Stage.OPEN:
        raise SurveyNotOpenError
    return _page()


@blueprint.post("/undersokelse/<slug>/<token>")
@survey_link
def answer_survey(slug: str, token: str) -> Any:
    """Count the answers."""
    try:
        service.answer(g.event, g.ballot, request.form, now=clock.now_utc())
    except NothingChosenError as error:
        return _page(fault=message_of(error)), 422
    return redirect(url_for("surveys.thank"), 303)


@blueprint.get("/undersokelse/takk")
@public
def thank() -> str:
    """Thank whoever answered. The address is one for everybody."""
    return render_template("surveys/thank.html")


def _page(fault: str = "") -> str:
    questions = [(one, QUESTION_WORDS[one], OPTION_WORDS[one]) for one in Question]
    closes = closes_at(g.event.ends_at_utc)
    return render_template("surveys/ask.html", event=g.event, questions=questions, fault=fault, closes=closes)
