"""A mailbox server on a port of its own that speaks as much IMAP4rev1 as a reader of bounces needs."""

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class ImapServer:
    """Holds `messages` by uid; `seen` are those marked. `fault`: a command that it answers by hanging up."""

    def __init__(self, *messages: bytes) -> None:
        self.messages = dict(enumerate(messages, start=101))
        self.seen: set[int] = set()
        self.fault = ""
        self.fetched: list[str] = []
        outer = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                self.wfile.write(b"* OK IMAP4rev1 ready\r\n")
                for raw in self.rfile:
                    tag, _, command = raw.decode().strip().partition(" ")
                    if outer.fault and command.startswith(outer.fault):
                        return
                    self.wfile.write(outer.answer(tag, command))
                    if command.startswith("LOGOUT"):
                        return

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True

    @property
    def url(self) -> str:
        return f"imap://retur:hemme%3Alig@127.0.0.1:{self._server.server_address[1]}/?tls=none"

    def answer(self, tag: str, command: str) -> bytes:
        if command.startswith("LOGIN") and 'retur "hemme:lig"' not in command:
            return f"{tag} NO wrong\r\n".encode()
        extra = b"* CAPABILITY IMAP4rev1\r\n" if command.startswith("CAPABILITY") else b""
        if command.startswith("SELECT"):
            extra = f"* {len(self.messages)} EXISTS\r\n".encode()
        if command.startswith("UID SEARCH"):
            unseen = [str(uid) for uid in self.messages if uid not in self.seen]
            extra = f"* SEARCH {' '.join(unseen)}".rstrip().encode() + b"\r\n"
        if fetch := re.match(r"UID FETCH (\d+) \(BODY\.PEEK\[\]<(\d+)\.(\d+)>\)", command):
            extra = self._fetch(*(int(number) for number in fetch.groups()))
        if store := re.match(r"UID STORE (\d+) \+FLAGS\.SILENT \(\\Seen\)", command):
            self.seen.add(int(store[1]))
        return extra + f"{tag} OK done\r\n".encode()

    def _fetch(self, uid: int, start: int, length: int) -> bytes:
        self.fetched.append(f"{uid}:{start}")
        piece = self.messages[uid][start : start + length]
        return f"* 1 FETCH (UID {uid} BODY[]<{start}> {{{len(piece)}}}\r\n".encode() + piece + b")\r\n"

    @contextmanager
    def running(self) -> Iterator["ImapServer"]:
        thread = threading.Thread(target=self._server.serve_forever)
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._server.server_close()
            thread.join()
