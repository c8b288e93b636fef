"""Reads a mailbox of bounces."""

from collections import Counter
from collections.abc import Iterator

from outreach import clock
from outreach.messages.bounces import service
from outreach.messages.bounces.delivery_report import read
from outreach.messages.bounces.report_parts import parts_of
from outreach.messages.bounces.service import Taken
from outreach.messages.reading.commands import read_mailbox
from outreach.messages.transports.mailbox import Mailbox

# What nobody but a person, or the reader of answers from calendars, can make sense of stays unread in the mailbox.
_LEFT = frozenset({Taken.UNKNOWN, Taken.OTHER})


def read_bounces(mailbox: Mailbox) -> Counter[Taken]:
    """Take in every unread message of `mailbox`; return how many were what. Raises MailboxError."""
    return read_mailbox(mailbox, _take, left=_LEFT)


def _take(pieces: Iterator[bytes]) -> Taken:
    return service.take(read(parts_of(pieces)), now=clock.now_utc())
