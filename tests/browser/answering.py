"""How a household gets from its code to an answer, whichever pages ask what: the one place that knows the form.

`Keys` does it by keyboard alone, `Hand` by pointing; neither needs a script on the page.
"""

import re
from collections.abc import Sequence
from typing import Protocol

from playwright.sync_api import Locator, Page, expect

from outreach.formats.short_code import grouped

EMAIL = "gjest@eksempel.example"
_CONFIRM = "main button[value=confirm]"
_ONWARD = "main form button[type=submit][data-variant=primary]"
_EMAIL = "main input[name=email]:not([type=hidden])"
_MOST_PAGES = 12
_MOST_STOPS = 150


class Way(Protocol):
    """How somebody works a page."""

    page: Page

    def press(self, selector: str) -> None:
        """Use the first link or button that `selector` names, and wait for what follows."""

    def choose(self, selector: str) -> None:
        """Choose the first radio button that `selector` names."""

    def write(self, selector: str, text: str) -> None:
        """Write `text` into the first field that `selector` names, instead of what is there."""


class Hand:
    """Points and taps."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, selector: str) -> None:
        with self.page.expect_navigation():
            self._first(selector).click()

    def choose(self, selector: str) -> None:
        self._first(selector).check()

    def write(self, selector: str, text: str) -> None:
        self._first(selector).fill(text)

    def _first(self, selector: str) -> Locator:
        return self.page.locator(selector).first


class Keys:
    """Uses the keyboard alone: Tab to get there, Enter, Space and the arrows."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, selector: str) -> None:
        self._tab_to(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def choose(self, selector: str) -> None:
        wanted = self.page.locator(selector).first
        name = wanted.get_attribute("name")
        group = f"input[type=radio][name='{name}']"
        self._tab_to(group)
        self.page.keyboard.press("Space")
        for _ in range(self.page.locator(group).count()):
            if wanted.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrows never reach {selector}")

    def write(self, selector: str, text: str) -> None:
        self._tab_to(selector)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def _tab_to(self, selector: str) -> None:
        for _ in range(_MOST_STOPS):
            self.page.keyboard.press("Tab")
            if self.page.locator(":focus").and_(self.page.locator(selector)).count():
                return
        raise AssertionError(f"Tab never reaches {selector} on {self.page.url}")


def type_code(way: Way, code: str) -> None:
    """Type the code as somebody reads it from the letter, and open the invitation."""
    way.page.goto("/svar")
    way.write("main input[name=code]", grouped(code).lower().replace("-", " "))
    way.press(_ONWARD)


def answer(way: Way, coming: Sequence[bool] | None, *, email: str = EMAIL) -> int:
    """Answer from the invitation's page: who of the household comes, an address, no needs. Ends on the receipt.

    `coming` None: all do. Returns how many were asked about.
    """
    asked = 0
    way.press("main a[href^='/i/'][href*='/svar']")
    for _ in range(_MOST_PAGES):
        if way.page.locator(_CONFIRM).count():
            break
        asked += _fill_in(way, coming, email)
        way.press(_ONWARD)
    way.press(_CONFIRM)
    expect(way.page).to_have_url(re.compile("/takk$"))
    return asked


def cancel(way: Way) -> None:
    """Take the answer back from the invitation's page. Ends on the receipt."""
    way.press("main a[href$='/avlys']")
    way.press(_ONWARD)
    expect(way.page).to_have_url(re.compile("/takk$"))


def open_ticket(way: Way) -> str:
    """Open the ticket from the receipt; return its code."""
    way.press("main a[href^='/billett/']")
    return way.page.url.partition("/billett/")[2]


def _fill_in(way: Way, coming: Sequence[bool] | None, email: str) -> int:
    """Answer what this page asks for of what we have to say; return how many people it asks about."""
    number = way.page.locator("main input[type=radio][name^=person_][value=yes]").count()
    for place in range(number):
        is_coming = coming is None or coming[place]
        way.choose(f"main input[type=radio][name=person_{place + 1}][value={'yes' if is_coming else 'no'}]")
    if way.page.locator(_EMAIL).count():
        way.write(_EMAIL, email)
    return number
