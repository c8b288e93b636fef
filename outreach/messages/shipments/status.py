"""What SvarUt's statuses of a letter mean for its outbox row, and when to ask again. Pure; times in UTC.

Source: KS, SvarUt "Status API" v2 (OpenAPI, `ForsendelseStatus`). A status that we do not know is one under way.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from outreach.errors import N_
from outreach.outbox.states import Reason, State


class Status(StrEnum):
    """How far a letter has come, in SvarUt's words."""

    RECEIVED = "MOTTATT"
    ACCEPTED = "AKSEPTERT"
    REJECTED = "AVVIST"
    NOTIFIED = "VARSLET"
    READ = "LEST"
    SENT_TO_PRINT = "SENDT_PRINT"
    PRINTED = "PRINTET"
    HANDLED_BY_HAND = "MANUELT_HANDTERT"
    SENT_DIGITALLY = "SENDT_DIGITALT"
    SENT_TO_MAILBOX = "SENDT_SDP"
    IN_MAILBOX = "LEVERT_SDP"
    READY_TO_FETCH = "KLAR_FOR_MOTTAK"
    NOT_DELIVERED = "IKKE_LEVERT"


STATUS_WORDS: dict[str, str] = {
    "": N_("Levert til SvarUt"),
    Status.RECEIVED.value: N_("Mottatt av SvarUt"),
    Status.ACCEPTED.value: N_("Godtatt av SvarUt"),
    Status.REJECTED.value: N_("Avvist av SvarUt"),
    Status.NOTIFIED.value: N_("Mottakeren er varslet"),
    Status.READ.value: N_("Lest digitalt"),
    Status.SENT_TO_PRINT.value: N_("Sendt til trykkeriet"),
    Status.PRINTED.value: N_("Trykt og postlagt"),
    Status.HANDLED_BY_HAND.value: N_("Håndtert for hånd i SvarUt"),
    Status.SENT_DIGITALLY.value: N_("Sendt digitalt"),
    Status.SENT_TO_MAILBOX.value: N_("Sendt til digital postkasse"),
    Status.IN_MAILBOX.value: N_("Levert i digital postkasse"),
    Status.READY_TO_FETCH.value: N_("Klar til å hentes"),
    Status.NOT_DELIVERED.value: N_("Ikke levert"),
}
_ARRIVED = frozenset({Status.READ, Status.PRINTED, Status.IN_MAILBOX, Status.HANDLED_BY_HAND})
_REASONS = {Status.REJECTED: Reason.REJECTED, Status.NOT_DELIVERED: Reason.BOUNCED_PERMANENT}
# An unread letter goes to print after some days, so there is news for weeks.
_LOOKED_AFTER = timedelta(days=60)
_FIRST_DAY, _SOON, _LATER = timedelta(days=1), timedelta(minutes=30), timedelta(hours=6)


def receipt_of(status: str) -> tuple[State, Reason | None] | None:
    """Return what `status` makes of the letter's row and why, or None while it is under way."""
    if status in _ARRIVED:
        return State.DELIVERED, None
    if status in _REASONS:
        return State.BOUNCED, _REASONS[Status(status)]
    return None


def next_look(status: str, *, handed_over_at: datetime, now: datetime) -> datetime | None:
    """Return when to ask about a letter in `status` again, or None when it has come to its end, or after 60 days."""
    age = now - handed_over_at
    if receipt_of(status) is not None or age > _LOOKED_AFTER:
        return None
    return now + (_SOON if age < _FIRST_DAY else _LATER)
