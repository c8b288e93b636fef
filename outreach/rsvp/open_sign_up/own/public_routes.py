"""What a party that signed up itself can do beyond answering: take along what is held, and have it erased."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import g, jsonify, redirect, render_template, url_for

from outreach import clock
from outreach.errors import NotFoundError
from outreach.invitations.listing.queries import invitation_of
from outreach.invitations.models import Invitation
from outreach.rsvp import queries
from outreach.rsvp.access import household_link
from outreach.rsvp.blueprint import blueprint
from outreach.rsvp.open_sign_up import erasure
from outreach.web.access import View, public

__all__ = ["blueprint"]


def own_link(view: View) -> Callable[..., Any]:
    """Let in who has the code of a party that signed up itself; those who were invited get 404."""

    @wraps(view)
    def checked(*args: Any, **kwargs: Any) -> Any:
        if not g.invitation.is_signed_up:
            raise NotFoundError
        return view(*args, **kwargs)

    return household_link(checked)


@blueprint.get("/i/<token>/opplysninger.json")
@own_link
def export_open(token: str) -> Any:
    """Give everything that is held, to take along (GDPR art. 15 and 20)."""
    answer = jsonify(erasure.export(_row()))
    answer.headers["Content-Disposition"] = 'attachment; filename="pamelding.json"'
    return answer


@blueprint.get("/i/<token>/slett")
@own_link
def ask_to_erase_open(token: str) -> Any:
    """Ask whether everything is to be erased."""
    page = queries.page(g.invitation, clock.today_oslo())
    return render_template("rsvp/ask_to_erase_open.html", token=token, page=page)


@blueprint.post("/i/<token>/slett")
@own_link
def erase_open(token: str) -> Any:
    """Cancel and erase everything, now."""
    erasure.erase_own(_row(), now=clock.now_utc())
    return redirect(url_for("rsvp.show_open_erased"), 303)


@blueprint.get("/pamelding/slettet")
@public
def show_open_erased() -> Any:
    """Tell that everything is gone."""
    return render_template("rsvp/open_erased.html")


def _row() -> Invitation:
    return invitation_of(g.invitation.event_id, g.invitation.id)
