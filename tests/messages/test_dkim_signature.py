"""A signature that a verifier takes, over what tells a reader who wrote; changed on the way, it is taken no more."""

import re
from base64 import b64encode

import dkim
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from outreach.messages.dkim_signature import DkimKey, signed
from outreach.messages.email import ComposedEmail, Envelope, build
from tests.conftest import NOW

PRIVATE = rsa.generate_private_key(public_exponent=65537, key_size=2048)
KEY = DkimKey("modum.example", "tp1", PRIVATE.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
RECORD = b"v=DKIM1; k=rsa; p=" + b64encode(
    PRIVATE.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
)
ENVELOPE = Envelope(
    sender_name="Modum kommune",
    sender="treffpunkt@modum.example",
    reply_to="post@modum.example",
    bounce_address="x@y.z",
)


def _message() -> bytes:
    email = ComposedEmail(
        to="aase@gjest.example",
        subject="Velkommen til møte på Åmot",
        text="Hei Åse!\n.punktum først\n",
        html="<p>Hei Åse!</p>",
        is_outreach=True,
        unsubscribe_url="https://t.example/avmeld/x",
    )
    return signed(build(email, row_id=42, envelope=ENVELOPE, sent_at_utc=NOW).as_bytes(), KEY)


def _is_taken(message: bytes) -> bool:
    asked: list[bytes] = []

    def record(name: bytes, **_: object) -> bytes:
        asked.append(name)
        return RECORD

    taken = bool(dkim.verify(message, dnsfunc=record))
    assert asked == [b"tp1._domainkey.modum.example."]
    return taken


def test_a_verifier_takes_it_and_it_covers_the_way_to_say_no() -> None:
    message = _message()
    assert _is_taken(message)
    [names] = re.findall(rb";h=([^;]*);", re.sub(rb"\s+", b"", message.split(b"\r\nMessage-ID")[0]))
    assert {b"from", b"subject", b"list-unsubscribe", b"list-unsubscribe-post"} <= set(names.lower().split(b":"))


def test_it_outlives_what_relays_do_to_headers() -> None:
    message = _message()
    assert _is_taken(b"Received: by relay.example\r\n" + message.replace(b"\r\nSubject: ", b"\r\nSUBJECT:   "))


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        (b"treffpunkt@modum.example", b"noen@modum.example"),
        (b"https://t.example/avmeld/x", b"https://t.example/avmeld/y"),
        (b"One-Click", b"Two-Click"),
        (b"punktum", b"komma"),
    ],
)
def test_changed_on_the_way_it_is_taken_no_more(was: bytes, becomes: bytes) -> None:
    message = _message()
    assert was in message
    assert not _is_taken(message.replace(was, becomes))


def test_the_key_is_in_no_trace() -> None:
    assert "PRIVATE" not in repr(KEY)
