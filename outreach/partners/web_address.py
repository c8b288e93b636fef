"""A link to somewhere else, as a partner types it, made into one that a guest may follow, or a fault. Pure.

A guest trusts what stands on our page. So: the web only (no script, file or data), a public name (no number, no machine
of one's own network), no name and password in front that look like another place, no letters that cannot be seen.
Sources: WHATWG URL Standard (schemes, credentials, hosts); RFC 6761 (special-use names).
"""

import ipaddress
import re
import unicodedata
from urllib.parse import urlsplit, urlunsplit

from outreach.errors import N_, OutreachError

LONGEST = 300
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_PORT = re.compile(r"[^/?#:]+:\d+(?:[/?#]|$)")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_OF_NO_PUBLIC = {
    "localhost", "local", "internal", "intranet", "lan", "home", "corp", "private", "test", "invalid", "onion", "arpa",
}  # fmt: skip


class WebAddressError(OutreachError):
    """It is no address of a web page."""

    message = N_("Skriv en nettadresse, som https://www.bedriften.no/jobb.")


class DangerousAddressError(OutreachError):
    """It leads somewhere that we do not send guests."""

    message = N_("Denne lenken kan vi ikke vise. Bruk en vanlig nettadresse som begynner med https://.")


def web_address(typed: str) -> str:
    """Return the address, "" for an empty field. Raises WebAddressError or DangerousAddressError."""
    text = typed.strip()
    if not text:
        return ""
    if len(text) > LONGEST or any(char.isspace() for char in text):
        raise WebAddressError
    _refuse_unseen(text)
    if _SCHEME.match(text) and not _PORT.match(text):
        if not text.lower().startswith(("https://", "http://")):
            raise DangerousAddressError
    else:
        text = f"https://{text}"
    return _checked(text)


def shown(address: str) -> str:
    """Return where an address leads, as a reader is told: the name of the host."""
    return (urlsplit(address).hostname or "").removeprefix("www.")


def _refuse_unseen(text: str) -> None:
    if "\\" in text or any(unicodedata.category(char) in ("Cc", "Cf", "Co", "Cs", "Zl", "Zp") for char in text):
        raise DangerousAddressError


def _checked(text: str) -> str:
    try:
        parts = urlsplit(text)
        host, has_port = (parts.hostname or "").rstrip("."), parts.port is not None
        ascii_host = host.encode("idna").decode() if host else ""
    except (ValueError, UnicodeError) as error:
        raise WebAddressError from error
    if "@" in parts.netloc or has_port or _is_number(host):
        raise DangerousAddressError
    labels = ascii_host.split(".")
    if not all(_LABEL.fullmatch(label) for label in labels):
        raise WebAddressError
    if labels[-1] in _OF_NO_PUBLIC:
        raise DangerousAddressError
    if len(labels) < 2 or not labels[-1][0].isalpha():
        raise WebAddressError
    return urlunsplit((parts.scheme.lower(), ascii_host, parts.path, parts.query, parts.fragment))


def _is_number(host: str) -> bool:
    """Say whether a host is an address in numbers, in any of the spellings that browsers take: 127.1, 0x7f000001."""
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return bool(re.fullmatch(r"(?:0x[0-9a-f]*|\d+)", host.rsplit(".", 1)[-1]))
    return True
