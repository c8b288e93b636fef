"""The pages on which a household answers: a question each, then the whole answer to confirm.

No account and no script. What is typed travels from page to page in hidden fields, never in a cookie or an address, so
nothing is kept before it is confirmed and no error loses a word.
"""

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from flask import Response, make_response, render_template, request
from flask_babel import gettext as _

from outreach import clock
from outreach.events.event import Brings
from outreach.rsvp import queries, service
from outreach.rsvp.access import household_link
from outreach.rsvp.answer import Answer, party_seats
from outreach.rsvp.answer_checks import Checked, check
from outreach.rsvp.answer_draft import AnswerDraft, from_answer, from_fields
from outreach.rsvp.answering.question_pages import Asking, QuestionPage, faults_on, filled_in, page_of
from outreach.rsvp.blueprint import blueprint
from outreach.rsvp.field_fault import FieldFault
from outreach.rsvp.invitation_page import InvitationPage
from outreach.rsvp.needs_list.needs import NEED_WORDS
from outreach.rsvp.own_questions.own_question import OwnQuestion
from outreach.rsvp.public_routes import overview, own_page, questions_of, see, view_after
from outreach.rsvp.seats.seat_kinds import SeatKind, Seats
from outreach.rsvp.standing import AnswersClosedError, EventFullError
from outreach.rsvp.waitlist.taking import service as taking
from outreach.web.filters import kept_apart
from outreach.web.languages import current_language
from outreach.web.transactions import at_once, begin_again, begin_to_write, reads_first

__all__ = ["blueprint"]

_YES = "yes"
_EDIT = "edit-"


@dataclass(frozen=True)
class _Typed:
    """What a household has typed so far, and what it is asked. `waits`: it would rather wait than come with fewer.
    `is_review`: a page is looked at again from the check page, to which it leads back; `asked`: who had been asked for
    needs then."""

    token: str
    page: InvitationPage
    draft: AnswerDraft
    questions: tuple[OwnQuestion, ...]
    waits: bool = False
    is_review: bool = False
    asked: str = ""

    @property
    def asking(self) -> Asking:
        """Return what decides which pages there are."""
        return Asking(self.draft, self.page.guests, self.questions)

    @property
    def brings(self) -> Brings:
        """Return whom the event lets a household bring along."""
        return Brings(self.page.event.brings)

    def checked(self) -> Checked:
        """Return the whole answer, or every fault in it."""
        return check(self.draft, self.page.guests, self.questions, self.brings)

    def who_comes(self) -> Answer | None:
        """Return the answer as far as the first page asks for it, to see whether so many fit."""
        who = AnswerDraft(coming=self.draft.coming, brought=self.draft.brought)
        return check(who, self.page.guests, (), self.brings).answer


@blueprint.get("/i/<token>/svar")
@household_link
def show_answer_form(token: str) -> Response:
    """Show the first question, filled in with what was answered before."""
    page = own_page()
    if not page.is_open:
        return overview(token, page)
    questions = questions_of(page)
    draft = from_answer(queries.stored_answer(page.rsvp, page.guests), questions) if page.rsvp else AnswerDraft()
    return _form(_Typed(token, page, draft, questions), QuestionPage.WHO)


@blueprint.post("/i/<token>/svar")
@reads_first
@household_link
def answer_invitation(token: str) -> Response:
    """Take what a page asked, and show the next one; show the whole answer, or store it when it is confirmed."""
    page = own_page()
    if not page.is_open:
        return overview(token, page, status=410)
    form, questions = request.form.to_dict(), questions_of(page)
    step = form.get("step", "")
    typed = _Typed(
        token,
        page,
        from_fields(form, page.guests, questions),
        questions,
        waits=step == "wait" or form.get("waits") == _YES,
        is_review=form.get("review") == _YES,
        asked=form.get("asked", ""),
    )
    if step.startswith(_EDIT):
        return _again(typed, step.removeprefix(_EDIT))
    if form.get("page") in list(QuestionPage):
        return _filled_in(typed, QuestionPage(form["page"]), is_back=step == "back")
    return _whole(typed, is_confirmed=step == "confirm")


def _again(typed: _Typed, wanted: str) -> Response:
    """Show a page again from the check page, to which it leads back."""
    page = QuestionPage(wanted) if wanted in list(QuestionPage) else QuestionPage.WHO
    asked = " ".join(map(str, typed.asking.may_need))
    return _form(replace(typed, is_review=True, asked=asked), typed.asking.nearest(page))


def _filled_in(typed: _Typed, page: QuestionPage, *, is_back: bool) -> Response:
    """Take `page` and show the next one, itself with its faults, or the one before: as for a page they do not meet."""
    is_alike = request.form.get("alike") == _YES
    typed = replace(typed, draft=filled_in(typed.asking, page, is_alike=is_alike))
    if is_back or page not in typed.asking.pages:
        return _form(typed, typed.asking.before(page))
    if faults := faults_on(page, typed.checked().faults):
        return _form(typed, page, faults)
    if page is QuestionPage.WHO and (full := _lacking(typed, typed.who_comes())):
        return full
    following = typed.asking.after(page)
    if following and (not typed.is_review or typed.asking.asks_more(page, typed.asked.split())):
        # Where nobody came before, all is still to ask.
        is_review = typed.is_review and (page is not QuestionPage.WHO or bool(typed.asked))
        return _form(replace(typed, is_review=is_review), following)
    return _whole(typed, is_confirmed=False)


def _whole(typed: _Typed, *, is_confirmed: bool) -> Response:
    """Show the whole answer for confirmation, or store it; the first page with a fault when there is any."""
    checked = typed.checked()
    if checked.answer is None:
        page = typed.asking.nearest(page_of(checked.faults[0].field))
        return _form(typed, page, faults_on(page, checked.faults))
    return _store(typed, checked.answer) if is_confirmed else _check_page(typed, checked.answer)


def _check_page(typed: _Typed, answer: Answer) -> Response:
    """Show the answer for confirmation; to who could come with fewer, first the choice between that and waiting."""
    if full := _lacking(typed, answer):
        return full
    waits = typed.page.lacking(party_seats(answer, typed.page.guests)) is not None
    shown = {"answer": answer, "waits": waits, "need_words": NEED_WORDS, "pages": typed.asking.pages}
    return _rendered("rsvp/answering/check.html", 200, _shown(typed) | shown)


def _lacking(typed: _Typed, answer: Answer | None) -> Response | None:
    """Return the choice between fewer and waiting, for whom fewer than all of `answer` fit; None when there is none."""
    page = typed.page
    wanted = party_seats(answer, page.guests) if answer else Seats()
    kind = page.to_choose(wanted, waits=typed.waits)
    return _full(typed, kind, chosen=wanted.of(kind), left=page.left_of(kind)) if kind else None


def _full(typed: _Typed, kind: SeatKind, *, chosen: int, left: int) -> Response:
    """Show the page on which fewer can be chosen, with how many fit."""
    at = QuestionPage.HELP if kind is SeatKind.WHEELCHAIR else QuestionPage.WHO
    return _form(typed, typed.asking.nearest(at), full={"kind": kind, "chosen": chosen, "left": left})


def _store(typed: _Typed, answer: Answer) -> Response:
    try:
        outcome = _answered_or_queued(typed.page, answer)
    except EventFullError as full:
        wanted, held = party_seats(answer, typed.page.guests), typed.page.seats_held
        left = full.left + held.of(full.kind)
        return _full(typed, full.kind, chosen=wanted.of(full.kind), left=left)
    except AnswersClosedError:
        return overview(typed.token, own_page(), status=410)
    return see(typed.token, view_after(outcome.state))


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


def _form(
    typed: _Typed, page: QuestionPage, faults: tuple[FieldFault, ...] = (), full: dict[str, Any] | None = None
) -> Response:
    """Show `page`: 422 with `faults`, 409 when fewer fit than were chosen."""
    texts = {fault.field: _(fault.message, **kept_apart(fault.values)) for fault in faults}
    shown = {"kind": "", "chosen": 0, "left": typed.page.places_left, **(full or {})}
    shown |= {"faults": texts, "asking": typed.asking, "question_page": page, "has_errors": bool(faults or full)}
    status = 422 if faults else 409 if full else 200
    return _rendered(f"rsvp/answering/{page}.html", status, _shown(typed) | shown)


def _shown(typed: _Typed) -> dict[str, Any]:
    return {**vars(typed), "brings": typed.brings, "is_willing": typed.waits}


def _rendered(template: str, status: int, values: dict[str, Any]) -> Response:
    return make_response(render_template(template, **values), status)
