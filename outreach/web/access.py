"""Default deny: a view answers only when a guard has been put on it. Capabilities build their guards here.

A guard marks its view with what it demands; a view without a mark answers 403, and a test that walks the route map
makes it red.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, request

View = TypeVar("View", bound=Callable[..., Any])


def guarded(demand: str) -> Callable[[View], View]:
    """Mark a view with what its guard demands, such as "public" or "staff:event.edit"."""

    def mark(view: View) -> View:
        view.guard = demand  # type: ignore[attr-defined]
        return view

    return mark


def public(view: View) -> View:
    """Let anybody in: for pages that show nothing personal."""
    return guarded("public")(view)


def guard_of(view: Callable[..., Any]) -> str | None:
    """Return what the guard of `view` demands, or None when it has none."""
    return getattr(view, "guard", None)


def install_default_deny(app: Flask) -> None:
    """Answer 403 for any view of `app` that carries no guard."""

    @app.before_request
    def refuse_unguarded() -> None:
        if request.endpoint and guard_of(current_app.view_functions[request.endpoint]) is None:
            abort(403)
