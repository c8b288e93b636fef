"""Where bounces lie: one file, a Maildir, or a mailbox by IMAP (RFC 9051). Each message is read as a stream.

`MAILBOX_URL`: maildir:/path, imaps://user:password@host[:993][/folder], or imap:// with STARTTLS (`?tls=none` without).
What is told to be `done` is marked as seen; everything else stays unread, so that a person may look at it.
"""

import contextlib
import imaplib
import ssl
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import parse_qs, unquote, urlsplit

from outreach.errors import N_, OutreachError

_PIECE_BYTES = 65_536
_TIMEOUT_SECONDS = 30.0
_SEEN = "S"


class MailboxError(OutreachError):
    """The mailbox cannot be read; what was read before has been taken in."""

    message = N_("Postkassen for e-post i retur kan ikke leses. Sjekk MAILBOX_URL.")


@dataclass(frozen=True)
class Found:
    """One message: `pieces` gives it line by line, a line too long in pieces; `done` marks it as seen."""

    pieces: Callable[[], Iterator[bytes]]
    done: Callable[[], None]


class Mailbox(Protocol):
    """Somewhere that messages lie."""

    def unread(self) -> Generator[Found, None, None]:
        """Yield each message that nobody has seen. Raises MailboxError."""
        ...


def mailbox_of(mailbox_url: str) -> Mailbox:
    """Return the mailbox that `MAILBOX_URL` names."""
    if mailbox_url.startswith("maildir:"):
        return Maildir(Path(urlsplit(mailbox_url).path))
    return ImapMailbox(mailbox_url)


def mailbox_at(path: Path) -> Mailbox:
    """Return the Maildir at `path`, or the one message that the file there holds."""
    return Maildir(path) if path.is_dir() else OneFile(path)


class OneFile:
    """A file that holds one message."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def unread(self) -> Generator[Found, None, None]:
        """Yield the message."""
        yield Found(pieces=lambda: _pieces_of_file(self._path), done=lambda: None)


class Maildir:
    """A Maildir (cr.yp.to/proto/maildir.html): `new`, and what in `cur` has no S among its flags."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def unread(self) -> Generator[Found, None, None]:
        """Yield the messages by name, which begins with when they came."""
        try:
            paths = [path for part in ("new", "cur") for path in sorted((self._folder / part).iterdir())]
        except OSError as fault:
            raise MailboxError from fault
        for path in paths:
            if not path.name.startswith(".") and _SEEN not in _flags(path.name):
                yield Found(pieces=lambda path=path: _pieces_of_file(path), done=lambda path=path: self._mark(path))  # type: ignore[misc]

    def _mark(self, path: Path) -> None:
        flags = "".join(sorted({*_flags(path.name), _SEEN}))
        # Somebody else may have moved it meanwhile: then it has been seen.
        with contextlib.suppress(FileNotFoundError):
            path.rename(self._folder / "cur" / f"{path.name.partition(':')[0]}:2,{flags}")


class ImapMailbox:
    """A folder of a mail server, INBOX unless the URL names another."""

    def __init__(self, url: str, *, timeout_seconds: float = _TIMEOUT_SECONDS) -> None:
        self._url = urlsplit(url)
        self._timeout_seconds = timeout_seconds

    def unread(self) -> Generator[Found, None, None]:
        """Yield the unseen messages in the server's order. Raises MailboxError, also in mid-way."""
        with _told():
            server = self._connect()
        try:
            with _told():
                uids = _asked(server.uid("SEARCH", "UNSEEN"))[0].split()
            for uid in uids:
                yield _found(server, uid.decode("ascii"))
        finally:
            _leave(server)

    def _connect(self) -> imaplib.IMAP4:
        host, port, seconds = self._url.hostname or "localhost", self._url.port, self._timeout_seconds
        context = ssl.create_default_context()
        if self._url.scheme == "imaps":
            server: imaplib.IMAP4 = imaplib.IMAP4_SSL(host, port or 993, ssl_context=context, timeout=seconds)
        else:
            server = imaplib.IMAP4(host, port or 143, timeout=seconds)
        try:
            self._open(server, context)
        except BaseException:
            _leave(server)
            raise
        return server

    def _open(self, server: imaplib.IMAP4, context: ssl.SSLContext) -> None:
        if self._url.scheme == "imap" and parse_qs(self._url.query).get("tls") != ["none"]:
            server.starttls(ssl_context=context)
        server.login(unquote(self._url.username or ""), unquote(self._url.password or ""))
        folder = unquote(self._url.path.strip("/")) or "INBOX"
        _asked(server.select(f'"{folder}"'))


def _leave(server: imaplib.IMAP4) -> None:
    for part in (server.logout, server.shutdown):
        with contextlib.suppress(OSError, imaplib.IMAP4.error):
            part()


def _found(server: imaplib.IMAP4, uid: str) -> Found:
    return Found(pieces=lambda: _lines(_fetched(server, uid)), done=lambda: _mark_seen(server, uid))


def _mark_seen(server: imaplib.IMAP4, uid: str) -> None:
    with _told():
        _asked(server.uid("STORE", uid, "+FLAGS.SILENT", r"(\Seen)"))


def _fetched(server: imaplib.IMAP4, uid: str) -> Iterator[bytes]:
    """Yield the message a piece at a time, without marking it as seen."""
    start, piece = 0, b""
    while start == 0 or len(piece) == _PIECE_BYTES:
        with _told():
            piece = _body(_asked(server.uid("FETCH", uid, f"(BODY.PEEK[]<{start}.{_PIECE_BYTES}>)")))
        if not piece:
            return
        yield piece
        start += len(piece)


def _body(answer: list[Any]) -> bytes:
    return next((bytes(part[1]) for part in answer if isinstance(part, tuple)), b"")


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """Tell what went wrong with a server in words."""
    try:
        yield
    except (OSError, imaplib.IMAP4.error) as fault:
        raise MailboxError from fault


def _asked(answer: tuple[str, list[Any]]) -> list[Any]:
    kind, data = answer
    if kind != "OK":
        raise imaplib.IMAP4.error(kind)
    return data


def _lines(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Yield whole lines from pieces that end anywhere; a line longer than a piece goes on in pieces."""
    rest = b""
    for piece in pieces:
        *lines, rest = (rest + piece).splitlines(keepends=True) or [b""]
        yield from lines
        if len(rest) > _PIECE_BYTES:
            yield rest
            rest = b""
    if rest:
        yield rest


def _pieces_of_file(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while piece := file.readline(_PIECE_BYTES):
                yield piece
    except OSError as fault:
        raise MailboxError from fault


def _flags(name: str) -> str:
    return name.partition(":2,")[2]
