"""Every page and state that people see, in the order of the walk: how to get there, and as whom.

A rule of the route map that no entry names, and that is not listed as "no page", makes `test_pages.py` red.
"""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.world import World


@dataclass(frozen=True)
class Place:
    """One page in one state. `act` goes on from the opened page to the state. `status` is that of the first answer."""

    name: str
    rule: str
    path: Callable[[World], str]
    visitor: str = "guest"
    status: int = 200
    act: Callable[[Page], None] | None = None


def _at(path: str) -> Callable[[World], str]:
    return lambda world: path.format(**world.names)


def _send(page: Page) -> None:
    page.locator("main form button[type=submit], main form .ds-button").last.click()


PLACES: tuple[Place, ...] = (
    Place("logg-inn", "/admin/logg-inn", _at("/admin/logg-inn")),
    Place("personvern", "/personvern", _at("/personvern")),
    Place("tilgjengelighet", "/tilgjengelighet", _at("/tilgjengelighet")),
    Place("feil-404", "", _at("/finnes-ikke"), status=404),
)

# What these answer with is no page: pictures, calendars, data, health.
NO_PAGE = frozenset(
    {
        "/static/<path:filename>",
        "/logo",
        "/healthz",
        "/readyz",
        "/metrics",
    }
)


def context_of(
    browser: Browser, world: World, place: Place, *, width: int, language: str, **more: object
) -> BrowserContext:
    """Return a browser context for `place`: the visitor's cookies, `width` pixels, `language`."""
    context = browser.new_context(
        base_url=world.origin,
        locale=language,
        viewport={"width": width, "height": 800},
        reduced_motion="reduce",
        **more,  # type: ignore[arg-type]
    )
    context.add_cookies([{"name": "lang", "value": language, "url": world.origin}])
    if place.visitor in world.sessions:
        context.add_cookies([{"name": "session", "value": world.sessions[place.visitor], "url": world.origin}])
    return context


def go_to(page: Page, world: World, place: Place) -> None:
    """Open `place` in `page`; an AssertionError when the answer is another than it says."""
    answer = page.goto(place.path(world))
    assert answer is not None
    assert answer.status == place.status, f"{place.name}: {answer.status}"
    if place.act is not None:
        place.act(page)
        page.wait_for_load_state()
