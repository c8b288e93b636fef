"""Anybody signs up for an event that is open, and confirms by the link of an e-mail. No account, no script.

The form answers alike whether an address is known or not. Opening the link changes nothing, since mail scanners open
every link; the button does.
"""

from typing import Any

from flask import g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from outreach import clock
from outreach.events.event import Brings
from outreach.events.models import Event
from outreach.rsvp.blueprint import blueprint
from outreach.rsvp.field_fault import FieldFault
from outreach.rsvp.needs_list.needs import NEED_WORDS
from outreach.rsvp.open_sign_up import queries, service
from outreach.rsvp.open_sign_up.access import open_confirm_link
from outreach.rsvp.open_sign_up.confirming import service as confirming
from outreach.rsvp.open_sign_up.open_form import (
    MOST_NAMED,
    OpenDraft,
    Party,
    check_party,
    guests_of,
    party_from_json,
    read,
)
from outreach.rsvp.own_questions import queries as own_questions
from outreach.rsvp.own_questions.own_question import OwnQuestion
from outreach.rsvp.standing import AnswersClosedError, EventFullError
from outreach.web.access import public
from outreach.web.filters import kept_apart
from outreach.web.kept_answers import keep_answer
from outreach.web.languages import current_language
from outreach.web.throttle import Limit, check_wait, client_address, note_failure
from outreach.web.transactions import begin_again

__all__ = ["blueprint"]

# Every sign-up counts, right or wrong: then each next one waits a little longer, and nobody is locked out.
_FROM_ONE_PLACE = Limit("open-sign-up-address", 10)
_FROM_EVERYWHERE = Limit("open-sign-up-all", 300)
_ONE_CONTACT = Limit("open-sign-up-contact", 3)
_ALL = "all"
_PATH = "/arrangement/<slug>/pamelding"


@blueprint.get(_PATH)
@public
def show_open_form(slug: str) -> Any:
    """Show the form, empty."""
    keep_answer()
    event = queries.open_event(slug, clock.today_oslo())
    return _form(event, OpenDraft(), own_questions.asked(event.id))


@blueprint.post(_PATH)
@public
def send_open_form(slug: str) -> Any:
    """Check what was typed; show it, then keep it until it is confirmed."""
    event = queries.open_event(slug, clock.today_oslo())
    questions, step = own_questions.asked(event.id), request.form.get("step")
    draft = read(request.form.to_dict(), questions, more=step == "more")
    if step in ("more", "edit"):
        return _form(event, draft, questions)
    checked = check_party(draft, questions, language=current_language(), brings=Brings(event.brings))
    if checked.party is None:
        return _form(event, draft, questions, checked.faults), 422
    if step != "send":
        return _checking(event, draft, checked.party, questions)
    _keep(event, checked.party)
    return redirect(url_for("rsvp.look_for_mail", slug=slug), 303)


@blueprint.get(f"{_PATH}/sendt")
@public
def look_for_mail(slug: str) -> Any:
    """Tell that an e-mail is on its way: the same words whatever is known of the address."""
    event = queries.open_event(slug, clock.today_oslo())
    return render_template("rsvp/look_for_mail.html", event=event)


@blueprint.get("/pamelding/<token>")
@open_confirm_link
def ask_to_confirm_open(token: str) -> Any:
    """Ask the holder of the link to press the button."""
    return _confirming(token)


@blueprint.post("/pamelding/<token>")
@open_confirm_link
def confirm_open(token: str) -> Any:
    """Let the sign-up count: seats if there are, else a place on the waiting list."""
    try:
        done = _confirmed(token)
    except EventFullError:
        return _confirming(token, is_kept=True), 409
    except AnswersClosedError as error:
        raise queries.NoOpenSignUpError from error
    view = "show_invitation" if done.state == "waitlisted" else "show_receipt"
    return redirect(url_for(f"rsvp.{view}", token=done.code), 303)


def _confirmed(token: str) -> confirming.Confirmed:
    """Confirm; who is refused goes on the waiting list, unless they hold seats already. Raises as `confirm`."""
    now = clock.now_utc()
    try:
        return confirming.confirm(g.open_request, now=now)
    except EventFullError:
        begin_again()
    g.open_request = queries.request_by_token(token, now=now)
    return confirming.confirm(g.open_request, now=now, is_refused=True)


def _keep(event: Event, party: Party) -> None:
    """Keep `party` and send its e-mail. Raises TooManyAttemptsError for who does that too often."""
    now = clock.now_utc()
    counted = ((_FROM_ONE_PLACE, client_address()), (_FROM_EVERYWHERE, _ALL), (_ONE_CONTACT, party.email))
    check_wait(*counted, now=now)
    note_failure(*counted, now=now)
    service.ask_to_confirm(event.id, party, now=now)


def _form(
    event: Event, draft: OpenDraft, questions: tuple[OwnQuestion, ...], faults: tuple[FieldFault, ...] = ()
) -> str:
    texts = {fault.field: _(fault.message, **kept_apart(fault.values)) for fault in faults}
    shown = {"event": event, "draft": draft, "questions": questions, "faults": texts, "most": MOST_NAMED}
    return render_template("rsvp/open_form.html", **shown, left=queries.terms_of(event).left)


def _checking(event: Event, draft: OpenDraft, party: Party, questions: tuple[OwnQuestion, ...]) -> str:
    shown = {"event": event, "draft": draft, "party": party, "questions": questions, "need_words": NEED_WORDS}
    waits = _waits(event, party)
    return render_template("rsvp/check_open.html", **shown, guests=guests_of(party.names), waits=waits)


def _confirming(token: str, *, is_kept: bool = False) -> str:
    event, party = queries.event_of(g.open_request), party_from_json(g.open_request.details or "")
    if not queries.is_open_for_all(event, clock.today_oslo()):
        raise queries.NoOpenSignUpError
    own = queries.invitation_of(event.id, party.email) is not None
    shown = {"event": event, "party": party, "waits": _waits(event, party), "is_known": own, "is_kept": is_kept}
    return render_template("rsvp/confirm_open.html", token=token, **shown)


def _waits(event: Event, party: Party) -> bool:
    """Say whether `party` goes on the waiting list, as far as can be seen now."""
    terms = queries.terms_of(event)
    return terms.left == 0 or not terms.free.has_room(party.seats)
