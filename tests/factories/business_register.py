"""Enhetsregisteret on 127.0.0.1: a real HTTP server that answers as its document says.

Source: Brønnøysundregistrene's OpenAPI document of the open interface: `GET /enheter/{organisasjonsnummer}`, answers
200 with an `Enhet`, 404 "Enheten finnes ikke", 410 "Enheten er fjernet".
"""

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class BusinessRegisterServer:
    """`units`: what it has, by number. `removed`: numbers that were taken out. `fault`: a status instead of answers.

    `asked`: the paths of the requests; `accepted`: what each said that it takes.
    """

    def __init__(self) -> None:
        self.units: dict[str, dict[str, Any]] = {}
        self.removed: set[str] = set()
        self.fault = 0
        self.asked: list[str] = []
        self.accepted: list[str] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.answer(self)

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/enhetsregisteret/api"

    def register(self, number: str, name: str, **values: Any) -> None:
        """Have an organisation registered, with `values` over what is usual."""
        self.units[number] = {
            "organisasjonsnummer": number,
            "navn": name,
            "organisasjonsform": {"kode": "AS", "beskrivelse": "Aksjeselskap", "_links": {}},
            "registreringsdatoEnhetsregisteret": "2019-03-01",
            "registrertIMvaregisteret": True,
            "forretningsadresse": {
                "land": "Norge", "landkode": "NO", "postnummer": "3370", "poststed": "VIKERSUND",
                "adresse": ["Storgata 1"], "kommune": "MODUM", "kommunenummer": "3316",
            },
            "registrertIForetaksregisteret": True,
            "konkurs": False,
            "underAvvikling": False,
            "underTvangsavviklingEllerTvangsopplosning": False,
            "maalform": "Bokmål",
            "_links": {"self": {"href": f"{self.url}/enheter/{number}"}},
            **values,
        }  # fmt: skip

    @contextmanager
    def running(self) -> Iterator["BusinessRegisterServer"]:
        thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._server.server_close()
            thread.join()

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        self.asked.append(handler.path)
        self.accepted.append(handler.headers["Accept"])
        found = re.fullmatch(r"/enhetsregisteret/api/enheter/(\d{9})", handler.path)
        number = found[1] if found else ""
        status = self.fault or (400 if not found else 410 if number in self.removed else 200)
        if status == 200 and number not in self.units:
            status = 404
        body = json.dumps(self.units[number] if status == 200 else {"status": status}).encode()
        handler.send_response(status)
        handler.send_header("Content-Type", "application/json;charset=UTF-8")
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)
