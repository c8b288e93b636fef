"""What no picture shows: the walks without a script and without a mouse, the focus after a fault, and paper."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.live_server import make_app, serving
from tests.browser.pages import PLACES, context_of, go_to
from tests.browser.world import World, build_empty_world, odd_table

_BY_NAME = {place.name: place for place in PLACES}


@pytest.fixture
def keys(browser: Browser, world: World) -> Iterator[Page]:
    """Return a desk that is used by keyboard alone."""
    with context_of(browser, world, _BY_NAME["nytt-arrangement"], width=1280, language="nb") as desk:
        yield desk.new_page()


def test_an_organiser_makes_an_event_by_keyboard_alone(keys: Page) -> None:
    keys.goto("/admin/arrangementer/ny")
    _tab_to(keys, "input[name=title]")
    keys.keyboard.press("Control+a")
    keys.keyboard.type("Bare med tastatur")
    _tab_to(keys, "input[name=venue]")
    keys.keyboard.type("Modum bibliotek")
    _tab_to(keys, "button[value=draft]")
    keys.keyboard.press("Enter")
    expect(keys.get_by_role("status")).to_contain_text("Kladden er lagret")


@pytest.fixture
def new_desk(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """Return a desk of a municipality on its first day, used by keyboard alone."""
    app = make_app(tmp_path)
    with serving(app) as origin:
        place = _BY_NAME["nytt-uttrekk"]
        with context_of(browser, build_empty_world(app, origin), place, width=1280, language="nb") as desk:
            yield desk.new_page()


def test_an_organiser_brings_an_extract_by_keyboard_alone(new_desk: Page, world: World, tmp_path: Path) -> None:
    """Import, columns put right, what changes, accept: the page never needs a mouse."""
    keys, file = new_desk, tmp_path / "liste.csv"
    file.write_bytes(odd_table(Path(world.names["upload"]).read_bytes()))
    keys.goto("/admin/register/ny")
    with keys.expect_file_chooser() as chooser:
        _tab_to(keys, "input[type=file]")
        keys.keyboard.press("Enter")
    chooser.value.set_files(file)
    _tab_to(keys, "main form button[type=submit]")
    keys.keyboard.press("Enter")
    expect(keys.get_by_role("heading", level=1)).to_have_text("Kolonner og tegnsett")
    expect(keys.get_by_text("Filen mangler kolonner vi må ha")).to_be_visible()
    for column, word in (("column_1", "Etternavn"), ("column_5", "Gateadresse")):
        _tab_to(keys, f"select[name={column}]")
        keys.keyboard.type(word)
    _tab_to(keys, "button[value=read]")
    keys.keyboard.press("Enter")
    expect(keys.get_by_role("heading", level=1)).to_have_text("Se over uttrekket")
    _tab_to(keys, "main details summary")
    keys.keyboard.press("Enter")
    expect(keys.locator("details[open] table")).to_be_visible()
    _tab_to(keys, "form[action$='/godta'] button")
    keys.keyboard.press("Enter")
    expect(keys.get_by_role("heading", level=1)).to_have_text("Uttrekket er lest inn")


def test_an_organiser_composes_a_segment_and_uses_it_by_keyboard_alone(keys: Page) -> None:
    keys.goto("/admin/utvalg")
    _press(keys, "main a.ds-button")
    _tick(keys, "age")
    for field, number in (("age_youngest", "18"), ("age_oldest", "45")):
        _tab_to(keys, f"input[name={field}]")
        keys.keyboard.type(number)
    _tick(keys, "children")
    for field, number in (("children_youngest", "0"), ("children_oldest", "12")):
        _tab_to(keys, f"input[name={field}]")
        keys.keyboard.type(number)
    _press(keys, "button[value=count]")
    expect(keys.get_by_role("status")).to_contain_text("Fyller 18 til 45 år")
    people = keys.locator(".figures dd").first.inner_text()
    assert int(people) > 0
    _tab_to(keys, "input[name=name]")
    keys.keyboard.type("Unge familier")
    _press(keys, "button[value=save]")
    expect(keys.get_by_role("heading", level=1)).to_have_text("Unge familier")
    _press(keys, "main a[href*='/admin/arrangementer/ny-i-modum-2026/malgruppe']")
    expect(keys.get_by_role("radio", name="Unge familier")).to_be_checked()
    assert keys.locator(".figures dd").first.inner_text() == people
    _press(keys, "main form[method=post] button[type=submit]")
    expect(keys.get_by_role("status")).to_contain_text("nye invitasjoner er laget")


# Where letters that came back are taken in one after another, the field for the next keeps the focus.
_WITHOUT_SUMMARY = {"brev-i-retur-feil"}
_FAULTS = [place.name for place in PLACES if place.name.endswith("-feil") and place.act]


@pytest.mark.parametrize("name", [name for name in _FAULTS if name not in _WITHOUT_SUMMARY])
def test_a_fault_takes_the_focus_and_marks_the_title(browser: Browser, world: World, name: str) -> None:
    with context_of(browser, world, _BY_NAME[name], width=320, language="nb") as context:
        page = context.new_page()
        go_to(page, world, _BY_NAME[name])
        assert page.title().startswith("Feil: ")
        assert "ds-error-summary" in str(page.evaluate("document.activeElement.className"))
        words = [link.inner_text() for link in page.locator(".ds-error-summary a").all()]
        beside = [fault.inner_text() for fault in page.locator(".ds-validation-message").all()]
        assert set(words) == set(beside)


def test_the_skip_link_comes_first_and_leads_to_the_content(keys: Page) -> None:
    keys.goto("/admin/arrangementer")
    keys.keyboard.press("Tab")
    assert keys.evaluate("document.activeElement.textContent") == "Hopp til innholdet"
    keys.keyboard.press("Enter")
    keys.keyboard.press("Tab")
    assert keys.evaluate("document.activeElement.closest('main') !== null")


def test_a_ticket_on_paper_keeps_qr_and_code_and_leaves_the_frame_out(browser: Browser, world: World) -> None:
    with context_of(browser, world, _BY_NAME["billett"], width=800, language="nb") as context:
        page = context.new_page()
        go_to(page, world, _BY_NAME["billett"])
        page.emulate_media(media="print")
        expect(page.locator(".qr svg")).to_be_visible()
        expect(page.locator(".code-box")).to_be_visible()
        expect(page.locator("footer")).to_be_hidden()
        expect(page.locator(".actions")).to_be_hidden()


def _press(page: Page, selector: str) -> None:
    """Tab to what `selector` names, press Enter and wait for the page that follows."""
    _tab_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def _tick(page: Page, name: str) -> None:
    """Tab to a box and tick it."""
    _tab_to(page, f"input[type=checkbox][name={name}]")
    page.keyboard.press("Space")


def _tab_to(page: Page, selector: str) -> None:
    """Press Tab until what `selector` names has the focus."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab never reaches {selector}")
