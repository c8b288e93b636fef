"""Staff register letters that came back, many in a row, and see to it that each household is reached in another way."""

from functools import partial
from math import ceil
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from outreach import clock
from outreach.accounts.access import current_actor, current_user, requires
from outreach.accounts.roles import Permission
from outreach.errors import NotFoundError, OutreachError
from outreach.events import queries as events
from outreach.invitations.blueprint import blueprint
from outreach.invitations.letters.returning import queries, service
from outreach.invitations.letters.returning.forms import AddressForm, ReturnForm
from outreach.invitations.letters.returning.reaching import queries as reaching
from outreach.invitations.letters.returning.returned import OUTCOME_WORDS, REASON_WORDS, Outcome, ReturnReason
from outreach.messages.outbox_words import REASON_WORDS as STOPPED_WORDS
from outreach.web.error_pages import message_of
from outreach.web.transactions import aside
from outreach.web.whole_numbers import page_asked_for

__all__ = ["blueprint"]

_WORDS = {
    "reasons": {str(reason): words for reason, words in REASON_WORDS.items()},
    "outcomes": {str(outcome): words for outcome, words in OUTCOME_WORDS.items()},
    "stopped": STOPPED_WORDS,
}


@blueprint.get("/admin/brev-i-retur")
@requires(Permission.LETTER_BUILD)
def scan_returned() -> str:
    """Show the field for the code, and what was registered last."""
    return _desk(ReturnForm(formdata=None, reason=request.args.get("grunn", ReturnReason.UNKNOWN.value)))


@blueprint.post("/admin/brev-i-retur")
@requires(Permission.LETTER_BUILD)
def register_returned() -> Any:
    """Register one letter, and come back for the next with the same reason."""
    form = ReturnForm()
    if not form.validate():
        return _desk(form), 422
    reason = ReturnReason(form.reason.data)
    try:
        done = service.register(form.code.data, reason=reason, actor=current_actor(), now=clock.now_utc())
    except OutreachError as error:
        form.code.errors = [message_of(error)]
        return _desk(form), 422
    if done.row.outcome == Outcome.CLOSED:
        flash(_("Registrert: %(event)s. Ingen trenger å gjøre mer med dette brevet.", event=done.event.title))
    else:
        flash(_("Registrert: %(event)s. Husstanden står på lista over dem som må nås.", event=done.event.title))
    return redirect(url_for("invitations.scan_returned", grunn=reason.value), 303)


@blueprint.post("/admin/brev-i-retur/<int:returned_id>/angre")
@requires(Permission.LETTER_BUILD)
def undo_returned(returned_id: int) -> Any:
    """Take a registration back."""
    service.undo(returned_id, actor=current_actor(), now=clock.now_utc())
    flash(_("Angret. Brevet regnes som levert til utskrift igjen."), "info")
    return redirect(url_for("invitations.scan_returned"), 303)


@blueprint.get("/admin/arrangementer/<slug>/brev/retur")
@requires(Permission.LETTER_BUILD)
def list_returned(slug: str) -> Any:
    """Show whom somebody must reach in another way."""
    event, page = events.by_slug(slug), page_asked_for()
    lines, number = reaching.page_of(event.id, page=page, today=clock.today_oslo())
    pages = max(1, ceil(number / queries.PAGE_SIZE))
    if page > pages:
        raise NotFoundError
    aside(partial(service.note_look, event.id, actor=current_actor(), now=clock.now_utc()))
    return render_template(
        "invitations/letters/list_returned.html",
        event=event,
        lines=lines,
        number=number,
        page=page,
        pages=pages,
        counts=queries.outcome_counts(event.id),
        **_WORDS,
    )


@blueprint.post("/admin/arrangementer/<slug>/brev/retur/<int:returned_id>/nadd")
@requires(Permission.LETTER_BUILD)
def mark_reached(slug: str, returned_id: int) -> Any:
    """Note that somebody reached the household."""
    row = queries.of_event(events.by_slug(slug).id, returned_id)
    service.reach(row.id, actor=current_actor(), now=clock.now_utc())
    flash(_("Merket som nådd."))
    return redirect(url_for("invitations.list_returned", slug=slug), 303)


@blueprint.get("/admin/arrangementer/<slug>/brev/retur/<int:returned_id>/nytt-brev")
@requires(Permission.LETTER_BUILD)
def ask_for_address(slug: str, returned_id: int) -> str:
    """Ask where a new letter shall go."""
    event = events.by_slug(slug)
    line = reaching.one(event.id, returned_id, today=clock.today_oslo())
    aside(partial(service.note_look_at, returned_id, actor=current_actor(), now=clock.now_utc()))
    form = AddressForm.of(line.address)
    return render_template("invitations/letters/send_again.html", event=event, line=line, form=form, **_WORDS)


@blueprint.post("/admin/arrangementer/<slug>/brev/retur/<int:returned_id>/nytt-brev")
@requires(Permission.LETTER_BUILD)
def send_again(slug: str, returned_id: int) -> Any:
    """Put the letter back among those that wait, to the typed address."""
    event, form = events.by_slug(slug), AddressForm()
    line = reaching.one(event.id, returned_id, today=clock.today_oslo())
    if not line.may_get_letter or not form.validate():
        values = {"event": event, "line": line, "form": form, **_WORDS}
        return render_template("invitations/letters/send_again.html", **values), 422
    service.send_again(line.row.id, event, form.address(), actor=current_actor(), now=clock.now_utc())
    flash(_("Brevet ligger i køen igjen og blir skrevet ut til den nye adressen."))
    return redirect(url_for("invitations.list_returned", slug=slug), 303)


def _desk(form: ReturnForm) -> str:
    latest = queries.latest_by(current_user().id)
    undoable = {Outcome.OPEN.value, Outcome.CLOSED.value}
    page = "invitations/letters/scan_returned.html"
    return render_template(page, form=form, latest=latest, undoable=undoable, **_WORDS)
