"""The door's screens in each language: usable by all, and a verdict that is read from two metres.

One phone is paired once; the page is then opened in each language. What the phone decides is put on the screen by the
app's own `View`, so that each verdict there is gets looked at.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import update

from outreach.checkin.models import DoorDevice
from outreach.database import db
from outreach.web.languages import LANGUAGES
from tests.browser.door_evening import SOON_MS, Evening, next_guest, paired, phone, put_in_charge, type_code_in
from tests.browser.page_checks import axe_faults, overflow_faults, target_faults

_OTHERS = [language for language in LANGUAGES if language != "nb"]  # bokmål: the other tests of the door
_LEAST_HEADING_PIXELS = 48
_REFUSABLE = """
  const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (asked) => {
    if (localStorage.refused) throw new DOMException('no', 'NotAllowedError');
    return open(asked);
  };
"""
_SHOW = """async ([reason, light]) => {
  const { View } = await import('/static/checkin/view.js');
  const { textsOf } = await import('/static/checkin/texts.js');
  const view = new View(textsOf(document.getElementById('texts').content));
  view.hideVerdict();
  const at_utc = '2026-11-26T17:05:00Z', door = 'Hovedinngang';
  if (light === 'clash') {
    return view.clash({ id: 'x', ticket_ending: 'K7TM', doors: [{ door, at_utc }, { door: 'Sidedør', at_utc }] });
  }
  view.hideClash();
  view.verdict({ light, reason, inside: 3, total: 5, persons: 2, door, at_utc, needs: 'whi' }, 2);
}"""
_REASONS = """[...document.getElementById('texts').content.querySelectorAll('[data-key$=_title]')]
  .map((node) => node.dataset.key.replace(/_title$/, ''))"""
_GREEN, _AMBER = {"admit", "walk_in"}, {"admit_offline", "rest_of_party", "walk_in_offline", "walk_in_over"}
_HEADINGS = """() => [...document.querySelectorAll('.door-overlay:not([hidden])')].flatMap((panel) => {
  const title = panel.querySelector('.door-overlay__title');
  const range = document.createRange();
  range.selectNodeContents(title);
  const right = Math.max(...[...range.getClientRects()].map((box) => box.right));
  return [{ text: title.textContent, pixels: parseFloat(getComputedStyle(title).fontSize),
    isCut: title.scrollWidth > title.clientWidth || panel.scrollWidth > panel.clientWidth,
    isOut: right > title.getBoundingClientRect().right + 1 }];
})"""


@pytest.fixture
def volunteer(hall: Browser, evening: Evening) -> Iterator[Page]:
    """Return a paired phone whose scans do not get through, and that refuses its camera when it is asked to."""
    put_in_charge(evening)
    # The kept app is of one language: with it, a page in another would begin again as soon as it is there.
    context = phone(hall, bypass_csp=True, service_workers="block")
    context.add_init_script(_REFUSABLE)
    context.route("**/api/door/v1/scans", lambda route: route.fulfill(status=503, json={"error": ""}))
    yield paired(context, evening.link("Hovedinngang"), start=False)
    context.close()


def _light(reason: str) -> str:
    return "green" if reason in _GREEN else "amber" if reason in _AMBER else "red"


def _open(page: Page, evening: Evening, language: str) -> None:
    page.goto(f"{evening.origin}/door/?lang={language}")
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("[data-screen=ready]")).to_be_visible(timeout=SOON_MS)


def _faults(page: Page) -> list[str]:
    page.wait_for_timeout(150)
    return [*axe_faults(page), *overflow_faults(page), *target_faults(page)]


def test_each_verdict_is_read_from_two_metres_in_each_language(volunteer: Page, evening: Evening) -> None:
    seen: dict[str, Any] = {}
    for language in LANGUAGES:
        _open(volunteer, evening, language)
        reasons = volunteer.evaluate(_REASONS)
        assert len(reasons) > 15
        for reason, light in [*((one, _light(one)) for one in reasons), ("clash", "clash")]:
            volunteer.evaluate(_SHOW, [reason, light])
            [seen[f"{language} {reason}"]] = volunteer.evaluate(_HEADINGS)
    assert len({one["text"] for one in seen.values()}) > 3 * 10, "the headings of three languages"
    small = {name: one for name, one in seen.items() if one["pixels"] < _LEAST_HEADING_PIXELS or not one["text"]}
    assert small == {}
    assert {name: one for name, one in seen.items() if one["isCut"] or one["isOut"]} == {}


def test_the_screens_of_an_evening_can_be_used_by_all_in_other_languages(volunteer: Page, evening: Evening) -> None:
    page, faults = volunteer, {}
    for language in _OTHERS:
        _open(page, evening, language)
        page.evaluate("localStorage.refused = 'yes'")
        _open(page, evening, language)
        expect(page.locator("#begin-typing")).to_be_visible(timeout=SOON_MS)
        faults[f"{language} camera refused"] = _faults(page)
        page.evaluate("localStorage.clear()")
        _open(page, evening, language)
        expect(page.locator("#begin")).to_be_enabled(timeout=SOON_MS)
        faults[f"{language} ready"] = _faults(page)
        page.locator("#begin").click()
        if language == _OTHERS[0]:
            type_code_in(page, evening.codes["single"])
            next_guest(page)
        page.locator("#end-shift").click()
        expect(page.locator("[data-put=notice]")).not_to_be_empty(timeout=SOON_MS)
        faults[f"{language} log-out blocked"] = _faults(page)
        for reason, light in (("admit", "green"), ("rest_of_party", "amber"), ("already_in", "red"), ("", "clash")):
            page.evaluate(_SHOW, [reason, light])
            faults[f"{language} {light}"] = _faults(page)
    with evening.app.app_context():
        db.session.execute(update(DoorDevice).values(is_revoked=True))
        db.session.commit()
    for language in _OTHERS:
        page.goto(f"{evening.origin}/door/?lang={language}")
        expect(page.locator("[data-screen=let-go]")).to_be_visible(timeout=SOON_MS)
        faults[f"{language} let go"] = _faults(page)
    assert len(faults) == 8 * len(_OTHERS)
    assert faults == {name: [] for name in faults}
