"""An evening with a door for a real browser: an event with tickets, phones that pair, and what one does on them."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect
from playwright.sync_api import Error as PlaywrightError
from sqlalchemy import select

from outreach import clock
from outreach.audit.actor import COMMAND
from outreach.checkin.choices import service as choosing
from outreach.checkin.choices.queries import choices_of
from outreach.checkin.in_charge.in_charge import InCharge
from outreach.checkin.models import Scan
from outreach.checkin.names.service import pin_of
from outreach.database import db
from outreach.rsvp.answer import NeedKind, NeedWish
from tests.browser.chromium import launched
from tests.browser.door_camera import write_stream
from tests.browser.live_server import make_app, serving
from tests.conftest import NOW
from tests.factories.checkin import code_of, make_event, make_ticket, pairing_secret
from tests.factories.rsvp import answer_for, give_answer, make_household

_CAMERA = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
SOON_MS = 15_000
BERIT = InCharge("Berit", "+4791234567")
# A phone whose program is at fault: it calls an admission by a word that the server does not know.
AT_FAULT = """
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (value, ...key) {
    if (this.name === 'queue' && value.persons === 5) value.kind = 'unheard';
    return put.call(this, value, ...key);
  };
"""
_SHIFT = """(() => {
  const ahead = %d, Machine = Date;
  globalThis.Date = class extends Machine {
    constructor(...given) { super(...(given.length ? given : [Machine.now() + ahead])); }
    static now() { return Machine.now() + ahead; }
  };
})()"""


@dataclass
class Evening:
    """The application, served at `origin`, and the code of each kind of ticket."""

    app: Flask
    origin: str
    event: Any
    codes: dict[str, str]

    def link(self, door: str) -> str:
        """Return the pairing link of a new door."""
        with self.app.app_context():
            return f"{self.origin}/door/#{pairing_secret(self.event, door)}"

    def scans(self) -> list[tuple[str, str, int]]:
        """Return (door, kind, persons) of each stored scan, in order of the phones' counters."""
        with self.app.app_context():
            rows = db.session.execute(select(Scan.door, Scan.kind, Scan.persons).order_by(Scan.counter, Scan.scan_id))
            return [tuple(row) for row in rows]


@contextmanager
def an_evening(folder: Path) -> Iterator[Evening]:
    """Serve an application with one event and its tickets while the block runs; its database is in `folder`."""
    app = make_app(folder)
    with app.app_context():
        event = make_event()
        elsewhere = make_event(slug="annet")
        party = make_ticket(event, persons=5)
        codes = {
            "camera": code_of(make_ticket(event)),
            "single": code_of(make_ticket(event)),
            "party": code_of(party),
            "revoked": code_of(make_ticket(event, state="revoked")),
            "replaced": code_of(make_ticket(event, generation=2), 1),
            "elsewhere": code_of(make_ticket(elsewhere)),
        }
        db.session.expunge_all()
    with serving(app) as origin:
        yield Evening(app, origin, event, codes)


def browser_that_sees(browser: Browser, folder: Path, text: str) -> Iterator[Browser]:
    """Yield a browser whose camera sees the QR of `text` now and then, or with an empty text only the hall."""
    stream = write_stream(folder / ("ticket.mjpeg" if text else "hall.mjpeg"), text)
    chromium = launched(browser.browser_type, *_CAMERA, f"--use-file-for-fake-video-capture={stream}")
    yield chromium
    chromium.close()


def phone(browser: Browser, **options: Any) -> BrowserContext:
    """Return a phone of 360 pixels that lets the page use its camera."""
    return browser.new_context(
        locale="nb-NO", permissions=["camera"], viewport={"width": 360, "height": 740}, **options
    )


def on_our_clock(context: BrowserContext) -> BrowserContext:
    """Have the clock of the phone show what the application's shows now, and go on from there."""
    ahead = clock.now_utc() - datetime.now(UTC)
    context.add_init_script(_SHIFT % round(ahead.total_seconds() * 1000))
    return context


def paired(context: BrowserContext, link: str, *, start: bool = True) -> Page:
    """Return the app paired by `link`, scanning or ready to."""
    page = context.new_page()
    page.goto(link)
    page.get_by_label("Hva skal telefonen hete?").fill("Kari")
    page.get_by_role("button", name="Koble til").click()
    expect(page.get_by_role("heading", name="Klar til å skanne")).to_be_visible(timeout=SOON_MS)
    if start:
        page.get_by_role("button", name="Start skanning").click()
    return page


def until(page: Page, claim: str) -> None:
    """Wait until `claim`, a JavaScript expression or function, is true, also while the page is loaded anew.

    The page's policy forbids what Playwright's own `wait_for_function` does.
    """
    ends = time.monotonic() + 4 * SOON_MS / 1000
    while time.monotonic() < ends:
        with suppress(PlaywrightError):  # the page was left while it was asked
            if page.evaluate(claim):
                return
        page.wait_for_timeout(100)
    raise AssertionError(f"not true in time: {claim}")


def put_in_charge(evening: Evening, person: InCharge = BERIT) -> None:
    """Have phones say that `person` is to be fetched."""
    with evening.app.app_context():
        choosing.put_in_charge(evening.event, person, actor=COMMAND, now=clock.now_utc())
        db.session.commit()


def names_on(evening: Evening) -> str:
    """Have a family come that needs room for a wheelchair, let phones search names, and return the PIN."""
    with evening.app.app_context():
        invitation = make_household(evening.event, ("Åse", "Bjørn"))
        needs = (NeedWish(NeedKind.WHEELCHAIR, ""),)
        clock.set_clock(lambda: NOW)  # answers were given while they could be
        give_answer(invitation, answer_for(invitation, True, True, needs=needs))
        clock.set_clock(None)
        choosing.search_names(evening.event, is_on=True, actor=COMMAND, now=clock.now_utc())
        choosing.tell_needs(evening.event, ["wheelchair"], actor=COMMAND, now=clock.now_utc())
        db.session.commit()
        return pin_of(evening.event.id, choices_of(evening.event.id))


def open_names(page: Page, pin: str) -> None:
    """Open the search by name with the shift's PIN."""
    page.get_by_role("button", name="Finn på navn").click(timeout=SOON_MS)
    page.get_by_label("PIN-koden for vakten").fill(pin)
    page.get_by_role("button", name="Åpne navnene").click()


def on_the_phone(page: Page) -> None:
    """Wait until the app is kept on the phone, so that it opens without network."""
    until(page, "navigator.serviceWorker.controller !== null")


def type_code(page: Page, code: str) -> None:
    """Type a code instead of scanning it."""
    page.get_by_label("Eller skriv koden på billetten").fill(code)
    page.get_by_role("button", name="Sjekk koden").click()


def type_code_in(page: Page, code: str) -> None:
    """Type a code, whatever the language of the page, and wait for its verdict."""
    page.locator("#typed-code").fill(code)
    page.locator("#type-form button").click()
    expect(page.locator("#verdict")).to_be_visible(timeout=SOON_MS)


def type_as_scanner(page: Page, code: str) -> None:
    """Press the keys of `code` and Enter ten milliseconds apart, as a scanner does, however slow this machine is."""
    keys = page.context.new_cdp_session(page)
    begun = time.time()
    for number, key in enumerate([*code, "Enter"]):
        pressed = {"key": key, "text": key if len(key) == 1 else "\r", "timestamp": begun + number / 100}
        keys.send("Input.dispatchKeyEvent", {"type": "keyDown", **pressed})
        keys.send("Input.dispatchKeyEvent", {"type": "keyUp", **pressed})
    keys.detach()


def expect_verdict(page: Page, light: str, title: str) -> None:
    """Wait for a verdict of this light with this title."""
    expect(page.locator("#verdict")).to_have_attribute("data-light", light, timeout=SOON_MS)
    expect(page.locator("#verdict-title")).to_have_text(title)
    if light != "green":  # green goes away by itself
        expect(page.locator("#verdict")).to_be_visible()


def next_guest(page: Page) -> None:
    """Take the verdict away, unless it has gone by itself; the next one is not taken for it."""
    page.evaluate("document.getElementById('verdict-next').click()")
    expect(page.locator("#verdict")).to_be_hidden()
    page.evaluate("delete document.getElementById('verdict').dataset.light")


def everything_kept(page: Page) -> dict[str, Any]:
    """Return all that the page keeps on the phone: database, caches, local and session storage, cookies it can read."""
    kept: dict[str, Any] = page.evaluate(_EVERYTHING)
    return kept


def strings_of(value: Any) -> Iterator[str]:
    """Yield every text in `value`, and every number as text."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield from (key, *strings_of(one))
    elif isinstance(value, list):
        for one in value:
            yield from strings_of(one)
    elif value is not None:
        yield str(value)


_EVERYTHING = """async () => {
  const answer = (asked) => new Promise((resolve) => { asked.onsuccess = () => resolve(asked.result); });
  const database = await answer(indexedDB.open('treffpunkt-door'));
  const stores = {};
  for (const name of database.objectStoreNames) {
    stores[name] = await answer(database.transaction(name).objectStore(name).getAll());
  }
  database.close();
  const cached = [];
  for (const name of await caches.keys()) {
    for (const request of await (await caches.open(name)).keys()) cached.push(request.url);
  }
  return {
    indexedDB: stores, caches: cached, local: { ...localStorage }, session: { ...sessionStorage },
    cookies: document.cookie, title: document.title, address: location.href,
  };
}"""
