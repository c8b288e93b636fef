"""A sender of letters in a process of its own, to be killed. `again` takes the protection away (the control): what a
dead worker left is sent anew without asking SvarUt."""

from collections.abc import Callable
from datetime import timedelta

from outreach import clock, create_app
from outreach.messages.composers import Composer, MessageRow
from outreach.messages.posted_letter import PostedLetter
from outreach.messages.sending.commands import send_due
from outreach.messages.transports.svarut import SvarUtTransport
from outreach.people.postal_address import PostalAddress
from tests.conftest import NOW
from tests.factories.outbox import KIND


def compose(row: MessageRow) -> PostedLetter:
    """Write a letter to somebody made of the row's recipient."""
    home = PostalAddress(("Eksempelveien 12",), "3370", "VIKERSUND")
    return PostedLetter(title="Invitasjon", name=row.recipient, address=home, pdf=b"%PDF-1.7", group="test")


def main(begins: Callable[[], None], minutes: str, *arguments: str) -> None:
    """Send what is due, as if so many minutes had gone since NOW."""
    moment = NOW + timedelta(minutes=int(minutes))
    clock.set_clock(lambda: moment)
    app = create_app()
    app.extensions["treffpunkt.composers"][KIND] = Composer(compose)
    if "again" in arguments:
        SvarUtTransport.has = lambda self, row_id: False  # type: ignore[method-assign]
    with app.app_context():
        begins()
        send_due()
