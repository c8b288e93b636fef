"""Downward effects: an early capability says that something happened; the factory knows who listens.

Handlers run in the caller's transaction, in the order in which they were added, with the values by keyword.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from flask import Flask, current_app

_EXTENSION = "treffpunkt.downward"


def listen(app: Flask, happening: str, handler: Callable[..., None]) -> None:
    """Have `handler` called when `happening` is announced in `app`."""
    app.extensions.setdefault(_EXTENSION, defaultdict(list))[happening].append(handler)


def announce(happening: str, **values: Any) -> None:
    """Call each handler of `happening` with `values`, in this transaction."""
    for handler in current_app.extensions.get(_EXTENSION, {}).get(happening, ()):
        handler(**values)
