"""The phones of the proof with real browsers: each a Chromium with a profile and a camera of its own.

What a volunteer does on one, how it loses its power, and what a byte search finds of guests on its disk afterwards.
"""

import os
import signal
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, Playwright, expect
from playwright.sync_api import TimeoutError as TookTooLongError

from outreach.tickets.ticket import qr_payload
from tests.browser.chromium import FLAGS, browser_path
from tests.browser.door_camera import write_streams

DOORS = ("Nord", "Sør", "Øst")
PLANTED = "Kanarifuglplanta"
_CAMERA = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]


@dataclass
class Phone:
    """One browser with a profile and a camera of its own."""

    playwright: Playwright
    folder: Path
    door: str
    stream: Path
    context: BrowserContext | None = None
    page: Page | None = None

    def open(self, address: str) -> Page:
        """Start the browser at `address`."""
        self.context = self.playwright.chromium.launch_persistent_context(
            str(self.folder),
            executable_path=browser_path(),
            headless=True,
            args=[*FLAGS, *_CAMERA, f"--use-file-for-fake-video-capture={self.stream}"],
            locale="nb-NO",
            permissions=["camera"],
            viewport={"width": 360, "height": 740},
        )
        self.page = self.context.new_page()
        self.page.goto(address)
        return self.page

    def kill(self) -> None:
        """Kill the browser as a phone that loses power: by the id of its own process."""
        os.kill(_process_of(self.folder), signal.SIGKILL)

    def close(self) -> None:
        """Close the browser, so that everything is on the disk."""
        if self.context:
            self.context.close()


def _process_of(folder: Path) -> int:
    wanted = f"--user-data-dir={folder}".encode()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                arguments = (entry / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue  # it ended meanwhile
            if wanted in arguments and not any(argument.startswith(b"--type=") for argument in arguments):
                return int(entry.name)
    raise RuntimeError("the browser's process is not there")


def pair(phone: Phone, link: str) -> None:
    """Pair at the door of `link` and begin to scan."""
    page = phone.open(link)
    page.get_by_label("Hva skal telefonen hete?").fill(f"Telefon {phone.door}")
    page.get_by_role("button", name="Koble til").click()
    start(page)


def start(page: Page) -> None:
    """Begin to scan. Raises RuntimeError with what the phone lacks when it is not ready within a minute."""
    try:
        page.get_by_role("button", name="Start skanning").click(timeout=60_000)
    except TookTooLongError:
        raise RuntimeError(f"a phone is not ready: {page.locator('.door-checks').inner_text()}") from None


def look_up(page: Page, pin: str) -> None:
    """Open the names and find somebody, so that they have been in the browser's memory."""
    expect(page.locator("#names-open")).to_be_visible(timeout=60_000)
    press(page, "names-open")
    press(page, "verdict-next")  # the camera may have read a code just before
    page.get_by_label("PIN-koden for vakten").fill(pin)
    page.get_by_role("button", name="Åpne navnene").click()
    page.get_by_label("Begynnelsen av fornavnet eller etternavnet").fill("Oppdiktet1", timeout=30_000)
    expect(page.locator("[data-put=names-count]")).to_contain_text("Treff:", timeout=30_000)
    press(page, "names-back")


def press(page: Page, button: str) -> None:
    """Press a button by its id, whatever the camera lays over it at this moment."""
    page.evaluate("id => document.getElementById(id).click()", button)


def type_code(page: Page, code: str) -> None:
    """Type a code, whatever the camera shows at this moment."""
    press(page, "verdict-next")
    page.evaluate(
        """code => {
          document.getElementById('typed-code').value = code;
          document.getElementById('type-form').requestSubmit();
        }""",
        code,
    )


def facts_made(page: Page) -> int:
    """Return how many facts the phone has made: its own running number."""
    counter = page.evaluate(
        """() => new Promise((resolve) => {
          const opened = indexedDB.open('treffpunkt-door');
          opened.onsuccess = () => {
            const asked = opened.result.transaction('kv').objectStore('kv').get('counter');
            asked.onsuccess = () => { opened.result.close(); resolve(asked.result ?? 0); };
          };
        })"""
    )
    return int(counter)


def three_phones(playwright: Playwright, codes: Sequence[str], folder: Path) -> list[Phone]:
    """Return a phone for each door with profiles in `folder`, and cameras that see some of `codes`."""
    phones = []
    for at, door in enumerate(DOORS):
        # The first ticket is shown at every door, so that there is a clash whatever else happens.
        texts = [qr_payload("http://localhost", code) for code in (codes[0], *codes[3 * at + 1 : 3 * at + 4])]
        stream = write_streams(folder / f"{at}.mjpeg", texts)
        phones.append(Phone(playwright, folder / f"profile-{at}", door, stream))
    return phones


def _found(folder: Path, needles: Sequence[str]) -> set[str]:
    """Return which of `needles` stand somewhere below `folder`, as UTF-8 or UTF-16, whatever their case."""
    found = set()
    for path in (path for path in folder.rglob("*") if path.is_file()):
        content = path.read_bytes().lower()
        found |= {n for n in needles if n.lower().encode() in content or n.lower().encode("utf-16-le") in content}
    return found


def guests_on_the_disk(phones: Sequence[Phone], codes: Sequence[str]) -> set[str]:
    """Return what of the guests stands in a profile. The search is good only when it finds what is planted."""
    needles = ["Oppdiktet1", "Prøve0", "Oppdiktaveien 1", "VIKERSUND", *codes]
    leaked: set[str] = set()
    for phone in phones:
        assert phone.page
        phone.page.evaluate("text => localStorage.setItem('planted', text)", PLANTED)
        phone.page.wait_for_timeout(500)
        phone.close()
        if PLANTED not in _found(phone.folder, [PLANTED]):
            raise RuntimeError("the byte search does not find what is planted")
        leaked |= _found(phone.folder, needles)
    return leaked
