"""An e-mail as our composers make it, and as a mail server takes it (RFC 5322, 2045, 8058). Pure.

In: `ComposedEmail` and the installation's addresses. Out: an `EmailMessage` in 7-bit with CRLF. No line break or other
control character of any value reaches a header: subjects are folded to one line, addresses with one are refused.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from typing import Any

from outreach.errors import N_, OutreachError


class _Policy(EmailPolicy):
    """Python's own but for a link in a header: a long one would become encoded words, which no mail program reads."""

    def fold(self, name: str, value: Any) -> str:
        return f"{name}: {value}{self.linesep}" if name == _LINK_HEADER else super().fold(name, value)

    def fold_binary(self, name: str, value: Any) -> bytes:
        return self.fold(name, value).encode("ascii") if name == _LINK_HEADER else super().fold_binary(name, value)


_LINK_HEADER = "List-Unsubscribe"
# 7-bit, so that no relay on the way has to change the message.
POLICY = _Policy(linesep="\r\n", cte_type="7bit")
_LONGEST_SUBJECT = 200
_NOT_IN_ADDRESS = re.compile(r"[\x00-\x20\x7f<>(),;:\\\"\[\]]")


class BadAddressError(OutreachError):
    """The address cannot be written in a header; sending again would not help."""

    message = N_("E-postadressen kan ikke brukes.")


@dataclass(frozen=True)
class Attachment:
    """A file in an e-mail. `parameters` go to its Content-Type, such as `method` of a calendar file.

    `content_id` (RFC 2392, without angle brackets): the HTML shows the file too, as `cid:<content_id>`.
    """

    filename: str
    content: bytes
    media_type: str
    parameters: tuple[tuple[str, str], ...] = ()
    content_id: str = ""


@dataclass(frozen=True)
class CalendarPart:
    """An invitation or its end as calendars take it (RFC 6047): the bytes of a file, and its `method`."""

    content: bytes
    method: str


@dataclass(frozen=True, kw_only=True)
class ComposedEmail:
    """What a composer returns. `text` always; `html` beside it where given.

    `calendar` is shown by mail programs as an invitation that can be answered, beside the text.
    `is_outreach`: we began the contact, so whoever said no to its `topic` (empty: its kind) does not get it;
    `unsubscribe_url` is then the address for one click (RFC 8058); the worker adds it where it is missing.
    `is_untraced`: nothing of the address is kept, not even a hash: it is a register's answer.
    """

    to: str
    subject: str
    text: str
    html: str = ""
    attachments: tuple[Attachment, ...] = ()
    calendar: CalendarPart | None = None
    is_outreach: bool = False
    topic: str = ""
    unsubscribe_url: str = ""
    is_untraced: bool = False


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """What the installation adds: names and addresses of the sender, and the host part of the Message-ID."""

    sender_name: str
    sender: str
    reply_to: str
    bounce_address: str

    @property
    def host(self) -> str:
        """Return the domain of the sender's address."""
        return self.sender.rpartition("@")[2]


def message_id(row_id: int, host: str) -> str:
    """Return the Message-ID of the outbox row `row_id`: the same on each try, so that a repeat can be recognised."""
    return f"<{row_id}@{host}>"


def build(email: ComposedEmail, *, row_id: int, envelope: Envelope, sent_at_utc: datetime) -> EmailMessage:
    """Return `email` as it is sent. Raises BadAddressError when the recipient cannot stand in a header."""
    message = EmailMessage(policy=POLICY)
    message["Message-ID"] = message_id(row_id, envelope.host)
    message["Date"] = format_datetime(sent_at_utc)
    message["From"] = Address(display_name=envelope.sender_name, addr_spec=envelope.sender)
    message["Reply-To"] = _address(envelope.reply_to)
    message["To"] = _address(email.to)
    message["Subject"] = one_line(email.subject)
    # RFC 3834: keeps out-of-office answers away.
    message["Auto-Submitted"] = "auto-generated"
    _add_unsubscribe(message, email.unsubscribe_url)
    message.set_content(email.text, cte="quoted-printable")
    if email.html:
        _add_html(message, email)
    if email.calendar:
        _add_calendar(message, email.calendar)
    for attachment in email.attachments:
        _attach(message, attachment)
    return message


def one_line(text: str) -> str:
    """Return `text` without control characters or line breaks, at most 200 characters."""
    plain = "".join(" " if unicodedata.category(char) in ("Cc", "Zl", "Zp") else char for char in text)
    return " ".join(plain.split())[:_LONGEST_SUBJECT]


def _address(text: str) -> Address:
    if _NOT_IN_ADDRESS.search(text) or text.count("@") != 1:
        raise BadAddressError
    try:
        return Address(addr_spec=text)
    except (HeaderParseError, ValueError) as error:
        raise BadAddressError from error


def _add_unsubscribe(message: EmailMessage, url: str) -> None:
    if url:
        message[_LINK_HEADER] = f"<{url}>"
    # RFC 8058, 3.1: one click is for https; an installation under development has only the page.
    if url.startswith("https://"):
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"


def _add_html(message: EmailMessage, email: ComposedEmail) -> None:
    """Add the HTML, and in one part with it (RFC 2387) the pictures that it shows."""
    message.add_alternative(email.html, subtype="html", cte="quoted-printable")
    html = message.get_body(("html",))
    assert html is not None
    for picture in email.attachments:
        if picture.content_id:
            html.add_related(picture.content, **_file(picture), cid=f"<{picture.content_id}>", disposition="inline")


def _add_calendar(message: EmailMessage, calendar: CalendarPart) -> None:
    """Add the calendar's part as one more way to show the message, the last and richest (RFC 2046, 5.1.4).

    Outlook takes a meeting from the message's first part only, and the method from inside; Gmail wants both methods the
    same. Base64 keeps the line ends, and the long lines, from every relay.
    """
    parameters = {"method": calendar.method, "component": "VEVENT"}
    message.add_alternative(calendar.content.decode(), subtype="calendar", cte="base64", params=parameters)


def _attach(message: EmailMessage, attachment: Attachment) -> None:
    message.add_attachment(attachment.content, **_file(attachment), params=dict(attachment.parameters))


def _file(attachment: Attachment) -> dict[str, Any]:
    kind, _, subtype = attachment.media_type.partition("/")
    return {"maintype": kind, "subtype": subtype, "filename": one_line(attachment.filename)}
