"""Every setting, read once from a mapping of environment variables; unit in the name, a bad value refused by name.

In: `os.environ` (after `.env`), or any mapping in tests. Out: a frozen `Settings`. Keys that are not given are made on
the first run under the instance folder with mode 0600, outside the database, so a stolen database opens nothing.
"""

import os
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from dotenv import load_dotenv

from outreach import national_services
from outreach.errors import SettingError
from outreach.national_services import NationalServices, is_of_own_machine

__all__ = ["SettingError", "Settings"]

_MAIL_FROM = "treffpunkt@modum.example"
_DOMAIN, _DNS_NAME = r"([a-z0-9-]{1,63}\.)+[a-z]{2,63}", r"[A-Za-z0-9][A-Za-z0-9.-]{0,62}"


@dataclass(frozen=True)
class Settings:
    """What an installation can choose. Times are days or seconds as named; sizes are bytes."""

    instance_dir: Path
    database_url: str
    secret_key: str = field(repr=False)
    register_key: str = field(repr=False)
    instance_id: str
    public_url: str
    mail_url: str = field(repr=False)
    mail_from: str
    reply_to: str
    bounce_address: str
    calendar_address: str
    mailbox_url: str = field(repr=False)
    sms_url: str = field(repr=False)
    sms_sender: str
    dkim_domain: str
    dkim_selector: str
    dkim_private_key: bytes = field(repr=False)
    contact_phone: str
    contact_email: str
    front_desk_hours: str
    organisation_name: str
    organisation_number: str
    organisation_address: str
    organisation_colour: str
    municipality_name: str
    municipality_numbers: tuple[str, ...]
    logo_path: str
    register_max_age_days: int
    release_above_households: int
    offer_hours: int
    max_upload_bytes: int
    retention_event_days: int
    retention_needs_days: int
    retention_register_days: int
    retention_memory_days: int
    synthetic_numbers_allowed: bool
    trusted_proxy_count: int
    services: NationalServices
    testing: bool = False

    @property
    def public_origin_is_https(self) -> bool:
        """Say whether guests reach us by https: decides `__Host-` cookies and HSTS."""
        return self.public_url.startswith("https://")

    @property
    def is_sms_set_up(self) -> bool:
        """Say whether an SMS reaches anybody: not with the default, a folder that nobody reads."""
        return self.sms_url != f"file:{self.instance_dir / 'outbox'}"

    @property
    def public_url_has_path(self) -> bool:
        """Say whether `PUBLIC_URL` has a path, in which case a QR must keep its letter case."""
        return urlsplit(self.public_url).path not in ("", "/")

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> "Settings":
        """Read settings from `environ`; None: the process environment after `.env`. Raises SettingError by name."""
        if environ is None:
            load_dotenv()
            environ = os.environ
        return _read(environ)


def _read(env: Mapping[str, str]) -> Settings:
    instance = Path(env.get("INSTANCE_DIR") or "instance").resolve()
    return Settings(
        instance_dir=instance,
        database_url=_database_url(env, instance),
        secret_key=_key(env, "SECRET_KEY", instance),
        register_key=_key(env, "REGISTER_KEY", instance),
        instance_id=_key(env, "INSTANCE_ID", instance),
        public_url=_public_url(env),
        mail_url=_url(env, "MAIL_URL", f"file:{instance / 'outbox'}", ("smtp", "smtps", "file")),
        mail_from=_address(env, "MAIL_FROM", _MAIL_FROM),
        reply_to=_address(env, "REPLY_TO", "servicetorget@modum.example"),
        bounce_address=_address(env, "BOUNCE_ADDRESS", "retur@modum.example"),
        calendar_address=_address(env, "CALENDAR_ADDRESS", env.get("BOUNCE_ADDRESS", "retur@modum.example")),
        mailbox_url=_mailbox_url(env),
        sms_url=_sms_url(env, instance),
        sms_sender=_sms_sender(env),
        **_dkim(env),
        contact_phone=_text(env, "CONTACT_PHONE", "32 78 93 00"),
        contact_email=_address(env, "CONTACT_EMAIL", "servicetorget@modum.example"),
        front_desk_hours=_text(env, "FRONT_DESK_HOURS", "mandag til fredag kl. 9.00–15.00"),
        organisation_name=_text(env, "ORGANISATION_NAME", "Modum kommune"),
        organisation_number=_matching(env, "ORGANISATION_NUMBER", "970491589", r"\d{9}", "må ha ni siffer"),
        organisation_address=_text(env, "ORGANISATION_ADDRESS", "Postboks 38, 3371 Vikersund"),
        organisation_colour=_colour(env),
        municipality_name=_text(env, "MUNICIPALITY_NAME", "Modum"),
        municipality_numbers=_municipalities(env),
        logo_path=env.get("LOGO_PATH", ""),
        register_max_age_days=_whole(env, "REGISTER_MAX_AGE_DAYS", 30, 1),
        release_above_households=_whole(env, "RELEASE_ABOVE", 50, 0),
        offer_hours=_whole(env, "OFFER_HOURS", 24, 1),
        max_upload_bytes=_whole(env, "MAX_UPLOAD_BYTES", 50_000_000, 1_000),
        retention_event_days=_whole(env, "RETENTION_EVENT_DAYS", 90, 0),
        retention_needs_days=_whole(env, "RETENTION_NEEDS_DAYS", 7, 0),
        retention_register_days=_whole(env, "RETENTION_REGISTER_DAYS", 395, 1),
        retention_memory_days=_whole(env, "RETENTION_MEMORY_DAYS", 730, 1),
        synthetic_numbers_allowed=_flag(env, "SYNTHETIC_NUMBERS", True),
        trusted_proxy_count=_whole(env, "TRUSTED_PROXIES", 0, 0),
        services=national_services.read(env),
    )


def _text(env: Mapping[str, str], name: str, default: str) -> str:
    value = env.get(name, default).strip()
    if not value or any(ord(char) < 32 for char in value):
        raise SettingError(name, "må være en linje med tekst")
    return value


def _matching(env: Mapping[str, str], name: str, default: str, pattern: str, fault: str) -> str:
    value = env.get(name, default).replace(" ", "")
    if not re.fullmatch(pattern, value):
        raise SettingError(name, fault)
    return value


def _whole(env: Mapping[str, str], name: str, default: int, least: int) -> int:
    value = env.get(name, str(default)).strip()
    if not value.isascii() or not value.isdigit() or int(value) < least:
        raise SettingError(name, f"må være et helt tall på minst {least}")
    return int(value)


def _flag(env: Mapping[str, str], name: str, default: bool) -> bool:
    value = env.get(name, "yes" if default else "no").strip().lower()
    if value not in ("yes", "no"):
        raise SettingError(name, "må være yes eller no")
    return value == "yes"


def _url(env: Mapping[str, str], name: str, default: str, schemes: tuple[str, ...]) -> str:
    value = env.get(name, default).strip()
    if urlsplit(value).scheme not in schemes:
        raise SettingError(name, f"må begynne med {', '.join(f'{s}:' for s in schemes if s)}")
    return value


def _address(env: Mapping[str, str], name: str, default: str) -> str:
    """Return an address that can stand in a header and in an SMTP command as it is (RFC 5321, 4.1.2)."""
    atom = r"[^@\s<>(),;:\\\"\[\]\x00-\x1f\x7f-\U0010ffff]+"
    return _matching(env, name, default, rf"{atom}@{atom}\.{atom}", "må være en e-postadresse")


def _dkim(env: Mapping[str, str]) -> dict[str, Any]:
    """Return what signs our mail: DKIM_DOMAIN, DKIM_SELECTOR and DKIM_KEY_FILE, or nothing without the first."""
    if not env.get("DKIM_DOMAIN", "").strip():
        return {"dkim_domain": "", "dkim_selector": "", "dkim_private_key": b""}
    domain = _matching(env, "DKIM_DOMAIN", "", _DOMAIN, "må være et domene med små bokstaver")
    sender = _address(env, "MAIL_FROM", _MAIL_FROM).rpartition("@")[2].lower()
    if not f".{sender}".endswith(f".{domain}"):
        raise SettingError("DKIM_DOMAIN", f"må være domenet i MAIL_FROM ({sender}) eller et domene over det")
    selector = _matching(env, "DKIM_SELECTOR", "", _DNS_NAME, "må være navnet på nøkkelen i DNS")
    return {"dkim_domain": domain, "dkim_selector": selector, "dkim_private_key": _private_key(env)}


def _private_key(env: Mapping[str, str]) -> bytes:
    try:
        content = Path(env.get("DKIM_KEY_FILE", "")).read_bytes()
        key = load_pem_private_key(content, password=None)
    except (OSError, ValueError, TypeError):
        key = None
    # RFC 8301, 3.2: 2048 bits at least.
    if not isinstance(key, RSAPrivateKey) or key.key_size < 2048:
        raise SettingError("DKIM_KEY_FILE", "må være en fil med en privat RSA-nøkkel (PEM) på minst 2048 biter")
    return content


def _mailbox_url(env: Mapping[str, str]) -> str:
    value = _url(env, "MAILBOX_URL", "", ("imaps", "imap", "maildir", ""))
    parts = urlsplit(value)
    if parts.scheme == "maildir" and not (parts.path.startswith("/") and not parts.netloc):
        raise SettingError("MAILBOX_URL", "må være en hel sti, som maildir:/var/mail/retur")
    if parts.scheme.startswith("imap") and not (parts.hostname and parts.username and parts.password):
        raise SettingError("MAILBOX_URL", "må ha bruker, passord og tjener, som imaps://bruker:passord@post.example")
    return value


def _sms_url(env: Mapping[str, str], instance: Path) -> str:
    value = _url(env, "SMS_URL", f"file:{instance / 'outbox'}", ("file", "https", "http"))
    parts = urlsplit(value)
    if parts.scheme != "file" and not parts.hostname:
        raise SettingError("SMS_URL", "må ha en tjener, som https://bruker:passord@sms.example/send")
    if parts.scheme == "http" and not is_of_own_machine(value):
        raise SettingError("SMS_URL", "må begynne med https: (http: bare mot egen maskin)")
    return value


def _sms_sender(env: Mapping[str, str]) -> str:
    """Return what a text message is from: 3 to 15 digits, or at most 11 letters, digits and blanks (3GPP TS 23.040)."""
    name = env.get("MUNICIPALITY_NAME", "Modum").translate(str.maketrans("ÆØÅæøå", "AOAaoa"))
    default = re.sub(r"[^A-Za-z0-9 ]", "", name)[:11].strip() or "Kommunen"
    value = env.get("SMS_SENDER", default).strip()
    if not re.fullmatch(r"\+?\d{3,15}|(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}", value):
        raise SettingError("SMS_SENDER", "må være et nummer, eller høyst 11 bokstaver og sifre uten æ, ø og å")
    return value


def _public_url(env: Mapping[str, str]) -> str:
    value = env.get("PUBLIC_URL", "http://localhost:8000").strip().rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise SettingError("PUBLIC_URL", "må være en adresse som https://treffpunkt.modum.kommune.no")
    return value


def _database_url(env: Mapping[str, str], instance: Path) -> str:
    value = env.get("DATABASE_URL", "").strip() or f"sqlite:///{instance / 'treffpunkt.db'}"
    if not value.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
        raise SettingError("DATABASE_URL", "må begynne med sqlite:/// eller postgresql://")
    return value


def _colour(env: Mapping[str, str]) -> str:
    fault = "må være en farge som #123e8c"
    return _matching(env, "ORGANISATION_COLOUR", "#123e8c", r"#[0-9a-fA-F]{6}", fault).lower()


def _municipalities(env: Mapping[str, str]) -> tuple[str, ...]:
    numbers = tuple(part.strip() for part in env.get("MUNICIPALITY_NUMBERS", "3316,3047,0623").split(","))
    if not all(re.fullmatch(r"\d{4}", number) for number in numbers):
        raise SettingError("MUNICIPALITY_NUMBERS", "må være firesifrede kommunenummer med komma mellom")
    return numbers


_KEY_MAKERS: dict[str, Callable[[], str]] = {
    "SECRET_KEY": lambda: secrets.token_hex(32),
    "REGISTER_KEY": lambda: f"1:{secrets.token_hex(32)}",
    "INSTANCE_ID": lambda: secrets.token_hex(16),
}
_KEY_SHAPES = {
    "INSTANCE_ID": (r"[A-Za-z0-9-]{8,40}", "må være 8 til 40 bokstaver, tall og bindestreker"),
    "SECRET_KEY": (r"\S{32,}", "må være minst 32 tegn uten mellomrom"),
    "REGISTER_KEY": (r"\d{1,3}:[0-9a-f]{64}(,\d{1,3}:[0-9a-f]{64})*", "må være id:64 heksadesimale tegn, nyeste først"),
}


def _key(env: Mapping[str, str], name: str, instance: Path) -> str:
    value = env.get(name, "").strip() or _key_file(instance / name.lower(), _KEY_MAKERS[name])
    pattern, fault = _KEY_SHAPES[name]
    if not re.fullmatch(pattern, value):
        raise SettingError(name, fault)
    return value


def _key_file(path: Path, make: Callable[[], str]) -> str:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        _write_once(path, make())
    return path.read_text(encoding="ascii").strip()


def _write_once(path: Path, value: str) -> None:
    """Create `path` whole or not at all, so that of two processes starting together both read one key."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(value + "\n")
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()
