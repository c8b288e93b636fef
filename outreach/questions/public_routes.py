"""Guests ask: anybody at `/spor-oss`, a household from its own page. No account, no script.

A question may be sent without any contact. From a household's page it is known whom it is about, so an answer can be
given by whatever the household left.
"""

from typing import Any

from flask import g, redirect, render_template, request, url_for

from outreach import clock
from outreach.errors import NotFoundError
from outreach.events import queries as events
from outreach.events.models import Event
from outreach.invitations.access import personal_link
from outreach.questions import service
from outreach.questions.blueprint import blueprint
from outreach.questions.forms import AskForm
from outreach.questions.question import MOST_CHARACTERS, Asked
from outreach.web.access import public
from outreach.web.kept_answers import keep_answer
from outreach.web.languages import current_language
from outreach.web.throttle import Limit, check_wait, client_address, note_failure

__all__ = ["blueprint"]

# Every question counts, right or wrong: the sixth within a quarter of an hour waits, and nobody is locked out.
_FROM_ONE_PLACE = Limit("question-address", 5)
_FROM_EVERYWHERE = Limit("question-all", 200)
_ALL = "all"


@blueprint.get("/spor-oss")
@public
def ask() -> str:
    """Show the form, or that the question has come."""
    keep_answer()
    return _page(AskForm(formdata=None, om=request.args.get("om", "")[:80]), is_sent=request.args.get("sendt") == "1")


@blueprint.post("/spor-oss")
@public
def send_question() -> Any:
    """Store a question of anybody's."""
    form = AskForm()
    event = _event(form.om.data or "")
    if fault := _refused(form):
        return _page(form), fault
    _store(form, event_id=event.id if event else None, invitation_id=None)
    return redirect(url_for("questions.ask", sendt="1"), 303)


@blueprint.get("/i/<token>/spor")
@personal_link
def ask_from_invitation(token: str) -> str:
    """Show the form of a household, or that the question has come."""
    return _page(AskForm(formdata=None), is_sent=request.args.get("sendt") == "1", token=token)


@blueprint.post("/i/<token>/spor")
@personal_link
def send_from_invitation(token: str) -> Any:
    """Store a question of a household's."""
    form = AskForm()
    if fault := _refused(form):
        return _page(form, token=token), fault
    _store(form, event_id=g.invitation.event_id, invitation_id=g.invitation.id)
    return redirect(url_for("questions.ask_from_invitation", token=token, sendt="1"), 303)


def _refused(form: AskForm) -> int:
    """Return 422 for what is wrong, 0 when it can be stored. Raises TooManyAttemptsError."""
    check_wait((_FROM_ONE_PLACE, client_address()), (_FROM_EVERYWHERE, _ALL), now=clock.now_utc())
    return 0 if form.validate() else 422


def _store(form: AskForm, *, event_id: int | None, invitation_id: int | None) -> None:
    now = clock.now_utc()
    asked = Asked(
        text=form.text.kept,
        email=form.email.kept,
        mobile=form.mobile.kept,
        language=current_language(),
        event_id=event_id,
        invitation_id=invitation_id,
    )
    service.ask(asked, now=now)
    note_failure((_FROM_ONE_PLACE, client_address()), (_FROM_EVERYWHERE, _ALL), now=now)


def _event(slug: str) -> Event | None:
    if not slug:
        return None
    try:
        return events.public_by_slug(slug)
    except NotFoundError:
        return None


def _page(form: AskForm, *, is_sent: bool = False, token: str = "") -> str:
    event = g.invitation.event if token else _event(form.om.data or "")
    title = event.title if event else ""
    values = {"form": form, "is_sent": is_sent, "token": token, "event_title": title, "most": MOST_CHARACTERS}
    return render_template("questions/ask.html", **values)
