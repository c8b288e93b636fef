"""Staff see the mailings of an event, or newsletters, one of them with how it goes, and who is in each group."""

from functools import partial
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from outreach import clock
from outreach.accounts.access import current_actor, current_user, requires
from outreach.accounts.roles import ROLE_WORDS, Permission, may
from outreach.contact_point.listing import queries as contact_point
from outreach.events import queries as events
from outreach.events.models import Event
from outreach.formats.whole_numbers import small_number
from outreach.invitations.listing import queries as listing
from outreach.mailings import queries, service
from outreach.mailings.audiences.service import audience_of
from outreach.mailings.blueprint import at, blueprint
from outreach.mailings.composing.service import subjects_of
from outreach.mailings.forms import KindForm, NewsletterForm, ScheduleForm, choice_words
from outreach.mailings.groups import GROUP_WORDS, REACHED, Group
from outreach.mailings.mailing import KIND_WORDS, NOTE_WORDS, STATE_TONES, STATE_WORDS, Kind, State, purpose
from outreach.mailings.models import Mailing
from outreach.mailings.progress import STANDING_TONES, standing_of, standing_words
from outreach.outbox.campaigns import queries as campaigns
from outreach.web.forms import PageForm
from outreach.web.transactions import aside

__all__ = ["blueprint"]

_RELEASERS = [words for role, words in ROLE_WORDS.items() if may(role, Permission.MAILING_RELEASE)]
_WORDS = {"kinds": KIND_WORDS, "states": STATE_WORDS, "tones": STATE_TONES}


@at("", "GET")
@requires(Permission.MAILING_WRITE)
def list_mailings(slug: str) -> Any:
    """Show every mailing of the event, or every newsletter, and begin a new one."""
    return _listed(slug, KindForm() if slug else NewsletterForm())


@at("", "POST")
@requires(Permission.MAILING_WRITE)
def create_mailing(slug: str) -> Any:
    """Make a draft and go on to its texts."""
    form = KindForm() if slug else NewsletterForm()
    if not form.validate_on_submit():
        return _listed(slug, form), 422
    mailing = service.create(event_at(slug), Kind(form.kind.data), actor=current_actor(), now=clock.now_utc())
    return redirect(url_for("mailings.write_texts", slug=slug, mailing_id=mailing.id), 303)


@at("/<int:mailing_id>", "GET")
@requires(Permission.MAILING_WRITE)
def show_mailing(slug: str, mailing_id: int) -> Any:
    """Show one mailing: who gets it, what it says, what comes next, how it went."""
    return shown(slug, mailing_id, ScheduleForm())


@at("/<int:mailing_id>/mottakere/<group>", "GET")
@requires(Permission.MAILING_WRITE)
def list_recipients(slug: str, mailing_id: int, group: str) -> Any:
    """Show the households that are in one group now, by surname; that somebody looked is written down."""
    event, mailing = mailing_at(slug, mailing_id)
    if group not in set(Group):
        abort(404)
    channels = service.channels_of(mailing)
    found = audience_of(mailing, event).members(channels, Group(group), purpose=purpose(mailing.id))
    gets_it = group in (*REACHED, Group.IN_MAILING)
    return _members(event, mailing, found, title=_(GROUP_WORDS[Group(group)]), told=group, gets_it=gets_it)


@at("/<int:mailing_id>/meldinger/<standing>", "GET")
@requires(Permission.MAILING_WRITE)
def list_messages(slug: str, mailing_id: int, standing: str) -> Any:
    """Show the households whose message stands so, by surname; that somebody looked is written down."""
    event, mailing = mailing_at(slug, mailing_id)
    known = standing_of(standing)
    if known is None:
        abort(404)
    found = [int(name.rpartition(":")[2]) for name in campaigns.recipients(purpose(mailing.id), known)]
    channel, *state = (_(words) for words in standing_words(known))
    title = f"{channel}: {', '.join(state)}"
    return _members(event, mailing, found, title=title, told=standing, gets_it=True)


def shown(slug: str, mailing_id: int, form: ScheduleForm) -> str:
    """Return the page of one mailing, with the form for when it is sent."""
    event, mailing = mailing_at(slug, mailing_id)
    name = purpose(mailing.id)
    groups = audience_of(mailing, event).counts(service.channels_of(mailing), purpose=name)
    return render_template(
        "mailings/show_mailing.html",
        event=event, mailing=mailing, groups=[(group, groups[group]) for group in Group if groups[group]],
        total=sum(groups.values()), standings=campaigns.standings(name), group_words=GROUP_WORDS,
        standing_words=standing_words, standing_tones=STANDING_TONES, notes=NOTE_WORDS,
        checked=service.checked(mailing, event) if mailing.state == State.DRAFT else None,
        subjects=subjects_of(mailing, event), chosen=choice_words(mailing),
        releasers=_RELEASERS, user_id=current_user().id, form=form, now=clock.now_utc(), **_WORDS,
    )  # fmt: skip


def _listed(slug: str, form: PageForm) -> str:
    event = event_at(slug)
    found = queries.all_of_event(event.id if event else None)
    rows = [(mailing, campaigns.standings(purpose(mailing.id))) for mailing in found]
    return render_template("mailings/list_mailings.html", event=event, rows=rows, form=form, **_WORDS)


def _members(event: Any, mailing: Any, found: list[int], *, title: str, told: str, gets_it: bool) -> Any:
    page = request.args.get("side", 1, type=small_number)
    at_most = max(page, 1)
    lines, total = (
        listing.among(event.id, set(found), page=at_most) if event else contact_point.listed_among(found, page=at_most)
    )
    if page < 1 or (not lines and page > 1):
        abort(404)
    look = partial(service.note_look, mailing, "mailing.list", actor=current_actor(), now=clock.now_utc(), page=page)
    aside(partial(look, shown=told))
    return render_template(
        "mailings/list_households.html" if event else "mailings/list_people.html",
        event=event, mailing=mailing, title_words=title, gets_it=gets_it, lines=lines, total=total, page=page,
        last_page=max(1, -(-total // (listing if event else contact_point).PAGE_SIZE)), kinds=KIND_WORDS,
    )  # fmt: skip


def event_at(slug: str) -> Event | None:
    """Return the event whose mailings are at `slug`, None for newsletters."""
    return events.by_slug(slug) if slug else None


def mailing_at(slug: str, mailing_id: int) -> tuple[Event | None, Mailing]:
    """Return a mailing with its event, or a newsletter. Raises NotFoundError, also for one of another event."""
    event = event_at(slug)
    return event, queries.of_event(event.id if event else None, mailing_id)


def flash_and_show(slug: str, mailing_id: int, text: str, category: str = "success") -> Any:
    """Tell what was done, on the mailing's page."""
    flash(text, category)
    return redirect(url_for("mailings.show_mailing", slug=slug, mailing_id=mailing_id), 303)
