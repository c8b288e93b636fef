"""The local certificate covers what it is asked for, is renewed in time, and its key is private."""

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

from outreach.demo.certificates.service import ensure_certificate
from outreach.demo.local_certificate import is_good, make_certificate

NOW = datetime(2026, 11, 2, 11, 0, tzinfo=UTC)
ADDRESSES = ["127.0.0.1", "192.168.1.20"]


def test_is_good_for_its_addresses_until_a_week_before_it_ends() -> None:
    made, _key = make_certificate(ADDRESSES, now=NOW)
    assert is_good(made, ADDRESSES, now=NOW + timedelta(days=82))
    assert not is_good(made, ADDRESSES, now=NOW + timedelta(days=84))
    assert not is_good(made, [*ADDRESSES, "10.0.0.5"], now=NOW)


def test_a_folder_gets_a_pair_that_a_server_can_use_and_keeps_it(tmp_path: Path) -> None:
    folder = tmp_path / "tls"
    assert "127.0.0.1" in ensure_certificate(folder, now=datetime.now(UTC))
    made = (folder / "certificate.pem").read_bytes()
    assert (folder / "key.pem").stat().st_mode & 0o777 == 0o600
    ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(folder / "certificate.pem", folder / "key.pem")
    ensure_certificate(folder, now=datetime.now(UTC))
    assert (folder / "certificate.pem").read_bytes() == made
