"""A proxy between browser and server that hurts what a door sends: cuts requests, delays them, loses replies.

Only calls of the door API are hurt; pages and scripts pass, so that a browser can start. `rewritten` changes a file on
its way, for controls.
"""

import http.client
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from typing import Any
from urllib.parse import urlsplit

_API = "/api/door/v1/"
_HURT = ("scans", "changes", "roster", "names")
_PASSED = {"content-type", "etag", "cache-control", "content-security-policy", "service-worker-allowed", "vary"}


@dataclass
class Faults:
    """What the proxy does to a call, and how often it did. `is_off`: no call comes through at all."""

    random: Random
    cut: float = 0.15
    lose_reply: float = 0.25
    delay_seconds: float = 0.4
    is_off: bool = False
    done: Counter[str] = field(default_factory=Counter)

    def next(self) -> str:
        """Return what happens to the next call: "off", "cut", "lost" or "passed"."""
        if self.is_off:
            return "off"
        dice = self.random.random()
        kind = "cut" if dice < self.cut else "lost" if dice < self.cut + self.lose_reply else "passed"
        self.done[kind] += 1
        return kind


class _Server(ThreadingHTTPServer):
    """Knows whom it stands before and how it hurts."""

    def __init__(self, origin: str, faults: Faults, rewritten: Mapping[str, tuple[bytes, bytes]]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.origin, self.faults, self.rewritten = origin, faults, rewritten

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of browsers that hang up, or of a server that is stopped; anything else is told."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


@contextmanager
def faulty_proxy(origin: str, faults: Faults, rewritten: Mapping[str, tuple[bytes, bytes]]) -> Iterator[str]:
    """Serve a proxy to `origin` while the block runs, and yield its own origin.

    `rewritten`: by the end of a path, what is replaced by what in its answer.
    """
    server = _Server(origin, faults, rewritten)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        self._pass(b"")

    def do_POST(self) -> None:
        self._pass(self.rfile.read(int(self.headers.get("Content-Length", 0))))

    def _pass(self, body: bytes) -> None:
        path = urlsplit(self.path).path
        fault = self._fault(path)
        if fault in {"off", "cut"}:
            return self._hang_up()
        status, headers, content = _asked(self.server.origin, self.command, self.path, body, dict(self.headers.items()))
        if fault == "lost":
            return self._hang_up()
        for end, (before, after) in self.server.rewritten.items():
            content = content.replace(before, after) if path.endswith(end) else content
        return self._answer(status, headers, content)

    def _fault(self, path: str) -> str:
        if not (path.startswith(_API) and path.removeprefix(_API) in _HURT):
            return "passed"
        faults = self.server.faults
        time.sleep(faults.random.random() * faults.delay_seconds)
        return faults.next()

    def _hang_up(self) -> None:
        self.close_connection = True
        self.connection.close()

    def _answer(self, status: int, headers: Mapping[str, str], content: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            if name.lower() in _PASSED:
                self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_args: object) -> None:
        """Say nothing of each call."""


def _asked(
    origin: str, method: str, path: str, body: bytes, headers: dict[str, str]
) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection(urlsplit(origin).netloc, timeout=20)
    kept = {name: value for name, value in headers.items() if name.lower() not in {"host", "accept-encoding", "origin"}}
    try:
        connection.request(method, path, body or None, kept)
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()
    finally:
        connection.close()
