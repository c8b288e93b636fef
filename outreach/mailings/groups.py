"""Which households of an event a mailing goes to, by which channel, and why not to the others. Pure.

One ordered table of rules serves both the count in the database (`recipients/queries.py` compiles it) and the look at
one household at hand-over (`judge`): the first rule that holds decides, so each household is in one group and the
groups add up to the invitations.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from outreach.errors import N_
from outreach.mailings.mailing import OUTREACH, Kind
from outreach.outbox.states import Channel, Reason


class Group(StrEnum):
    """Where a household or a person is: a channel, or why nothing comes. The values are part of addresses."""

    EMAIL = "epost"
    SMS = "sms"
    REGISTER = "kontaktregister"
    LETTER = "brev"
    IN_MAILING = "med"
    BY_HAND = "manuelt"
    SUPPRESSED = "reservert"
    ANSWERED = "svart"
    NOT_COMING = "kommer-ikke"
    NOT_CAME = "kom-ikke"
    REVOKED = "trukket"
    ERASED = "slettet"
    NO_CONSENT = "uten-samtykke"
    NOT_CHOSEN = "utenfor-valget"
    OTHER_CHANNEL = "annen-kanal"
    DEAD = "virker-ikke"


GROUP_WORDS = {
    Group.EMAIL: N_("Får e-post"),
    Group.SMS: N_("Får SMS"),
    Group.REGISTER: N_("Slås opp i kontaktregisteret når den sendes"),
    Group.LETTER: N_("Må få brev eller telefon"),
    Group.IN_MAILING: N_("Er allerede med i utsendingen"),
    Group.BY_HAND: N_("Håndteres manuelt"),
    Group.SUPPRESSED: N_("Vil ikke ha meldinger fra oss"),
    Group.ANSWERED: N_("Har svart"),
    Group.NOT_COMING: N_("Har ikke sagt at de kommer"),
    Group.NOT_CAME: N_("Kom ikke"),
    Group.REVOKED: N_("Invitasjonen er trukket tilbake"),
    Group.ERASED: N_("Opplysningene er slettet"),
    Group.NO_CONSENT: N_("Har ikke sagt ja til nyheter"),
    Group.NOT_CHOSEN: N_("Studerer et annet sted, eller vil høre om annet"),
    Group.OTHER_CHANNEL: N_("Vil ha meldinger på en annen måte"),
    Group.DEAD: N_("Adressen virker ikke"),
}
REACHED = (Group.EMAIL, Group.SMS, Group.REGISTER)
_CHANNEL_GROUPS = {Channel.EMAIL: (Group.EMAIL, "has_email"), Channel.SMS: (Group.SMS, "has_mobile")}
_REASONS = {
    Group.LETTER: Reason.NO_ADDRESS,
    Group.REGISTER: Reason.NOT_REGISTERED,
    Group.BY_HAND: Reason.PROTECTED,
    Group.SUPPRESSED: Reason.SUPPRESSED,
    Group.ANSWERED: Reason.ANSWERED,
    Group.NOT_COMING: Reason.NOT_COMING,
    Group.NOT_CAME: Reason.NOT_COMING,
    Group.REVOKED: Reason.REVOKED,
    Group.ERASED: Reason.ERASED,
    Group.NO_CONSENT: Reason.SUPPRESSED,
    Group.NOT_CHOSEN: Reason.NOT_WANTED,
    Group.OTHER_CHANNEL: Reason.NOT_WANTED,
    Group.DEAD: Reason.NO_ADDRESS,
}


@dataclass(frozen=True)
class HouseholdFacts:
    """What is true of one household now. The names are those of the rules.

    `is_suppressed`: any of those who are asked, or an address they left, asked not to be written to: the address may be
    that person's. `is_answered`: each of those who are asked has an answer. `can_be_asked`: a number is kept of an
    adult among them, by which the contact and reservation register can be asked.
    """

    is_in_mailing: bool = False
    is_erased: bool = False
    is_revoked: bool = False
    is_protected: bool = False
    is_set_aside: bool = False
    is_answered: bool = False
    is_not_coming: bool = False
    is_not_here: bool = False
    is_suppressed: bool = False
    has_email: bool = False
    has_mobile: bool = False
    can_be_asked: bool = False


Rule = tuple[Group, str]


def rules(kind: Kind, channels: Sequence[Channel], *, asks_register: bool = False) -> tuple[Rule, ...]:
    """Return the rules in the order in which they decide; whoever is left is reached by letter alone.

    What somebody left with us goes before what the register says of them.
    """
    return (
        (Group.IN_MAILING, "is_in_mailing"),
        (Group.ERASED, "is_erased"),
        (Group.REVOKED, "is_revoked"),
        (Group.BY_HAND, "is_protected"),
        *_rules_of_kind(kind),
        *(((Group.SUPPRESSED, "is_suppressed"),) if kind in OUTREACH else ()),
        *(_CHANNEL_GROUPS[channel] for channel in channels),
        *(((Group.REGISTER, "can_be_asked"),) if asks_register else ()),
    )


def judge(facts: HouseholdFacts, kind: Kind, channels: Sequence[Channel], *, asks_register: bool = False) -> Group:
    """Return the group of a household of which `facts` are true."""
    ordered = rules(kind, channels, asks_register=asks_register)
    return next((group for group, name in ordered if getattr(facts, name)), Group.LETTER)


def channel_of(group: Group) -> Channel | None:
    """Return the channel by which `group` is reached for sure, None for the others."""
    return next((channel for channel, (known, _name) in _CHANNEL_GROUPS.items() if known is group), None)


def reason_of(group: Group) -> Reason:
    """Return why a message that was queued for a household now in `group` must not leave."""
    return _REASONS.get(group, Reason.NO_ADDRESS)


def _rules_of_kind(kind: Kind) -> tuple[Rule, ...]:
    if kind is Kind.REMINDER:
        # Looked at by hand first, as before a letter; whoever said yes has been looked at by saying so.
        return ((Group.BY_HAND, "is_set_aside"), (Group.ANSWERED, "is_answered"))
    if kind is Kind.THANKS:
        return ((Group.NOT_COMING, "is_not_coming"), (Group.NOT_CAME, "is_not_here"))
    return ((Group.NOT_COMING, "is_not_coming"),)
