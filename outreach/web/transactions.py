"""One transaction per request, ended at the edge; a GET is a read that cannot write.

A POST that answers below 400 is committed, anything else is rolled back: nothing is half-done. What must be kept even
so (a guess counter, the audit of a look) is handed to `aside` and runs in a short write transaction of its own, before
the answer leaves.
"""

from collections.abc import Callable
from contextlib import ExitStack, suppress
from typing import Any, TypeVar

import structlog
from flask import Flask, Response, current_app, g, request
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from outreach.database import db
from outreach.database.engine import begin_writing, each_alone, reading, writing
from outreach.database.together import StandsOtherwiseError

Found = TypeVar("Found")
View = TypeVar("View", bound=Callable[..., Any])
log = structlog.get_logger()
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


def reads_first(view: View) -> View:
    """Mark a POST view that reads and checks before it writes: it begins as a read and calls `begin_to_write`.

    SQLite has one writer at a time. A view that holds that place only while it writes lets several times as many
    through. On PostgreSQL each look is a transaction of its own, which saves the messages that begin and end one.
    """
    view.reads_first = True  # type: ignore[attr-defined]
    return view


def begin_to_write() -> None:
    """End the read that a `reads_first` view began as; what follows is one write transaction.

    Rows read before are values from now on: what must still be true is decided again by a lock, a condition or a
    constraint.
    """
    _end_read()
    begin_writing(db.session.connection())


def at_once(write: Callable[[], Found | None]) -> Found | None:
    """End the read that a `reads_first` view began as, and return what `write` returns, which may `run_together` once.

    None when it stands otherwise than was read, or `write` found nothing to do: then nothing is written, and what
    follows is one write transaction, for looking again step by step.
    """
    _end_read()
    is_alone = db.engine.dialect.name != "sqlite"  # the one statement is a transaction of its own
    if not is_alone:
        begin_writing(db.session.connection())
    try:
        found = write()
    except (StandsOtherwiseError, IntegrityError):
        begin_again()
        return None
    if found is None and is_alone:
        begin_writing(db.session.connection())
    return found


def _end_read() -> None:
    db.session.expunge_all()
    transaction: ExitStack = g.transaction
    transaction.close()


def begin_again() -> None:
    """Undo what this write transaction has done, and begin another: another way to answer the same request."""
    db.session.rollback()
    db.session.expunge_all()


def written(
    write: Callable[[Connection], Found], *, alone: Callable[[Connection], Found | None] | None = None
) -> Found:
    """Return what `write` returns, committed, so that others need not wait while the answer is made.

    For a view whose write is whole by itself and may be asked for again: its answer can be lost, its write cannot. It
    gets a plain connection: a session costs more than the statements of a small write. A transaction that the request
    has begun is joined, since on SQLite a second one would wait for it in vain.

    `alone` is tried first on PostgreSQL, where each of its statements is a transaction of its own. When it returns None
    it has written nothing.
    """
    if db.session.registry.has() and db.session().in_transaction():
        found = write(db.session.connection())
        db.session.commit()
        return found
    if alone and db.engine.dialect.name != "sqlite":
        with suppress(IntegrityError), each_alone(db.engine) as connection:
            done = alone(connection)
            if done is not None:
                return done
    with db.engine.begin() as connection:
        return write(connection)


def install_transactions(app: Flask) -> None:
    """Make `app` begin, commit and roll back as this module says."""
    app.before_request(_begin)
    app.after_request(_end)
    app.teardown_request(_close)


def _begin() -> None:
    g.transaction = ExitStack()
    view = current_app.view_functions.get(request.endpoint or "")
    is_safe = request.method in SAFE_METHODS
    if is_safe or getattr(view, "reads_first", False):
        g.transaction.enter_context(reading(each_alone=not is_safe))


def _end(response: Response) -> Response:
    is_done = request.method not in SAFE_METHODS and response.status_code < 400
    # A session that has done nothing has nothing to end.
    if db.session.registry.has() and db.session().in_transaction():
        if is_done:
            db.session.commit()
        else:
            db.session.rollback()
    if asides := g.pop("asides", None):
        _run(asides, is_done=is_done)
    return response


def _run(asides: list[Callable[[], object]], *, is_done: bool) -> None:
    """Run what stands aside. Where it cannot be kept, a page is not shown; what is done (`is_done`) is told as done."""
    with writing():
        for act in asides:
            try:
                act()
                db.session.commit()
            except SQLAlchemyError:
                db.session.rollback()
                if not is_done:
                    raise
                log.exception("something aside was not kept")


def _close(_error: BaseException | None) -> None:
    stack: ExitStack | None = g.pop("transaction", None)
    if stack is not None:
        stack.close()
