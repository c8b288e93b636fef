"""The front desk: find a household by code or name, see where it stands, see to its ticket, note what was said.

What is searched for is sent by POST, so that no name and no code stands in an address, a log or a history.
"""

from functools import partial
from typing import Any

from flask import Response, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from outreach import clock
from outreach.accounts.access import current_actor, requires
from outreach.accounts.roles import Permission
from outreach.audience.name_search import LEAST_LETTERS, words_of
from outreach.errors import NotFoundError, OutreachError
from outreach.invitations.answer_words import ANSWER_WORDS
from outreach.invitations.models import Invitation
from outreach.outbox.states import Channel
from outreach.rsvp.blueprint import blueprint
from outreach.rsvp.desk import queries, service
from outreach.rsvp.desk.desk import (
    WAY_WORDS,
    LateReasonNeededError,
    NoAddressError,
    NothingFoundError,
    NoTicketError,
    Way,
    is_code,
)
from outreach.rsvp.desk.forms import FindForm, LateForm, NewTicketForm, NoteForm, TicketForm
from outreach.rsvp.desk.service import Acting
from outreach.rsvp.needs_list.needs import NEED_WORDS
from outreach.tickets.printed.service import ticket_pdf
from outreach.tickets.queries import valid_of_invitation
from outreach.web.error_pages import message_of
from outreach.web.transactions import aside

__all__ = ["blueprint"]

_WORDS = {
    "answers": ANSWER_WORDS,
    "ways": {way.value: words for way, words in WAY_WORDS.items()},
    "need_words": NEED_WORDS,
}


@blueprint.get("/admin/skranke")
@requires(Permission.INVITATION_MAKE)
def show_desk() -> str:
    """Show the one field of the front desk."""
    return render_template("rsvp/desk/find.html", form=FindForm(formdata=None), found=None, number=0, **_WORDS)


@blueprint.post("/admin/skranke")
@requires(Permission.PEOPLE_SEE)
@requires(Permission.INVITATION_MAKE)
def find_party() -> Any:
    """Go to the household of a code, or list those with somebody of a name."""
    form, now = FindForm(), clock.now_utc()
    if not form.validate():
        return render_template("rsvp/desk/find.html", form=form, found=None, number=0, **_WORDS), 422
    try:
        found, number = _found(form.text.data, now)
    except OutreachError as error:
        form.text.errors = [message_of(error)]
        return render_template("rsvp/desk/find.html", form=form, found=None, number=0, **_WORDS), 422
    service.note_search(number, actor=current_actor(), now=now)
    if isinstance(found, int):
        return redirect(url_for("rsvp.show_party", invitation_id=found), 303)
    return render_template(
        "rsvp/desk/find.html", form=form, found=found, number=number, most=queries.MOST_FOUND, **_WORDS
    )


@blueprint.get("/admin/skranke/<int:invitation_id>")
@requires(Permission.INVITATION_MAKE)
def show_party(invitation_id: int) -> str:
    """Show where a household stands, and what can be done for it."""
    asked = party_of(invitation_id)
    aside(partial(service.note_look, asked.id, actor=current_actor(), now=clock.now_utc()))
    return _page(asked)


@blueprint.post("/admin/skranke/<int:invitation_id>/nei")
@requires(Permission.INVITATION_MAKE)
def decline_for_party(invitation_id: int) -> Any:
    """Store that nobody of the household comes."""
    asked, form = party_of(invitation_id), LateForm()
    try:
        service.decline(asked, by=acting(asked, form))
    except LateReasonNeededError as error:
        form.reason.errors = [message_of(error)]
        return _page(asked, late_form=form), 422
    return back_to(asked, _("Det er notert at ingen kommer."))


@blueprint.post("/admin/skranke/<int:invitation_id>/plass/<any(accept, again, leave):act>")
@requires(Permission.INVITATION_MAKE)
def change_place_for_party(invitation_id: int, act: str) -> Any:
    """Take an offer for the household, or put it on the waiting list again, or take it off."""
    asked = party_of(invitation_id)
    service.change_place(asked, act, by=acting(asked, None))
    return back_to(asked, _("Svaret er lagret."))


@blueprint.post("/admin/skranke/<int:invitation_id>/billett")
@requires(Permission.INVITATION_MAKE)
def send_ticket(invitation_id: int) -> Any:
    """Send the ticket by e-mail or SMS."""
    asked, form = party_of(invitation_id), TicketForm()
    by_sms = form.channel.data == Channel.SMS.value
    field, channel = (form.mobile, Channel.SMS) if by_sms else (form.email, Channel.EMAIL)
    if not form.validate():
        return _page(asked, ticket_form=form), 422
    try:
        service.send_ticket(asked, channel, field.kept, number=form.number.data or 0, by=acting(asked, None))
    except NoAddressError as error:
        field.errors = [message_of(error)]
        return _page(asked, ticket_form=form), 422
    except NoTicketError as error:
        form.form_errors.append(message_of(error))
        return _page(asked, ticket_form=form), 409
    return back_to(asked, _("Billetten blir sendt på SMS.") if by_sms else _("Billetten blir sendt på e-post."))


@blueprint.get("/admin/skranke/<int:invitation_id>/billett.pdf")
@requires(Permission.INVITATION_MAKE)
def print_ticket(invitation_id: int) -> Response:
    """Send the ticket for print."""
    asked = party_of(invitation_id)
    ticket = valid_of_invitation(asked.id)
    if ticket is None:
        raise NotFoundError
    aside(partial(service.note_print, asked.id, actor=current_actor(), now=clock.now_utc()))
    headers = {"Content-Disposition": 'inline; filename="billett.pdf"'}
    return Response(ticket_pdf(ticket), headers=headers, mimetype="application/pdf")


@blueprint.post("/admin/skranke/<int:invitation_id>/ny-billett")
@requires(Permission.INVITATION_MAKE)
def replace_ticket(invitation_id: int) -> Any:
    """Give the ticket a new code, so that the old one lets nobody in."""
    asked, form = party_of(invitation_id), NewTicketForm()
    service.replace_ticket(asked, seen=form.generation.data or 0, by=acting(asked, None))
    return back_to(asked, _("Husstanden har fått en ny billett. Den gamle koden virker ikke lenger."))


@blueprint.post("/admin/skranke/<int:invitation_id>/merknad")
@requires(Permission.INVITATION_MAKE)
def note_for_party(invitation_id: int) -> Any:
    """Keep what was said."""
    asked, form = party_of(invitation_id), NoteForm()
    if not form.validate():
        return _page(asked, note_form=form), 422
    service.note(asked, form.note.kept, Way(form.way.data), by=acting(asked, None))
    return back_to(asked, _("Merknaden er lagret."))


def party_of(invitation_id: int) -> Invitation:
    """Return the household's invitation; 404 when the desk has nothing to do with it."""
    try:
        return queries.invitation(invitation_id, clock.now_utc())
    except NothingFoundError as error:
        raise NotFoundError(error.message) from error


def acting(asked: Invitation, form: LateForm | None, language: str = "") -> Acting:
    """Return who acts now, in the language that the household reads, with the reason that `form` has."""
    late = form.chosen if form else None
    return Acting(current_actor(), clock.now_utc(), language or queries.language_of(asked), late)


def back_to(asked: Invitation, words: str) -> Any:
    """Say `words` and go to the household's page."""
    flash(words)
    return redirect(url_for("rsvp.show_party", invitation_id=asked.id), 303)


def _found(typed: str, now: Any) -> tuple[Any, int]:
    if is_code(typed):
        return queries.by_code(typed, now), 1
    wanted = words_of(typed)
    if not any(len(word) >= LEAST_LETTERS for word in wanted):
        raise OutreachError(_("Skriv minst to bokstaver av navnet."))
    return queries.named(wanted, now)


def _page(asked: Invitation, **forms: Any) -> str:
    party = queries.party(asked, clock.now_utc())
    given = {
        "late_form": LateForm(formdata=None),
        "ticket_form": TicketForm(formdata=None, email=party.email, mobile=party.mobile),
        "note_form": NoteForm(formdata=None),
        **forms,
    }
    return render_template("rsvp/desk/party.html", party=party, **given, **_WORDS)
