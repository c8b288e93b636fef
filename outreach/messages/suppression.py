"""Which wishes not to be written to bind which message. Pure.

In: purposes under which somebody is suppressed. GDPR art. 21 no. 1 and markedsføringsloven § 15 bind what we begin; an
answer to what the person just did (a confirmation) is not contact that we begin. A dead address binds everything.
"""

from collections.abc import Collection

ALL = "all"
UNREACHABLE = "unreachable"


def binding_purposes(kind: str, *, is_outreach: bool) -> frozenset[str]:
    """Return the purposes that stop a message of `kind`."""
    return frozenset({ALL, kind, UNREACHABLE}) if is_outreach else frozenset({UNREACHABLE})


def is_stopped(purposes: Collection[str], kind: str, *, is_outreach: bool) -> bool:
    """Say whether somebody suppressed under `purposes` must not get a message of `kind`."""
    return not binding_purposes(kind, is_outreach=is_outreach).isdisjoint(purposes)
