"""What a partner is, and who speaks for it. In: what staff or the partner typed. Out: values that are kept. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from outreach.errors import N_, OutreachError

LONGEST_NAME, LONGEST_ABOUT, LONGEST_ROLE = 160, 1_500, 80
# Which words stood at the box when somebody said yes: raised when their meaning changes (GDPR art. 7(1)).
WORDING = 1
# What the unsubscribe link of an e-mail to a partner says no to; the consent ends with it.
TOPIC = "partner"


class Kind(StrEnum):
    """What sort of organisation."""

    BUSINESS = "business"
    CLUB = "club"
    PUBLIC = "public"
    COUNCIL = "council"
    RETAILERS = "retailers"


KIND_WORDS = {
    Kind.BUSINESS: N_("Bedrift"),
    Kind.CLUB: N_("Lag eller forening"),
    Kind.PUBLIC: N_("Offentlig"),
    Kind.COUNCIL: N_("Næringsråd"),
    Kind.RETAILERS: N_("Handelsstandsforening"),
}


class NumberTakenError(OutreachError):
    """Another partner has this organisation number."""

    message = N_("En annen partner har dette organisasjonsnummeret.")
    http_status = 409


class ContactKnownError(OutreachError):
    """Somebody of the same organisation has this e-mail address."""

    message = N_("Denne adressen står allerede på en kontakt hos partneren.")
    http_status = 409


@dataclass(frozen=True, kw_only=True)
class OrganisationDetails:
    """What is kept of an organisation; `number` is nine digits that were checked, or None; `website` "" or checked."""

    name: str
    number: str | None
    kind: Kind
    about: str = ""
    website: str = ""


@dataclass(frozen=True, kw_only=True)
class ContactDetails:
    """Who speaks for an organisation; `email` normalised, `phone` as typed, `has_agreed`: to being written to."""

    name: str
    role: str
    email: str
    phone: str
    language: str
    has_agreed: bool
