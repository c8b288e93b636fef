"""The link by which somebody says no to a kind of e-mail: computed, never stored, forged by nobody (RFC 8058, 3).

In: a topic and the keyed hash of an address. Out: a token that holds both and a MAC, and back again. It needs no row,
so it works long after everything else about the person has been erased.
"""

import hmac
import re
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass

from outreach.errors import N_, OutreachError

_MAC_BYTES = 16
_SIGNED = r"(?P<signed>(?P<topic>[a-z][a-z0-9_]{0,39})~(?P<ids>[0-9.]{1,60})~(?P<value>[\w-]{20,60}))"
_TOKEN = re.compile(_SIGNED + r"~(?P<mac>[\w-]{22})", re.ASCII)
# From what is signed to at least 16 bytes that only this installation can make.
Mac = Callable[[str], bytes]


class UnsubscribeLinkError(OutreachError):
    """The link is not one of ours, or a mail reader cut it off."""

    message = N_("Sjekk at hele lenken fra e-posten er med.")
    http_status = 404
    page = "unsubscribe_by_phone"


@dataclass(frozen=True)
class Wish:
    """Who (the keyed hash of an address) does not want what."""

    topic: str
    subject_hash: str


def token_of(wish: Wish, mac: Mac) -> str:
    """Return the token of `wish`: unreserved characters only (RFC 3986, 2.3), so that no mail reader changes it."""
    signed = f"{wish.topic}~{wish.subject_hash.replace(':', '~')}"
    return f"{signed}~{_written(mac(signed))}"


def read(token: str, mac: Mac) -> Wish:
    """Return the wish of `token`. Raises UnsubscribeLinkError unless we made it."""
    found = _TOKEN.fullmatch(token)
    if found is None or not hmac.compare_digest(found["mac"], _written(mac(found["signed"]))):
        raise UnsubscribeLinkError
    return Wish(topic=found["topic"], subject_hash=f"{found['ids']}:{found['value']}")


def _written(value: bytes) -> str:
    return urlsafe_b64encode(value[:_MAC_BYTES]).rstrip(b"=").decode()
