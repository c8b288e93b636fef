"""A household's whole walk in each language, by keyboard alone and without a script: from code to cancelling."""

import pytest
from playwright.sync_api import Browser, Page, expect

from outreach.events.queries import by_slug
from outreach.tickets.queries import facts_by_code
from outreach.web.languages import direction
from tests.browser.answering import Keys, Way, answer, cancel, open_ticket, type_code
from tests.browser.pages import PLACES, context_of
from tests.browser.world import World
from tests.factories.rsvp import make_household, token_of
from tests.thoroughness import WHOLE

_FIRST = next(place for place in PLACES if place.name == "skriv-koden")
_LANGUAGES = ("nb", "nn", "en", "ar", *(("uk", "pl") if WHOLE else ()))


def _household(world: World) -> str:
    world.forget_attempts()
    with world.app.app_context():
        return token_of(make_household(by_slug(world.names["slug"]), ("Sigrid", "Odd")))


def _expect_words_in(page: Page, language: str) -> None:
    root = page.locator("html")
    expect(root).to_have_attribute("lang", language)
    assert (root.get_attribute("dir") or "ltr") == direction(language)
    expect(page.locator("h1")).to_have_count(1)


def _persons(world: World, way: Way) -> int:
    """Open the ticket, and return for how many it is: languages write the number in their own ways."""
    code = open_ticket(way)
    expect(way.page.locator(".ticket__persons")).to_be_visible()
    with world.app.app_context():
        return facts_by_code(code).persons


@pytest.mark.parametrize("language", _LANGUAGES)
def test_a_household_answers_changes_and_cancels(browser: Browser, world: World, language: str) -> None:
    code = _household(world)
    with context_of(browser, world, _FIRST, width=360, language=language, java_script_enabled=False) as context:
        way = Keys(context.new_page())
        type_code(way, code)
        _expect_words_in(way.page, language)
        answer(way, (True, True))
        _expect_words_in(way.page, language)
        assert _persons(world, way) == 2
        _expect_words_in(way.page, language)
        ticket = way.page.url

        type_code(way, code)
        answer(way, (True, False))
        assert _persons(world, way) == 1

        type_code(way, code)
        cancel(way)
        _expect_words_in(way.page, language)
        gone = way.page.goto(ticket)
        assert gone is not None
        assert gone.status == 410
        _expect_words_in(way.page, language)
