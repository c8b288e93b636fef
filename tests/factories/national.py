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
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from email import message_from_bytes
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from outreach import clock
from outreach.national_services import Maskinporten, NationalServices, SvarUt
from tests.openapi_schema import Document

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


class SvarUtServer(NationalServer):
    """KS SvarUt. `taken`: what it took, by its own id: the `Forsendelse` and the PDF. `statuses`: what it says of each.

    It refuses with 400 whatever is no `Forsendelse` of the OpenAPI document. `on_taken` hears of each letter before it
    answers; `faults` has what was wrong with requests.
    """

    account, integration, password = "1f0c5a6e-7b5d-4a77-9d0c-0d3a3a7c2f11", "2f0c5a6e-7b5d-4a77-9d0c-0d3a3a7c2f12", "p"

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.taken: dict[str, tuple[dict[str, Any], bytes]] = {}
        self.statuses: dict[str, str] = {}
        self.asked_about: list[str] = []
        self.status_questions: list[list[str]] = []
        self.faults: list[str] = []
        self.on_taken: Callable[[dict[str, Any]], Any] = lambda shipment: None
        self.sends = Document("ks-svarut-send-v2.json")
        self.tells = Document("ks-svarut-status-v2.json")

    def services(self, *, is_digital: bool = False, cost_code: str = "") -> NationalServices:
        """Return the settings of an installation that uses this server."""
        account = SvarUt(self.url, self.account, self.integration, self.password, is_digital, cost_code)
        return NationalServices(self.maskinporten(), "", account)

    def references(self) -> Counter[str]:
        """Return how often there is a letter of each of our references."""
        return Counter(shipment["eksternReferanse"] for shipment, _pdf in self.taken.values())

    def shipments(self) -> list[dict[str, Any]]:
        return [shipment for shipment, _pdf in self.taken.values()]

    def say(self, status: str, reference: str | None = None) -> None:
        """Have this status from now on for the letter of `reference`, or for all."""
        for known, (shipment, _pdf) in self.taken.items():
            if reference in (None, shipment["eksternReferanse"]):
                self.statuses[known] = status

    def serve(self, handler: BaseHTTPRequestHandler, path: str, body: bytes) -> None:
        base = f"/api/v2/kontoer/{self.account}/forsendelser"
        shown = (handler.headers["IntegrasjonId"], handler.headers["IntegrasjonPassord"])
        if shown != (self.integration, self.password):
            reply(handler, 403, {})
        elif (handler.command, path) == ("POST", base):
            self._take(handler, body)
        elif (handler.command, path) == ("GET", base):
            (reference,) = parse_qs(urlsplit(handler.path).query)["eksternRef"]
            self.asked_about.append(reference)
            ids = [known for known, (one, _pdf) in self.taken.items() if one["eksternReferanse"] == reference]
            reply(handler, 200, {"forsendelseIds": ids})
        elif (handler.command, path) == ("POST", f"{base}/status-sok"):
            self._tell(handler, json.loads(body))
        else:
            reply(handler, 404, {})

    def _take(self, handler: BaseHTTPRequestHandler, body: bytes) -> None:
        shipment, files = _parts(handler.headers["Content-Type"], body)
        named = [document["filnavn"] for document in shipment.get("dokumenter", [])]
        faults = [*self.sends.faults("Forsendelse", shipment), *_for_print(shipment)]
        if named != [name for name, _content in files]:
            faults.append("documents and files differ")
        if faults:
            self.faults += faults
            reply(handler, 400, {"message": "; ".join(faults)})
            return
        known = str(uuid4())
        self.taken[known] = (shipment, files[0][1])
        self.statuses[known] = "MOTTATT"
        wish = self.on_taken(shipment)
        if wish == "reset":
            _reset(handler)
        elif wish is not None:
            reply(handler, wish, {})
        else:
            reply(handler, 200, {"id": known})

    def _tell(self, handler: BaseHTTPRequestHandler, asked: dict[str, Any]) -> None:
        if faults := self.tells.faults("StatusSok", asked):
            self.faults += faults
            reply(handler, 400, {})
            return
        self.status_questions.append(asked["forsendelseIds"])
        told = [
            {"id": one, "sisteStatusEndring": self.now().isoformat(), "status": self.statuses[one]}
            for one in asked["forsendelseIds"]
            if one in self.statuses
        ]
        assert self.tells.faults("ForsendelseStatuser", {"statuser": told}) == []
        reply(handler, 200, {"statuser": told})


def _parts(content_type: str, body: bytes) -> tuple[dict[str, Any], list[tuple[str, bytes]]]:
    """Return the shipment and the files of a multipart body, read by Python's own parser of such."""
    message = message_from_bytes(f"Content-Type: {content_type}\r\n\r\n".encode() + body)
    first, *files = message.get_payload()
    assert [part.get_param("name", header="Content-Disposition") for part in (first, *files)] == ["forsendelse"] + [
        "filer"
    ] * len(files)
    return json.loads(first.get_payload(decode=True)), [
        (part.get_filename(), part.get_payload(decode=True)) for part in files
    ]


def _for_print(shipment: dict[str, Any]) -> list[str]:
    """Return what is wrong with a shipment that may be printed, as the document's texts have it."""
    to = shipment.get("mottaker", {})
    wanted = ["poststed"] if to.get("land") else ["poststed", "postnummer"]
    return [f"mottaker: {name} is missing for print" for name in wanted if not to.get(name)]


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
