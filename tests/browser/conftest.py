"""A browser, and municipalities to open in it: one of each for the pages, one for the walks; evenings with a door."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from outreach import clock
from tests.browser.chromium import launched
from tests.browser.door_evening import Evening, an_evening, browser_that_sees
from tests.browser.live_server import make_app, serving
from tests.browser.world import World, build_empty_world, build_world
from tests.conftest import NOW

_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Try a test in a browser once more when it fails, and tell of it (ADR 0034)."""
    for item in items:
        if item.path.is_relative_to(_HERE):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return the machine's Chromium, without a window."""
    with sync_playwright() as playwright:
        chromium = launched(playwright.chromium)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, World]]:
    """Return two municipalities, served: one that is filled, and one on its first day."""
    clock.set_clock(lambda: NOW)
    filled, empty = (make_app(tmp_path_factory.mktemp(name)) for name in ("filled", "empty"))
    with serving(filled) as origin, serving(empty) as empty_origin:
        yield {"filled": build_world(filled, origin), "empty": build_empty_world(empty, empty_origin)}
    clock.set_clock(None)


@pytest.fixture
def world(worlds: dict[str, World]) -> World:
    """Return the filled municipality."""
    return worlds["filled"]


@pytest.fixture(autouse=True)
def _frozen_clock() -> Iterator[None]:
    clock.set_clock(lambda: NOW)
    yield
    clock.set_clock(None)


@pytest.fixture
def evening(tmp_path: Path) -> Iterator[Evening]:
    """Return an evening with a door, served now by the machine's clock."""
    clock.set_clock(None)  # the phone's clock is the machine's, and the app compares
    with an_evening(tmp_path) as opened:
        yield opened


@pytest.fixture(scope="session")
def browser_in_the_hall(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Return a browser whose camera sees nothing but the hall."""
    yield from browser_that_sees(browser, tmp_path_factory.mktemp("hall"), "")


@pytest.fixture
def hall(browser_in_the_hall: Browser) -> Iterator[Browser]:
    """Return a browser without phones, whose camera sees nothing but the hall: codes are typed."""
    yield browser_in_the_hall
    for phone in browser_in_the_hall.contexts:
        phone.close()
