"""Staff see how many households would get a reminder letter and why the others do not, and make the letters ready.

From there on a reminder is a letter like any other: released, made and fetched on the letters' page.
"""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from outreach import clock
from outreach.accounts.access import current_actor, current_user, requires
from outreach.accounts.roles import Permission
from outreach.errors import OutreachError
from outreach.events import queries as events
from outreach.events.models import Event
from outreach.invitations.letter_words import LETTER_WORDS
from outreach.invitations.letters import service as letters
from outreach.invitations.letters.planning import service as planning
from outreach.invitations.queries import letter_counts
from outreach.mailings.blueprint import blueprint
from outreach.mailings.reminder_letters import queries, service
from outreach.mailings.reminder_letters.standing import STANDING_WORDS, Standing
from outreach.outbox.message import REMINDER_WAVE
from outreach.web.error_pages import message_of

__all__ = ["blueprint"]


@blueprint.get("/admin/arrangementer/<slug>/brev/paminnelse")
@requires(Permission.LETTER_BUILD)
def show_reminders(slug: str) -> str:
    """Show who would get a reminder letter now, and why the others do not."""
    event, now = events.by_slug(slug), clock.now_utc()
    found = queries.counts(event.id, now)
    return render_template(
        "mailings/show_reminders.html",
        event=event,
        groups=[(STANDING_WORDS[standing], found[standing]) for standing in Standing if found[standing]],
        number=found[Standing.GETS_IT],
        total=sum(found.values()),
        against=_against(event),
        printed_at=queries.first_letters_on(event.id),
        reminders=letter_counts(event.id, wave=REMINDER_WAVE),
        words=LETTER_WORDS,
    )


@blueprint.post("/admin/arrangementer/<slug>/brev/paminnelse")
@requires(Permission.LETTER_BUILD)
def make_reminders_ready(slug: str) -> Any:
    """Queue the reminders that are due and make the batch of what waits, so that a second person can release it."""
    event, now = events.by_slug(slug), clock.now_utc()
    service.queue(event, actor=current_actor(), now=now)
    found = planning.plan(event, is_reprint=False, now=now, wave=REMINDER_WAVE)
    if not found.rows:
        flash(_("Ingen påminnelser venter på utskrift."), "info")
        return redirect(url_for("mailings.show_reminders", slug=slug), 303)
    batch = letters.batch_of(event, found, made_by_id=current_user().id, now=now)
    number = len(found.rows)
    flash(ngettext("%(num)s påminnelse er klar.", "%(num)s påminnelser er klare.", number))
    if letters.needs_release(batch):
        flash(
            _(
                "Utsendingen er klar til å bli sett over. En annen enn deg må godkjenne den. "
                "Alle som kan det, ser den øverst på oversikten sin."
            )
        )
    return redirect(url_for("invitations.show_letters", slug=slug), 303)


def _against(event: Event) -> str:
    """Return why no reminders are made now, "" when nothing stands against it."""
    try:
        planning.refuse(event, clock.now_utc(), wave=REMINDER_WAVE)
    except OutreachError as error:
        return message_of(error)
    return ""
