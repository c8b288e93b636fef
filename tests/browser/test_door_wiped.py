"""A phone that is let go, or whose shift is ended, holds nothing of the guests any more; what was not sent stays."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from outreach import clock
from outreach.audit.actor import COMMAND
from outreach.checkin import service
from outreach.checkin.evening import service as evenings
from outreach.checkin.models import DoorDevice
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

# By name: what the phone keeps of guests and of who is in charge, sealed or not. `shift` and what the phone is set to
# are none of theirs.
_OF_GUESTS = {"roster", "changes_version", "headcount", "places", "last", "names", "revoked", "in_charge"}
_KEYS = """async () => {
  const answer = (asked) => new Promise((resolve) => { asked.onsuccess = () => resolve(asked.result); });
  const database = await answer(indexedDB.open('treffpunkt-door'));
  const keys = await answer(database.transaction('kv').objectStore('kv').getAllKeys());
  database.close();
  return keys;
}"""


def _at_work(hall: Browser, evening: Evening) -> Page:
    """Return the app in the middle of a shift: names are open, a party came in, somebody was turned away."""
    pin = names_on(evening)
    put_in_charge(evening)
    page = paired(phone(hall), evening.link("Hovedinngang"))
    open_names(page, pin)
    page.get_by_label("Begynnelsen av fornavnet eller etternavnet").fill("åse", timeout=SOON_MS)
    expect(page.locator("[data-put=names-count]")).to_contain_text("Treff: 1.")
    page.get_by_role("button", name="Tilbake til skanneren").click()
    for code, light, title in (("party", "green", "Velkommen inn"), ("revoked", "red", "Avmeldt")):
        type_code(page, evening.codes[code])
        expect_verdict(page, light, title)
        next_guest(page)
    expect(page.locator("[data-put=unsent]")).to_have_text("0", timeout=SOON_MS)
    expect(page.locator("[data-put=inside]")).to_have_text("5", timeout=SOON_MS)
    expect(page.locator("#help")).to_contain_text("Berit", timeout=SOON_MS)
    kept = everything_kept(page)
    assert kept["indexedDB"]["lines"]
    assert kept["indexedDB"]["inside"]
    assert set(page.evaluate(_KEYS)) >= _OF_GUESTS, "else this test would find nothing whatever is kept"
    return page


def _of_guests(page: Page, before: dict[str, Any]) -> list[str]:
    """Return what the phone still holds that was of guests at `before`, in words; empty when there is nothing."""
    kept = everything_kept(page)
    stores = [f"store {name}" for name, rows in kept["indexedDB"].items() if rows and name != "kv"]
    keys = [f"value {key}" for key in page.evaluate(_KEYS) if key in _OF_GUESTS]
    places = [f"{name} {kept[name]}" for name in ("local", "session", "cookies") if kept[name]]
    calls = [url for url in kept["caches"] if "/api/" in url]
    told = set(_told_of_guests(before)) & set(strings_of(kept))
    return [*stores, *keys, *places, *calls, *sorted(told)]


def _told_of_guests(kept: dict[str, Any]) -> Iterator[str]:
    """Yield each long text that the phone held of guests: entries, sealed lines, the sealed names, the list's salt."""
    stores = kept["indexedDB"]
    of_guests = [one for one in stores["kv"] if isinstance(one, dict) and {"salt", "iterations"} & set(one)]
    for value in (*stores["lines"], *stores["inside"], *of_guests):
        yield from (text for text in strings_of(value) if len(text) > 20)


def _let_go(evening: Evening) -> None:
    with evening.app.app_context():
        device = db.session.scalars(select(DoorDevice)).one()
        service.let_go(device, actor=COMMAND, now=clock.now_utc())
        db.session.commit()


def _close(evening: Evening) -> None:
    with evening.app.app_context():
        assert evenings.close_evening(evening.event, actor=COMMAND, now=clock.now_utc()) == 1
        db.session.commit()


@pytest.mark.parametrize("end", [_let_go, _close], ids=["let go", "evening closed"])
def test_a_phone_that_is_let_go_keeps_nothing_of_guests(
    hall: Browser, evening: Evening, end: Callable[[Evening], None]
) -> None:
    page = _at_work(hall, evening)
    before = everything_kept(page)
    assert len(set(_told_of_guests(before))) > 10
    end(evening)
    expect(page.get_by_role("heading", name="Telefonen er koblet fra")).to_be_visible(timeout=SOON_MS)
    _expect_wiped(page, before)
    assert "shift" in page.evaluate(_KEYS), "what waits goes to its event"


def test_a_shift_that_is_ended_leaves_nothing_of_guests(hall: Browser, evening: Evening) -> None:
    page = _at_work(hall, evening)
    before = everything_kept(page)
    page.get_by_role("button", name="Avslutt vakten").click()
    expect(page.get_by_role("heading", name="Telefonen er ikke koblet til en dør")).to_be_visible(timeout=SOON_MS)
    _expect_wiped(page, before)
    assert "shift" not in page.evaluate(_KEYS)
    assert "Berit" not in page.content()


def _expect_wiped(page: Page, before: dict[str, Any]) -> None:
    """Expect nothing of guests on the phone within two seconds of the words, and none that comes back after them."""
    for _ in range(20):
        if not _of_guests(page, before):
            break
        page.wait_for_timeout(100)
    page.wait_for_timeout(1500)  # phones ask each second
    assert _of_guests(page, before) == []
