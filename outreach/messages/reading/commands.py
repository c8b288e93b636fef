"""Reads a mailbox: each message in a transaction of its own, marked as seen only after its commit."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from contextlib import closing
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

import structlog
from sqlalchemy.exc import DBAPIError

from outreach.database import db
from outreach.errors import N_, OutreachError
from outreach.messages.transports.mailbox import Mailbox, mailbox_at, mailbox_of
from outreach.web.headers import settings_of_app

Taken = TypeVar("Taken", bound=StrEnum)
log = structlog.get_logger()


class NoMailboxError(OutreachError):
    """Nobody said where the mail is."""

    message = N_("Sett MAILBOX_URL til postkassen for e-post i retur, eller oppgi en fil eller en Maildir.")


def mailbox_named(source: Path | None) -> Mailbox:
    """Return the mailbox at `source`, else that of the settings. Raises NoMailboxError."""
    if source is not None:
        return mailbox_at(source)
    if not settings_of_app().mailbox_url:
        raise NoMailboxError
    return mailbox_of(settings_of_app().mailbox_url)


def read_mailbox(
    mailbox: Mailbox, take: Callable[[Iterator[bytes]], Taken], *, left: Collection[Taken]
) -> Counter[Taken]:
    """Have `take` take in every unread message of `mailbox`; return how many were what. Raises MailboxError.

    What turns out to be among `left` stays unread, for whoever else reads the mailbox; so does a message that cannot be
    taken in, which stops none of those after it.
    """
    counts: Counter[Taken] = Counter()
    with closing(mailbox.unread()) as unread:
        for found in unread:
            try:
                taken = take(found.pieces())
                db.session.commit()
            except (DBAPIError, OutreachError):
                raise
            except Exception as fault:  # whatever it is, it must not stop the others
                db.session.rollback()
                log.error("cannot take in a message", fault=type(fault).__name__)  # noqa: TRY400 - traces hold values
                continue
            counts[taken] += 1
            if taken not in left:
                found.done()
    return counts
