"""Views of invitations for guests: the page on which the code of a letter is typed.

A hall full of people opens it in the same minute, so the empty page is rendered once a language. Its token is compared
with a cookie of its own (double submit, OWASP "Cross-Site Request Forgery Prevention") instead of a signed session: it
guards only against other sites counting failures on a guest's account, since typing a code changes nothing else.
"""

import hmac
import re
import secrets
from typing import Any

from flask import Response, abort, current_app, make_response, redirect, render_template, request, url_for

from outreach.errors import OutreachError
from outreach.invitations.access import InvitationErasedError, InvitationGoneError, invitation_of
from outreach.invitations.blueprint import blueprint
from outreach.invitations.forms import CodeForm
from outreach.invitations.service import code_of
from outreach.web.access import public
from outreach.web.error_pages import message_of
from outreach.web.headers import settings_of_app
from outreach.web.languages import request_language
from outreach.web.throttle import TooManyAttemptsError

_PAGES = "treffpunkt.code_pages"
_PLACE = "(token)"
_TOKEN = re.compile(r"[0-9a-f]{32}")
_FOR_A_PAGE_OF_THEIR_OWN = (InvitationErasedError, InvitationGoneError, TooManyAttemptsError)


@blueprint.record_once
def keep_pages(state: Any) -> None:
    """Give the application the place where its empty pages are kept, by language."""
    state.app.extensions[_PAGES] = {}


@blueprint.get("/svar")
@public
def type_code() -> Response:
    """Show the field for the code."""
    language = request_language()
    pages: dict[str, tuple[str, str]] = current_app.extensions[_PAGES]
    if language not in pages:
        before, _, after = _rendered(_form(), _PLACE).partition(_PLACE)
        pages[language] = before, after
    before, after = pages[language]
    token = _kept_token() or secrets.token_hex(16)
    return _with_token(f"{before}{token}{after}", token)


@blueprint.post("/svar")
@public
def find_invitation() -> Any:
    """Go on to the invitation of a right code; show what is wrong with any other, with what was typed."""
    token, form = _kept_token(), _form()
    sent = request.form.get("csrf_token", "")
    if not token or not hmac.compare_digest(token.encode(), sent.encode()):
        abort(400)
    if not form.validate_on_submit():
        return _rendered(form, token), 422
    try:
        invitation = invitation_of(form.code.data)
    except _FOR_A_PAGE_OF_THEIR_OWN:
        raise
    except OutreachError as error:
        form.code.errors = [message_of(error)]
        return _rendered(form, token), 422
    return redirect(url_for("rsvp.show_invitation", token=code_of(invitation)), 303)


def _form() -> CodeForm:
    return CodeForm(meta={"csrf": False})


def _rendered(form: CodeForm, token: str) -> str:
    return render_template("invitations/type_code.html", form=form, token=token)


def _cookie() -> str:
    return "__Host-svar" if settings_of_app().public_origin_is_https else "svar"


def _kept_token() -> str:
    kept = request.cookies.get(_cookie(), "")
    return kept if _TOKEN.fullmatch(kept) else ""


def _with_token(page: str, token: str) -> Response:
    answer = make_response(page)
    if not _kept_token():
        secure = settings_of_app().public_origin_is_https
        answer.set_cookie(_cookie(), token, secure=secure, httponly=True, samesite="Strict")
    return answer
