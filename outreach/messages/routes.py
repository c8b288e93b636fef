"""Staff see how many messages are where, and decide those whose fate nobody but a person can tell."""

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from outreach import clock
from outreach.accounts.access import current_actor, requires
from outreach.accounts.roles import Permission
from outreach.messages import service
from outreach.messages.blueprint import blueprint
from outreach.messages.forms import DecisionForm
from outreach.messages.outbox_words import CHANNEL_WORDS, REASON_WORDS, STATE_WORDS
from outreach.outbox import queries

__all__ = ["blueprint"]

_SHOWN = 100


@blueprint.get("/admin/utboks")
@requires(Permission.MESSAGE_DECIDE)
def show_outbox() -> Any:
    """Show counts by channel, state and reason, and the messages that wait for a decision. No addresses."""
    return render_template(
        "messages/show_outbox.html",
        counts=queries.counts(),
        doubtful=queries.to_decide(limit=_SHOWN),
        channels=CHANNEL_WORDS,
        states=STATE_WORDS,
        reasons=REASON_WORDS,
        form=DecisionForm(),
    )


@blueprint.post("/admin/utboks/<int:message_id>")
@requires(Permission.MESSAGE_DECIDE)
def decide(message_id: int) -> Any:
    """Send a doubtful message again, or count it as handed over."""
    form = DecisionForm()
    if not form.validate_on_submit():
        abort(422)
    service.decide(message_id, form.decision.data, actor=current_actor(), now=clock.now_utc())
    is_resend = form.decision.data == service.RESEND
    flash(_("Meldingen blir sendt på nytt.") if is_resend else _("Meldingen regnes som overlevert."))
    return redirect(url_for("messages.show_outbox"), 303)
