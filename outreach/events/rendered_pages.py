"""Event pages and their pictures, rendered once a change and kept in this process.

A poster's QR leads hundreds of phones to them at once.

A page is kept with the version that it was rendered from; another version takes its place. Every process asks the
database for the version at each request, so no page is ever older than the last change.
"""

import hashlib
from collections.abc import Callable, Hashable
from dataclasses import dataclass

_MOST_PAGES = 500


@dataclass(frozen=True)
class RenderedPage:
    """A page as sent, and its entity tag (RFC 9110 8.8.3), quotes included."""

    body: bytes
    etag: str


def rendered(body: bytes) -> RenderedPage:
    """Return `body` with its entity tag."""
    return RenderedPage(body=body, etag=f'"{hashlib.sha256(body).hexdigest()[:32]}"')


class RenderedPages:
    """Pages by name, each with the version that it shows."""

    def __init__(self) -> None:
        self._pages: dict[Hashable, tuple[Hashable, RenderedPage]] = {}

    def get(self, name: Hashable, version: Hashable, render: Callable[[], bytes]) -> RenderedPage:
        """Return the page `name` at `version`, rendered by `render` unless that has been done."""
        kept = self._pages.get(name)
        if kept and kept[0] == version:
            return kept[1]
        page = rendered(render())
        if len(self._pages) >= _MOST_PAGES:
            self._pages.clear()
        self._pages[name] = (version, page)
        return page
