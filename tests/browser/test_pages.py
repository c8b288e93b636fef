"""Every page of the route map, in every state, in a real browser: axe, width, targets, keyboard, security policy, LIX.

`make check` opens each place once, in bokmål on a narrow phone, and three of a guest's walk from the right.
FULL_MATRIX=1 opens all languages and both widths.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page

from outreach.web.languages import FURTHER_LANGUAGES, LANGUAGES, direction, is_guests_walk
from tests.browser.door_evening import until
from tests.browser.page_checks import all_faults, axe_faults, keyboard_faults, overflow_faults, target_faults
from tests.browser.page_reading import heavy_text
from tests.browser.pages import NO_PAGE, PLACES, Place, become, context_of, go_to
from tests.browser.world import World
from tests.thoroughness import WHOLE

_WIDTHS = (320, 1280) if WHOLE else (320,)
_LANGUAGES = tuple(LANGUAGES) if WHOLE else ("nb",)
# What is most apt to go wrong from the right: a form with faults, a code beside a drawing, long text of staff.
_FROM_THE_RIGHT = ("svar-feil", "billett", "arrangement")
_WALK = [
    place
    for place in PLACES
    if place.municipality == "filled"
    and (place.rule == "" or is_guests_walk(place.rule))
    and (WHOLE or place.name in _FROM_THE_RIGHT)
]


class _Windows:
    """A page of the browser for each municipality, width and language: a new one for each place costs most of the time.

    The door's app keeps things in the phone, so that each of its states gets a phone of its own.
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._kept: dict[tuple[str, int, str], Page] = {}

    @contextmanager
    def window(self, world: World, place: Place, width: int, language: str) -> Iterator[Page]:
        if place.rule.startswith("/door"):
            with context_of(self._browser, world, place, width=width, language=language) as context:
                yield context.new_page()
            return
        key = (place.municipality, width, language)
        if key not in self._kept:
            self._kept[key] = context_of(self._browser, world, place, width=width, language=language).new_page()
        become(self._kept[key].context, world, place.visitor, language)
        yield self._kept[key]

    def close(self) -> None:
        for page in self._kept.values():
            page.context.close()


@pytest.fixture(scope="module")
def windows(browser: Browser) -> Iterator[_Windows]:
    kept = _Windows(browser)
    yield kept
    kept.close()


@pytest.mark.parametrize("language", _LANGUAGES)
@pytest.mark.parametrize("width", _WIDTHS)
@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_page_is_usable_by_everybody(
    windows: _Windows, worlds: dict[str, World], place: Place, width: int, language: str
) -> None:
    world = worlds[place.municipality]
    with windows.window(world, place, width, language) as page, _complaints(page) as complaints:
        go_to(page, world, place)
        assert page.evaluate("document.documentElement.lang") == language
        heavy = heavy_text(page.content(), language) if place.is_for_guests else []
        faults = [*complaints, *heavy, *all_faults(page)]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("language", tuple(FURTHER_LANGUAGES) if WHOLE else ("ar",))
@pytest.mark.parametrize("width", _WIDTHS)
@pytest.mark.parametrize("place", _WALK, ids=lambda place: place.name)
def test_a_guest_s_page_is_usable_in_a_further_language(
    windows: _Windows, world: World, place: Place, width: int, language: str
) -> None:
    with windows.window(world, place, width, language) as page, _complaints(page) as complaints:
        go_to(page, world, place)
        root = page.evaluate("[document.documentElement.lang, document.documentElement.dir]")
        assert root == [language, direction(language)]
        faults = [*complaints, *all_faults(page)]
    assert not faults, "\n".join(faults)


@contextmanager
def _complaints(page: Page) -> Iterator[list[str]]:
    """Collect what the browser complains of, and errors of scripts, while the block runs."""
    found: list[str] = []

    def note_message(message: ConsoleMessage) -> None:
        found.extend(_complaint(message))

    def note_error(error: Error) -> None:
        found.append(f"script: {error}")

    page.on("console", note_message)
    page.on("pageerror", note_error)
    yield found
    page.remove_listener("console", note_message)
    page.remove_listener("pageerror", note_error)


def _complaint(message: ConsoleMessage) -> Iterator[str]:
    """The browser notes answers of 400 and above; those are expected where the place is one of them."""
    if message.type == "error" and "the server responded with a status of" not in message.text:
        yield f"console: {message.text}"


def _open(browser: Browser, world: World, name: str, *, width: int) -> Page:
    place = next(place for place in PLACES if place.name == name)
    page = context_of(browser, world, place, width=width, language="nb").new_page()
    go_to(page, world, place)
    return page


@pytest.mark.parametrize(
    ("width", "label"), [(320, '"Hvor" / ""'), (640, '"Hvor" / ""'), (641, "none"), (1280, "none")]
)
def test_few_columns_are_cards_on_a_phone_and_a_table_to_a_screen_reader(
    browser: Browser, world: World, width: int, label: str
) -> None:
    page = _open(browser, world, "arrangementer", width=width)
    table = page.get_by_role("table").first
    cell = table.get_by_role("row").nth(1).get_by_role("cell").nth(1)
    assert cell.evaluate("e => getComputedStyle(e, '::before').content") == label
    assert table.get_by_role("columnheader").all_inner_texts() == ["Arrangement", "Når", "Hvor", "Status", "Handling"]
    assert page.get_by_role("rowheader", name="Treff i Bergen", exact=True).count() == 1
    page.context.close()


def test_many_columns_say_that_they_scroll_and_do_so_by_keyboard(browser: Browser, world: World) -> None:
    page = _open(browser, world, "register", width=360)
    frame = page.get_by_role("region", name="Uttrekk, det siste først")
    assert page.get_by_text("Dra den sidelengs").is_visible()
    frame.focus()
    page.keyboard.press("ArrowRight")
    until(page, "document.activeElement.scrollLeft > 0")
    page.context.close()


def test_every_rule_of_the_route_map_has_a_place(world: World) -> None:
    rules = {rule.rule for rule in world.app.url_map.iter_rules() if "GET" in (rule.methods or set())}
    known = {place.rule for place in PLACES} | NO_PAGE
    assert sorted(rules - known) == []
    assert sorted(known - rules - {""}) == []


def test_what_is_listed_as_no_page_is_none(world: World) -> None:
    client = world.app.test_client()
    plain = [rule for rule in NO_PAGE if "<" not in rule]
    assert [rule for rule in plain if client.get(rule).status_code == 200 and "html" in client.get(rule).mimetype] == []


def test_places_have_names_of_their_own() -> None:
    assert len({place.name for place in PLACES}) == len(PLACES)


@pytest.fixture
def control(browser: Browser) -> Iterator[Page]:
    with browser.new_context(viewport={"width": 320, "height": 800}) as context:
        page = context.new_page()
        page.set_content((Path(__file__).parent / "control.html").read_text(encoding="utf-8"))
        yield page


@pytest.mark.parametrize("rule", ["html-has-lang", "document-title", "image-alt", "color-contrast", "label"])
def test_control_axe_finds_the_planted_fault(control: Page, rule: str) -> None:
    assert any(fault.startswith(rule) for fault in axe_faults(control))


def test_control_the_wide_button_is_found(control: Page) -> None:
    assert any("wide on 320" in fault for fault in overflow_faults(control))


def test_control_the_small_targets_are_found(control: Page) -> None:
    assert len(target_faults(control)) >= 2


def test_control_the_missing_sign_of_focus_is_found(control: Page) -> None:
    assert any("no sign of focus" in fault for fault in keyboard_faults(control))
