"""What a ticket says, as values: for its page, its QR, its calendar file and the mail. In: facts. Out: texts, entries.

A ticket admits a number of persons and names nobody, so it is safe to show at the door, to forward and to lose.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlsplit

from outreach.errors import N_, OutreachError
from outreach.events.getting_there import on_one_line
from outreach.formats.calendar_file import CalendarEntry
from outreach.formats.short_code import grouped

_UID = re.compile(r"ticket-(?P<id>[0-9]{1,19})\.(?P<secret>[0-9a-f]{32})@(?P<host>.+)")


class TicketState(StrEnum):
    """Whether a ticket lets anybody in."""

    VALID = "valid"
    REVOKED = "revoked"


class RevokedTicketError(OutreachError):
    """The ticket was right once; the guest has cancelled since, or it was called back."""

    message = N_("Påmeldingen gjelder ikke lenger. Skriv koden fra brevet for å svare på nytt.")
    http_status = 410
    page = "ticket_not_in_force"


class ReplacedTicketError(OutreachError):
    """The code belongs to an earlier generation of the ticket."""

    message = N_("Den er byttet ut med en ny. Bruk den nyeste, eller skriv koden fra brevet for å finne den.")
    http_status = 410
    page = "ticket_not_in_force"


@dataclass(frozen=True)
class TicketFacts:
    """A ticket and its event. `code` has no dashes; `sequence` rises with each change of ticket or event.

    `generation`: which code of the ticket it is, the first being 1. `calendar_secret`: what an answer from a calendar
    must show, in its UID.
    """

    ticket_id: int
    code: str
    generation: int
    persons: int
    sequence: int
    changed_at_utc: datetime
    is_valid: bool
    event_slug: str
    event_title: str
    event_is_cancelled: bool
    starts_at_utc: datetime
    ends_at_utc: datetime
    venue: str
    venue_address: str
    access_information: str
    calendar_secret: str
    nearest_stop: str = ""
    parking: str = ""
    programme: str = ""

    @property
    def printed_code(self) -> str:
        """Return the code as people read it aloud: XXXX-XXXX-XXXX-XXXX."""
        return grouped(self.code)

    @property
    def place(self) -> str:
        """Return venue and address on one line."""
        return on_one_line(self.venue, self.venue_address)


def ticket_url(public_url: str, code: str) -> str:
    """Return the address of the ticket page on the configured origin."""
    return f"{public_url}/billett/{code}"


def qr_payload(public_url: str, code: str) -> str:
    """Return what the QR holds: the page's address, in capitals when nothing in it cares about letter case."""
    url = ticket_url(public_url, code)
    return url if urlsplit(public_url).path not in ("", "/") else url.upper()


@dataclass(frozen=True)
class Sender:
    """Who invites: a name, the mailbox where answers are read, and the address that mail comes from."""

    name: str
    email: str
    sent_by_email: str


def calendar_uid(facts: TicketFacts, public_url: str) -> str:
    """Return the UID of the ticket's entry, which never changes (RFC 5545 3.8.4.7): a new file replaces the old entry.

    It holds 128 bits that nobody can guess, so that an answer with it comes from somebody who has the entry.
    """
    return f"ticket-{facts.ticket_id}.{facts.calendar_secret}@{urlsplit(public_url).hostname}"


def ticket_of_uid(uid: str, public_url: str) -> tuple[int, str] | None:
    """Return the ticket's id and the secret that `uid` names, as yet unproven; None when it is none of ours."""
    found = _UID.fullmatch(uid.strip().lower())
    if found is None or found["host"] != urlsplit(public_url).hostname or int(found["id"]) >= 2**63:
        return None
    return int(found["id"]), found["secret"]


def calendar_entry(facts: TicketFacts, *, url: str, uid: str, description: str, sender: Sender) -> CalendarEntry:
    """Return the guest's calendar entry; CANCELLED once the ticket or the event is off."""
    is_on = facts.is_valid and not facts.event_is_cancelled
    return CalendarEntry(
        uid=uid,
        sequence=facts.sequence,
        title=facts.event_title,
        starts_at_utc=facts.starts_at_utc,
        ends_at_utc=facts.ends_at_utc,
        changed_at_utc=facts.changed_at_utc,
        status="CONFIRMED" if is_on else "CANCELLED",
        location=facts.place,
        description=description,
        url=url,
        organizer_name=sender.name,
        organizer_email=sender.email,
        sent_by_email=sender.sent_by_email,
    )
