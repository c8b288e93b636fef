"""The household's own pages: the invitation, the answer with its check page, the receipt, cancelling, "do not write".

No account and no script. What is typed travels in hidden fields between the form and the check page, never in a cookie
or an address. A GET changes nothing, because mail scanners open every link.
"""

from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Response, current_app, g, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import escape

from outreach import clock
from outreach.rsvp import queries, service
from outreach.rsvp.access import household_link
from outreach.rsvp.answer import Answer, RsvpState, party_seats
from outreach.rsvp.answer_checks import check
from outreach.rsvp.answer_draft import AnswerDraft, from_answer, from_fields
from outreach.rsvp.blueprint import blueprint
from outreach.rsvp.field_fault import FieldFault
from outreach.rsvp.invitation_page import InvitationPage
from outreach.rsvp.needs_list.needs import NEED_WORDS
from outreach.rsvp.own_questions import queries as own_questions
from outreach.rsvp.own_questions.own_question import OwnQuestion
from outreach.rsvp.seats.seat_kinds import SeatKind
from outreach.rsvp.standing import AnswersClosedError, EventFullError, OfferGoneError, Standing
from outreach.rsvp.waitlist.taking import service as taking
from outreach.rsvp.wording import names, names_coming, waiting_words
from outreach.web.filters import kept_apart
from outreach.web.form_guard import form_mark
from outreach.web.languages import current_language, languages_here
from outreach.web.page_shell import Shell, Shells, mark
from outreach.web.transactions import at_once, begin_again, begin_to_write, reads_first

_SHELLS = "treffpunkt.invitation_pages"
_ACTS = {"accept": taking.take_offer, "again": taking.wait_again, "leave": taking.leave_queue}


@dataclass(frozen=True)
class _Typed:
    """What a household has typed so far on its page, and what it is asked."""

    token: str
    page: InvitationPage
    draft: AnswerDraft
    questions: tuple[OwnQuestion, ...]


@blueprint.record_once
def keep_shells(state: Any) -> None:
    """Give the application its shells of the invitation page."""
    state.app.extensions[_SHELLS] = Shells()


@blueprint.get("/I/<token>")
@blueprint.get("/i/<token>")
@household_link
def show_invitation(token: str) -> Response:
    """Tell what, when, where, who invites and why, and where the household stands."""
    return _overview(token, _page())


@blueprint.get("/i/<token>/svar")
@household_link
def show_answer_form(token: str) -> Response:
    """Show the questions, filled in with what was answered before."""
    page = _page()
    if not page.is_open:
        return _overview(token, page)
    questions = _questions(page)
    draft = from_answer(queries.stored_answer(page.rsvp, page.guests), questions) if page.rsvp else AnswerDraft()
    return _form(_Typed(token, page, draft, questions))


@blueprint.post("/i/<token>/svar")
@reads_first
@household_link
def answer_invitation(token: str) -> Response:
    """Check what was typed; show it for confirmation, or store it when it is confirmed."""
    page = _page()
    if not page.is_open:
        return _overview(token, page, status=410)
    questions = _questions(page)
    typed = _Typed(token, page, from_fields(request.form.to_dict(), page.guests, questions), questions)
    checked = check(typed.draft, page.guests, questions)
    step = request.form.get("step")
    if step == "edit":
        return _form(typed)
    if checked.answer is None:
        return _form(typed, checked.faults)
    if step == "confirm":
        return _store(typed, checked.answer)
    return _check_page(typed, checked.answer, is_willing_to_wait=step == "wait")


@blueprint.post("/i/<token>/nei")
@household_link
def decline_invitation(token: str) -> Response:
    """Store that nobody of the household comes."""
    try:
        service.decline(g.invitation, now=clock.now_utc(), language=current_language())
    except AnswersClosedError:
        return _overview(token, _page(), status=410)
    return _see(token, "show_receipt")


@blueprint.get("/i/<token>/takk")
@household_link
def show_receipt(token: str) -> Response:
    """Say what was stored and what comes next."""
    page = _page()
    if page.rsvp is None or page.standing not in (Standing.COMING, Standing.DECLINED, Standing.CANCELLED):
        return _overview(token, page)
    replies = own_questions.replies_of(page.rsvp.id) if page.rsvp.has_replies and page.rsvp.persons else ()
    told = {**_words(page, current_language()), "replies": replies, "questions": _questions(page) if replies else ()}
    return _rendered("rsvp/show_receipt.html", token=token, page=page, **told)


@blueprint.get("/i/<token>/avlys")
@household_link
def ask_to_cancel(token: str) -> Response:
    """Ask whether the household really cancels."""
    page = _page()
    if page.standing is not Standing.COMING or not page.is_open:
        return _overview(token, page)
    return _rendered("rsvp/ask_to_cancel.html", token=token, page=page, **_words(page, current_language()))


@blueprint.post("/i/<token>/avlys")
@household_link
def cancel_answer(token: str) -> Response:
    """Take the household's yes back."""
    try:
        service.cancel(g.invitation, clock.now_utc(), language=current_language())
    except AnswersClosedError:
        return _overview(token, _page(), status=410)
    return _see(token, "show_receipt")


@blueprint.post("/i/<token>/venteliste")
@household_link
def change_place(token: str) -> Response:
    """Take an offer, leave the waiting list, or join it again after an offer that ended."""
    act = _ACTS.get(request.form.get("do", ""))
    try:
        outcome = act(g.invitation, now=clock.now_utc(), language=current_language()) if act else None
    except (OfferGoneError, AnswersClosedError):
        return _overview(token, _page(), status=410)
    return _see(token, _view_after(outcome.state if outcome else RsvpState.WAITLISTED))


@blueprint.get("/i/<token>/reservasjon")
@household_link
def ask_to_stop_writing(token: str) -> Response:
    """Ask whether we shall really never write again."""
    is_done = request.args.get("ferdig") == "1"
    page = _page()
    words = _words(page, current_language())
    return _rendered("rsvp/ask_to_stop_writing.html", token=token, page=page, is_done=is_done, **words)


@blueprint.post("/i/<token>/reservasjon")
@household_link
def stop_writing(token: str) -> Response:
    """Never write to this household's persons again."""
    service.stop_writing(g.invitation, now=clock.now_utc())
    return redirect(url_for("rsvp.ask_to_stop_writing", token=token, ferdig="1"), 303)  # type: ignore[return-value]


def _page() -> InvitationPage:
    return queries.page(g.invitation, clock.today_oslo())


def _questions(page: InvitationPage) -> tuple[OwnQuestion, ...]:
    return own_questions.asked(page.event.id) if page.invitation.household.has_questions else ()


def _view_after(state: RsvpState) -> str:
    """Return the view that says what was stored: the invitation's own page tells of the waiting list."""
    return "show_invitation" if state is RsvpState.WAITLISTED else "show_receipt"


def _overview(token: str, page: InvitationPage, status: int = 200) -> Response:
    """Show the invitation: one rendering for all households that stand alike, filled with their own words."""
    language = current_language()
    words = _words(page, language)
    own = {
        "token": page.invitation.code,
        "names": str(escape(words["all_names"])),
        "coming": str(escape(words["names_coming"])),
        "ticket": page.rsvp.ticket_code if page.rsvp and page.standing is Standing.COMING else "",
        **waiting_words(page, language),
    }
    shell = _shell(page, frozenset(name for name, text in own.items() if text), language)
    if "csrf" in shell.places:
        own["csrf"] = form_mark()
    return make_response(shell.filled(own), status)


def _shell(page: InvitationPage, has: frozenset[str], language: str) -> Shell:
    """Return the rendering for all who stand as `page` does and have the words `has`."""
    shells: Shells = current_app.extensions[_SHELLS]
    event, given = page.event, page.rsvp
    numbers = (page.speaks_to_one, given.persons if given else 0, given.extra_children if given else 0)
    standing = (event.changed_at_utc, page.standing, page.is_open, page.is_signed_up)
    key = (language, *languages_here(), event.id, event.series_id, *standing, has, *numbers)
    return shells.of(key, partial(render_template, "rsvp/show_invitation.html", page=page, mark=mark, has=has))


def _form(typed: _Typed, faults: tuple[FieldFault, ...] = ()) -> Response:
    texts = {fault.field: _(fault.message, **kept_apart(fault.values)) for fault in faults}
    values = {"faults": texts, "has_errors": bool(faults), "kind": "", "chosen": 0, "left": typed.page.places_left}
    return _rendered("rsvp/answer_form.html", 422 if faults else 200, **vars(typed), **values)


def _check_page(typed: _Typed, answer: Answer, *, is_willing_to_wait: bool) -> Response:
    """Show the answer for confirmation; to who could come with fewer, first the choice between that and waiting."""
    page = typed.page
    wanted = party_seats(answer, page.guests)
    lacking = page.lacking(wanted)
    if lacking and page.left_of(lacking) and not (page.may_wait and is_willing_to_wait):
        return _full(typed, lacking, chosen=wanted.of(lacking), left=page.left_of(lacking))
    waits = lacking is not None
    return _rendered("rsvp/check_answer.html", **vars(typed), answer=answer, waits=waits, need_words=NEED_WORDS)


def _store(typed: _Typed, answer: Answer) -> Response:
    try:
        outcome = _answered_or_queued(typed.page, answer)
    except EventFullError as full:
        wanted, held = party_seats(answer, typed.page.guests), typed.page.seats_held
        left = full.left + held.of(full.kind)
        return _full(typed, full.kind, chosen=wanted.of(full.kind), left=left)
    except AnswersClosedError:
        return _overview(typed.token, _page(), status=410)
    return _see(typed.token, _view_after(outcome.state))


def _answered_or_queued(page: InvitationPage, answer: Answer) -> service.Outcome:
    """Store the answer; whoever is refused and holds no places goes on the waiting list. Raises as both."""
    asked, now, language = page.invitation, clock.now_utc(), current_language()
    if not page.fits(party_seats(answer, page.guests)) and page.may_wait:
        begin_to_write()
        return taking.wait(asked, answer, now=now, language=language)
    seen = asked.household
    outcome = at_once(partial(service.answer_at_once, asked, answer, now=now, language=language, seen=seen))
    try:
        return outcome or service.answer(asked, answer, now=now, language=language, seen=seen)
    except EventFullError:
        if not page.may_wait:
            raise
        begin_again()
    return taking.wait(asked, answer, now=now, language=language)


def _full(typed: _Typed, kind: SeatKind, *, chosen: int, left: int) -> Response:
    """Show the form again with how many fit."""
    values = {"faults": {}, "kind": kind, "has_errors": True, "chosen": chosen, "left": left}
    return _rendered("rsvp/answer_form.html", 409, **vars(typed), **values)


def _see(token: str, view: str) -> Response:
    return redirect(url_for(f"rsvp.{view}", token=token), 303)  # type: ignore[return-value]


def _words(page: InvitationPage, language: str) -> dict[str, Any]:
    children = page.rsvp.extra_children if page.rsvp else 0
    more = ngettext("%(num)s barn til", "%(num)s barn til", children) if children else ""
    return {
        "all_names": names(page.guests, language),
        "are_all_named": all(guest.first_name for guest in page.guests),
        "names_coming": names_coming(page.guests, language),
        "who": names_coming(page.guests, language, more),
        "is_everybody_named": all(guest.first_name for guest in page.guests if guest.is_coming),
    }


def _rendered(template: str, status: int = 200, **values: Any) -> Response:
    return make_response(render_template(template, **values), status)
