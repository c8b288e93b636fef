"""Staff follow the letters of an event, look at one, and a second person releases a large batch.

The files themselves are made by a worker (making/), or by the command: that takes minutes.
"""

from datetime import timedelta
from functools import partial
from typing import Any

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from outreach import clock
from outreach.accounts.access import current_actor, current_user, requires
from outreach.accounts.roles import ROLE_WORDS, Permission, may
from outreach.errors import NotFoundError, OutreachError
from outreach.events import queries as events
from outreach.invitations import queries as invitation_queries
from outreach.invitations.blueprint import blueprint
from outreach.invitations.letter_words import LETTER_WORDS
from outreach.invitations.letters import queries, service
from outreach.invitations.letters.building.commands import preview
from outreach.invitations.letters.composing import service as composing
from outreach.invitations.letters.languages.routes import languages_shown
from outreach.invitations.letters.making import queries as making
from outreach.invitations.letters.making.models import LetterJob
from outreach.invitations.letters.making.postage import PriceFaultError, estimate
from outreach.invitations.letters.making.routes import wave_asked_for, work_shown
from outreach.invitations.letters.making.stages import BUSY, Stage
from outreach.invitations.letters.planning import service as planning
from outreach.messages.models import LetterBatch
from outreach.messages.outbox_words import STATE_WORDS
from outreach.messages.queries import batches_of_event
from outreach.messages.shipments import queries as shipments
from outreach.messages.shipments.status import STATUS_WORDS
from outreach.outbox.message import FIRST_WAVE, LETTER_KINDS, REMINDER_WAVE
from outreach.outbox.states import Channel, State
from outreach.web.error_pages import message_of
from outreach.web.headers import settings_of_app
from outreach.web.transactions import aside

__all__ = ["blueprint"]

_MOST_WORK = 5
_LONG_WAIT = timedelta(minutes=2)
_RELEASERS = [words for role, words in ROLE_WORDS.items() if may(role, Permission.MAILING_RELEASE)]


@blueprint.get("/admin/arrangementer/<slug>/brev")
@requires(Permission.LETTER_BUILD)
def show_letters(slug: str) -> Any:
    """Show how many letters are where, the batches, and how to print."""
    event = events.by_slug(slug)
    batches = [(batch, service.needs_release(batch)) for batch in batches_of_event(event.id)]
    jobs = making.jobs_of(event.id)
    return render_template(
        "invitations/letters/show_letters.html",
        event=event,
        **_counted(event.id),
        **_by_svarut(event.id),
        **languages_shown(event),
        words=LETTER_WORDS,
        batches=batches,
        has_open=any(batch.handed_over_at_utc is None and batch.wave == FIRST_WAVE for batch, _release in batches),
        is_waiting=any(needs_release for _batch, needs_release in batches),
        work=[work_shown(job) for job in jobs[:_MOST_WORK]],
        is_busy=any(job.stage in BUSY for job in jobs),
        is_stuck=any(_is_stuck(job) for job in jobs),
        price=request.args.get("pris", "")[:20],
        **_estimated(batches, request.args.get("pris", "")[:20]),
        releasers=_RELEASERS,
        user_id=current_user().id,
    )


def _counted(event_id: int) -> dict[str, Any]:
    """Return what the page says of the printed letters of both waves; `counts` is of the invitations alone."""
    first, reminders = (invitation_queries.letter_counts(event_id, Channel.LETTER, wave=wave) for wave in LETTER_KINDS)
    return {
        "counts": first,
        "uncertain": first.get(State.UNCERTAIN, 0) + reminders.get(State.UNCERTAIN, 0),
        "has_printed_reminders": bool(reminders.get(State.HANDED_OVER)),
        "example": queries.any_letter(event_id),
        "reminder_example": queries.any_letter(event_id, wave=REMINDER_WAVE),
    }


def _by_svarut(event_id: int) -> dict[str, Any]:
    """Return what the page says of letters that SvarUt delivers."""
    return {
        "shipped": shipments.counts(event_id),
        "status_words": STATUS_WORDS,
        "state_words": STATE_WORDS,
        "has_svarut": settings_of_app().services.svarut is not None,
    }


def _is_stuck(job: LetterJob) -> bool:
    return job.stage == Stage.WAITING and clock.now_utc() - job.queued_at_utc > _LONG_WAIT


def _estimated(batches: list[tuple[LetterBatch, bool]], price: str) -> dict[str, Any]:
    """Return the estimate of the latest batch at the price that was typed, and what is wrong with the price."""
    if not batches:
        return {"estimate": None, "price_fault": ""}
    letters = batches[0][0].letter_count
    try:
        return {"estimate": estimate(letters, price), "price_fault": ""}
    except PriceFaultError as error:
        return {"estimate": estimate(letters, ""), "price_fault": message_of(error)}


@blueprint.post("/admin/arrangementer/<slug>/brev/frigivelse")
@requires(Permission.LETTER_BUILD)
def ask_for_release(slug: str) -> Any:
    """Make the batch of what waits, so that a second person can release it."""
    event, now = events.by_slug(slug), clock.now_utc()
    try:
        found = planning.plan(event, is_reprint=False, now=now)
    except OutreachError as error:
        flash(message_of(error), "danger")
        return redirect(url_for("invitations.show_letters", slug=slug), 303)
    if not found.rows:
        flash(_("Ingen brev venter på utskrift."), "info")
    elif service.needs_release(service.batch_of(event, found, made_by_id=current_user().id, now=now)):
        flash(
            _(
                "Utsendingen er klar til å bli sett over. En annen enn deg må godkjenne den. "
                "Alle som kan det, ser den øverst på oversikten sin."
            )
        )
    else:
        flash(_("Utsendingen kan skrives ut med en gang."))
    return redirect(url_for("invitations.show_letters", slug=slug), 303)


@blueprint.post("/admin/arrangementer/<slug>/brev/frigi/<reference>")
@requires(Permission.MAILING_RELEASE)
def release_batch(slug: str, reference: str) -> Any:
    """Release a batch that somebody else made."""
    events.by_slug(slug)
    service.release(reference, by_id=current_user().id, actor=current_actor(), now=clock.now_utc())
    flash(_("Utsendingen er godkjent. Nå kan brevene skrives ut."))
    return redirect(url_for("invitations.show_letters", slug=slug), 303)


@blueprint.post("/admin/arrangementer/<slug>/brev/usikre/<any(resend, delivered):decision>")
@requires(Permission.LETTER_BUILD)
def decide_letters(slug: str, decision: str) -> Any:
    """Print uncertain letters anew, or count them as sent."""
    event, is_resend = events.by_slug(slug), decision == "resend"
    service.decide_uncertain(event, is_resend=is_resend, actor=current_actor(), now=clock.now_utc())
    flash(_("Brevene ligger i køen igjen.") if is_resend else _("Brevene regnes som levert til utskrift."))
    return redirect(url_for("invitations.show_letters", slug=slug), 303)


@blueprint.get("/admin/arrangementer/<slug>/brev/<int:invitation_id>.pdf")
@requires(Permission.LETTER_BUILD)
def preview_letter(slug: str, invitation_id: int) -> Response:
    """Show one letter as it would be printed now. Nothing is stored; that somebody looked is."""
    event, now, wave = events.by_slug(slug), clock.now_utc(), wave_asked_for()
    row = queries.letter_of(invitation_id, event.id, wave=wave)
    if row is None:
        raise NotFoundError
    household = composing.household(row, now)
    aside(partial(service.note_preview, invitation_id, actor=current_actor(), now=now))
    response = make_response(preview(household, composing.occasion(event, now, wave=wave)))
    response.content_type = "application/pdf"
    response.headers["Content-Disposition"] = 'inline; filename="brev.pdf"'
    return response
