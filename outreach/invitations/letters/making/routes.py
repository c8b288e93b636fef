"""Staff have letters made by the worker, look them over, fetch the files, and say that the printer has them."""

import json
from functools import partial
from math import ceil
from typing import Any

from flask import Response, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _

from outreach import clock
from outreach.accounts.access import current_actor, requires
from outreach.accounts.roles import Permission
from outreach.errors import NotFoundError, OutreachError
from outreach.events import queries as events
from outreach.formats.whole_numbers import small_number
from outreach.invitations.blueprint import blueprint
from outreach.invitations.letters.making import queries, service
from outreach.invitations.letters.making.models import LetterJob
from outreach.invitations.letters.making.stages import PICTURES_A_PAGE, JobKind
from outreach.messages.queries import batch_by_reference
from outreach.outbox.message import FIRST_WAVE, LETTER_KINDS
from outreach.web.error_pages import message_of
from outreach.web.transactions import aside
from outreach.web.whole_numbers import page_asked_for

__all__ = ["blueprint"]


@blueprint.post("/admin/arrangementer/<slug>/brev/lag/<any(build, reprint):kind>")
@requires(Permission.LETTER_BUILD)
def make_letters(slug: str, kind: str) -> Any:
    """Have the worker make the letters that wait, or once more those that were printed."""
    return _ask(slug, JobKind(kind), None, wave_asked_for())


@blueprint.post("/admin/arrangementer/<slug>/brev/lag-bilder/<reference>")
@requires(Permission.LETTER_BUILD)
def make_pictures(slug: str, reference: str) -> Any:
    """Have the worker picture every letter of a batch, to look over before it is released."""
    event, batch = events.by_slug(slug), batch_by_reference(reference)
    if batch is None or batch.event_id != event.id:
        raise NotFoundError
    return _ask(slug, JobKind.PICTURES, batch.id, batch.wave)


@blueprint.post("/admin/arrangementer/<slug>/brev/filer/<int:job_id>/hent/<name>")
@requires(Permission.LETTER_BUILD)
def fetch_file(slug: str, job_id: int, name: str) -> Response:
    """Send one file. By POST, since that it was fetched is kept."""
    path = service.fetch(_job(slug, job_id), name, actor=current_actor(), now=clock.now_utc())
    response = send_file(path, as_attachment=True, download_name=name, etag=False)
    # Left to itself it would let a browser keep a file with people's addresses.
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.post("/admin/arrangementer/<slug>/brev/filer/<int:job_id>/levert")
@requires(Permission.LETTER_BUILD)
def confirm_files(slug: str, job_id: int) -> Any:
    """Erase the files: the printer has them."""
    service.confirm(_job(slug, job_id), actor=current_actor(), now=clock.now_utc())
    flash(_("Filene er slettet her hos oss."))
    return redirect(url_for("invitations.show_letters", slug=slug), 303)


@blueprint.get("/admin/arrangementer/<slug>/brev/bilder/<int:job_id>")
@requires(Permission.LETTER_BUILD)
def look_over(slug: str, job_id: int) -> str:
    """Show one page of pictures, each leading to the letter."""
    event, job = events.by_slug(slug), _job(slug, job_id)
    ids, page = queries.pictured(job), page_asked_for()
    pages = max(1, ceil(len(ids) / PICTURES_A_PAGE))
    if page > pages:
        raise NotFoundError
    aside(partial(service.note_look, job.id, page=page, actor=current_actor(), now=clock.now_utc()))
    first = (page - 1) * PICTURES_A_PAGE
    shown = list(enumerate(ids[first : first + PICTURES_A_PAGE], start=first + 1))
    values = {"event": event, "job": job, "shown": shown, "number": len(ids), "page": page, "pages": pages}
    return render_template("invitations/letters/look_over.html", **values)


@blueprint.get("/admin/arrangementer/<slug>/brev/bilder/<int:job_id>/<int:invitation_id>.png")
@requires(Permission.LETTER_BUILD)
def show_picture(slug: str, job_id: int, invitation_id: int) -> Response:
    """Send one picture; that somebody looked is written down for its page."""
    job = _job(slug, job_id)
    path = queries.folder_of(job.id) / f"{invitation_id}.png"
    if job.kind != JobKind.PICTURES or not path.is_file():
        raise NotFoundError
    return Response(path.read_bytes(), content_type="image/png")


def work_shown(job: LetterJob) -> dict[str, Any]:
    """Return what the letters' page says of one piece of work: files, and why it failed."""
    fault = ""
    if job.fault_json:
        message, values = json.loads(job.fault_json)
        fault = message_of(OutreachError(message, **values))
    return {"job": job, "files": queries.files_of(job), "fault": fault, "batch": queries.batch(job.batch_id)}


def wave_asked_for() -> int:
    """Return the wave of letters that the address names (`bolge`), the first by default. Raises NotFoundError."""
    wave = request.args.get("bolge", FIRST_WAVE, type=small_number)
    if wave not in LETTER_KINDS:
        raise NotFoundError
    return wave


def _ask(slug: str, kind: JobKind, batch_id: int | None, wave: int) -> Any:
    now = clock.now_utc()
    service.ask(events.by_slug(slug), kind, batch_id=batch_id, actor=current_actor(), now=now, wave=wave)
    return redirect(url_for("invitations.show_letters", slug=slug), 303)


def _job(slug: str, job_id: int) -> LetterJob:
    return queries.job_of(events.by_slug(slug).id, job_id)
