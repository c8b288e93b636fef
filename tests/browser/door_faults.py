"""A server that does not answer some of what a phone asks, for a real browser."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from enum import Enum
from typing import Any

from flask import Flask

_API = "/api/door/v1/"


class Answer(Enum):
    """What becomes of a call: refused before anything was done, done without the answer coming through, or answered."""

    REFUSED = "refused"
    LOST = "lost"
    WHOLE = "whole"


# By the call's name ("roster") and how often it came, counted from 1.
Answers = Callable[[str, int], Answer]


@contextmanager
def answering(app: Flask, answers: Answers) -> Iterator[Counter[str]]:
    """Have `app` answer door calls as `answers` says, 503 where none comes; yields how often each came."""
    whole, came = app.wsgi_app, Counter[str]()

    def some(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        call = environ["PATH_INFO"].removeprefix(_API)
        if call == environ["PATH_INFO"]:
            return whole(environ, start)
        came[call] += 1
        answer = answers(call, came[call])
        if answer is Answer.WHOLE:
            return whole(environ, start)
        if answer is Answer.LOST:
            b"".join(whole(environ, lambda *_: lambda _: None))
        start("503 Service Unavailable", [("Content-Length", "0")])
        return [b""]

    app.wsgi_app = some  # type: ignore[method-assign]
    try:
        yield came
    finally:
        app.wsgi_app = whole  # type: ignore[method-assign]
