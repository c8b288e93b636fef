"""Views of invitations for guests: the page on which the code of a letter is typed.

A hall full of people opens it in the same minute, so the empty page is one for everybody and kept in memory.
"""

from typing import Any

from flask import redirect, render_template, url_for

from outreach.errors import OutreachError
from outreach.invitations.access import InvitationErasedError, invitation_of
from outreach.invitations.blueprint import blueprint
from outreach.invitations.forms import CodeForm
from outreach.invitations.queries import InvitationGoneError
from outreach.web.access import public
from outreach.web.error_pages import message_of
from outreach.web.kept_answers import keep_answer
from outreach.web.throttle import TooManyAttemptsError

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
    return render_template("invitations/type_code.html", form=form)
