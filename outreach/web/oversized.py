"""A body above MAX_CONTENT_LENGTH: taken off the wire, so that whoever sent it gets our answer.

A server that answers and closes while the browser is still sending makes the browser say "connection reset", and the
page that explains what was wrong is never seen (RFC 9112, 9.6). Nothing of the body is kept.
"""

import time
from contextlib import suppress

from flask import Request, current_app
from flask_babel import gettext

_PIECE_BYTES = 1 << 18
# Who sends more than this, or for longer, need not be told why the connection ends.
_MOST_TIMES_THE_LIMIT = 4
_LONGEST_SECONDS = 60.0


def take_in_vain(request: Request) -> None:
    """Read the body to its end and forget it, unless it is absurdly large or slow."""
    limit = current_app.config["MAX_CONTENT_LENGTH"] * _MOST_TIMES_THE_LIMIT
    left = request.content_length or 0
    if left > limit:
        return
    until = time.monotonic() + _LONGEST_SECONDS
    with suppress(OSError):
        while left > 0 and time.monotonic() < until and (piece := request.environ["wsgi.input"].read(_PIECE_BYTES)):
            left -= len(piece)


def words() -> str:
    """Return how large a file may be, as a sentence."""
    megabytes = f"{current_app.config['MAX_CONTENT_LENGTH'] / 1_000_000:g}".replace(".", ",")
    return str(gettext("Filen er større enn det vi kan ta imot her: %(most)s MB. Ingenting er lagret.", most=megabytes))
