"""Staff look through an event's invitations, and find one by name or by the code that a guest reads aloud."""

from functools import partial
from math import ceil
from typing import Any

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _

from outreach import clock
from outreach.accounts.access import current_actor, requires
from outreach.accounts.roles import Permission
from outreach.audience.forms import NameForm
from outreach.audience.name_search import LEAST_LETTERS, words_of
from outreach.errors import NotFoundError, OutreachError
from outreach.events import queries as events
from outreach.events.models import Event
from outreach.formats.short_code import grouped
from outreach.invitations import queries as invitations
from outreach.invitations import service
from outreach.invitations.answer_words import ANSWER_WORDS
from outreach.invitations.blueprint import blueprint
from outreach.invitations.forms import CodeForm
from outreach.invitations.invitation import STATE_WORDS
from outreach.invitations.letter_words import LETTER_WORDS
from outreach.invitations.letters.languages.forms import HouseholdLanguageForm
from outreach.invitations.listing import queries
from outreach.invitations.listing.queries import Shown
from outreach.web.error_pages import message_of
from outreach.web.transactions import aside
from outreach.web.whole_numbers import page_asked_for

__all__ = ["blueprint"]

_WORDS = {
    "states": {str(state): text for state, text in STATE_WORDS.items()},
    "letters": LETTER_WORDS,
    "answers": ANSWER_WORDS,
}


@blueprint.get("/admin/arrangementer/<slug>/invitasjoner")
@requires(Permission.INVITATION_MAKE)
def list_invitations(slug: str) -> Any:
    """Show how many invitations are in which state, and the list of them."""
    return _list(events.by_slug(slug))


@blueprint.post("/admin/arrangementer/<slug>/invitasjoner/finn")
@requires(Permission.INVITATION_MAKE)
def find_by_code(slug: str) -> Any:
    """Go to the invitation of a code. By POST, so that no code stands in an address."""
    event, form = events.by_slug(slug), CodeForm()
    if form.validate_on_submit():
        try:
            found = invitations.by_code(form.code.data)
        except OutreachError as error:
            form.code.errors = [message_of(error)]
        else:
            if found.event_id == event.id:
                return redirect(url_for("invitations.show_one", slug=slug, invitation_id=found.id), 303)
            form.code.errors = [_("Koden hører til et annet arrangement.")]
    return _list(event, code_form=form), 422


@blueprint.post("/admin/arrangementer/<slug>/invitasjoner/sok")
@requires(Permission.PEOPLE_SEE)
@requires(Permission.INVITATION_MAKE)
def find_by_name(slug: str) -> Any:
    """Show the invitations with a name. By POST, so that no name stands in an address, a log or a history."""
    event, form = events.by_slug(slug), NameForm()
    wanted = words_of(form.name.data) if form.validate_on_submit() else ()
    if not form.errors and not any(len(word) >= LEAST_LETTERS for word in wanted):
        form.name.errors = [_("Skriv minst to bokstaver av navnet.")]
    if form.errors:
        return _list(event, name_form=form), 422
    lines, number = queries.named(event.id, wanted)
    service.note_search(event.id, found=number, actor=current_actor(), now=clock.now_utc())
    page = {"event": event, "form": form, "lines": lines, "number": number, "most": queries.MOST_FOUND}
    return render_template("invitations/find_by_name.html", **page, **_WORDS)


@blueprint.get("/admin/arrangementer/<slug>/invitasjoner/<int:invitation_id>")
@requires(Permission.INVITATION_MAKE)
def show_one(slug: str, invitation_id: int) -> Any:
    """Show one invitation: whom it asks and where they live, what they answered, its code, its letter."""
    event = events.by_slug(slug)
    line = queries.line_of(event.id, invitation_id)
    aside(partial(service.note_look, invitation_id, actor=current_actor(), now=clock.now_utc()))
    form = HouseholdLanguageForm.of(line.invitation.language)
    values = {"event": event, "line": line, "code": grouped(line.code), "form": form}
    return render_template("invitations/show_one.html", **values, **_WORDS)


def _list(event: Event, *, code_form: CodeForm | None = None, name_form: NameForm | None = None) -> str:
    page, shown = page_asked_for(), request.args.get("vis", Shown.ALL, type=Shown)
    answers = queries.answers_of(event.id)
    lines, number = queries.listed(event.id, answers, page=page, shown=shown)
    pages = max(1, ceil(number / queries.PAGE_SIZE))
    if page > pages:
        raise NotFoundError
    aside(partial(service.note_list_look, event.id, page=page, actor=current_actor(), now=clock.now_utc()))
    counts = {
        "answer_counts": queries.answer_counts(event.id, answers),
        "persons": invitations.invited_persons(event.id),
        "state_counts": invitations.state_counts(event.id),
        "letter_counts": invitations.letter_counts(event.id),
    }
    forms = {"code_form": code_form or CodeForm(), "name_form": name_form or NameForm()}
    place = {"event": event, "lines": lines, "page": page, "pages": pages, "shown": shown}
    return render_template("invitations/list_invitations.html", **place, **forms, **counts, **_WORDS)
