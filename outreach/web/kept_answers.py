"""Answers that are alike for everybody, kept for one second and given again without going through the application.

A view asks for it by `keep_answer`; a poster's QR then leads hundreds of phones to one rendering. Any commit of this
process empties the memory, so only a change made by another process can be late, by one second at most. Nothing
personal may be kept: what decides is the address, the language and what the browser has already.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, request
from sqlalchemy import Connection, Engine, event
from sqlalchemy.pool import ConnectionPoolEntry
from werkzeug.http import parse_cookie

from outreach import clock
from outreach.web.languages import LANGUAGE_COOKIE
from outreach.web.logs import log_request

KEPT = timedelta(seconds=1)
_MOST_ANSWERS = 500
_WISH = "treffpunkt.keep_answer"
_CHANGED = "treffpunkt.changed"

Environ = dict[str, Any]
Start = Callable[..., Any]


@dataclass(frozen=True)
class _Answer:
    at_utc: datetime
    status: str
    headers: list[tuple[str, str]]
    body: bytes
    rule: str


def keep_answer() -> None:
    """Let the answer to this request be given again for one second. For views that show everybody the same."""
    request.environ[_WISH] = request.url_rule.rule if request.url_rule else ""


class KeptAnswers:
    """The memory, in front of an application's WSGI callable."""

    def __init__(self, application: Callable[[Environ, Start], Iterable[bytes]]) -> None:
        self._application = application
        self._answers: dict[tuple[str, ...], _Answer] = {}

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        """Answer from memory, or have the application answer."""
        if environ["REQUEST_METHOD"] != "GET":
            return self._application(environ, start)
        started, name = time.perf_counter(), _name(environ)
        kept = self._answers.get(name)
        if kept is None or not timedelta() <= clock.now_utc() - kept.at_utc < KEPT:
            return self._ask(environ, start, name)
        log_request("GET", kept.rule, int(kept.status[:3]), started)
        start(kept.status, list(kept.headers))
        return (kept.body,)

    def forget(self) -> None:
        """Forget every answer."""
        self._answers.clear()

    def _ask(self, environ: Environ, start: Start, name: tuple[str, ...]) -> Iterable[bytes]:
        begun: list[Any] = []

        def note_start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            begun[:] = [status, list(headers)]
            return start(status, headers, *more)

        chunks = self._application(environ, note_start)
        if _WISH not in environ:
            return chunks
        body = b"".join(chunks)
        if hasattr(chunks, "close"):
            chunks.close()
        self._keep(name, body, environ[_WISH], *begun)
        return (body,)

    def _keep(self, name: tuple[str, ...], body: bytes, rule: str, status: str, headers: list[tuple[str, str]]) -> None:
        is_for_one = any(field.lower() == "set-cookie" for field, _ in headers)
        if status[:3] not in ("200", "304") or is_for_one:
            return
        if len(self._answers) >= _MOST_ANSWERS:
            self.forget()
        self._answers[name] = _Answer(clock.now_utc(), status, headers, body, rule)


def install_kept_answers(app: Flask, engine: Engine) -> None:
    """Put a memory in front of `app`, emptied by every commit on `engine`: when it begins, and when it is done."""
    memory = KeptAnswers(app.wsgi_app)
    app.wsgi_app = memory  # type: ignore[method-assign, assignment]

    def forget_now(connection: Connection) -> None:
        connection.info[_CHANGED] = True  # heard before the database has committed
        memory.forget()

    def forget_again(_driver: object, record: ConnectionPoolEntry) -> None:
        if record.info.pop(_CHANGED, False):
            memory.forget()

    event.listen(engine, "commit", forget_now)
    event.listen(engine, "checkin", forget_again)


def _name(environ: Environ) -> tuple[str, ...]:
    sent = environ.get("HTTP_COOKIE", "")
    language = parse_cookie(sent).get(LANGUAGE_COOKIE, "") if LANGUAGE_COOKIE in sent else ""
    return (
        environ["PATH_INFO"],
        environ.get("QUERY_STRING", ""),
        environ.get("HTTP_ACCEPT_LANGUAGE", ""),
        language,
        environ.get("HTTP_IF_NONE_MATCH", ""),
    )
