"""A pairing link lets phones of one shift in at one door. In: an event's times. Out: how long link and phone are good.

The secret stands in the link's fragment, which browsers never send, so it reaches no log and no other site.
"""

import hashlib
import secrets
import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta

from outreach.errors import N_, OutreachError

SECRET_BYTES = 32
MOST_NAME_CHARACTERS = 40
# Under which name a session remembers the link that is shown once.
SHOWN_ONCE = "door_link"
_AFTER_END = timedelta(hours=6)
_AT_LEAST = timedelta(hours=12)
# Beyond this a phone's clock is named to the volunteer (promises.md 3).
CLOCK_WARNING_SECONDS = 120


class DoorNameError(OutreachError):
    """A door or a phone needs a name that people can tell apart."""

    message = N_("Skriv et navn på 1 til 40 tegn.")


class DoorIsOpenError(OutreachError):
    """Two open doors of one event with the same name cannot be told apart, neither in the list nor on a phone."""

    message = N_(
        "Det finnes alt en åpen dør med dette navnet. Vil du koble til en telefon til, lag en ny QR-kode for den døra."
    )
    http_status = 409


class DoorIsClosedError(OutreachError):
    """A door that is closed or whose shift is over pairs no more phones."""

    message = N_("Døra er stengt. Åpne den på nytt for å koble til telefoner.")
    http_status = 409


class PairingLinkError(OutreachError):
    """The pairing link is not one of ours, has expired or was closed."""

    message = N_("Lenken gjelder ikke lenger. Be arrangøren om en ny lenke til døra.")
    http_status = 410


class DeviceTokenError(OutreachError):
    """The phone is not paired, or no longer."""

    message = N_("Telefonen er ikke koblet til døra lenger. Be arrangøren om en ny lenke. Skanningene er lagret her.")
    http_status = 401


def new_secret() -> str:
    """Return a secret of 256 random bits, fit for a link."""
    return secrets.token_urlsafe(SECRET_BYTES)


def secret_hash(secret: str) -> str:
    """Return the SHA-256 under which a secret is kept, 64 hex digits."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def expiry(*, ends_at_utc: datetime, now: datetime) -> datetime:
    """Return when a shift is over: some hours after the event, and never sooner than a long evening from now."""
    return max(ends_at_utc + _AFTER_END, now + _AT_LEAST)


def pairing_link(public_url: str, secret: str) -> str:
    """Return the address that a volunteer opens, with the secret where no server sees it."""
    return f"{public_url}/door/#{secret}"


def cleaned_name(name: str) -> str:
    """Return `name` of a door or a phone on one line. Raises DoorNameError when empty or too long."""
    kept = "".join(char if char.isprintable() else " " for char in unicodedata.normalize("NFC", name))
    line = " ".join(kept.split())
    if not 0 < len(line) <= MOST_NAME_CHARACTERS:
        raise DoorNameError
    return line


def free_name(name: str, open_doors: Iterable[str]) -> str:
    """Return `name` cleaned. Raises DoorNameError, or DoorIsOpenError when one of `open_doors` is called the same."""
    line = cleaned_name(name)
    if line.casefold() in {door.casefold() for door in open_doors}:
        raise DoorIsOpenError
    return line


def offset_seconds(*, phone_utc: datetime, now: datetime) -> float:
    """Return server minus phone, in seconds with three decimals."""
    return round((now - phone_utc).total_seconds(), 3)
