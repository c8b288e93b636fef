"""The sealed roster: opens with the guest's code and with nothing else; the phone's own reading is tested on the same
vectors (tests/door/vectors.json)."""

import json
from base64 import urlsafe_b64decode
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from outreach.checkin.names.name_index import NamedTicket, sealed_index
from outreach.checkin.names.shift_pin import STRETCHED, key_of, shift_pin
from outreach.checkin.roster import EntryState, RosterTicket, encoded, entry_id, seal_entry, sealed_roster
from outreach.formats.short_code import ALPHABET, INVITATION, TICKET, compute

SALT = bytes(range(32))
NAMED = {"2345KYHX": ("Åse Lien", "Bjørn Lien"), "2345KYHY": ("Zoë Ødegård",), "2345KYHW": ("Áile Sárá Gaup",)}
VECTORS = Path(__file__).parent.parent / "door" / "vectors.json"


def ticket(code: str, **changes: object) -> RosterTicket:
    values = {"reference": "ref:5.1", "state": EntryState.VALID, "persons": 2, "version": 1, **changes}
    return RosterTicket(code=code, **values)


CODE = compute(TICKET, "23456C", bytes(range(32)))


def opened(code: str, salt: bytes, sealed: str, name: str) -> dict:
    raw = urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4))
    key = HKDF(algorithm=SHA256(), length=32, salt=salt, info=b"treffpunkt roster key").derive(code.encode())
    return json.loads(AESGCM(key).decrypt(raw[:12], raw[12:], name.encode()))


def test_an_entry_opens_with_its_code() -> None:
    entry = seal_entry(ticket(CODE), SALT)
    assert entry.entry == entry_id(CODE, SALT)
    assert opened(CODE, SALT, entry.sealed, entry.entry) == {
        "needs": "",
        "persons": 2,
        "reference": "ref:5.1",
        "state": "valid",
        "version": 1,
    }


def test_an_entry_opens_with_no_other_code_salt_or_place() -> None:
    entry = seal_entry(ticket(CODE), SALT)
    other = compute(TICKET, "23456C", bytes(32))
    for code, salt, name in ((other, SALT, entry.entry), (CODE, bytes(32), entry.entry), (CODE, SALT, "annet")):
        with pytest.raises(InvalidTag):
            opened(code, salt, entry.sealed, name)


def test_the_roster_tells_no_code_and_not_how_large_a_party_is() -> None:
    entries = [seal_entry(ticket(CODE, persons=persons, reference=f"ref:{2**63 - 1}.1"), SALT) for persons in (1, 500)]
    assert len({len(entry.sealed) for entry in entries}) == 1
    assert CODE[:6] not in str(entries)


def test_the_same_content_is_the_same_bytes_and_another_content_has_another_nonce() -> None:
    first, again, changed = (seal_entry(ticket(CODE, version=version), SALT) for version in (1, 1, 2))
    assert first == again
    assert first.sealed[:16] != changed.sealed[:16]


def test_two_events_have_no_id_in_common() -> None:
    assert entry_id(CODE, SALT) != entry_id(CODE, bytes(32))


def test_the_roster_is_in_order_of_id() -> None:
    codes = [compute(TICKET, f"23456{char}", bytes(32)) for char in ALPHABET]
    entries = sealed_roster([ticket(code) for code in codes], SALT)
    assert [entry.entry for entry in entries] == sorted(entry_id(code, SALT) for code in codes)


def vectors() -> dict:
    """Return what the phone's scripts must agree on with the server."""
    macs = [bytes([number]) * 32 for number in range(6)]
    tickets = [compute(TICKET, f"2345{ALPHABET[n]}K", mac) for n, mac in enumerate(macs)]
    invitations = [compute(INVITATION, f"234{ALPHABET[n]}K", mac) for n, mac in enumerate(macs)]
    roster = [
        ticket(
            code, persons=n, state=list(EntryState)[n % 3], reference=f"ref:{10**n}.{n + 1}", version=n, needs="whi"[:n]
        )
        for n, code in enumerate(tickets)
    ]
    entries = [seal_entry(one, SALT) for one in roster]
    return {
        "alphabet": ALPHABET,
        "salt": encoded(SALT),
        "invitations": invitations,
        "tickets": [
            {
                "code": one.code,
                "entry": entry.entry,
                "sealed": entry.sealed,
                "content": {
                    "needs": one.needs,
                    "persons": one.persons,
                    "reference": one.reference,
                    "state": one.state.value,
                    "version": one.version,
                },
            }
            for one, entry in zip(roster, entries, strict=True)
        ],
        "names": names_vector(),
    }


def names_vector() -> dict[str, Any]:
    """Return sealed names with the PIN that opens them, and a sound PIN that does not."""
    guests = [
        NamedTicket(names=names, entry=entry_id(code, SALT), reference=f"ref:{n}.1", persons=n, needs="w" * (n == 2))
        for n, (code, names) in enumerate(NAMED.items(), start=1)
    ]
    pin, other = shift_pin(bytes(range(32))), shift_pin(bytes(32))
    sealed = sealed_index(guests, key_of(pin, SALT[:16]))
    return {
        "pin": pin,
        "other_pin": other,
        "salt": encoded(SALT[:16]),
        "iterations": STRETCHED,
        "sealed": sealed,
        "guests": [
            {**asdict(guest), "names": list(guest.names)} for guest in sorted(guests, key=lambda one: one.entry)
        ],
    }


def test_the_vectors_that_the_phone_is_tested_on_are_the_servers() -> None:
    assert json.loads(VECTORS.read_text(encoding="utf-8")) == vectors()
