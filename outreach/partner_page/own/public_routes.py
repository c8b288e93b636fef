"""A partner's own page: answer, words and logo, stand needs, tasks, numbers. No account, no script, no names."""

from functools import partial
from typing import Any

from flask import abort, current_app, g, redirect, render_template, request, url_for

from outreach import clock
from outreach.audit.actor import PARTNER
from outreach.formats.short_code import read
from outreach.partner_page.access import partner_link
from outreach.partner_page.blueprint import blueprint
from outreach.partner_page.forms import WordsForm, words_form
from outreach.partner_page.numbers import NUMBER_WORDS, partner_numbers
from outreach.partner_page.own.page import PartnerPage
from outreach.partner_page.own.queries import opened
from outreach.partners.logo import logo_mark
from outreach.partners.models import Participation
from outreach.partners.opportunity import KIND_WORDS, state_words
from outreach.partners.organisations import service as organisations
from outreach.partners.participation import ROLE_WORDS, STATE_WORDS, is_open
from outreach.partners.participations import queries, service
from outreach.partners.participations.forms import NeedsForm, needs_form
from outreach.partners.partner_link import PARTNER_PAGE
from outreach.reports.funnels import queries as funnels
from outreach.web.languages import current_language, languages_here
from outreach.web.oversized import takes_files
from outreach.web.page_shell import Shell, Shells, mark

__all__ = ["blueprint"]

PATH = "/partner/<token>"
_NOTES = ("svart", "lagret", "mulighet", "nei")
_SHELLS = "treffpunkt.partner_pages"


@blueprint.record_once
def keep_shells(state: Any) -> None:
    """Give the application its renderings of partners' pages."""
    state.app.extensions[_SHELLS] = Shells()


@blueprint.get(PATH)
@partial(partner_link, look=opened)
def show_partner_page(token: str) -> str:
    """Show the page: rendered once a change, and filled with the code that only this link has."""
    note = next((name for name in _NOTES if name in request.args), "")
    return _shell(g.participation, note).filled({"token": read(PARTNER_PAGE, token).text.lower()})


@blueprint.post(f"{PATH}/svar")
@partner_link
def answer_as_partner(token: str) -> Any:
    said = request.form.get("answer")
    if said not in ("ja", "nei"):
        abort(400)
    service.answer(_held(), is_coming=said == "ja", actor=PARTNER, now=clock.now_utc())
    return back(token, "svart")


@blueprint.get(f"{PATH}/om")
@partner_link
def edit_words(token: str) -> str:
    return _words_page(token, words_form(g.participation.organisation))


@blueprint.post(f"{PATH}/om")
@partner_link
@takes_files
def change_words(token: str) -> Any:
    row, now = _held(), clock.now_utc()
    service.refuse_closed(row, now)
    form = words_form(row.organisation)
    if not form.validate():
        return _words_page(token, form), 422
    organisations.set_words(row.organisation, **form.words(), actor=PARTNER, now=now)
    if form.png or form.no_logo.data:
        mark = logo_mark(form.png) if form.png else ""
        organisations.set_logo(row.organisation, form.png, mark, actor=PARTNER, now=now)
    return back(token, "lagret")


@blueprint.get(f"{PATH}/behov")
@partner_link
def edit_needs(token: str) -> str:
    return _needs_page(token, needs_form(g.participation))


@blueprint.post(f"{PATH}/behov")
@partner_link
def change_needs(token: str) -> Any:
    row = _held()
    form = needs_form(row)
    if not form.validate():
        return _needs_page(token, form), 422
    service.set_needs(row, form.needs(), actor=PARTNER, now=clock.now_utc())
    return back(token, "lagret")


@blueprint.post(f"{PATH}/oppgaver/<int:task_id>/<any(gjort, ikke_gjort):deed>")
@partner_link
def mark_own_task(token: str, task_id: int, deed: str) -> Any:
    row = _held()
    task = queries.task(row.id, task_id)
    service.mark_task(row, task, is_done=deed == "gjort", actor=PARTNER, now=clock.now_utc())
    return back(token, "lagret")


@blueprint.get(f"{PATH}/tall")
@partner_link
def show_numbers(token: str) -> str:
    event = g.participation.event
    is_over = event.ends_at_utc <= clock.now_utc()
    numbers = partner_numbers(funnels.funnel(event.id).figures(), is_over=is_over)
    return render_template("partner_page/show_numbers.html", numbers=numbers, words=NUMBER_WORDS, **shared(token))


@blueprint.post(f"{PATH}/ikke-skriv")
@partner_link
def stop_writing(token: str) -> Any:
    if g.participation.contact is not None:
        organisations.say_no(g.participation.contact, actor=PARTNER, now=clock.now_utc())
    return back(token, "nei")


def shared(token: str) -> dict[str, Any]:
    """Return what each page of a partner shows: who it is, at which event, and whether anything can be changed."""
    row: Participation = g.participation
    event = row.event
    can_change = is_open(event_state=event.state, starts_at_utc=event.starts_at_utc, now=clock.now_utc())
    return {"token": token, "row": row, "is_open": can_change, "roles": ROLE_WORDS, "states": STATE_WORDS}


def back(token: str, note: str) -> Any:
    """Return to the partner's page with a word about what was done."""
    return redirect(f"{url_for('partner_page.show_partner_page', token=token)}?{note}=1", 303)


def _shell(page: PartnerPage, note: str) -> Shell:
    """Return the rendering for all that is on `page` now."""
    shells: Shells = current_app.extensions[_SHELLS]
    event, today = page.event, clock.today_oslo()
    can_change = is_open(event_state=event.state, starts_at_utc=event.starts_at_utc, now=clock.now_utc())
    key = (page, note, can_change, today, current_language(), *languages_here())
    words = {"roles": ROLE_WORDS, "states": STATE_WORDS, "kinds": KIND_WORDS, "offer_words": state_words}
    shown = {"page": page, "note": note, "is_open": can_change, "today": today, "mark": mark}
    return shells.of(key, partial(render_template, "partner_page/show_page.html", **shown, **words))


def _held() -> Participation:
    g.participation = queries.held(g.participation.id)
    found: Participation = g.participation
    return found


def _words_page(token: str, form: WordsForm) -> str:
    return render_template("partner_page/edit_words.html", form=form, **shared(token))


def _needs_page(token: str, form: NeedsForm) -> str:
    return render_template("partner_page/edit_needs.html", form=form, **shared(token))
