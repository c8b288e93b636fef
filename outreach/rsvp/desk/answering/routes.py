"""Staff fill in the household's answer form with them: the same questions, checks, seats and waiting list.

After the last day for answers a reason is asked for, too. Nothing typed is lost on the way.
"""

from functools import partial
from typing import Any

from flask import render_template, request
from flask_babel import gettext as _

from outreach import clock
from outreach.accounts.access import requires
from outreach.accounts.roles import Permission
from outreach.events.event import Brings
from outreach.invitations.letters.languages.forms import language_name
from outreach.invitations.models import Invitation
from outreach.rsvp import queries as answers
from outreach.rsvp.answer import Answer, RsvpState, party_seats
from outreach.rsvp.answer_checks import check
from outreach.rsvp.answer_draft import AnswerDraft, from_answer, from_fields
from outreach.rsvp.blueprint import blueprint
from outreach.rsvp.desk import queries, service
from outreach.rsvp.desk.desk import LateReasonNeededError, Taken
from outreach.rsvp.desk.forms import LateForm
from outreach.rsvp.desk.routes import acting, back_to, party_of
from outreach.rsvp.desk.service import Acting
from outreach.rsvp.field_fault import FieldFault
from outreach.rsvp.invitation_page import InvitationPage
from outreach.rsvp.own_questions import queries as own_questions
from outreach.rsvp.own_questions.own_question import OwnQuestion
from outreach.rsvp.seats.seat_kinds import SeatKind
from outreach.rsvp.standing import EventFullError
from outreach.rsvp.storing.service import Outcome
from outreach.web.languages import guests_languages

__all__ = ["blueprint"]


@blueprint.get("/admin/skranke/<int:invitation_id>/svar")
@requires(Permission.INVITATION_MAKE)
def show_desk_answer(invitation_id: int) -> Any:
    """Show the questions, filled in with what was answered before."""
    party = queries.party(party_of(invitation_id), clock.now_utc())
    page = party.page
    given = answers.stored_answer(page.rsvp, page.guests) if page.rsvp else None
    draft = from_answer(given, _questions(page)) if given else AnswerDraft()
    return _form(party, draft, LateForm(formdata=None), language=party.language)


@blueprint.post("/admin/skranke/<int:invitation_id>/svar")
@requires(Permission.INVITATION_MAKE)
def answer_for_party(invitation_id: int) -> Any:
    """Store the answer, or put the household on the waiting list when that was chosen."""
    asked, late = party_of(invitation_id), LateForm()
    party = queries.party(asked, clock.now_utc())
    questions = _questions(party.page)
    draft = from_fields(request.form.to_dict(), party.page.guests, questions)
    form = partial(_form, party, draft, late, language=_language(request.form.get("language", ""), party))
    checked = check(draft, party.page.guests, questions, Brings(party.event.brings))
    has_no_reason = party.taken is Taken.LATE and late.chosen is None
    reason = (FieldFault("reason-0", LateReasonNeededError.message),) if has_no_reason else ()
    if checked.answer is None or reason:
        return form(faults=(*reason, *checked.faults))
    try:
        outcome = _stored(asked, party.page, checked.answer, acting(asked, late, form.keywords["language"]))
    except EventFullError as full:
        chosen, held = party_seats(checked.answer, party.page.guests), party.page.seats_held
        return form(kind=full.kind, chosen=chosen.of(full.kind), left=full.left + held.of(full.kind))
    return back_to(asked, _said(outcome))


def _stored(asked: Invitation, page: InvitationPage, answer: Answer, by: Acting) -> Outcome:
    """Store `answer` by the rules of the household's own pages: who does not fit waits when that was seen or chosen.

    Raises EventFullError for a choice between fewer and waiting, also when others were faster.
    """
    wanted = party_seats(answer, page.guests)
    if page.fits(wanted) or not page.may_wait:
        return service.answer(asked, answer, by=by)
    if kind := page.to_choose(wanted, waits=request.form.get("step") == "wait"):
        raise EventFullError(page.left_of(kind) - page.seats_held.of(kind), kind)
    return service.answer(asked, answer, by=by, waits=True)


def _questions(page: InvitationPage) -> tuple[OwnQuestion, ...]:
    return own_questions.asked(page.event.id)


def _said(outcome: Outcome) -> str:
    if outcome.state is RsvpState.ATTENDING:
        return str(_("Svaret er lagret. De har plass."))
    if outcome.state is RsvpState.WAITLISTED:
        return str(_("Svaret er lagret. De står på ventelista."))
    return str(_("Det er notert at ingen kommer."))


def _language(typed: str, party: queries.Party) -> str:
    return typed if typed in _languages(party) else party.language


def _languages(party: queries.Party) -> dict[str, str]:
    """Return what the household may be answered in, as staff read it; the one that it reads now is among them."""
    return {code: language_name(code) for code in (*guests_languages(), party.language)}


def _form(party: queries.Party, draft: AnswerDraft, late: LateForm, *, language: str, **said: Any) -> Any:
    """Show the form; 422 with `faults`, 409 with `kind` and `chosen` when fewer fit than were chosen: `left`."""
    faults: tuple[FieldFault, ...] = said.pop("faults", ())
    shown = {"kind": SeatKind.ANY, "chosen": 0, "left": party.page.places_left, **said}
    shown |= {"faults": {fault.field: _(fault.message, **fault.values) for fault in faults}}
    shown |= {"party": party, "page": party.page, "draft": draft, "questions": _questions(party.page)}
    shown |= {"late_form": late, "is_late": party.taken is Taken.LATE}
    shown |= {"language_chosen": language, "language_choices": _languages(party)}
    status = 422 if faults else 409 if shown["chosen"] else 200
    return render_template("rsvp/desk/answer.html", **shown), status
