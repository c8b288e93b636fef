"""Staff bring extracts, look at what is in them, and accept or discard."""

from datetime import date
from functools import partial
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from outreach import clock
from outreach.accounts.access import current_actor, requires
from outreach.accounts.roles import Permission
from outreach.audit import service as audit
from outreach.register import queries
from outreach.register.blueprint import blueprint
from outreach.register.checking import FILE_WARNINGS
from outreach.register.column_words import FIELD_WORDS, KIND_WORDS
from outreach.register.formats.extract import ReadOptions
from outreach.register.forms import ExtractForm
from outreach.register.models import StagedExtract
from outreach.register.problems import UnusableFileError
from outreach.register.service import Act, context_for
from outreach.register.staging import service as staging
from outreach.register.staging.preview import Preview, counts_of
from outreach.web.error_pages import message_of
from outreach.web.headers import settings_of_app
from outreach.web.transactions import aside

__all__ = ["blueprint"]

SHOWN_PROBLEMS = 200


@blueprint.get("/admin/register")
@requires(Permission.REGISTER_SEE)
def list_imports() -> Any:
    latest = queries.latest_import()
    return render_template(
        "register/list_imports.html",
        imports=[(one, counts_of(one.counts_json)) for one in queries.imports()],
        latest=latest,
        is_stale=latest is not None and _age_days(latest.as_of) > settings_of_app().register_max_age_days,
        waiting=queries.waiting(now=clock.now_utc()),
        set_aside=queries.set_aside_count(),
        kinds=KIND_WORDS,
    )


@blueprint.route("/admin/register/ny", methods=["GET", "POST"])
@requires(Permission.REGISTER_IMPORT)
def new_extract() -> Any:
    form = ExtractForm()
    if form.validate_on_submit():
        try:
            staged = _stage(form)
        except UnusableFileError as error:
            form.file.errors = [message_of(error)]
        else:
            return redirect(url_for("register.show_extract", extract_id=staged.id), 303)
    return render_template("register/new_extract.html", form=form), 422 if form.errors else 200


@blueprint.get("/admin/register/<int:extract_id>")
@requires(Permission.REGISTER_SEE)
def show_extract(extract_id: int) -> Any:
    staged = queries.staged(extract_id, now=clock.now_utc())
    look = partial(audit.record, "register.look", subject_kind="staged_extract", subject_id=staged.id)
    aside(partial(look, actor=current_actor(), now=clock.now_utc()))
    return render_template(
        "register/show_extract.html",
        staged=staged,
        preview=Preview.from_json(staged.summary_json),
        samples=staging.samples(staged.id),
        most=SHOWN_PROBLEMS,
        fields=FIELD_WORDS,
        kinds=KIND_WORDS,
        file_warnings=FILE_WARNINGS,
    )


@blueprint.post("/admin/register/<int:extract_id>/godta")
@requires(Permission.REGISTER_IMPORT)
def accept_extract(extract_id: int) -> Any:
    staged = queries.staged(extract_id, now=clock.now_utc())
    staging.accept(staged, act=_act(staged.as_of, staged.protection_checked_by))
    flash(_("Uttrekket er lest inn."))
    return redirect(url_for("register.list_imports"), 303)


@blueprint.post("/admin/register/<int:extract_id>/forkast")
@requires(Permission.REGISTER_IMPORT)
def discard_extract(extract_id: int) -> Any:
    staged = queries.staged(extract_id, now=clock.now_utc())
    staging.discard(staged, act=_act(staged.as_of, staged.protection_checked_by))
    flash(_("Uttrekket er forkastet. Ingenting fra det er lagret."))
    return redirect(url_for("register.list_imports"), 303)


def _stage(form: ExtractForm) -> StagedExtract:
    checked_by = form.checked_by.data
    context = context_for(settings_of_app(), as_of=form.as_of.data, today=clock.today_oslo())
    options = ReadOptions(protection_is_checked=bool(checked_by))
    return staging.stage(form.file.data.stream, options=options, context=context, act=_act(form.as_of.data, checked_by))


def _act(as_of: date, checked_by: str) -> Act:
    return Act(as_of=as_of, actor=current_actor(), now=clock.now_utc(), checked_by=checked_by)


def _age_days(as_of: date) -> int:
    return (clock.today_oslo() - as_of).days
