"""Staff see who waits for an answer, take a question, answer it, close it."""

from functools import partial
from math import ceil
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from outreach import clock
from outreach.accounts.access import current_actor, current_user, requires
from outreach.accounts.roles import Permission
from outreach.errors import NotFoundError
from outreach.questions import queries, service
from outreach.questions.blueprint import blueprint
from outreach.questions.forms import AnswerForm
from outreach.questions.question import STATUS_WORDS, NoAddressError, Status, Way
from outreach.web.error_pages import message_of
from outreach.web.transactions import aside
from outreach.web.whole_numbers import page_asked_for

__all__ = ["blueprint"]

_WORDS = {str(status): words for status, words in STATUS_WORDS.items()}


@blueprint.get("/admin/sporsmal")
@requires(Permission.QUESTION_ANSWER)
def list_questions() -> str:
    """Show the questions that wait, or those of one status."""
    page, status = page_asked_for(), request.args.get("vis", type=Status)
    lines, number = queries.listed(status, page=page)
    pages = max(1, ceil(number / queries.PAGE_SIZE))
    if page > pages:
        raise NotFoundError
    aside(partial(service.note_list_look, actor=current_actor(), now=clock.now_utc(), page=page))
    place = {"lines": lines, "number": number, "page": page, "pages": pages, "status": status or ""}
    return render_template("questions/list_questions.html", **place, counts=queries.status_counts(), words=_WORDS)


@blueprint.get("/admin/sporsmal/<int:question_id>")
@requires(Permission.QUESTION_ANSWER)
def show_question(question_id: int) -> str:
    """Show one question."""
    shown = queries.shown(question_id)
    aside(partial(service.note_look, question_id, actor=current_actor(), now=clock.now_utc()))
    way = Way.EMAIL if shown.question.email_sealed else Way.PHONE
    return _page(shown, AnswerForm(formdata=None, way=way.value))


@blueprint.post("/admin/sporsmal/<int:question_id>/ta")
@requires(Permission.QUESTION_ANSWER)
def take_question(question_id: int) -> Any:
    """Say that the one who is signed in answers."""
    service.take(question_id, user_id=current_user().id, now=clock.now_utc())
    return _back(question_id, _("Du har tatt spørsmålet."))


@blueprint.post("/admin/sporsmal/<int:question_id>/svar")
@requires(Permission.QUESTION_ANSWER)
def answer_question(question_id: int) -> Any:
    """Answer by e-mail, or note that it was answered by phone."""
    shown, form = queries.shown(question_id), AnswerForm()
    if not form.validate():
        return _page(shown, form), 422
    way = Way(form.way.data)
    if way is Way.EMAIL and shown.question.email_sealed is None:
        form.way.errors = [message_of(NoAddressError())]
        return _page(shown, form), 422
    service.answer(question_id, form.text.kept, way, user_id=current_user().id, now=clock.now_utc())
    return _back(question_id, _("Svaret blir sendt.") if way is Way.EMAIL else _("Notert som besvart på telefon."))


@blueprint.post("/admin/sporsmal/<int:question_id>/lukk")
@requires(Permission.QUESTION_ANSWER)
def close_question(question_id: int) -> Any:
    """Close a question."""
    service.close(question_id, user_id=current_user().id, now=clock.now_utc())
    return _back(question_id, _("Spørsmålet er lukket."))


@blueprint.post("/admin/sporsmal/<int:question_id>/<any(fri, ikke_fri):mark>")
@requires(Permission.QUESTION_ANSWER)
def mark_question(question_id: int, mark: str) -> Any:
    """Say whether the texts hold nothing personal."""
    service.mark_free(question_id, is_free=mark == "fri", user_id=current_user().id, now=clock.now_utc())
    return _back(question_id, _("Merket for arkivet.") if mark == "fri" else _("Merket er fjernet."))


def _back(question_id: int, words: str) -> Any:
    flash(words)
    return redirect(url_for("questions.show_question", question_id=question_id), 303)


def _page(shown: queries.Listed, form: AnswerForm) -> str:
    return render_template("questions/show_question.html", shown=shown, form=form, words=_WORDS)
