"""One transaction per request, ended at the edge; a GET is a read that cannot write.

A POST that answers below 400 is committed, anything else is rolled back: nothing is half-done. What must be kept even
so (a guess counter, the audit of a look) is handed to `aside` and runs in a short write transaction of its own, before
the answer leaves.
"""

from collections.abc import Callable
from contextlib import ExitStack
from typing import TypeVar

from flask import Flask, Response, g, request

from outreach.database import db
from outreach.database.engine import reading, writing

Found = TypeVar("Found")
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def aside(act: Callable[[], object]) -> None:
    """Run `act` in a write transaction of its own after this request's own transaction has ended.

    For the tables that a GET may append to: audit, session last-seen, guess counters, click counters.
    """
    g.setdefault("asides", []).append(act)


def apart(read: Callable[[], Found]) -> Found:
    """Return what `read` finds in a read transaction that ends before slow work begins, which then holds no lock.

    For use before anything else in a request; `read` returns values, not rows.
    """
    with reading():
        try:
            return read()
        finally:
            db.session.rollback()


def install_transactions(app: Flask) -> None:
    """Make `app` begin, commit and roll back as this module says."""
    app.before_request(_begin)
    app.after_request(_end)
    app.teardown_request(_close)


def _begin() -> None:
    g.transaction = ExitStack()
    if request.method in SAFE_METHODS:
        g.transaction.enter_context(reading())


def _end(response: Response) -> Response:
    if request.method in SAFE_METHODS or response.status_code >= 400:
        if db.session.registry.has():
            db.session.rollback()
    else:
        db.session.commit()
    if asides := g.pop("asides", None):
        _run(asides)
    return response


def _run(asides: list[Callable[[], object]]) -> None:
    with writing():
        for act in asides:
            act()
            db.session.commit()


def _close(_error: BaseException | None) -> None:
    stack: ExitStack | None = g.pop("transaction", None)
    if stack is not None:
        stack.close()
