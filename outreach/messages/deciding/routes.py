"""Staff decide on doubtful messages, one batch at a time. A look at whom they are for is noted."""

from functools import partial
from math import ceil
from typing import Any

from flask import current_app, flash, redirect, render_template, url_for
from flask_babel import ngettext

from outreach import clock
from outreach.accounts.access import current_actor, requires
from outreach.accounts.roles import Permission
from outreach.audit import service as audit
from outreach.errors import NotFoundError
from outreach.messages.blueprint import blueprint
from outreach.messages.composers import words_of_kind
from outreach.messages.deciding import queries, service
from outreach.messages.deciding.doubt import DECISIONS, DOUBT_WORDS, Batch, BatchKey
from outreach.messages.deciding.forms import DecisionForm
from outreach.messages.deciding.service import AlreadyDecidedError
from outreach.messages.outbox_words import CHANNEL_WORDS
from outreach.messages.recipients import words_of
from outreach.outbox.states import Decision
from outreach.web.error_pages import message_of
from outreach.web.transactions import aside
from outreach.web.whole_numbers import page_asked_for

__all__ = ["blueprint"]


@blueprint.get("/admin/utboks/<batch_token>")
@requires(Permission.MESSAGE_DECIDE)
def show_doubtful(batch_token: str) -> Any:
    """Show the messages of a batch and whom each is for, with what can be decided."""
    batch = _batch(batch_token)
    return _page(batch, DecisionForm.of(batch.number))


@blueprint.post("/admin/utboks/<batch_token>")
@requires(Permission.MESSAGE_DECIDE)
def decide(batch_token: str) -> Any:
    """Send messages of a batch again, or count them as sent."""
    batch, form = _batch(batch_token), DecisionForm()
    if not form.validate_on_submit():
        return _page(batch, form), 422
    decision = Decision(form.decision.data)
    try:
        number = _decide(batch.key, form, decision)
    except AlreadyDecidedError as error:
        again = DecisionForm.of(batch.number)
        again.form_errors.append(message_of(error))
        return _page(batch, again), error.http_status
    flash(_done(decision, number))
    return redirect(url_for("messages.show_outbox"), 303)


def _decide(key: BatchKey, form: DecisionForm, decision: Decision) -> int:
    seen, by_whom = form.number_seen(), current_actor()
    return service.decide(key, form.ids(), seen=seen, decision=decision, actor=by_whom, now=clock.now_utc())


def _batch(token: str) -> Batch:
    key = BatchKey.from_token(token)
    found = queries.batch(key) if key else None
    if found is None:
        raise NotFoundError
    return found


def _page(batch: Batch, form: DecisionForm) -> str:
    page = page_asked_for("side")
    rows = queries.members(batch.key, page=page)
    if not rows:
        raise NotFoundError
    look = partial(audit.record, "message.list_doubtful", subject_kind="event", subject_id=batch.key.event_id or None)
    aside(partial(look, actor=current_actor(), now=clock.now_utc(), kind=batch.key.kind, page=page))
    words = {
        "kind": words_of_kind(current_app, batch.key.kind),
        "channel": CHANNEL_WORDS[batch.key.channel.value],
        "decisions": DECISIONS[batch.key.doubt],
        "doubt": DOUBT_WORDS[batch.key.doubt],
    }
    place = {"page": page, "pages": ceil(batch.number / queries.PAGE_SIZE)}
    recipients = words_of(current_app, [row.recipient for row in rows])
    shown = {"batch": batch, "form": form, "rows": rows, "recipients": recipients}
    return render_template("messages/show_doubtful.html", **shown, **words, **place)


def _done(decision: Decision, number: int) -> Any:
    if decision is Decision.RESEND:
        return ngettext("%(num)s melding blir sendt på nytt.", "%(num)s meldinger blir sendt på nytt.", number)
    if decision is Decision.DROP:
        return ngettext("%(num)s melding blir ikke sendt.", "%(num)s meldinger blir ikke sendt.", number)
    return ngettext("%(num)s melding regnes som sendt.", "%(num)s meldinger regnes som sendt.", number)
