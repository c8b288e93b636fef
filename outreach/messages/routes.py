"""Staff see how many messages are where, and which batches wait for a person's decision."""

from typing import Any

from flask import current_app, render_template

from outreach.accounts.access import requires
from outreach.accounts.roles import Permission
from outreach.messages.blueprint import blueprint
from outreach.messages.composers import words_of_kind
from outreach.messages.deciding import queries as deciding
from outreach.messages.outbox_words import CHANNEL_WORDS, REASON_WORDS, STATE_WORDS
from outreach.outbox import queries

__all__ = ["blueprint"]


@blueprint.get("/admin/utboks")
@requires(Permission.MESSAGE_DECIDE)
def show_outbox() -> Any:
    """Show counts by channel, state and reason, and the batches that wait for a decision. No names or addresses."""
    batches = deciding.batches()
    return render_template(
        "messages/show_outbox.html",
        counts=queries.counts(),
        batches=batches,
        kinds={batch.key.kind: words_of_kind(current_app, batch.key.kind) for batch in batches},
        channels=CHANNEL_WORDS,
        states=STATE_WORDS,
        reasons=REASON_WORDS,
    )
