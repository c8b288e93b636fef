"""A partner sees what guests left at its stand, and answers through us. Each look is written down."""

from functools import partial
from typing import Any

from flask import g, redirect, render_template, url_for

from outreach import clock
from outreach.audit.actor import PARTNER
from outreach.audit.service import record
from outreach.errors import OutreachError
from outreach.partner_page.access import partner_link
from outreach.partner_page.answering.forms import AnswerForm
from outreach.partner_page.blueprint import blueprint
from outreach.partner_page.interest import PURPOSE_WORDS
from outreach.partner_page.interests import queries, service
from outreach.partner_page.own.public_routes import PATH, shared
from outreach.partners.forms import add_error
from outreach.web.transactions import aside

__all__ = ["blueprint"]

_ONE = f"{PATH}/interesse/<int:interest_id>"


@blueprint.get(f"{PATH}/interesse")
@partner_link
def list_interests(token: str) -> str:
    rows = queries.of_participation(g.participation.id)
    _note_look(g.participation.id, number=len(rows))
    return render_template("partner_page/list_interests.html", rows=rows, purposes=PURPOSE_WORDS, **shared(token))


@blueprint.get(_ONE)
@partner_link
def show_one_interest(token: str, interest_id: int) -> str:
    page = _page(token, interest_id, AnswerForm(formdata=None))
    _note_look(g.participation.id, number=1)
    return page


@blueprint.post(_ONE)
@partner_link
def answer_interest(token: str, interest_id: int) -> Any:
    row, form = queries.of(g.participation.id, interest_id), AnswerForm()
    if form.validate():
        try:
            service.answer(row, form.words(), event_id=g.participation.event_id, now=clock.now_utc())
        except OutreachError as error:
            add_error(form.text, error)
        else:
            return redirect(f"{url_for('partner_page.list_interests', token=token)}?svart=1", 303)
    return _page(token, interest_id, form), 422


def _page(token: str, interest_id: int, form: AnswerForm) -> str:
    one = queries.of(g.participation.id, interest_id)
    return render_template(
        "partner_page/answer_interest.html", one=one, form=form, purposes=PURPOSE_WORDS, **shared(token)
    )


def _note_look(participation_id: int, *, number: int) -> None:
    act = partial(record, "interest.look", subject_kind="participation", subject_id=participation_id)
    aside(partial(act, actor=PARTNER, now=clock.now_utc(), number=number))
