"""A family answers on a narrow phone without JavaScript: from the code in the letter to the ticket at the door."""

import re
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, expect

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


def _go_on(phone: Page) -> None:
    phone.get_by_role("button", name="Gå videre").click()


def test_from_the_code_to_the_ticket_and_back_to_cancel(phone: Page, code: str) -> None:
    _open_with(phone, code)
    expect(phone.locator("main")).to_contain_text("Åse, Bjørn og Emma")
    phone.get_by_role("link", name="Svar på invitasjonen").click()

    people = phone.locator("fieldset.person")
    people.nth(0).get_by_label("Ja").check()
    people.nth(2).get_by_label("Ja").check()
    _go_on(phone)
    expect(phone).to_have_title(re.compile("^Feil: "))
    phone.get_by_role("link", name="Velg om Bjørn kommer eller ikke.").click()
    expect(phone).to_have_url(re.compile("#person_2_yes$"))
    expect(people.nth(0).get_by_label("Ja")).to_be_checked()
    people.nth(1).get_by_label("Nei").check()
    _go_on(phone)

    expect(phone.locator("h1")).to_contain_text("Trenger noen av dere noe?")
    expect(phone.get_by_label("Bjørn")).to_have_count(0)
    phone.get_by_label("Emma").check()
    _go_on(phone)
    expect(phone.locator("h1")).to_contain_text("Hva trenger Emma?")
    expect(phone.get_by_label("Allergi mot hva?")).to_be_hidden()
    phone.get_by_label("Allergi", exact=True).check()
    phone.get_by_label("Allergi mot hva?").fill("nøtter")
    _go_on(phone)
    phone.get_by_label("E-post").fill("ase@eksempel.example")
    phone.get_by_role("button", name="Tilbake").click()
    expect(phone.get_by_label("Allergi mot hva?")).to_have_value("nøtter")
    _go_on(phone)
    expect(phone.get_by_label("E-post")).to_have_value("ase@eksempel.example")
    _go_on(phone)

    expect(phone.locator("main")).to_contain_text("Emma: Allergi (nøtter)")
    phone.get_by_role("button", name="Endre hvem som kommer").click()
    phone.get_by_label("Barn 0–5 år").fill("1")
    _go_on(phone)
    expect(phone.locator("h1")).to_contain_text("Trenger noen av dere noe?")
    expect(phone.get_by_label("Emma")).to_be_checked()
    _go_on(phone)
    expect(phone.get_by_label("Allergi mot hva?")).to_have_value("nøtter")
    _go_on(phone)
    phone.get_by_role("button", name="Meld på 3 personer").click()
    expect(phone.locator("h1")).to_contain_text("Velkommen! Dere er påmeldt.")

    phone.get_by_role("link", name="Vis billetten").click()
    expect(phone.locator("main")).to_contain_text("Gjelder 3 personer")
    expect(phone.locator("main")).not_to_contain_text("Åse")
    picture = Image.open(BytesIO(phone.locator(".qr").screenshot())).convert("L")
    (seen,) = zxingcpp.read_barcodes(picture)
    assert phone.url.rpartition("/")[2] == seen.text.rpartition("/")[2]

    _open_with(phone, code)
    phone.get_by_role("link", name="Meld avbud").click()
    phone.get_by_role("button", name="Ja, meld avbud").click()
    expect(phone.locator("h1")).to_contain_text("Dere har meldt avbud")


def test_one_tap_says_that_nobody_can_come(phone: Page, code: str) -> None:
    _open_with(phone, code)
    phone.get_by_role("button", name="Ingen av oss kan komme").click()
    expect(phone.locator("h1")).to_have_text("Takk for svaret")
