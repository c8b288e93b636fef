"""`flask rsvp …`: read the answers that guests give in their calendar."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click
import structlog

from outreach import clock
from outreach.messages.reading.commands import mailbox_named, read_mailbox
from outreach.messages.transports.mailbox import Mailbox, MailboxError
from outreach.rsvp.replies import service
from outreach.rsvp.replies.calendar_reply import MOST_BYTES, read
from outreach.rsvp.replies.service import Taken
from outreach.web.commands import CommandGroup, echo_json
from outreach.web.headers import settings_of_app
from outreach.web.workers import run_until_stopped

_PAUSE_SECONDS = 60.0
# Bounces and letters to a person lie in the same mailbox.
_LEFT = frozenset({Taken.OTHER})
group = CommandGroup("rsvp", help="Svar fra gjester.")
log = structlog.get_logger()


@group.command("read-replies")
@click.argument("source", required=False, type=click.Path(exists=True, path_type=Path))
@click.option("--loop", is_flag=True, help="Les hvert minutt til prosessen blir stoppet.")
@click.option("--json", "as_json", is_flag=True, help="Skriv resultatet som JSON.")
def read_calendar_replies(source: Path | None, loop: bool, as_json: bool) -> None:
    """Les svar fra kalendere: fra SOURCE (en fil eller en Maildir), ellers fra MAILBOX_URL."""
    if loop:
        _read_until_stopped()
        return
    found = read_replies(mailbox_named(source))
    counts = {"read": found.total(), **{taken.value: found[taken] for taken in Taken}}
    if as_json:
        echo_json(counts)
        return
    click.echo(
        "Lest: {read}. Ja: {accepted}. Nei: {declined}. På venteliste: {waitlisted}. Kanskje: {tentative}. "
        "Ingen endring: {unchanged}. Kjent fra før: {repeated}. Lagt til side: {set_aside}. Annet: {other}.".format(
            **counts
        )
    )


def read_replies(mailbox: Mailbox) -> Counter[Taken]:
    """Take in every unread answer in `mailbox`; return how many messages were what. Raises MailboxError."""
    return read_mailbox(mailbox, _take, left=_LEFT)


def _take(pieces: Iterator[bytes]) -> Taken:
    return service.take(read(_start_of(pieces)), now=clock.now_utc())


def _start_of(pieces: Iterator[bytes]) -> bytes:
    """Return the message, or a little more of it than any answer has."""
    found = bytearray()
    for piece in pieces:
        found += piece
        if len(found) > MOST_BYTES:
            break
    return bytes(found)


def _read_until_stopped() -> None:
    if not settings_of_app().mailbox_url:
        click.echo("MAILBOX_URL er ikke satt, så svar fra kalendere blir ikke lest.", err=True)
        return
    run_until_stopped(lambda _is_stopping: _read_now_and_then(), pause_seconds=_PAUSE_SECONDS)


def _read_now_and_then() -> None:
    try:
        read_replies(mailbox_named(None))
    except MailboxError:
        log.error("mailbox cannot be read")  # noqa: TRY400 - traces hold values
