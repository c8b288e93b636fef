"""What a household can do beyond answering: see what it has given us, take it along, and have it erased."""

from typing import Any

from flask import g, jsonify, redirect, render_template, request, url_for

from outreach import clock
from outreach.invitations.listing.queries import invitation_of
from outreach.invitations.models import Invitation
from outreach.retention.blueprint import blueprint
from outreach.retention.own_data import service
from outreach.rsvp import queries
from outreach.rsvp.access import household_link
from outreach.rsvp.needs_list.needs import NEED_WORDS
from outreach.rsvp.public_routes import own_page, questions_of
from outreach.web.access import public

__all__ = ["blueprint"]


@blueprint.get("/i/<token>/opplysninger")
@household_link
def show_own_data(token: str) -> Any:
    """Show what the household has given us, and the ways on."""
    page = own_page()
    answer = queries.stored_answer(page.rsvp, page.guests) if page.rsvp else None
    held = service.given(_row())
    shown = {"page": page, "answer": answer, "held": held, "questions": questions_of(page), "need_words": NEED_WORDS}
    is_done = request.args.get("ferdig") == "1"
    return render_template("retention/own_data/show.html", token=token, is_done=is_done, **shown)


@blueprint.get("/i/<token>/opplysninger.json")
@household_link
def export_own_data(token: str) -> Any:
    """Give everything that the household has given us, to take along."""
    answer = jsonify(service.given(_row()))
    answer.headers["Content-Disposition"] = 'attachment; filename="pamelding.json"'
    return answer


@blueprint.get("/i/<token>/slett")
@household_link
def ask_to_erase_own_data(token: str) -> Any:
    """Ask whether everything is to be erased."""
    return render_template("retention/own_data/ask_to_erase.html", token=token, page=own_page())


@blueprint.post("/i/<token>/slett")
@household_link
def erase_own_data(token: str) -> Any:
    """Cancel and erase everything that was given, now; who signed up themselves go altogether."""
    service.erase_given(_row(), now=clock.now_utc())
    if g.invitation.is_signed_up:
        return redirect(url_for("retention.show_open_erased"), 303)
    return redirect(url_for("retention.show_own_data", token=token, ferdig="1"), 303)


@blueprint.get("/pamelding/slettet")
@public
def show_open_erased() -> Any:
    """Tell that everything is gone."""
    return render_template("retention/own_data/erased.html")


def _row() -> Invitation:
    return invitation_of(g.invitation.event_id, g.invitation.id)
