"""Which tests stay together when several processes share them (pytest-xdist)."""

from xdist.scheduler import LoadScopeScheduling

from tests.thoroughness import WHOLE


class BrowsersApart(LoadScopeScheduling):
    """Gives each test to whoever is free, but keeps the pages in one process and all walks in a browser in another:
    one browser and one server for each. They are the most, so they come first.

    The whole matrix of pages is too much for one process: there each language goes where there is room.
    """

    def _split_scope(self, nodeid: str) -> str:
        if not nodeid.startswith("tests/browser/"):
            return nodeid
        if "/test_pages.py" not in nodeid:
            return "walks"
        return f"pages {nodeid.rpartition('-')[2]}" if WHOLE else "pages"
