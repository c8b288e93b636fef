"""Who may read the numbers: a scraper on this machine, not somebody behind the proxy."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import abort, request

from outreach.web.access import guarded

_LOOPBACK = ("127.0.0.1", "::1")


def this_machine(view: Callable[..., Any]) -> Callable[..., Any]:
    """Let in only requests made on this machine and not forwarded; others get 404, as if there were nothing."""

    @wraps(view)
    def checked(*args: Any, **kwargs: Any) -> Any:
        if request.remote_addr not in _LOOPBACK or "X-Forwarded-For" in request.headers:
            abort(404)
        return view(*args, **kwargs)

    return guarded("machine")(checked)
