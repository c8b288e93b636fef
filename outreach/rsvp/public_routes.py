"""The household's own pages: the invitation, the receipt, cancelling, "do not write". Answering: `answering`.

No account and no script. A GET changes nothing, because mail scanners open every link.
"""

from functools import partial
from typing import Any

from flask import Response, current_app, g, make_response, redirect, render_template, request, url_for
from flask_babel import ngettext
from markupsafe import escape

from outreach import clock
from outreach.rsvp import queries, service
from outreach.rsvp.access import household_link
from outreach.rsvp.answer import NOBODY, Brought, RsvpState
from outreach.rsvp.blueprint import blueprint
from outreach.rsvp.invitation_page import InvitationPage
from outreach.rsvp.needs_list.needs import NEED_WORDS
from outreach.rsvp.own_questions import queries as own_questions
from outreach.rsvp.own_questions.own_question import OwnQuestion
from outreach.rsvp.standing import AnswersClosedError, OfferGoneError, Standing
from outreach.rsvp.waitlist.taking import service as taking
from outreach.rsvp.wording import names, names_coming, waiting_words
from outreach.web.form_guard import form_mark
from outreach.web.headers import settings_of_app
from outreach.web.languages import current_language, languages_here
from outreach.web.page_shell import Shell, Shells, mark

_SHELLS = "treffpunkt.invitation_pages"
_ACTS = {"accept": taking.take_offer, "again": taking.wait_again, "leave": taking.leave_queue}


@blueprint.record_once
def keep_shells(state: Any) -> None:
    """Give the application its shells of the invitation page."""
    state.app.extensions[_SHELLS] = Shells()


@blueprint.get("/I/<token>")
@blueprint.get("/i/<token>")
@household_link
def show_invitation(token: str) -> Response:
    """Tell what, when, where, who invites and why, and where the household stands."""
    return overview(token, own_page())


@blueprint.post("/i/<token>/nei")
@household_link
def decline_invitation(token: str) -> Response:
    """Store that nobody of the household comes."""
    try:
        service.decline(g.invitation, now=clock.now_utc(), language=current_language())
    except AnswersClosedError:
        return overview(token, own_page(), status=410)
    return see(token, "show_receipt")


@blueprint.get("/i/<token>/takk")
@household_link
def show_receipt(token: str) -> Response:
    """Say what was stored and what comes next."""
    page = own_page()
    if page.rsvp is None or page.standing not in (Standing.COMING, Standing.DECLINED, Standing.CANCELLED):
        return overview(token, page)
    replies = own_questions.replies_of(page.rsvp.id) if page.rsvp.has_replies and page.rsvp.persons else ()
    told: dict[str, Any] = {
        "replies": replies,
        "questions": questions_of(page) if replies else (),
        "needs": queries.needs(page.rsvp.id) if page.rsvp.has_needs and page.rsvp.persons else (),
        "need_words": NEED_WORDS,
    }
    return _rendered("rsvp/show_receipt.html", token=token, page=page, **told, **_words(page, current_language()))


@blueprint.get("/i/<token>/avlys")
@household_link
def ask_to_cancel(token: str) -> Response:
    """Ask whether the household really cancels."""
    page = own_page()
    if page.standing is not Standing.COMING or not page.is_open:
        return overview(token, page)
    return _rendered("rsvp/ask_to_cancel.html", token=token, page=page, **_words(page, current_language()))


@blueprint.post("/i/<token>/avlys")
@household_link
def cancel_answer(token: str) -> Response:
    """Take the household's yes back."""
    try:
        service.cancel(g.invitation, clock.now_utc(), language=current_language())
    except AnswersClosedError:
        return overview(token, own_page(), status=410)
    return see(token, "show_receipt")


@blueprint.post("/i/<token>/venteliste")
@household_link
def change_place(token: str) -> Response:
    """Take an offer, leave the waiting list, or join it again after an offer that ended."""
    act = _ACTS.get(request.form.get("do", ""))
    try:
        outcome = act(g.invitation, now=clock.now_utc(), language=current_language()) if act else None
    except (OfferGoneError, AnswersClosedError):
        return overview(token, own_page(), status=410)
    return see(token, view_after(outcome.state if outcome else RsvpState.WAITLISTED))


@blueprint.get("/i/<token>/reservasjon")
@household_link
def ask_to_stop_writing(token: str) -> Response:
    """Ask whether we shall really never write again."""
    is_done = request.args.get("ferdig") == "1"
    page = own_page()
    words = _words(page, current_language())
    return _rendered("rsvp/ask_to_stop_writing.html", token=token, page=page, is_done=is_done, **words)


@blueprint.post("/i/<token>/reservasjon")
@household_link
def stop_writing(token: str) -> Response:
    """Never write to this household's persons again."""
    service.stop_writing(g.invitation, now=clock.now_utc())
    return redirect(url_for("rsvp.ask_to_stop_writing", token=token, ferdig="1"), 303)  # type: ignore[return-value]


def own_page() -> InvitationPage:
    """Return what the household whose link was opened sees."""
    return queries.page(g.invitation, clock.today_oslo())


def questions_of(page: InvitationPage) -> tuple[OwnQuestion, ...]:
    """Return what the organiser asks the guests of the event."""
    return own_questions.asked(page.event.id) if page.invitation.household.has_questions else ()


def view_after(state: RsvpState) -> str:
    """Return the view that says what was stored: the invitation's own page tells of the waiting list."""
    return "show_invitation" if state is RsvpState.WAITLISTED else "show_receipt"


def overview(token: str, page: InvitationPage, status: int = 200) -> Response:
    """Show the invitation: one rendering for all households that stand alike, filled with their own words."""
    language = current_language()
    words = _words(page, language)
    own = {
        "token": page.invitation.code,
        "names": str(escape(words["all_names"])),
        "coming": str(escape(words["names_coming"])),
        "ticket": page.rsvp.ticket_code if page.rsvp and page.standing is Standing.COMING else "",
        **waiting_words(page, language, has_sms=settings_of_app().is_sms_set_up),
    }
    shell = _shell(page, frozenset(name for name, text in own.items() if text), language)
    if "csrf" in shell.places:
        own["csrf"] = form_mark()
    return make_response(shell.filled(own), status)


def _shell(page: InvitationPage, has: frozenset[str], language: str) -> Shell:
    """Return the rendering for all who stand as `page` does and have the words `has`."""
    shells: Shells = current_app.extensions[_SHELLS]
    event, given = page.event, page.rsvp
    numbers = (page.speaks_to_one, given.persons if given else 0, given.brought if given else NOBODY)
    standing = (event.changed_at_utc, page.standing, page.is_open, page.is_signed_up)
    key = (language, *languages_here(), event.id, event.series_id, *standing, has, *numbers)
    return shells.of(key, partial(render_template, "rsvp/show_invitation.html", page=page, mark=mark, has=has))


def see(token: str, view: str) -> Response:
    """Lead on to another of the household's pages."""
    return redirect(url_for(f"rsvp.{view}", token=token), 303)  # type: ignore[return-value]


def _words(page: InvitationPage, language: str) -> dict[str, Any]:
    return {
        "all_names": names(page.guests, language),
        "are_all_named": all(guest.first_name for guest in page.guests),
        "names_coming": names_coming(page.guests, language),
        "who": names_coming(page.guests, language, _brought_words(page.rsvp.brought if page.rsvp else NOBODY)),
        "is_everybody_named": all(guest.first_name for guest in page.guests if guest.is_coming),
    }


def _brought_words(brought: Brought) -> list[str]:
    """Return whom a household brings along, as the last of a list of names."""
    children = ngettext("%(num)s barn til", "%(num)s barn til", brought.children) if brought.children else ""
    adults = ngettext("%(num)s voksen til", "%(num)s voksne til", brought.adults) if brought.adults else ""
    return [words for words in (children, adults) if words]


def _rendered(template: str, status: int = 200, **values: Any) -> Response:
    return make_response(render_template(template, **values), status)
