"""A host's own page: what, when, where, numbers, what the organiser says, a way to write back. No names of guests."""

from typing import Any

from flask import g, redirect, render_template, request, url_for

from outreach import clock
from outreach.audit.actor import HOST
from outreach.hosts import erasure, queries, service
from outreach.hosts.access import host_link
from outreach.hosts.blueprint import blueprint
from outreach.hosts.forms import MessageForm
from outreach.hosts.host import closes_at
from outreach.hosts.numbers import needs_shown
from outreach.partner_page.numbers import NUMBER_WORDS, partner_numbers
from outreach.reports.funnels import queries as funnels
from outreach.rsvp.needs_list import queries as needs
from outreach.rsvp.needs_list.needs import NEED_WORDS
from outreach.web.access import public
from outreach.web.languages import current_language
from outreach.web.throttle import Limit, check_wait, note_failure

__all__ = ["blueprint"]

# Every message counts: the sixth within a quarter of an hour waits, and nobody is locked out.
_FROM_ONE_HOST = Limit("host-message", 5)


@blueprint.get("/vert/<token>")
@host_link
def show_host_page(token: str) -> str:
    return _page(token, MessageForm(formdata=None), is_sent=request.args.get("sendt") == "1")


@blueprint.post("/vert/<token>")
@host_link
def write_as_host(token: str) -> Any:
    form, now, row = MessageForm(), clock.now_utc(), g.host
    check_wait((_FROM_ONE_HOST, str(row.id)), now=now)
    if not form.validate():
        return _page(token, form), 422
    service.write_to_organiser(row, form.text.kept, language=current_language(), now=now)
    note_failure((_FROM_ONE_HOST, str(row.id)), now=now)
    return redirect(url_for("hosts.show_host_page", token=token, sendt="1"), 303)


@blueprint.get("/vert/<token>/slutt")
@host_link
def ask_to_leave(token: str) -> str:
    return render_template("hosts/ask_to_leave.html", token=token, event=g.host.event)


@blueprint.post("/vert/<token>/slutt")
@host_link
def leave_as_host(token: str) -> Any:
    row = queries.held(g.host.event_id, g.host.id)
    erasure.erase_host(row, actor=HOST, now=clock.now_utc())
    return redirect(url_for("hosts.host_has_left"), 303)


@blueprint.get("/vert/slutt")
@public
def host_has_left() -> str:
    return render_template("hosts/has_left.html")


def _page(token: str, form: MessageForm, *, is_sent: bool = False) -> str:
    event, now = g.host.event, clock.now_utc()
    notes = queries.notes_of(event.id)
    figures = funnels.funnel(event.id).figures()
    return render_template(
        "hosts/show_host_page.html",
        token=token,
        form=form,
        is_sent=is_sent,
        event=event,
        name=(g.host.name or "").split(" ", 1)[0],
        notes=(notes.text or "") if notes else "",
        numbers=partner_numbers(figures, is_over=event.ends_at_utc <= now),
        words=NUMBER_WORDS,
        needs=needs_shown(needs.counts(event.id)),
        need_words=NEED_WORDS,
        closes_at=closes_at(event.ends_at_utc),
    )
