"""Views of invitations for guests: the page on which the code of a letter is typed.

A hall full of people opens it in the same minute, so the empty page is one for everybody and kept in memory: it has no
session. Typing a code changes nothing but the count of failures; against other sites that would have a guest fail, the
browser tells where the form was sent from (Fetch Metadata, `Sec-Fetch-Site`), and the form's token must be of the day.
"""

import hmac
from datetime import datetime, timedelta
from typing import Any

from flask import abort, redirect, render_template, request, url_for

from outreach import clock
from outreach.database.sealed import key_ring
from outreach.errors import OutreachError
from outreach.invitations.access import InvitationErasedError, InvitationGoneError, invitation_of
from outreach.invitations.blueprint import blueprint
from outreach.invitations.forms import CodeForm
from outreach.web.access import public
from outreach.web.error_pages import message_of
from outreach.web.kept_answers import keep_answer
from outreach.web.throttle import TooManyAttemptsError

_OWN_SITE = (None, "same-origin", "none")
_FOR_A_PAGE_OF_THEIR_OWN = (InvitationErasedError, InvitationGoneError, TooManyAttemptsError)


@blueprint.get("/svar")
@public
def type_code() -> str:
    """Show the field for the code."""
    keep_answer()
    return _page(CodeForm())


@blueprint.post("/svar")
@public
def find_invitation() -> Any:
    """Go on to the invitation of a right code; show what is wrong with any other, with what was typed."""
    if request.headers.get("Sec-Fetch-Site") not in _OWN_SITE or not _is_of_the_day(request.form.get("csrf_token", "")):
        abort(400)
    form = CodeForm()
    if not form.validate_on_submit():
        return _page(form), 422
    try:
        invitation = invitation_of(form.code.data)
    except _FOR_A_PAGE_OF_THEIR_OWN:
        raise
    except OutreachError as error:
        form.code.errors = [message_of(error)]
        return _page(form), 422
    return redirect(url_for("rsvp.show_invitation", token=invitation.code), 303)


def _page(form: CodeForm) -> str:
    return render_template("invitations/type_code.html", form=form, token=_token(clock.now_utc()))


def _token(moment: datetime) -> str:
    return key_ring().link_mac("code-form", moment.date().isoformat(), 0)[:16].hex()


def _is_of_the_day(token: str) -> bool:
    """Say whether the page was shown today or yesterday: one that was left open over midnight still works."""
    now = clock.now_utc()
    return any(hmac.compare_digest(token.encode(), _token(day).encode()) for day in (now, now - timedelta(days=1)))
