"""What an answer from a calendar means for what stands, or why it is set aside. Pure; the reasons are in ADR 0016.

In: the answer, and how its invitation stands. Out: an act, or a reason that staff see. The sender's address proves
nothing: the UID holds a secret that only the invitation has, and the answer must come from whom it was sent to.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from outreach.errors import N_
from outreach.rsvp.answer import RsvpState
from outreach.rsvp.replies.calendar_reply import CalendarReply, Said


class Outcome(StrEnum):
    """What came of an answer. TAKEN: the household's answer is another; KEPT: it says what stands already."""

    TAKEN = "taken"
    WAITLISTED = "waitlisted"
    KEPT = "kept"
    SET_ASIDE = "set_aside"


class Aside(StrEnum):
    """Why an answer changed nothing."""

    BROKEN = "broken"
    UNKNOWN = "unknown"
    FORGED = "forged"
    OTHER_ADDRESS = "other_address"
    GONE = "gone"
    EVENT_OFF = "event_off"
    PROPOSAL = "proposal"
    OTHER_ANSWER = "other_answer"
    AHEAD = "ahead"
    STALE = "stale"
    CLOSED = "closed"
    NO_PARTY = "no_party"


ASIDE_WORDS = {
    Aside.BROKEN: N_("Svaret kan ikke leses. Se i postkassen."),
    Aside.UNKNOWN: N_("Svaret gjelder ikke en invitasjon som vi har."),
    Aside.FORGED: N_("Svaret har feil kode. Noen kan ha prøvd å svare for andre."),
    Aside.OTHER_ADDRESS: N_("Svaret kommer fra en annen adresse enn den vi sendte invitasjonen til."),
    Aside.GONE: N_("Invitasjonen gjelder ikke lenger."),
    Aside.EVENT_OFF: N_("Arrangementet er avlyst eller har begynt."),
    Aside.PROPOSAL: N_("De foreslår et annet tidspunkt."),
    Aside.OTHER_ANSWER: N_("De svarer noe annet enn ja, nei eller kanskje."),
    Aside.AHEAD: N_("Svaret gjelder en utgave som vi ikke har sendt."),
    Aside.STALE: N_("Svaret gjelder en eldre utgave. Noe er endret etter at de fikk den."),
    Aside.CLOSED: N_("Fristen for å svare har gått ut."),
    Aside.NO_PARTY: N_("De vil komme likevel, men vi vet ikke hvem av dem. Be dem svare på nett."),
}
SAID_WORDS = {
    "": "–",
    Said.ACCEPTED: N_("Ja"),
    Said.DECLINED: N_("Nei"),
    Said.TENTATIVE: N_("Kanskje"),
    Said.PROPOSAL: N_("Nytt tidspunkt"),
    Said.OTHER: N_("Noe annet"),
}


class Act(StrEnum):
    """What is done about an answer."""

    NOTHING = "nothing"
    COME_AGAIN = "come_again"
    CANCEL = "cancel"
    LEAVE_QUEUE = "leave_queue"


@dataclass(frozen=True)
class Earlier:
    """The last answer from a calendar that counted. `sequence_after`: what the ticket's became by it."""

    sequence: int
    stamped_at_utc: datetime
    sequence_after: int


@dataclass(frozen=True)
class Stand:
    """How the invitation stands. `sequence`: that of the newest calendar entry. `email`: where that was sent."""

    is_active: bool
    email: str
    event_state: str
    has_begun: bool
    sequence: int
    state: str
    earlier: Earlier | None = None


def reason_against(reply: CalendarReply, stand: Stand) -> Aside | None:
    """Return why `reply`, whose secret is right, changes nothing; None when it counts."""
    faults = (
        (not stand.is_active, Aside.GONE),
        (reply.attendee != stand.email.lower(), Aside.OTHER_ADDRESS),
        (stand.event_state != "published" or stand.has_begun, Aside.EVENT_OFF),
        (reply.said is Said.PROPOSAL, Aside.PROPOSAL),
        (reply.said is Said.OTHER, Aside.OTHER_ANSWER),
        (reply.sequence > stand.sequence, Aside.AHEAD),
        (_is_stale(reply, stand), Aside.STALE),
    )
    return next((aside for is_so, aside in faults if is_so), None)


def act_of(said: Said, state: str) -> Act:
    """Return what to do about yes, no or maybe of a household whose answer is `state`."""
    if said is Said.ACCEPTED and state in (RsvpState.CANCELLED, RsvpState.DECLINED):
        return Act.COME_AGAIN
    if said is Said.DECLINED and state == RsvpState.ATTENDING:
        return Act.CANCEL
    if said is Said.DECLINED and state == RsvpState.WAITLISTED:
        return Act.LEAVE_QUEUE
    return Act.NOTHING


def _is_stale(reply: CalendarReply, stand: Stand) -> bool:
    """Say whether something changed since, or a later answer came before this one (RFC 5546, 2.1.5).

    What an answer of theirs changed itself does not count: who taps no and then yes answers the same entry twice.
    """
    earlier = stand.earlier
    if earlier and reply.sequence == earlier.sequence and reply.stamped_at_utc < earlier.stamped_at_utc:
        return True
    is_newest = reply.sequence == stand.sequence
    follows = earlier is not None and (earlier.sequence, earlier.sequence_after) == (reply.sequence, stand.sequence)
    return not (is_newest or follows)
