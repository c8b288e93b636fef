"""Hands e-mail over to a mail server (RFC 5321), one connection for a whole batch.

`MAIL_URL`: smtp://user:pass@host:587?tls=starttls (default where there is a password), tls=none, or smtps://host:465.
The dialogue is led step by step, since what a broken connection means depends on how far it had come: only when the
last line of the content was sent and no answer came is the outcome unknown. A server cannot be asked afterwards.
"""

import contextlib
import re
import smtplib
import ssl
from urllib.parse import parse_qs, unquote, urlsplit

from outreach.messages.delivery import Outcome, Stage, Verdict, verdict_of_break, verdict_of_reply

_TIMEOUT_SECONDS = 30.0
_LINE_BREAK = re.compile(rb"\r\n|\r|\n")
_LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)
_BROKEN = (OSError, smtplib.SMTPServerDisconnected)


class SmtpTransport:
    """A connection to the mail server of `mail_url`, opened when first needed."""

    can_be_asked = False
    asks_before_repeat = False
    settling_seconds = 0

    def __init__(self, mail_url: str, *, timeout_seconds: float = _TIMEOUT_SECONDS) -> None:
        self._url = urlsplit(mail_url)
        self._timeout_seconds = timeout_seconds
        self._server: smtplib.SMTP | None = None

    def ready(self) -> bool:
        """Connect unless connected, and see that the server still answers."""
        if self._server is not None:
            try:
                if self._server.rset()[0] == 250:
                    return True
            except (*_BROKEN, smtplib.SMTPException):
                pass
            self._drop()
        try:
            self._server = self._connect()
        except (OSError, smtplib.SMTPException):
            self._drop()
        return self._server is not None

    def send(self, row_id: int, content: bytes, *, sender: str, recipient: str) -> Verdict:
        """Lead one message through the dialogue. Call `ready` before."""
        if self._server is None:
            return Verdict(Outcome.DOWN, Stage.GREETING)
        verdict = self._dialogue(self._server, content, sender=sender, recipient=recipient)
        if verdict.code in (0, 421):
            self._drop()
        return verdict

    def has(self, row_id: int) -> bool:
        """A mail server cannot tell: RFC 5321 has no such question."""
        raise NotImplementedError

    def close(self) -> None:
        """Say goodbye."""
        if self._server is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                self._server.quit()
        self._drop()

    def _dialogue(self, server: smtplib.SMTP, content: bytes, *, sender: str, recipient: str) -> Verdict:
        stage = Stage.SENDER
        is_content_sent = False
        try:
            for stage, command in ((Stage.SENDER, server.mail), (Stage.RECIPIENT, server.rcpt)):
                code, _ = command(sender if stage is Stage.SENDER else recipient)
                if not 200 <= code < 300:
                    return verdict_of_reply(stage, code)
            stage = Stage.DATA
            code, _ = server.docmd("DATA")
            if code != 354:
                return verdict_of_reply(stage, code)
            stage = Stage.CONTENT
            server.send(_on_the_wire(content))
            is_content_sent = True
            code, _ = server.getreply()
            return verdict_of_reply(stage, code)
        except UnicodeEncodeError:
            # A local part beyond ASCII needs SMTPUTF8, which few servers in the way of a letter box have.
            return Verdict(Outcome.PERMANENT, stage)
        except _BROKEN:
            return verdict_of_break(is_content_sent=is_content_sent, stage=stage)

    def _connect(self) -> smtplib.SMTP:
        host, port = self._url.hostname or "localhost", self._url.port
        context = ssl.create_default_context()
        if self._url.scheme == "smtps":
            return self._signed_in(
                smtplib.SMTP_SSL(host, port or 465, timeout=self._timeout_seconds, context=context), None
            )
        return self._signed_in(smtplib.SMTP(host, port or 25, timeout=self._timeout_seconds), context)

    def _signed_in(self, server: smtplib.SMTP, context: ssl.SSLContext | None) -> smtplib.SMTP:
        user = unquote(self._url.username or "")
        wanted = parse_qs(self._url.query).get("tls", ["starttls" if user else "none"])[0]
        try:
            if context is not None and wanted == "starttls":
                server.starttls(context=context)
            server.ehlo_or_helo_if_needed()
            if user:
                server.login(user, unquote(self._url.password or ""))
        except BaseException:
            server.close()
            raise
        return server

    def _drop(self) -> None:
        if self._server is not None:
            with contextlib.suppress(OSError):
                self._server.close()
        self._server = None


def _on_the_wire(content: bytes) -> bytes:
    """Return `content` with CRLF, doubled leading dots and the last line (RFC 5321, 4.5.2)."""
    lines = _LEADING_DOT.sub(b"..", _LINE_BREAK.sub(b"\r\n", content))
    return lines + (b"" if lines.endswith(b"\r\n") else b"\r\n") + b".\r\n"
