"""An SMS gateway: a real HTTP server on 127.0.0.1 that keeps what it took and does as it is told."""

import json
import socket
import struct
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class SmsGatewayServer:
    """`taken`: the objects it took. `answer`: from an object to a status, (status, headers), or a fault.

    Faults: "reset" hangs up after it has taken the message, "reset mid-body" before it has read it all, "silent" takes
    the message and does not answer until `gone` is set. `can_tell` False: it cannot tell what it took.
    """

    def __init__(self) -> None:
        self.taken: list[dict[str, Any]] = []
        self.authorizations: list[str] = []
        self.asked: list[str] = []
        self.answer: Callable[[dict[str, Any]], Any] = lambda message: 202
        self.before_answer: Callable[[dict[str, Any]], None] = lambda message: None
        self.can_tell = True
        self.gone = threading.Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                outer.post(self)

            def do_GET(self) -> None:
                outer.get(self)

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True

    @property
    def url(self) -> str:
        return f"http://modum:hemme%20lig@127.0.0.1:{self._server.server_address[1]}/send"

    def references(self) -> Counter[str]:
        return Counter(message["reference"] for message in self.taken)

    def post(self, handler: BaseHTTPRequestHandler) -> None:
        length = int(handler.headers["Content-Length"])
        if self.answer({}) == "reset mid-body":
            _reset(handler)
            return
        message = json.loads(handler.rfile.read(length))
        self.authorizations.append(handler.headers["Authorization"])
        told = self.answer(message)
        status, headers = told if isinstance(told, tuple) else (told, {})
        if isinstance(status, str) or status < 300 or headers.pop("taken", False):
            self.taken.append(message)
        self.before_answer(message)
        if status == "reset":
            _reset(handler)
        elif status == "silent":
            self.gone.wait(60)
        else:
            _reply(handler, status, headers)

    def get(self, handler: BaseHTTPRequestHandler) -> None:
        reference = handler.path.rsplit("/", 1)[1]
        self.asked.append(reference)
        has = reference in self.references()
        _reply(handler, (200 if has else 404) if self.can_tell else 503, {})

    @contextmanager
    def running(self) -> Iterator["SmsGatewayServer"]:
        thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._server.server_close()
            thread.join()


def _reply(handler: BaseHTTPRequestHandler, status: int, headers: dict[str, str]) -> None:
    handler.send_response(status)
    for name, value in {**headers, "Content-Length": "2"}.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(b"{}")


def _reset(handler: BaseHTTPRequestHandler) -> None:
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()
