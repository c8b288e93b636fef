"""The only modules that reach other servers. A transport takes a row's id and a message, and says what became of it."""

from functools import lru_cache
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from outreach.messages.delivery import Verdict
from outreach.messages.transports.contact_register import ContactRegister
from outreach.messages.transports.folder import FolderTransport
from outreach.messages.transports.sms_gateway import SmsGateway
from outreach.messages.transports.smtp import SmtpTransport
from outreach.messages.transports.svarut import SvarUtTransport
from outreach.national_services import NationalServices


class Transport(Protocol):
    """A way to hand over messages of one channel. `can_be_asked`: `has` tells whether a row was handed over.

    `asks_before_repeat`: what was tried before is asked about before it is sent again. `settling_seconds`: what was
    handed over more recently, and is not there, may still be on its way.
    """

    can_be_asked: bool
    asks_before_repeat: bool
    settling_seconds: int

    def ready(self) -> bool:
        """Say whether a message could be handed over now; connects where there is something to connect to."""
        ...

    def send(self, row_id: int, content: bytes, *, sender: str, recipient: str) -> Verdict:
        """Hand over one message and say what became of it. Never raises for what a server or disk does."""
        ...

    def has(self, row_id: int) -> bool | None:
        """Say whether the message of this row was handed over; None: not to be known now. Only where `can_be_asked`."""
        ...

    def close(self) -> None:
        """Let go of the connection, politely."""
        ...


def email_transport(mail_url: str) -> Transport:
    """Return the transport that `MAIL_URL` names."""
    if mail_url.startswith("file:"):
        return FolderTransport(folder_of(mail_url), suffix=".eml")
    return SmtpTransport(mail_url)


def sms_transport(sms_url: str) -> Transport:
    """Return the transport that `SMS_URL` names."""
    if sms_url.startswith("file:"):
        return FolderTransport(folder_of(sms_url), suffix=".sms.txt", names_recipient=True)
    return SmsGateway(sms_url)


@lru_cache(maxsize=1)
def svarut_transport(services: NationalServices) -> SvarUtTransport:
    """Return the transport to the SvarUt account of `services`: one a process, since it keeps a token."""
    return SvarUtTransport(services)


@lru_cache(maxsize=1)
def contact_register_of(services: NationalServices) -> ContactRegister:
    """Return the contact register of `services`: one a process, since it keeps a token."""
    return ContactRegister(services)


def answering(services: NationalServices) -> dict[str, bool]:
    """Return for each national service that is switched on whether it lets us in; nobody is asked about."""
    found: dict[str, bool] = {}
    if services.krr_url:
        found["KRR"] = contact_register_of(services).lets_us_in()
    if services.svarut:
        found["SvarUt"] = svarut_transport(services).has(0) is not None
    return found


def folders(*, mail_url: str, sms_url: str) -> list[FolderTransport]:
    """Return those of the configured transports that keep what they hand over in a folder of ours."""
    named = ((mail_url, ".eml"), (sms_url, ".sms.txt"))
    return [FolderTransport(folder_of(url), suffix=suffix) for url, suffix in named if url.startswith("file:")]


def folder_of(url: str) -> Path:
    """Return the folder of a `file:` URL, relative or absolute."""
    return Path(urlsplit(url).path)
