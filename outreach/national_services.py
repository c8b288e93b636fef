"""Settings of the national services, all off unless set: Maskinporten, KRR, SvarUt, Enhetsregisteret; whole or not.

In: the mapping that `settings` reads. Out: frozen values, or SettingError naming the variable that is wrong or missing.
Sources: docs.digdir.no, Maskinporten, "JWT grant"; Kontaktregisteret, "Oppslagstjenesten REST"; KS, SvarUt REST v2;
Brønnøysundregistrene, "Åpne data - Enhetsregisteret" (open, without Maskinporten).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from outreach.errors import SettingError

_MASKINPORTEN = "https://maskinporten.no/"
_SVARUT = "https://svarut.ks.no"
_OWN_MACHINE = ("localhost", "127.0.0.1", "::1")
_UUID = r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_UUID_FAULT = "må være en id som 1f0c5a6e-7b5d-4a77-9d0c-0d3a3a7c2f11"


def is_of_own_machine(url: str) -> bool:
    """Say whether `url` leads to the machine that it is followed on, whoever follows it."""
    return urlsplit(url).hostname in _OWN_MACHINE


@dataclass(frozen=True)
class Maskinporten:
    """Who we are to Maskinporten. `issuer` ends in "/" and is also the grant's audience; the key is PEM, RSA."""

    issuer: str
    client_id: str
    key_id: str
    private_key: bytes = field(repr=False)


@dataclass(frozen=True)
class SvarUt:
    """The municipality's account in KS SvarUt. `is_digital`: digital first, by the adult's national number."""

    url: str
    account: str
    integration_id: str
    password: str = field(repr=False)
    is_digital: bool
    cost_code: str


@dataclass(frozen=True)
class NationalServices:
    """What is switched on. The URLs are empty, and the others None, where it is not."""

    maskinporten: Maskinporten | None = None
    krr_url: str = ""
    svarut: SvarUt | None = None
    business_register_url: str = ""

    @property
    def needs_numbers(self) -> bool:
        """Say whether a service must be told whom it is about by national number: only then are numbers kept."""
        return bool(self.krr_url) or (self.svarut is not None and self.svarut.is_digital)


def read(env: Mapping[str, str]) -> NationalServices:
    """Return the services that `env` switches on. Raises SettingError for a service that is half there."""
    maskinporten = _maskinporten(env)
    krr_url = _open_url(env, "KRR_URL")
    svarut = _svarut(env)
    for variable, is_on in (("KRR_URL", krr_url), ("SVARUT_ACCOUNT", svarut)):
        if is_on and maskinporten is None:
            raise SettingError(variable, "krever også MASKINPORTEN_CLIENT_ID, MASKINPORTEN_KEY_ID og _KEY_FILE")
    return NationalServices(maskinporten, krr_url, svarut, _open_url(env, "ENHETSREGISTERET_URL").rstrip("/"))


def _maskinporten(env: Mapping[str, str]) -> Maskinporten | None:
    names = ("MASKINPORTEN_CLIENT_ID", "MASKINPORTEN_KEY_ID", "MASKINPORTEN_KEY_FILE")
    if not _all_or_none(env, names, options=("MASKINPORTEN_URL",)):
        return None
    return Maskinporten(
        issuer=_url(env, "MASKINPORTEN_URL", _MASKINPORTEN).rstrip("/") + "/",
        client_id=_matching(env, names[0], r"[\x21-\x7e]{1,100}", "må være klientens id"),
        key_id=_matching(env, names[1], r"[\x21-\x7e]{1,200}", "må være nøkkelens id (kid) hos Maskinporten"),
        private_key=_private_key(env, names[2]),
    )


def _open_url(env: Mapping[str, str], name: str) -> str:
    return _url(env, name, "") if env.get(name, "").strip() else ""


def _svarut(env: Mapping[str, str]) -> SvarUt | None:
    names = ("SVARUT_ACCOUNT", "SVARUT_INTEGRATION_ID", "SVARUT_PASSWORD")
    if not _all_or_none(env, names, options=("SVARUT_URL", "SVARUT_DIGITAL", "SVARUT_COST_CODE")):
        return None
    return SvarUt(
        url=_url(env, "SVARUT_URL", _SVARUT).rstrip("/"),
        account=_matching(env, names[0], _UUID, _UUID_FAULT),
        integration_id=_matching(env, names[1], _UUID, _UUID_FAULT),
        password=_matching(env, names[2], r"[\x21-\x7e]+", "må være tegn som kan stå i en HTTP-hode"),
        is_digital=_is_yes(env, "SVARUT_DIGITAL"),
        # As the send API has it for `konteringskode`.
        cost_code=_matching(env, "SVARUT_COST_CODE", r"[a-zA-Z0-9_\-.øæåØÆÅ]{0,20}", "må være høyst 20 tegn"),
    )


def _all_or_none(env: Mapping[str, str], names: tuple[str, ...], *, options: tuple[str, ...]) -> bool:
    """Say whether all of `names` are given. Raises SettingError for the first that is missing when anything is."""
    given = [name for name in (*names, *options) if env.get(name, "").strip()]
    missing = [name for name in names if name not in given]
    if given and missing:
        raise SettingError(missing[0], f"mangler, men {given[0]} er satt")
    return bool(given)


def _url(env: Mapping[str, str], name: str, default: str) -> str:
    value = env.get(name, "").strip() or default
    parts = urlsplit(value)
    if parts.scheme not in ("https", "http") or not parts.hostname or parts.username or parts.query or parts.fragment:
        raise SettingError(name, "må være en adresse som https://tjeneste.example/sti")
    if parts.scheme == "http" and not is_of_own_machine(value):
        raise SettingError(name, "må begynne med https: (http: bare mot egen maskin)")
    return value


def _matching(env: Mapping[str, str], name: str, pattern: str, fault: str) -> str:
    value = env.get(name, "").strip()
    if not re.fullmatch(pattern, value):
        raise SettingError(name, fault)
    return value


def _is_yes(env: Mapping[str, str], name: str) -> bool:
    value = env.get(name, "").strip().lower() or "no"
    if value not in ("yes", "no"):
        raise SettingError(name, "må være yes eller no")
    return value == "yes"


def _private_key(env: Mapping[str, str], name: str) -> bytes:
    try:
        content = Path(env[name].strip()).read_bytes()
        key = load_pem_private_key(content, password=None)
    except (OSError, ValueError, TypeError):
        key = None
    if not isinstance(key, RSAPrivateKey) or key.key_size < 2048:
        raise SettingError(name, "må være en fil med en privat RSA-nøkkel (PEM) på minst 2048 biter")
    return content
