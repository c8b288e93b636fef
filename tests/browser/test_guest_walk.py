"""A family answers on a narrow phone without JavaScript: from the code in the letter to the ticket at the door."""

from io import BytesIO

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page

from outreach.events.queries import by_slug
from outreach.formats.short_code import grouped
from tests.browser.world import World
from tests.factories.rsvp import make_household, token_of


@pytest.fixture
def code(world: World) -> str:
    """Return the code of a household of three that nobody else in these tests uses."""
    world.forget_attempts()
    with world.app.app_context():
        return token_of(make_household(by_slug(world.names["slug"])))


@pytest.fixture
def phone(browser: Browser, world: World) -> Page:  # type: ignore[misc]
    context = browser.new_context(
        base_url=world.origin, java_script_enabled=False, locale="nb", viewport={"width": 360, "height": 740}
    )
    yield context.new_page()
    context.close()


def _open_with(phone: Page, code: str) -> None:
    phone.goto("/svar")
    phone.locator("input[name=code]").fill(grouped(code).lower())
    phone.locator("main button[type=submit]").click()


def test_from_the_code_to_the_ticket_and_back_to_cancel(phone: Page, code: str) -> None:
    _open_with(phone, code)
    assert "Åse, Bjørn og Emma" in phone.inner_text("main")
    phone.get_by_role("link", name="Svar på invitasjonen").click()

    people = phone.locator("fieldset.person")
    people.nth(0).get_by_label("Ja").check()
    people.nth(2).get_by_label("Ja").check()
    assert not phone.get_by_label("Hva tåler dere ikke?").is_visible()
    phone.get_by_label("Allergi").check()
    phone.get_by_label("Hva tåler dere ikke?").fill("nøtter")
    phone.get_by_role("button", name="Gå videre").click()

    assert phone.title().startswith("Feil: ")
    phone.get_by_role("link", name="Velg om Bjørn kommer eller ikke.").click()
    assert phone.url.endswith("#person_2_yes")
    assert people.nth(0).get_by_label("Ja").is_checked()
    assert phone.get_by_label("Hva tåler dere ikke?").input_value() == "nøtter"
    people.nth(1).get_by_label("Nei").check()
    phone.get_by_label("E-post").fill("ase@eksempel.example")
    phone.get_by_role("button", name="Gå videre").click()

    assert "Allergi: nøtter" in phone.inner_text("main")
    phone.get_by_role("button", name="Endre e-post").click()
    assert phone.get_by_label("E-post").input_value() == "ase@eksempel.example"
    phone.get_by_label("Antall andre barn som blir med").fill("1")
    phone.get_by_role("button", name="Gå videre").click()
    phone.get_by_role("button", name="Meld på 3 personer").click()
    assert "Velkommen! Dere er påmeldt." in phone.inner_text("h1")

    phone.get_by_role("link", name="Vis billetten").click()
    assert "Gjelder 3 personer" in phone.inner_text("main")
    assert "Åse" not in phone.inner_text("main")
    picture = Image.open(BytesIO(phone.locator(".qr").screenshot())).convert("L")
    (seen,) = zxingcpp.read_barcodes(picture)
    assert phone.url.rpartition("/")[2] == seen.text.rpartition("/")[2]

    _open_with(phone, code)
    phone.get_by_role("link", name="Meld avbud").click()
    phone.get_by_role("button", name="Ja, meld avbud").click()
    assert "Dere har meldt avbud" in phone.inner_text("h1")


def test_one_tap_says_that_nobody_can_come(phone: Page, code: str) -> None:
    _open_with(phone, code)
    phone.get_by_role("button", name="Ingen av oss kan komme").click()
    assert phone.inner_text("h1") == "Takk for svaret"


def test_the_whole_form_can_be_answered_by_keyboard(browser: Browser, world: World, code: str) -> None:
    with browser.new_context(base_url=world.origin, locale="nb", viewport={"width": 360, "height": 740}) as context:
        page = context.new_page()
        page.goto(f"/i/{code}/svar")
        page.locator("#person_1_yes").focus()
        for key in ("Space", "Tab", "Space", "Tab", "Space"):
            page.keyboard.press(key)
        page.keyboard.press("Enter")
        page.wait_for_url("**/svar")
        assert "Meld på 3 personer" in page.inner_text("main")
        page.get_by_role("button", name="Meld på 3 personer").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/takk")
