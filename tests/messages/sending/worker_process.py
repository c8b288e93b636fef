"""A worker in a process of its own, to be killed. `again` takes the protection away (the control)."""

from collections.abc import Callable

from outreach import clock, create_app
from outreach.messages.composers import register_composer
from outreach.messages.sending.commands import send_due
from outreach.outbox import service
from outreach.outbox.states import State
from tests.conftest import NOW
from tests.factories.outbox import KIND, compose


def main(begins: Callable[[], None], *arguments: str) -> None:
    """Send what is due; with `again` everything that another worker left is simply sent again."""
    clock.set_clock(lambda: NOW)
    app = create_app()
    register_composer(app, KIND, compose)
    if "again" in arguments:
        settle = service.settle
        service.settle = lambda ids, *, state, now: settle(ids, state=State.QUEUED, now=now)
    with app.app_context():
        begins()
        send_due()
