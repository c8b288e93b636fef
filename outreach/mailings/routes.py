"""Staff see the mailings of an event, one of them with how it goes, and the households in each group."""

from functools import partial
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from outreach import clock
from outreach.accounts.access import current_actor, current_user, requires
from outreach.accounts.roles import ROLE_WORDS, Permission, may
from outreach.events import queries as events
from outreach.invitations.listing import queries as listing
from outreach.mailings import queries, service
from outreach.mailings.blueprint import blueprint
from outreach.mailings.composing.service import subjects_of
from outreach.mailings.forms import KindForm, ScheduleForm
from outreach.mailings.groups import GROUP_WORDS, REACHED, Group
from outreach.mailings.mailing import KIND_WORDS, NOTE_WORDS, STATE_TONES, STATE_WORDS, Kind, State, purpose
from outreach.mailings.progress import STANDING_TONES, standing_of, standing_words
from outreach.mailings.recipients import queries as recipients
from outreach.mailings.recipients.wishes.queries import wishes
from outreach.outbox.campaigns import queries as campaigns
from outreach.web.transactions import aside

__all__ = ["blueprint"]

_RELEASERS = [words for role, words in ROLE_WORDS.items() if may(role, Permission.MAILING_RELEASE)]
_WORDS = {"kinds": KIND_WORDS, "states": STATE_WORDS, "tones": STATE_TONES}


@blueprint.get("/admin/arrangementer/<slug>/utsendinger")
@requires(Permission.MAILING_WRITE)
def list_mailings(slug: str) -> Any:
    """Show every mailing of the event, and begin a new one."""
    return _listed(slug, KindForm())


@blueprint.post("/admin/arrangementer/<slug>/utsendinger")
@requires(Permission.MAILING_WRITE)
def create_mailing(slug: str) -> Any:
    """Make a draft and go on to its texts."""
    form = KindForm()
    if not form.validate_on_submit():
        return _listed(slug, form), 422
    event = events.by_slug(slug)
    mailing = service.create(event, Kind(form.kind.data), actor=current_actor(), now=clock.now_utc())
    return redirect(url_for("mailings.write_texts", slug=slug, mailing_id=mailing.id), 303)


@blueprint.get("/admin/arrangementer/<slug>/utsendinger/<int:mailing_id>")
@requires(Permission.MAILING_WRITE)
def show_mailing(slug: str, mailing_id: int) -> Any:
    """Show one mailing: who gets it, what it says, what comes next, how it went."""
    return shown(slug, mailing_id, ScheduleForm())


@blueprint.get("/admin/arrangementer/<slug>/utsendinger/<int:mailing_id>/mottakere/<group>")
@requires(Permission.MAILING_WRITE)
def list_recipients(slug: str, mailing_id: int, group: str) -> Any:
    """Show the households that are in one group now, by surname; that somebody looked is written down."""
    event = events.by_slug(slug)
    mailing = queries.of_event(event.id, mailing_id)
    if group not in set(Group):
        abort(404)
    kind = Kind(mailing.kind)
    found = recipients.members(
        event.id,
        kind,
        service.channels_of(mailing),
        Group(group),
        purpose=purpose(mailing.id),
        wishes=wishes(event.id, kind),
        asks_register=service.asks_register(mailing),
    )
    gets_it = group in (*REACHED, Group.IN_MAILING)
    return _households(event, mailing, found, title=_(GROUP_WORDS[Group(group)]), told=group, gets_it=gets_it)


@blueprint.get("/admin/arrangementer/<slug>/utsendinger/<int:mailing_id>/meldinger/<standing>")
@requires(Permission.MAILING_WRITE)
def list_messages(slug: str, mailing_id: int, standing: str) -> Any:
    """Show the households whose message stands so, by surname; that somebody looked is written down."""
    event = events.by_slug(slug)
    mailing = queries.of_event(event.id, mailing_id)
    known = standing_of(standing)
    if known is None:
        abort(404)
    found = [int(name.rpartition(":")[2]) for name in campaigns.recipients(purpose(mailing.id), known)]
    title = ", ".join(_(words) for words in standing_words(known))
    return _households(event, mailing, found, title=title, told=standing, gets_it=True)


def shown(slug: str, mailing_id: int, form: ScheduleForm) -> str:
    """Return the page of one mailing, with the form for when it is sent."""
    event = events.by_slug(slug)
    mailing = queries.of_event(event.id, mailing_id)
    kind, name = Kind(mailing.kind), purpose(mailing.id)
    channels, against = service.channels_of(mailing), wishes(event.id, kind)
    asks = service.asks_register(mailing)
    groups = recipients.counts(event.id, kind, channels, purpose=name, wishes=against, asks_register=asks)
    return render_template(
        "mailings/show_mailing.html",
        event=event, mailing=mailing, groups=[(group, groups[group]) for group in Group if groups[group]],
        total=sum(groups.values()), standings=campaigns.standings(name), group_words=GROUP_WORDS,
        standing_words=standing_words, standing_tones=STANDING_TONES, notes=NOTE_WORDS,
        checked=service.checked(mailing, event) if mailing.state == State.DRAFT else None,
        subjects=subjects_of(mailing, event),
        releasers=_RELEASERS, user_id=current_user().id, form=form, now=clock.now_utc(), **_WORDS,
    )  # fmt: skip


def _listed(slug: str, form: FlaskForm) -> str:
    event = events.by_slug(slug)
    rows = [(mailing, campaigns.standings(purpose(mailing.id))) for mailing in queries.all_of_event(event.id)]
    return render_template("mailings/list_mailings.html", event=event, rows=rows, form=form, **_WORDS)


def _households(event: Any, mailing: Any, found: list[int], *, title: str, told: str, gets_it: bool) -> Any:
    page = request.args.get("side", 1, type=int)
    lines, total = listing.among(event.id, set(found), page=max(page, 1))
    if page < 1 or (not lines and page > 1):
        abort(404)
    look = partial(service.note_look, mailing, "mailing.list", actor=current_actor(), now=clock.now_utc(), page=page)
    aside(partial(look, shown=told))
    return render_template(
        "mailings/list_households.html",
        event=event, mailing=mailing, title_words=title, gets_it=gets_it, lines=lines, total=total, page=page,
        last_page=max(1, -(-total // listing.PAGE_SIZE)), kinds=KIND_WORDS,
    )  # fmt: skip


def flash_and_show(slug: str, mailing_id: int, text: str, category: str = "success") -> Any:
    """Tell what was done, on the mailing's page."""
    flash(text, category)
    return redirect(url_for("mailings.show_mailing", slug=slug, mailing_id=mailing_id), 303)
