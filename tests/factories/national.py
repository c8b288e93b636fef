"""Maskinporten, KRR and SvarUt on 127.0.0.1: real HTTP servers that hold us to what their documents say.

Sources: docs.digdir.no (Maskinporten, "JWT grant", "/token endpoint"; Kontaktregisteret, "Oppslagstjenesten REST"), and
for SvarUt the OpenAPI files in tests/extracts, with the look-up by reference of KS's own client library
(`GET …/forsendelser?eksternRef=…` answers `{"forsendelseIds": […]}`).
"""

import json
import socket
import struct
import threading
from base64 import urlsafe_b64decode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from outreach import clock
from outreach.national_services import Maskinporten

CLIENT_ID, KEY_ID = "8bafe1a2-klient", "tp-2026"
KRR_SCOPE = "krr:global/kontaktinformasjon.read"


@cache
def client_key() -> rsa.RSAPrivateKey:
    """Return the client's key, one for all tests since it takes a while to make."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def key_pem() -> bytes:
    """Return the client's key as its file holds it."""
    return client_key().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


class NationalServer:
    """One server for all: `/token` gives tokens, the rest wants one of them. A subclass answers the rest.

    `scopes`: what the client is registered for. `token_seconds`: how long a token is good. `fault`: from a path to a
    status, (status, headers), or "reset" (hangs up when it has read the request), or None for the usual answer.
    """

    scopes: tuple[str, ...] = (KRR_SCOPE, "ks:fiks")

    def __init__(self, *, now: Callable[[], datetime] = clock.now_utc) -> None:
        self.now = now
        self.token_seconds = 120
        self.tokens: list[str] = []
        self.grants: list[dict[str, Any]] = []
        self.refused: list[str] = []
        self.fault: Callable[[str], Any] = lambda path: None
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                outer.answer(self)

            def do_GET(self) -> None:
                outer.answer(self)

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def maskinporten(self) -> Maskinporten:
        """Return how an installation is registered here."""
        return Maskinporten(f"{self.url}/", CLIENT_ID, KEY_ID, key_pem())

    @contextmanager
    def running(self) -> Iterator[Any]:
        thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._server.server_close()
            thread.join()

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Read the request whole, and answer it or do what `fault` says."""
        body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
        path = urlsplit(handler.path).path
        fault = self.fault(path)
        if fault == "reset":
            _reset(handler)
        elif fault is not None:
            status, headers = fault if isinstance(fault, tuple) else (fault, {})
            reply(handler, status, {}, headers)
        elif path == "/token":
            self._give_token(handler, body)
        elif handler.headers["Authorization"] not in [f"Bearer {token}" for token in self.tokens]:
            reply(handler, 401, {})
        else:
            self.serve(handler, path, body)

    def serve(self, handler: BaseHTTPRequestHandler, path: str, body: bytes) -> None:
        """Answer a request that showed a token."""
        reply(handler, 404, {})

    def _give_token(self, handler: BaseHTTPRequestHandler, body: bytes) -> None:
        form = {name: values[0] for name, values in parse_qs(body.decode()).items()}
        if wrong := self._wrong_with(form):
            self.refused.append(wrong)
            reply(handler, 400, {"error": "invalid_grant", "error_description": wrong})
            return
        token = f"token-{len(self.tokens)}"
        self.tokens.append(token)
        reply(handler, 200, {"access_token": token, "token_type": "Bearer", "expires_in": self.token_seconds})

    def _wrong_with(self, form: dict[str, str]) -> str:
        """Return what Maskinporten would hold against a grant, or ""."""
        if form.get("grant_type") != "urn:ietf:params:oauth:grant-type:jwt-bearer":
            return "grant_type"
        header, claims, signature = form["assertion"].split(".")
        client_key().public_key().verify(
            _decoded(signature), f"{header}.{claims}".encode(), PKCS1v15(), SHA256()
        )  # raises, and so closes the connection, for a signature that is not ours
        told = json.loads(_decoded(claims))
        faults = {
            "header": json.loads(_decoded(header)) != {"alg": "RS256", "kid": KEY_ID},
            "aud": told.get("aud") != f"{self.url}/",
            "iss": told.get("iss") != CLIENT_ID,
            "scope": told.get("scope") not in self.scopes,
            "iat": abs(told["iat"] - self.now().timestamp()) >= 10,
            "exp": not 0 < told["exp"] - told["iat"] <= 120,
            "jti": told["jti"] in [known["jti"] for known in self.grants],
        }
        self.grants.append(told)
        return next((name for name, is_wrong in faults.items() if is_wrong), "")


class ContactRegisterServer(NationalServer):
    """KRR. `people`: what it has, by number, in the shape of its answer; whoever is not there is not registered.

    `asked`: the numbers of each request.
    """

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.people: dict[str, dict[str, Any]] = {}
        self.asked: list[list[str]] = []

    def register(self, number: str, **values: Any) -> None:
        """Have the person with `number` registered, active, fresh and willing but for `values`."""
        moments = {
            f"{name}_{act}": "2026-06-01T10:00:00Z"
            for name in ("epostadresse", "mobiltelefonnummer")
            for act in ("oppdatert", "sist_verifisert")
        }
        contact = {name: values.pop(name) for name in ("epostadresse", "mobiltelefonnummer") if name in values}
        self.people[number] = {
            "personidentifikator": number,
            "reservasjon": "NEI",
            "status": "AKTIV",
            "varslingsstatus": "KAN_VARSLES",
            "kontaktinformasjon": {**moments, **contact},
            **values,
        }

    def serve(self, handler: BaseHTTPRequestHandler, path: str, body: bytes) -> None:
        if (handler.command, path) != ("POST", "/rest/v2/personer"):
            reply(handler, 404, {})
            return
        numbers = json.loads(body)["personidentifikatorer"]
        if not 1 <= len(numbers) <= 1000:
            reply(handler, 400, {})
            return
        self.asked.append(numbers)
        gone = {"status": "IKKE_REGISTRERT", "varslingsstatus": "KAN_IKKE_VARSLES", "reservasjon": "NEI"}
        found = [self.people.get(number, {"personidentifikator": number, **gone}) for number in numbers]
        reply(handler, 200, {"personer": found})


def reply(
    handler: BaseHTTPRequestHandler, status: int, body: dict[str, Any], headers: dict[str, str] | None = None
) -> None:
    """Answer with `body` as JSON."""
    content = json.dumps(body).encode()
    handler.send_response(status)
    told = {"Content-Type": "application/json", "Content-Length": str(len(content)), **(headers or {})}
    for name, value in told.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(content)


def _reset(handler: BaseHTTPRequestHandler) -> None:
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()


def _decoded(part: str) -> bytes:
    return urlsafe_b64decode(part + "=" * (-len(part) % 4))
