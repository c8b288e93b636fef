"""Figures of the door on a slow phone: Chromium with its processor slowed down, 13,000 guests on the list.

`python -m benchmarks.door_speed [--guests 13000] [--slowdown 4] [--codes 100] [--seed N]`

Measured on the page's own clock: from a decoded code to the light (p95), from "pair" to "ready", and from an admission
at one door until the other door's count has it (longest of ten). Also the roster and the shell, compressed.
The slow-down is of the page's thread; the decoder's thread, the server and the disk are not slowed. A phone has a
graphics processor; a machine without one is not to act it on the same cores, so the browser draws without.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from random import Random
from statistics import median, quantiles
from typing import Any

from playwright.sync_api import Browser, Page, expect, sync_playwright

from benchmarks.measure import Limit
from benchmarks.scenario import SLUG, add_tickets, build, pair_phone
from benchmarks.site import site
from outreach import clock
from outreach.audit.actor import COMMAND
from outreach.checkin.service import open_door
from outreach.database import db
from outreach.events import queries as events
from tests.browser.chromium import FLAGS, browser_path
from tests.browser.door_camera import write_stream

MOST_VERDICT_MS, MOST_READY_MS, MOST_OTHER_DOOR_MS = 100, 5_000, 2_000
MOST_ROSTER_BYTES, MOST_SHELL_BYTES = 3_000_000, 600_000
_TOKEN = "phone-of-the-figures"
# The page's own policy forbids what asks again and again whether it is ready.
_PHONE: dict[str, Any] = {
    "locale": "nb-NO",
    "permissions": ["camera"],
    "viewport": {"width": 360, "height": 740},
    "bypass_csp": True,
}
# From the tap on "pair" until scanning can begin, told by the page itself: whoever asks again and again takes its time.
_TIME_READY = """() => {
  const begin = document.getElementById('begin');
  globalThis.ready = new Promise((resolve) => {
    document.getElementById('pair-form').addEventListener('submit', () => {
      const began = performance.now();
      const watch = new MutationObserver(() => {
        if (begin.disabled) return;
        watch.disconnect();
        resolve(performance.now() - began);
      });
      watch.observe(begin, { attributes: true, attributeFilter: ['disabled'] });
    }, { once: true, capture: true });
  });
}"""
# From the text that the decoder hands over to the light on the screen, one guest in less than two seconds.
_TIME_CODES = """async (codes) => {
  const panel = document.getElementById('verdict');
  const next = document.getElementById('verdict-next');
  const form = document.getElementById('type-form');
  const field = document.getElementById('typed-code');
  const times = [];
  for (const code of codes) {
    const shown = new Promise((resolve) => {
      const watch = new MutationObserver(() => {
        if (panel.hidden) return;
        watch.disconnect();
        resolve(performance.now());
      });
      watch.observe(panel, { attributes: true, attributeFilter: ['hidden', 'data-light'] });
    });
    field.value = code;
    const began = performance.now();
    form.requestSubmit();
    times.push(await shown - began);
    next.click();
    await new Promise((resolve) => setTimeout(resolve, 1500));
  }
  return times;
}"""


def _phone(browser: Browser, *, slowdown: float) -> Page:
    context = browser.new_context(**_PHONE)
    page = context.new_page()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slowdown})
    return page


def _paired(page: Page, link: str) -> float:
    """Pair the phone and return the milliseconds from then to "ready", the guest list fetched for the first time."""
    page.goto(link)
    page.get_by_label("Hva skal telefonen hete?").fill("Kari")
    page.evaluate(_TIME_READY)
    page.get_by_role("button", name="Koble til").click()
    ready: float = page.evaluate("globalThis.ready")
    page.get_by_role("button", name="Start skanning").click()
    return ready


def _other_door_ms(one: Page, other: Page, codes: Sequence[str]) -> list[float]:
    """Return how long after the light at `one` the count at `other` rises, for each of `codes`; both on one clock."""
    times = []
    for code in codes:
        before = other.locator("[data-put=inside]").inner_text()
        other.evaluate(
            """before => { globalThis.seen = new Promise((resolve) => {
              const node = document.querySelector('[data-put=inside]');
              const watch = new MutationObserver(() => {
                if (node.textContent === before) return;
                watch.disconnect();
                resolve(Date.now());
              });
              watch.observe(node, { childList: true, characterData: true, subtree: true });
            }); }""",
            before,
        )
        one.get_by_label("Eller skriv koden på billetten").fill(code)
        one.get_by_role("button", name="Sjekk koden").click()
        expect(one.locator("#verdict")).to_be_visible()
        at: float = one.evaluate("Date.now()")
        one.evaluate("document.getElementById('verdict-next').click()")
        seen: float = other.evaluate("globalThis.seen")
        times.append(seen - at)
    return times


def _sent(app: Any, event_id: int) -> tuple[int, int]:
    """Return the bytes of the roster and of the app's shell, compressed as they are sent."""
    pair_phone(event_id, "Målt", _TOKEN)
    client = app.test_client()
    packed = {"Accept-Encoding": "gzip"}
    roster = client.get("/api/door/v1/roster", headers={"Authorization": f"Bearer {_TOKEN}", **packed}).data
    listed = client.get("/door/sw.js").text.split("const SHELL = [")[1].split("]")[0]
    urls = [url.strip().strip('"') for url in listed.split(",")]
    shell = sum(len(client.get(url, headers=packed).data) for url in urls)
    return len(roster), shell


def main() -> None:
    """Measure, print each figure, and exit 1 when one does not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--guests", type=int, default=13_000)
    parser.add_argument("--slowdown", type=float, default=4)
    parser.add_argument("--codes", type=int, default=100)
    parser.add_argument("--seed", type=int, default=3316)
    asked = parser.parse_args()
    print(f"seed {asked.seed}, {asked.guests} guests, slow-down {asked.slowdown:g}")
    with ExitStack() as stack:
        place = stack.enter_context(site())
        scenario = build(households=asked.guests, persons=1)
        codes = add_tickets(scenario, persons=1)
        event = events.by_slug(SLUG)
        secrets = [open_door(event, door, actor=COMMAND, now=clock.now_utc()).secret for door in ("Nord", "Sør")]
        db.session.commit()
        roster, shell = _sent(place.app, event.id)
        origin = stack.enter_context(place.served())
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="treffpunkt-phones-")))
        playwright = stack.enter_context(sync_playwright())
        camera = ["--disable-gpu", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
        flags = [*FLAGS, *camera, f"--use-file-for-fake-video-capture={write_stream(folder / 'hall.mjpeg', '')}"]
        browser = playwright.chromium.launch(executable_path=browser_path(), headless=True, args=flags)
        stack.callback(browser.close)
        one = _phone(browser, slowdown=asked.slowdown)
        ready = _paired(one, f"{origin}/door/#{secrets[0]}")
        one.wait_for_timeout(3_000)
        chosen = Random(asked.seed).sample(codes, asked.codes + 10)
        verdicts = one.evaluate(_TIME_CODES, chosen[:-10])
        other = _phone(browser, slowdown=1)
        _paired(other, f"{origin}/door/#{secrets[1]}")
        one.wait_for_timeout(3_000)
        heard = _other_door_ms(one, other, chosen[-10:])
    sys.exit(_told(verdicts, heard, ready=ready, roster=roster, shell=shell))


def _told(verdicts: Sequence[float], heard: Sequence[float], *, ready: float, roster: int, shell: int) -> int:
    print(f"verdicts: median {median(verdicts):.0f} ms, longest {max(verdicts):.0f} ms, of {len(verdicts)}")
    print(f"other door: median {median(heard):.0f} ms")
    figures = [
        Limit("roster compressed", roster, MOST_ROSTER_BYTES, "bytes"),
        Limit("app shell compressed", shell, MOST_SHELL_BYTES, "bytes"),
        Limit("paired to ready", ready, MOST_READY_MS, "ms"),
        Limit("the other door knows", max(heard), MOST_OTHER_DOOR_MS, "ms"),
        Limit("decoded code to verdict, p95", quantiles(verdicts, n=20)[-1], MOST_VERDICT_MS, "ms"),
    ]
    for figure in figures:
        print(figure)
    return 0 if all(figure.holds for figure in figures) else 1


if __name__ == "__main__":
    main()
