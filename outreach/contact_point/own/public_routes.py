"""One's own page of the contact point: see, change, withdraw, stay, take everything along, erase."""

from typing import Any

from flask import g, jsonify, redirect, render_template, request, url_for

from outreach import clock
from outreach.audience.interest import INTEREST_WORDS
from outreach.contact_point import erasure, queries, service
from outreach.contact_point.access import own_page
from outreach.contact_point.blueprint import blueprint
from outreach.contact_point.filling.service import details_of, leaves_on, withdraw
from outreach.contact_point.forms import OwnForm, own_form
from outreach.contact_point.groups.service import shown_everywhere
from outreach.contact_point.home.service import move_over
from outreach.contact_point.keeping import WITHDRAWN_DAYS
from outreach.contact_point.sign_up import PURPOSE_WORDS, Purpose, short_link
from outreach.contact_point.wanted import wanted_kinds
from outreach.events.study_place import PLACE_WORDS
from outreach.outbox.states import Channel
from outreach.partners.opportunities import queries as opportunities
from outreach.partners.opportunity import KIND_WORDS
from outreach.partners.web_address import shown
from outreach.web.access import public
from outreach.web.headers import settings_of_app
from outreach.web.throttle import Limit, check_wait, note_failure

__all__ = ["blueprint"]

_PATH = "/kontaktpunkt/min/<token>"
# Each other address gets a message, so the sixth within a quarter of an hour waits.
_CHANGES = Limit("sign-up-change", 5)
_NOTES = ("ny", "lagret", "trukket", "blir", "hjemme")


@blueprint.get(_PATH)
@own_page
def show_own(token: str) -> str:
    """Show everything that is held, with a way to change each of it."""
    told = details_of(g.sign_up)
    offered = opportunities.shown_kinds(wanted_kinds(told.interests), clock.today_oslo())
    return render_template(
        "contact_point/show_own.html", opportunities=offered, kinds=KIND_WORDS, leads_to=shown,
        token=token, told=told, row=g.sign_up,
        let_go_on=leaves_on(g.sign_up), friend_url=short_link(settings_of_app().public_url, "friend"),
        note=next((name for name in _NOTES if request.args.get(name) == "1"), ""), places=PLACE_WORDS,
        interests=INTEREST_WORDS, purposes=PURPOSE_WORDS, withdrawn_days=WITHDRAWN_DAYS,
        **shown_everywhere(),
    )  # fmt: skip


@blueprint.get(f"{_PATH}/endre")
@own_page
def edit_own(token: str) -> str:
    """Show the form with what is held."""
    return _form(token, own_form(details_of(g.sign_up)))


@blueprint.post(f"{_PATH}/endre")
@own_page
def change_own(token: str) -> Any:
    """Keep what was changed; another address is confirmed first."""
    row = queries.held(g.sign_up.id)
    form = own_form(details_of(row))
    if not form.validate():
        return _form(token, form), 422
    now = clock.now_utc()
    check_wait((_CHANGES, str(row.id)), now=now)
    told = service.change(row, form.details(row.language), now=now)
    if told is not None:
        note_failure((_CHANGES, str(row.id)), now=now)
    if told is None:
        return _back(token, "lagret")
    if told:
        return redirect(url_for("contact_point.ask_to_confirm", token=told), 303)
    return redirect(url_for("contact_point.look_in_mail"), 303)


@blueprint.post(f"{_PATH}/trekk/<any(news, invitations):purpose>")
@own_page
def withdraw_own(token: str, purpose: str) -> Any:
    """End one consent."""
    withdraw(queries.held(g.sign_up.id), (Purpose(purpose),), now=clock.now_utc())
    return _back(token, "trukket")


@blueprint.post(f"{_PATH}/bli")
@own_page
def stay(token: str) -> Any:
    """Stay for another year."""
    service.stay(queries.held(g.sign_up.id), now=clock.now_utc())
    return _back(token, "blir")


@blueprint.post(f"{_PATH}/hjemme")
@own_page
def tell_of_moving_home(token: str) -> Any:
    """Move over to those who live here, and be let go of."""
    move_over(queries.held(g.sign_up.id), clock.today_oslo(), now=clock.now_utc())
    return _back(token, "hjemme")


@blueprint.get(f"{_PATH}/opplysninger.json")
@own_page
def export_own(token: str) -> Any:
    """Give everything that is held, to take along (GDPR art. 15 and 20)."""
    answer = jsonify(erasure.export(g.sign_up))
    answer.headers["Content-Disposition"] = 'attachment; filename="kontaktpunkt.json"'
    return answer


@blueprint.get(f"{_PATH}/slett")
@own_page
def ask_to_erase(token: str) -> str:
    """Ask whether everything is to be erased."""
    return render_template("contact_point/ask_to_erase.html", token=token)


@blueprint.post(f"{_PATH}/slett")
@own_page
def erase_own(token: str) -> Any:
    """Erase everything, now."""
    erasure.erase_own(queries.held(g.sign_up.id), now=clock.now_utc())
    return redirect(url_for("contact_point.show_erased"), 303)


@blueprint.get("/kontaktpunkt/slettet")
@public
def show_erased() -> str:
    """Tell that everything is gone."""
    return render_template("contact_point/erased.html")


def _back(token: str, note: str) -> Any:
    return redirect(f"{url_for('contact_point.show_own', token=token)}?{note}=1", 303)


def _form(token: str, form: OwnForm) -> str:
    return render_template("contact_point/edit_own.html", form=form, token=token, channels=Channel)
