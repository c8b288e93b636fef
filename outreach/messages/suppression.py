"""Which wishes not to be written to bind which message. Pure.

In: purposes under which somebody is suppressed. GDPR art. 21 no. 1 and markedsføringsloven § 15 bind what we begin; an
answer to what the person just did (a confirmation) is not contact that we begin. A dead address binds everything.
"""

from collections.abc import Collection
from enum import StrEnum

from outreach.errors import N_

ALL = "all"
UNREACHABLE = "unreachable"


class Source(StrEnum):
    """Where a suppression came from."""

    GUEST = "guest"
    LINK = "link"
    SMS = "sms"
    STAFF = "staff"
    BOUNCE = "bounce"


PURPOSE_WORDS: dict[str, str] = {
    ALL: N_("Alt vi sender uten å være spurt"),
    UNREACHABLE: N_("Adressen virker ikke"),
    "invitation": N_("Invitasjoner"),
    "letter": N_("Brev"),
    "newsletter": N_("Nyhetsbrev"),
    "host": N_("E-poster til verter"),
    "partner": N_("E-poster til partnere"),
}
SOURCE_WORDS: dict[str, str] = {
    Source.GUEST.value: N_("Siden til invitasjonen"),
    Source.LINK.value: N_("Lenka i en e-post"),
    Source.SMS.value: N_("Svar på en SMS"),
    Source.STAFF.value: N_("En ansatt"),
    Source.BOUNCE.value: N_("E-post som kom i retur"),
}


def binding_purposes(kind: str, *, is_outreach: bool, topic: str = "") -> frozenset[str]:
    """Return the purposes that stop a message of `kind` that belongs to `topic` (empty: a topic of its own)."""
    return frozenset({ALL, kind, topic or kind, UNREACHABLE}) if is_outreach else frozenset({UNREACHABLE})


def is_stopped(purposes: Collection[str], kind: str, *, is_outreach: bool, topic: str = "") -> bool:
    """Say whether somebody suppressed under `purposes` must not get a message of `kind`."""
    return not binding_purposes(kind, is_outreach=is_outreach, topic=topic).isdisjoint(purposes)
