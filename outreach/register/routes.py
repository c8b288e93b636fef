"""Staff bring extracts, and see which ones have been read."""

from typing import Any

from flask import redirect, render_template, url_for

from outreach import clock
from outreach.accounts.access import current_actor, requires
from outreach.accounts.roles import Permission
from outreach.register import queries
from outreach.register.blueprint import blueprint
from outreach.register.column_words import KIND_WORDS, STAGE_WORDS
from outreach.register.formats.encoding import titled
from outreach.register.forms import ExtractForm
from outreach.register.freshness.queries import is_too_old
from outreach.register.models import StagedExtract
from outreach.register.problems import UnusableFileError
from outreach.register.service import Act, context_for
from outreach.register.staging import service as staging
from outreach.register.staging.preview import counts_of
from outreach.web.error_pages import message_of
from outreach.web.headers import settings_of_app
from outreach.web.oversized import takes_files

__all__ = ["blueprint"]

blueprint.add_app_template_filter(titled, "encoding_title")


@blueprint.get("/admin/register")
@requires(Permission.REGISTER_SEE)
def list_imports() -> Any:
    latest = queries.latest_import()
    return render_template(
        "register/list_imports.html",
        imports=[(one, counts_of(one.counts_json)) for one in queries.imports()],
        latest=latest,
        is_stale=is_too_old(latest, clock.now_utc()),
        waiting=queries.waiting(now=clock.now_utc()),
        set_aside=queries.set_aside_count(),
        kinds=KIND_WORDS,
        stages=STAGE_WORDS,
    )


@blueprint.route("/admin/register/ny", methods=["GET", "POST"])
@requires(Permission.REGISTER_IMPORT)
@takes_files
def new_extract() -> Any:
    form = ExtractForm()
    if form.validate_on_submit():
        try:
            staged = _bring(form)
        except UnusableFileError as error:
            form.file.errors = [message_of(error)]
        else:
            return redirect(url_for("register.show_extract", extract_id=staged.id), 303)
    return render_template("register/new_extract.html", form=form), 422 if form.errors else 200


def _bring(form: ExtractForm) -> StagedExtract:
    stream = form.file.data.stream
    act = Act(
        as_of=form.as_of.data, actor=current_actor(), now=clock.now_utc(), checked_by=str(form.checked_by.data or "")
    )
    context = context_for(settings_of_app(), as_of=act.as_of, today=clock.today_oslo())
    staged = staging.bring(stream, act=act)
    staging.go_on(staged, stream, context=context, act=act)
    return staged
