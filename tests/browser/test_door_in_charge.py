"""Whom to fetch, on a real phone: with a number to ring, also offline, and another one soon after the change."""

from playwright.sync_api import Browser, Page, expect

from outreach.checkin.in_charge.in_charge import InCharge
from tests.browser.door_evening import (
    SOON_MS,
    Evening,
    expect_verdict,
    next_guest,
    on_the_phone,
    paired,
    phone,
    put_in_charge,
    type_code,
)

_FOREIGN = "https://andre.example/meny"
_FETCH = "Er du i tvil? Hent den som er ansvarlig"


def expect_told(page: Page, words: str) -> None:
    """Expect the words that a red light says of whom to fetch."""
    type_code(page, _FOREIGN)
    expect_verdict(page, "red", "Ikke vår kode")
    expect(page.locator("#verdict .door-fetch")).to_have_text(words)


def test_whom_to_fetch_is_told_and_rung_also_without_network(hall: Browser, evening: Evening) -> None:
    context = phone(hall)
    page = paired(context, evening.link("Hovedinngang"))
    help_line = page.locator("#help")
    expect_told(page, f"{_FETCH}.")
    next_guest(page)
    expect(help_line).to_be_hidden()
    put_in_charge(evening)
    expect(help_line).to_have_text("Trenger du hjelp? Hent den som er ansvarlig: Berit, 91 23 45 67", timeout=SOON_MS)
    on_the_phone(page)
    context.set_offline(True)
    page.reload()
    page.get_by_role("button", name="Start skanning").click(timeout=SOON_MS)
    expect_told(page, f"{_FETCH}: Berit, 91 23 45 67")
    number = page.locator("#verdict").get_by_role("link", name="91 23 45 67")
    expect(number).to_have_attribute("href", "tel:+4791234567")
    next_guest(page)
    context.set_offline(False)
    for person, words in ((InCharge("Ola"), ": Ola"), (InCharge("", "+4732789300"), ": 32 78 93 00")):
        put_in_charge(evening, person)
        expect(help_line).to_have_text(f"Trenger du hjelp? Hent den som er ansvarlig{words}", timeout=30_000)
    put_in_charge(evening, InCharge())
    expect(help_line).to_be_hidden(timeout=SOON_MS)


def test_a_green_light_names_nobody_and_a_ticket_of_no_list_leaves_no_doubt(hall: Browser, evening: Evening) -> None:
    put_in_charge(evening)
    page = paired(phone(hall), evening.link("Hovedinngang"))
    type_code(page, evening.codes["party"])
    expect_verdict(page, "green", "Velkommen inn")
    expect(page.locator("#verdict .door-fetch")).to_be_hidden()
    next_guest(page)
    page.context.route("**/api/door/v1/scans", lambda route: route.fulfill(status=503, json={"error": ""}))
    type_code(page, evening.codes["elsewhere"])
    expect_verdict(page, "red", "Ikke på lista")
    expect(page.locator("#verdict .door-doubt")).to_be_hidden()
    expect(page.locator("#verdict .door-fetch")).to_contain_text("Hent den som er ansvarlig: Berit, 91 23 45 67")
