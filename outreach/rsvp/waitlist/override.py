"""Why staff let a party in although there is no room. A choice and no free text: the audit trail names nobody. Pure."""

from enum import StrEnum

from outreach.errors import N_, OutreachError


class Reason(StrEnum):
    """Why more come than there are places for."""

    PROMISED = "promised"
    MISTAKE = "mistake"
    ROOM = "room"
    NEED = "need"


REASON_WORDS = {
    Reason.PROMISED: N_("De er lovet plass"),
    Reason.MISTAKE: N_("Det er gjort en feil som ikke er deres"),
    Reason.ROOM: N_("Det er plass til flere enn vi har satt opp"),
    Reason.NEED: N_("De har et særlig behov for å komme"),
}


class NotWaitingError(OutreachError):
    """The party is not on the waiting list any more: it has a place, or it left."""

    message = N_("Husstanden står ikke på ventelista lenger. Last siden på nytt.")
    http_status = 409
