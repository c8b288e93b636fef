"""Staff see what is in an upload, say what its columns are, and accept or discard it."""

import json
from functools import partial
from typing import Any

from flask import Response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from outreach import clock
from outreach.accounts.access import current_actor, requires
from outreach.accounts.roles import Permission
from outreach.audit import service as audit
from outreach.errors import NotFoundError
from outreach.formats.safe_csv import csv_text
from outreach.register import queries
from outreach.register.blueprint import blueprint
from outreach.register.checking import FILE_WARNINGS
from outreach.register.column_words import KIND_WORDS, ORIGIN_WORDS, WHY_WORDS
from outreach.register.columns.choice import fault_in
from outreach.register.diff import CHANGE_WORDS, FEED_CHANGE_WORDS
from outreach.register.formats.detect import Kind
from outreach.register.formats.looking import FileLook
from outreach.register.forms import ColumnsForm, columns_form
from outreach.register.jobs import queries as jobs
from outreach.register.models import StagedExtract
from outreach.register.problems import Problem, UnusableFileError
from outreach.register.service import Act, context_for
from outreach.register.stages import AT_WORK, CORRECTABLE, Stage
from outreach.register.staging import queries as staging_queries
from outreach.register.staging import service as staging
from outreach.register.staging.contents import service as contents
from outreach.register.staging.correcting import service as correcting
from outreach.register.staging.preview import Preview, counts_of
from outreach.web.error_pages import message_of
from outreach.web.headers import settings_of_app
from outreach.web.transactions import aside

__all__ = ["blueprint"]

PROBLEMS_PER_PAGE = 50
# Longer than a worker that is alive leaves a job.
_UNCLAIMED_SECONDS = 20


@blueprint.get("/admin/register/<int:extract_id>")
@requires(Permission.REGISTER_SEE)
def show_extract(extract_id: int) -> Any:
    try:
        staged = queries.staged(extract_id, now=clock.now_utc())
    except NotFoundError:
        return _redirect_to_outcome(extract_id)
    stage = Stage(staged.stage)
    if stage in AT_WORK:
        return _progress_page(staged)
    if stage is Stage.WAITING:
        return _preview_page(staged)
    if stage is Stage.COLUMNS:
        return redirect(url_for("register.choose_columns", extract_id=staged.id), 303)
    return render_template("register/unusable.html", staged=staged, fault=_fault_words(staged))


@blueprint.route("/admin/register/<int:extract_id>/kolonner", methods=["GET", "POST"])
@requires(Permission.REGISTER_IMPORT)
def choose_columns(extract_id: int) -> Any:
    staged = queries.staged(extract_id, now=clock.now_utc())
    look = contents.look_of(staged)
    if look is None or Stage(staged.stage) not in CORRECTABLE:
        return redirect(url_for("register.show_extract", extract_id=staged.id), 303)
    form = columns_form(look, checked_by=staged.protection_checked_by)
    if not form.is_submitted():
        _note_look(staged)
        return _columns_page(form, staged, look)
    try:
        said = _said(form, look)
        context = context_for(settings_of_app(), as_of=staged.as_of, today=clock.today_oslo())
        look = correcting.seen_by(staged, look, said, context=context)
        if request.form.get("act") == "show" or said.is_of_another_sheet:
            fresh = columns_form(look, checked_by=form.checked_by.data or "", is_fresh=said.is_of_another_sheet)
            return _columns_page(fresh, staged, look)
        if form.validate() and not form.refuse_repeated():
            correcting.read_anew(staged, look, said, context=context, act=_act(staged, form.checked_by.data))
            return redirect(url_for("register.show_extract", extract_id=staged.id), 303)
    except UnusableFileError as error:
        form.form_errors.append(message_of(error))
    return _columns_page(form, staged, look), 422


@blueprint.get("/admin/register/<int:extract_id>/problemer.csv")
@requires(Permission.REGISTER_SEE)
def download_problems(extract_id: int) -> Any:
    staged = queries.staged(extract_id, now=clock.now_utc())
    problems = Preview.from_json(staged.summary_json).problems if staged.stage == Stage.WAITING else []
    header = [_("Rad"), _("Kolonne"), _("Kode"), _("Hva er galt"), _("Hva skjer med raden")]
    rows = [(one.row, one.column, one.code, _problem_words(one), _outcome_words(one)) for one in problems]
    name = f"problemer-{staged.as_of.isoformat()}.csv"
    return Response(
        csv_text(header, rows, delimiter=";").encode("utf-8-sig"),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@blueprint.post("/admin/register/<int:extract_id>/godta")
@requires(Permission.REGISTER_IMPORT)
def accept_extract(extract_id: int) -> Any:
    try:
        staged = queries.staged(extract_id, now=clock.now_utc())
    except NotFoundError:
        return _redirect_to_outcome(extract_id)  # pressed twice: the first time did it
    staging.accept_or_queue(staged, act=_act(staged, staged.protection_checked_by))
    return redirect(url_for("register.show_extract", extract_id=extract_id), 303)


@blueprint.post("/admin/register/<int:extract_id>/forkast")
@requires(Permission.REGISTER_IMPORT)
def discard_extract(extract_id: int) -> Any:
    try:
        staged = queries.staged(extract_id, now=clock.now_utc())
    except NotFoundError:
        return _redirect_to_outcome(extract_id)  # pressed twice: the first time did it
    staging.discard(staged, act=_act(staged, staged.protection_checked_by))
    return redirect(url_for("register.show_discarded", extract_id=extract_id), 303)


@blueprint.get("/admin/register/<int:extract_id>/forkastet")
@requires(Permission.REGISTER_SEE)
def show_discarded(extract_id: int) -> Any:
    discarding = staging_queries.discarding(extract_id)
    if discarding is None:
        raise NotFoundError
    return render_template("register/discarded.html", discarding=discarding)


@blueprint.get("/admin/register/<int:extract_id>/hendelser")
@requires(Permission.REGISTER_SEE)
def show_applied(extract_id: int) -> Any:
    applying = staging_queries.applying(extract_id)
    if applying is None:
        raise NotFoundError
    counts = json.loads(applying.details)
    return render_template("register/feed_applied.html", applying=applying, counts=counts, changes=FEED_CHANGE_WORDS)


@blueprint.get("/admin/register/innlesing/<int:import_id>")
@requires(Permission.REGISTER_SEE)
def show_import(import_id: int) -> Any:
    found = staging_queries.accepted(import_id)
    if found is None:
        raise NotFoundError
    return render_template(
        "register/show_import.html",
        found=found,
        counts=counts_of(found.counts_json),
        kinds=KIND_WORDS,
        set_aside=queries.set_aside_count(),
    )


def _redirect_to_outcome(extract_id: int) -> Any:
    if staging_queries.accepted(extract_id):
        return redirect(url_for("register.show_import", import_id=extract_id), 303)
    if staging_queries.applying(extract_id):
        return redirect(url_for("register.show_applied", extract_id=extract_id), 303)
    if staging_queries.discarding(extract_id):
        return redirect(url_for("register.show_discarded", extract_id=extract_id), 303)
    raise NotFoundError


def _progress_page(staged: StagedExtract) -> Any:
    job = jobs.job_of(staged.id)
    waited = (clock.now_utc() - job.queued_at_utc).total_seconds() if job and not job.worker else 0
    return render_template("register/progress.html", staged=staged, job=job, is_stuck=waited > _UNCLAIMED_SECONDS)


def _preview_page(staged: StagedExtract) -> Any:
    _note_look(staged)
    preview = Preview.from_json(staged.summary_json)
    last_page = max(1, -(-len(preview.problems) // PROBLEMS_PER_PAGE))
    page = min(max(1, request.args.get("side", 1, int)), last_page)
    shown = preview.problems[(page - 1) * PROBLEMS_PER_PAGE : page * PROBLEMS_PER_PAGE]
    is_feed = staged.format == Kind.FEED
    return render_template(
        "register/show_feed.html" if is_feed else "register/show_extract.html",
        staged=staged,
        preview=preview,
        examples=contents.examples_of(staged),
        changes=FEED_CHANGE_WORDS if is_feed else CHANGE_WORDS,
        problems=[(one.row, one.column or "–", _problem_words(one), _outcome_words(one)) for one in shown],
        page=page,
        last_page=last_page,
        kinds=KIND_WORDS,
        origins=ORIGIN_WORDS,
        file_warnings=FILE_WARNINGS,
        fault=_fault_words(staged),
    )


def _columns_page(form: ColumnsForm, staged: StagedExtract, look: FileLook) -> str:
    fault = fault_in(look, protection_is_checked=bool(staged.protection_checked_by))
    return render_template(
        "register/choose_columns.html",
        form=form,
        staged=staged,
        look=look,
        fault=message_of(fault) if fault and not form.errors else "",
        whys=WHY_WORDS,
        kinds=KIND_WORDS,
    )


def _said(form: ColumnsForm, look: FileLook) -> correcting.Said:
    encoding = form.encoding.data if "encoding" in form else look.encoding
    sheet = form.sheet.data if "sheet" in form else look.sheet
    return correcting.Said(form.fields, encoding, sheet, form.shown_sheet.data or "")


def _act(staged: StagedExtract, checked_by: str | None) -> Act:
    return Act(as_of=staged.as_of, actor=current_actor(), now=clock.now_utc(), checked_by=checked_by or "")


def _note_look(staged: StagedExtract) -> None:
    look = partial(audit.record, "register.look", subject_kind="staged_extract", subject_id=staged.id)
    aside(partial(look, actor=current_actor(), now=clock.now_utc()))


def _fault_words(staged: StagedExtract) -> str:
    if not staged.fault_json:
        return ""
    message, values = json.loads(staged.fault_json)
    return str(_(message, **values))


def _problem_words(problem: Problem) -> str:
    return str(_(problem.message, first_row=problem.first_row))


def _outcome_words(problem: Problem) -> str:
    return str(_("Brukes likevel") if problem.is_warning else _("Utelatt"))
