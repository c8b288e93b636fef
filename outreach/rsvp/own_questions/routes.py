"""Staff make the questions that an event asks its guests, and see what was replied, on the page and as a file."""

from functools import partial
from typing import Any

from flask import Response, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from outreach import clock
from outreach.accounts.access import current_actor, requires
from outreach.accounts.roles import Permission
from outreach.errors import OutreachError
from outreach.events import queries as events
from outreach.events.models import Event
from outreach.formats.workbook import workbook
from outreach.rsvp.blueprint import blueprint
from outreach.rsvp.own_questions import queries, service
from outreach.rsvp.own_questions.forms import QuestionForm, form_of
from outreach.rsvp.own_questions.own_question import ASKED_OF_WORDS, KIND_WORDS
from outreach.rsvp.own_questions.service import Act
from outreach.web.error_pages import message_of
from outreach.web.transactions import aside

__all__ = ["blueprint"]

_PATH = "/admin/arrangementer/<slug>/egne-sporsmal"
_WIDTHS = (40, 60, 20)
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get(_PATH)
@requires(Permission.EVENT_EDIT)
def list_own_questions(slug: str) -> str:
    """Show what the event asks, in order, and what it asks no more."""
    return _list(events.by_slug(slug))


@blueprint.route(f"{_PATH}/nytt", methods=["GET", "POST"])
@requires(Permission.EVENT_EDIT)
def new_own_question(slug: str) -> Any:
    """Ask one question more."""
    event, form = events.by_slug(slug), form_of(None)
    if form.validate_on_submit():
        try:
            service.make(event.id, form.wording(), actor=current_actor(), now=clock.now_utc())
        except OutreachError as error:
            form.take(error)
        else:
            return _back(slug, _("Spørsmålet er laget. Gjestene får det når de svarer."))
    return _form(event, form)


@blueprint.route(f"{_PATH}/<int:own_question_id>/endre", methods=["GET", "POST"])
@requires(Permission.EVENT_EDIT)
def edit_own_question(slug: str, own_question_id: int) -> Any:
    """Change a question that nobody has answered."""
    event = events.by_slug(slug)
    form = form_of(queries.one(event.id, own_question_id))
    if form.validate_on_submit():
        now = clock.now_utc()
        try:
            service.change(event.id, own_question_id, form.wording(), actor=current_actor(), now=now)
        except OutreachError as error:
            form.take(error)
        else:
            return _back(slug, _("Spørsmålet er endret."))
    return _form(event, form, own_question_id)


@blueprint.post(f"{_PATH}/<int:own_question_id>/<any(opp, ned, avslutt, igjen, slett):act>")
@requires(Permission.EVENT_EDIT)
def act_on_own_question(slug: str, own_question_id: int, act: str) -> Any:
    """Move a question, stop or begin again to ask it, or delete it."""
    event, now = events.by_slug(slug), clock.now_utc()
    try:
        service.act(event.id, own_question_id, Act(act), actor=current_actor(), now=now)
    except OutreachError as error:
        if error.http_status != 409:
            raise
        return _list(event, message_of(error)), 409
    return _back(slug, "")


@blueprint.get(f"{_PATH}/svar")
@requires(Permission.INVITATION_MAKE)
def show_replies(slug: str) -> str:
    """Show how many replied what, and each reply with a way to ask more."""
    event = events.by_slug(slug)
    replies = queries.replies(event.id)
    aside(partial(service.note_look, event.id, actor=current_actor(), now=clock.now_utc()))
    return render_template("rsvp/show_replies.html", event=event, replies=replies)


@blueprint.get(f"{_PATH}/svar.xlsx")
@requires(Permission.INVITATION_MAKE)
def replies_file(slug: str) -> Any:
    """Send every reply as a workbook, without names."""
    event = events.by_slug(slug)
    replies = queries.replies(event.id)
    aside(partial(service.note_look, event.id, actor=current_actor(), now=clock.now_utc(), is_export=True))
    content = workbook(
        _("Svar"),
        _("%(event)s: svar på spørsmål", event=event.title),
        [_("Spørsmål"), _("Svar"), _("Personer i følget")],
        [(one.question.text, line.text, line.persons) for one in replies for line in one.lines],
        widths=_WIDTHS,
    )
    headers = {"Content-Disposition": f'attachment; filename="{slug}-svar.xlsx"', "Cache-Control": "no-store"}
    return Response(content, mimetype=_XLSX, headers=headers)


def _list(event: Event, fault: str = "") -> str:
    rows, counts = queries.rows(event.id), queries.reply_counts(event.id)
    shown = [(queries.own_question(row), row.retired_at_utc is not None, counts.get(row.id, 0)) for row in rows]
    words = {"kinds": KIND_WORDS, "asked_of": ASKED_OF_WORDS, "fault": fault}
    return render_template("rsvp/list_own_questions.html", event=event, questions=shown, **words)


def _form(event: Event, form: QuestionForm, own_question_id: int | None = None) -> Any:
    answered = own_question_id is not None and queries.reply_counts(event.id).get(own_question_id, 0) > 0
    page = render_template(
        "rsvp/edit_own_question.html",
        event=event,
        form=form,
        own_question_id=own_question_id,
        is_answered=answered,
        is_asked=answered and own_question_id in {one.id for one in queries.asked(event.id)},
    )
    return page, 422 if form.errors else 200


def _back(slug: str, words: str) -> Any:
    if words:
        flash(words)
    return redirect(url_for("rsvp.list_own_questions", slug=slug), 303)
