"""How large a body may be: a form's size, and MAX_CONTENT_LENGTH where a view takes files. A larger one is taken off
the wire, so that whoever sent it gets our answer.

A server that answers and closes while the browser is still sending makes the browser say "connection reset", and the
page that explains what was wrong is never seen (RFC 9112, 9.6). Nothing of the body is kept.
"""

import time
from contextlib import suppress

from flask import Flask, Request, current_app, request
from flask_babel import gettext

from outreach.web.access import View

# More than any form that a person fills in.
MOST_FORM_BYTES = 1_000_000
_PIECE_BYTES = 1 << 18
# Who sends more than this, or for longer, need not be told why the connection ends.
_MOST_TIMES_THE_LIMIT = 4
_LONGEST_SECONDS = 60.0


def takes_files(view: View) -> View:
    """Mark a view that takes files, which may be as large as MAX_CONTENT_LENGTH."""
    view.takes_files = True  # type: ignore[attr-defined]
    return view


def install_limits(app: Flask) -> None:
    """Have `app` take no more than a form's size where no file is asked for. Before whatever else reads bodies."""
    app.before_request(_limit)


def _limit() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    if not getattr(view, "takes_files", False):
        request.max_content_length = min(MOST_FORM_BYTES, current_app.config["MAX_CONTENT_LENGTH"])


def take_in_vain(sent: Request) -> None:
    """Read the body to its end and forget it, unless it is absurdly large or slow."""
    limit = current_app.config["MAX_CONTENT_LENGTH"] * _MOST_TIMES_THE_LIMIT
    left = sent.content_length or 0
    if left > limit:
        return
    until = time.monotonic() + _LONGEST_SECONDS
    with suppress(OSError):
        # Never more than is still to come: a connection that stays open would be waited for.
        while time.monotonic() < until and (piece := sent.environ["wsgi.input"].read(min(left, _PIECE_BYTES))):
            left -= len(piece)


def words() -> str:
    """Return how large a file may be, as a sentence."""
    most = request.max_content_length or current_app.config["MAX_CONTENT_LENGTH"]
    megabytes = f"{most / 1_000_000:g}".replace(".", ",")
    return str(gettext("Filen er større enn det vi kan ta imot her: %(most)s MB. Ingenting er lagret.", most=megabytes))
