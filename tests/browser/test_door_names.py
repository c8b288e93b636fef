"""Names on the phone in a real browser: locked until the shift's PIN is typed, and nowhere in what the phone keeps."""

import json
from base64 import urlsafe_b64decode
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from playwright.sync_api import Browser, Page, expect

from outreach import clock
from outreach.audit.actor import COMMAND
from outreach.checkin.crowd.service import crowd_of
from outreach.checkin.names import service as names
from outreach.checkin.names import shift_pin as shift_pins
from outreach.checkin.names.name_index import LABEL
from outreach.checkin.names.shift_pin import key_of, printed, shift_pin
from outreach.checkin.paper.printing.service import list_file
from outreach.checkin.paper.service import make_list
from outreach.checkin.rehearsal import service as rehearsing
from outreach.checkin.rehearsal.guests import GUESTS, shown_code
from outreach.database import db
from tests.browser.door_evening import (
    SOON_MS,
    Evening,
    everything_kept,
    expect_verdict,
    names_on,
    next_guest,
    open_names,
    paired,
    phone,
    put_in_charge,
    strings_of,
    type_code,
)
from tests.browser.page_checks import axe_faults, overflow_faults, target_faults
from tests.factories.checkin import opened_names
from tests.thoroughness import WHOLE


def test_a_guest_is_found_by_name_after_the_pin_also_without_network(hall: Browser, evening: Evening) -> None:
    pin = names_on(evening)
    context = phone(hall, bypass_csp=True)
    page = paired(context, evening.link("Hovedinngang"))
    open_names(page, pin[:-1])
    expect(page.get_by_role("alert")).to_contain_text("Det mangler noen")
    faults = [*axe_faults(page), *overflow_faults(page), *target_faults(page)]
    context.set_offline(True)
    open_again = page.get_by_role("button", name="Åpne navnene")
    page.get_by_label("PIN-koden for vakten").fill(shift_pin(bytes(32)))
    open_again.click()
    expect(page.get_by_role("alert")).to_contain_text("Be den som er ansvarlig om den nyeste", timeout=SOON_MS)
    page.get_by_label("PIN-koden for vakten").fill(printed(pin))
    open_again.click()
    search = page.get_by_label("Begynnelsen av fornavnet eller etternavnet")
    search.fill("bjor li", timeout=SOON_MS)
    expect(page.locator("[data-put=names-count]")).to_contain_text("Treff: 1.")
    faults += [*axe_faults(page), *overflow_faults(page), *target_faults(page)]
    assert faults == []
    page.get_by_role("button", name="Åse Lien, Bjørn Lien 2 personer").click()
    expect(page.locator("[data-put=verdict-needs]")).to_have_text("Trenger plass til rullestol.")
    expect(page.locator("[data-put=party-count]")).to_have_text("2 personer")
    next_guest(page)
    open_names_again(page)
    page.get_by_label("Begynnelsen av fornavnet eller etternavnet").fill("åse")
    page.get_by_role("button", name="Åse Lien").click()
    expect_verdict(page, "red", "Allerede inne")
    next_guest(page)
    context.set_offline(False)
    expect(page.locator("[data-put=unsent]")).to_have_text("0", timeout=30_000)
    assert evening.scans() == [("Hovedinngang", "in", 2)] * 2


def open_names_again(page: Page) -> None:
    page.get_by_role("button", name="Finn på navn").click()


@pytest.fixture
def stretched_less(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stretch the PIN less: each of many words is tried, and takes long as it is. FULL_MATRIX=1 tries them so."""
    if not WHOLE:
        for module in (shift_pins, names):
            monkeypatch.setattr(module, "STRETCHED", 1000)


@pytest.mark.usefixtures("stretched_less")
def test_what_the_phone_keeps_opens_no_name(hall: Browser, evening: Evening) -> None:
    """After a search, everything the page keeps is tried as PIN and as key. The control: the real PIN opens it."""
    pin = names_on(evening)
    put_in_charge(evening)
    page = paired(phone(hall), evening.link("Hovedinngang"))
    open_names(page, pin)
    page.get_by_label("Begynnelsen av fornavnet eller etternavnet").fill("åse", timeout=SOON_MS)
    expect(page.locator("[data-put=names-count]")).to_contain_text("Treff: 1.")
    expect(page.locator("#help")).to_contain_text("Berit", timeout=SOON_MS)
    kept = everything_kept(page)
    text = json.dumps(kept, ensure_ascii=False)
    told = ("Lien", "Åse", "Bjørn", pin, printed(pin), "Berit", "91234567", "91\u00a023", "91 23")
    assert [one for one in told if one in text] == []
    index = next(one for one in kept["indexedDB"]["kv"] if isinstance(one, dict) and "iterations" in one)
    assert "Lien" in opened_names(index, pin).decode()
    words = {one for one in strings_of(kept) if len(one) <= 64}
    assert len(words) > 20
    assert [one for one in words if opens(index, one)] == []
    page.reload()
    page.get_by_role("button", name="Start skanning").click(timeout=SOON_MS)
    open_names_again(page)
    expect(page.get_by_label("PIN-koden for vakten")).to_be_visible()
    expect(page.locator("#name-search")).to_be_hidden()


def opens(index: dict[str, Any], word: str) -> bool:
    """Say whether `word` opens the names: as a PIN, or as the key itself."""
    salt, raw = (urlsafe_b64decode(index[name] + "==") for name in ("salt", "sealed"))
    keys = [key_of(word, salt)]
    with suppress(ValueError):  # what is no base64url is no key
        keys += [given for given in [urlsafe_b64decode(word + "==")] if len(given) == 32]
    for key in keys:
        try:
            AESGCM(key).decrypt(raw[:12], raw[12:], LABEL)
        except InvalidTag:
            continue
        return True
    return False


def test_a_rehearsal_says_so_on_every_screen_and_counts_nothing(hall: Browser, evening: Evening) -> None:
    with evening.app.app_context():
        opened = rehearsing.begin(evening.event, door="Øvelse", actor=COMMAND, now=clock.now_utc())
        code = shown_code(GUESTS[1], evening.event.id, rehearsing.code_for)
        db.session.commit()
    page = paired(phone(hall, bypass_csp=True), f"{evening.origin}/door/#{opened.secret}")
    banner = page.locator("[data-put=rehearsal]:visible")
    expect(banner).to_have_text("Øvelse: gjestene er oppdiktet")
    type_code(page, code)
    expect_verdict(page, "green", "Velkommen inn")
    expect(banner).to_have_count(2)
    assert [*axe_faults(page), *overflow_faults(page), *target_faults(page)] == []
    next_guest(page)
    expect(page.locator("[data-put=unsent]")).to_have_text("0", timeout=SOON_MS)
    expect(page.locator("[data-put=inside]")).to_have_text("5", timeout=SOON_MS)
    with evening.app.app_context():
        assert crowd_of(evening.event.id).arrived == 0


def test_the_locked_list_opens_in_a_browser_without_network(hall: Browser, evening: Evening, tmp_path: Path) -> None:
    pin = names_on(evening)
    with evening.app.test_request_context():
        make_list(evening.event, actor=COMMAND, now=clock.now_utc())
        db.session.commit()
        file = tmp_path / "gjesteliste.html"
        file.write_text(list_file(evening.event), encoding="utf-8")
    context = hall.new_context(locale="nb-NO", viewport={"width": 360, "height": 740}, bypass_csp=True, offline=True)
    page = context.new_page()
    page.goto(file.as_uri())
    faults = [*axe_faults(page), *overflow_faults(page), *target_faults(page)]
    page.get_by_label("PIN-koden for vakten").fill(shift_pin(bytes(32)))
    page.get_by_role("button", name="Åpne lista").click()
    expect(page.get_by_role("alert")).to_contain_text("Be arrangøren om den.", timeout=SOON_MS)
    page.get_by_label("PIN-koden for vakten").fill(printed(pin))
    page.get_by_role("button", name="Åpne lista").click()
    page.get_by_label("Søk etter navn").fill("bjørn", timeout=SOON_MS)
    expect(page.get_by_role("cell", name="Lien, Åse; Bjørn Lien")).to_be_visible()
    assert [*faults, *axe_faults(page), *overflow_faults(page), *target_faults(page)] == []
