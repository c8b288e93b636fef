"""A certificate of one's own for `make run-https`: phones give the camera only to https pages.

In: the machine's addresses and the moment. Out: certificate and key as PEM, good for 90 days and made again a week
before. Never for production: browsers warn, and must be told to go on. Pure.
"""

import ipaddress
from collections.abc import Collection
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

_GOOD_FOR = timedelta(days=90)
_RENEWED_BEFORE = timedelta(days=7)


def make_certificate(addresses: Collection[str], *, now: datetime) -> tuple[bytes, bytes]:
    """Return (certificate, private key), PEM, for localhost and the IP `addresses`."""
    key = ec.generate_private_key(ec.SECP256R1())
    shape = serialization.PrivateFormat.PKCS8
    key_pem = key.private_bytes(serialization.Encoding.PEM, shape, serialization.NoEncryption())
    return _signed(key, addresses, now).public_bytes(serialization.Encoding.PEM), key_pem


def is_good(certificate: bytes, addresses: Collection[str], *, now: datetime) -> bool:
    """Say whether `certificate` (PEM) covers `addresses` and will be valid for a week yet."""
    known = x509.load_pem_x509_certificate(certificate)
    names = known.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    covered = {str(address) for address in names.get_values_for_type(x509.IPAddress)}
    return known.not_valid_after_utc - now > _RENEWED_BEFORE and covered >= set(addresses)


def _signed(key: ec.EllipticCurvePrivateKey, addresses: Collection[str], now: datetime) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Treffpunkt lokalt")])
    names: list[x509.GeneralName] = [x509.DNSName("localhost")]
    names += [x509.IPAddress(ipaddress.ip_address(address)) for address in addresses]
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + _GOOD_FOR)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
