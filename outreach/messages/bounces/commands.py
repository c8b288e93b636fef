"""Reads a mailbox of bounces: each report in a transaction of its own, marked as seen only after its commit."""

from collections import Counter
from contextlib import closing

from outreach import clock
from outreach.database import db
from outreach.messages.bounces import service
from outreach.messages.bounces.delivery_report import read
from outreach.messages.bounces.report_parts import parts_of
from outreach.messages.bounces.service import Taken
from outreach.messages.transports.mailbox import Mailbox

# What nobody but a person can make sense of stays unread in the mailbox.
_LEFT = frozenset({Taken.UNKNOWN, Taken.OTHER})


def read_bounces(mailbox: Mailbox) -> Counter[Taken]:
    """Take in every unread message of `mailbox`; return how many were what. Raises MailboxError."""
    counts: Counter[Taken] = Counter()
    with closing(mailbox.unread()) as unread:
        for found in unread:
            taken = service.take(read(parts_of(found.pieces())), now=clock.now_utc())
            db.session.commit()
            counts[taken] += 1
            if taken not in _LEFT:
                found.done()
    return counts
