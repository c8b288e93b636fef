"""A browser, and a filled municipality to open in it. One of each for all tests here."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from outreach import clock
from tests.browser.live_server import make_app, serving
from tests.browser.world import World, build_world
from tests.conftest import NOW

_BROWSERS = ("/usr/bin/chromium", "/usr/bin/chromium-browser")
_FLAGS = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]


def browser_path() -> str:
    """Return where the machine's Chromium is; it is never downloaded by the tests."""
    found = next((path for path in _BROWSERS if Path(path).exists()), None)
    if found is None:
        raise RuntimeError("Chromium is missing: run `make machine`.")
    return found


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep all tests of this folder in one process: one browser, one server."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return the machine's Chromium, without a window."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser_path(), headless=True, args=_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Return a filled municipality, served."""
    clock.set_clock(lambda: NOW)
    app = make_app(tmp_path_factory.mktemp("browser"))
    with serving(app) as origin:
        yield build_world(app, origin)
    clock.set_clock(None)


@pytest.fixture(autouse=True)
def _frozen_clock() -> Iterator[None]:
    clock.set_clock(lambda: NOW)
    yield
    clock.set_clock(None)
