"""Signs an e-mail by DKIM (RFC 6376), for installations whose mail server does not. Pure but for the time of signing.

In: a message as it goes on the wire. Out: the same with a signature in front. What tells a reader who wrote and how to
say no is signed (RFC 8058, 3.1 wants the latter); headers that a relay may add or change are not.
"""

from dataclasses import dataclass, field

import dkim

_SIGNED_HEADERS = (
    b"from", b"to", b"subject", b"date", b"message-id", b"reply-to", b"mime-version", b"content-type",
    b"content-transfer-encoding", b"auto-submitted", b"list-unsubscribe", b"list-unsubscribe-post",
)  # fmt: skip
# Relays change blanks and fold headers; a signature must outlive that.
_CANONICAL = (b"relaxed", b"relaxed")


@dataclass(frozen=True)
class DkimKey:
    """Who signs: the domain, the selector under which its public key stands in DNS, and the private key as PEM."""

    domain: str
    selector: str
    private_key: bytes = field(repr=False)


def signed(message: bytes, key: DkimKey) -> bytes:
    """Return `message` (CRLF) with a DKIM-Signature in front."""
    signature: bytes = dkim.sign(
        message,
        key.selector.encode("ascii"),
        key.domain.encode("ascii"),
        key.private_key,
        canonicalize=_CANONICAL,
        include_headers=list(_SIGNED_HEADERS),
    )
    return signature + message
