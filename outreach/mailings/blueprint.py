"""The blueprint that every view of this capability hangs on, and the two places at which mailings are.

Views write the rest of a path: it hangs below the mailings of an event, and below the newsletters to the contact point,
where the slug is empty.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Blueprint

View = TypeVar("View", bound=Callable[..., Any])
blueprint = Blueprint("mailings", __name__)
_OF_AN_EVENT, _NEWSLETTERS = "/admin/arrangementer/<slug>/utsendinger", "/admin/kontaktpunkt/nyhetsbrev"


def at(rest: str, *methods: str) -> Callable[[View], View]:
    """Put a view at `rest` of both places, for `methods`."""

    def put(view: View) -> View:
        blueprint.route(f"{_OF_AN_EVENT}{rest}", methods=list(methods))(view)
        blueprint.route(f"{_NEWSLETTERS}{rest}", methods=list(methods), defaults={"slug": ""})(view)
        return view

    return put
