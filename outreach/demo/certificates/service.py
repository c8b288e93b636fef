"""Keeps certificate and key of `make run-https` in a folder, the key readable by its owner only."""

import os
import socket
from datetime import datetime
from pathlib import Path

from outreach.demo.local_certificate import is_good, make_certificate

# A documentation address (RFC 5737): connecting a datagram socket to it sends nothing, and tells our own address.
_ELSEWHERE = ("192.0.2.1", 9)


def ensure_certificate(folder: Path, *, now: datetime) -> list[str]:
    """See that `folder` has `certificate.pem` and `key.pem` that are good now; return the addresses they are for."""
    addresses, certificate = own_addresses(), folder / "certificate.pem"
    if not certificate.exists() or not is_good(certificate.read_bytes(), addresses, now=now):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        made, key = make_certificate(addresses, now=now)
        _write_private(folder / "key.pem", key)
        certificate.write_bytes(made)
    return addresses


def own_addresses() -> list[str]:
    """Return this machine's IPv4 addresses that a phone in the same network may reach, localhost first."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_ELSEWHERE)
        except OSError:
            return ["127.0.0.1"]
        return ["127.0.0.1", str(probe.getsockname()[0])]


def _write_private(path: Path, content: bytes) -> None:
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
