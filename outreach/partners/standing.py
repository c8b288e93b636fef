"""How an organisation stands in Enhetsregisteret, as an answer of its open interface tells. Pure: bytes in, values out.

Source: Brønnøysundregistrene, "Åpne data - Enhetsregisteret", GET /enheter/{orgnr}: 200 with the unit as JSON; 404 for
none with this number; 410 for one that was taken out. A unit that was deleted has `slettedato`.
"""

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from outreach.errors import N_
from outreach.people.person import clean_text

_LONGEST_NAME = 200
_CLOSING = ("underAvvikling", "underTvangsavviklingEllerTvangsopplosning")


class Standing(StrEnum):
    """Whether there is such an organisation, and how it does."""

    ACTIVE = "active"
    BANKRUPT = "bankrupt"
    CLOSING = "closing"
    GONE = "gone"
    UNKNOWN = "unknown"


STANDING_WORDS = {
    Standing.ACTIVE: N_("Registrert"),
    Standing.BANKRUPT: N_("Konkurs"),
    Standing.CLOSING: N_("Under avvikling"),
    Standing.GONE: N_("Slettet"),
    Standing.UNKNOWN: N_("Finnes ikke i Enhetsregisteret"),
}


class UnreadableUnitError(Exception):
    """The answer is none that the document knows."""


@dataclass(frozen=True)
class Registered:
    """What the register says of a number; `name` is "" where it knows none."""

    standing: Standing
    name: str = ""


def registered(status: int, body: bytes, number: str) -> Registered:
    """Return what an answer of the register says of `number`. Raises UnreadableUnitError."""
    if status == 404:
        return Registered(Standing.UNKNOWN)
    if status == 410:
        return Registered(Standing.GONE)
    unit = _unit(body) if status == 200 else None
    if unit is None or unit.get("organisasjonsnummer") != number or not isinstance(unit.get("navn"), str):
        raise UnreadableUnitError
    return Registered(_standing(unit), clean_text(unit["navn"])[:_LONGEST_NAME])


def _unit(body: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(body)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _standing(unit: dict[str, Any]) -> Standing:
    if unit.get("slettedato"):
        return Standing.GONE
    if unit.get("konkurs") is True:
        return Standing.BANKRUPT
    return Standing.CLOSING if any(unit.get(name) is True for name in _CLOSING) else Standing.ACTIVE
