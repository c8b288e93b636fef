"""Views of invitations for guests: the page on which the code of a letter is typed.

The empty page is the same for everybody but for its token, so it is rendered once a language and the token is put
between its halves: a hall full of people opens it in the same minute.
"""

from typing import Any

from flask import current_app, redirect, render_template, url_for
from flask_wtf.csrf import generate_csrf

from outreach.errors import OutreachError
from outreach.invitations.access import InvitationErasedError, InvitationGoneError, invitation_of
from outreach.invitations.blueprint import blueprint
from outreach.invitations.forms import CodeForm
from outreach.invitations.service import code_of
from outreach.web.access import public
from outreach.web.error_pages import message_of
from outreach.web.languages import request_language
from outreach.web.throttle import TooManyAttemptsError

_PAGES = "treffpunkt.code_pages"
_PLACE = "(token)"
_FOR_A_PAGE_OF_THEIR_OWN = (InvitationErasedError, InvitationGoneError, TooManyAttemptsError)


@blueprint.record_once
def keep_pages(state: Any) -> None:
    """Give the application the place where its empty pages are kept, by language."""
    state.app.extensions[_PAGES] = {}


@blueprint.get("/svar")
@public
def type_code() -> str:
    """Show the field for the code."""
    language = request_language()
    pages: dict[str, tuple[str, str]] = current_app.extensions[_PAGES]
    if language not in pages:
        before, _, after = _page(CodeForm(meta={"csrf": False}), _PLACE).partition(_PLACE)
        pages[language] = before, after
    before, after = pages[language]
    return f"{before}{generate_csrf()}{after}"


@blueprint.post("/svar")
@public
def find_invitation() -> Any:
    """Go on to the invitation of a right code; show what is wrong with any other, with what was typed."""
    form = CodeForm()
    if not form.validate_on_submit():
        return _page(form, generate_csrf()), 422
    try:
        invitation = invitation_of(form.code.data)
    except _FOR_A_PAGE_OF_THEIR_OWN:
        raise
    except OutreachError as error:
        form.code.errors = [message_of(error)]
        return _page(form, generate_csrf()), 422
    return redirect(url_for("rsvp.show_invitation", token=code_of(invitation)), 303)


def _page(form: CodeForm, token: str) -> str:
    return render_template("invitations/type_code.html", form=form, token=token)
