"""Letters that came back, many in a row: by a keyboard, a hand-held scanner or the camera, never by the mouse."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import func, select

from outreach.database import db
from outreach.invitations.models import Invitation
from outreach.invitations.personal_link import printed_code, qr_url
from outreach.outbox.models import OutboxMessage
from tests.browser.door_evening import SOON_MS, browser_that_sees
from tests.browser.page_checks import axe_faults, overflow_faults, target_faults
from tests.browser.pages import PLACES, context_of, go_to
from tests.browser.world import World
from tests.factories.rsvp import token_of


def _printed_codes(world: World, count: int) -> list[str]:
    with world.app.app_context():
        letter = OutboxMessage.recipient == func.concat("invitation:", Invitation.id)
        printed = select(Invitation).join(OutboxMessage, letter).where(OutboxMessage.state == "handed_over")
        rows = db.session.scalars(printed.order_by(Invitation.id.desc()).limit(count)).unique()
        codes = [token_of(row) for row in rows]
        db.session.remove()
    return codes


def test_many_in_a_row_without_the_mouse(browser: Browser, world: World) -> None:
    first, second = _printed_codes(world, 2)
    place = next(place for place in PLACES if place.name == "brev-i-retur")
    with context_of(browser, world, place, width=1280, language="nb") as context:
        page = context.new_page()
        go_to(page, world, place)
        page.get_by_label("Ville ikke ta imot").check()
        page.locator("input[name=code]").focus()
        # As fast as a scanner types: the second comes while the first is on its way.
        page.keyboard.type(f"HTTP://LOCALHOST/I/{first}\n")
        page.keyboard.type(f"HTTP://LOCALHOST/I/{second}\n")
        page.keyboard.type(f"HTTP://LOCALHOST/I/{second}\n")
        expect(page.get_by_text("allerede registrert som returnert")).to_be_visible()
        expect(page.locator("input[name=code]")).to_be_focused()
        newest = page.get_by_role("table").get_by_role("row").nth(1)
        expect(newest).to_contain_text("Ville ikke ta imot")
        undo = page.locator("#retur").get_by_role("button", name="Angre")
        count = undo.count()
        for undone in (1, 2):
            undo.first.click()
            expect(undo).to_have_count(count - undone)
        expect(page.get_by_text("Angret. Brevet regnes som levert til utskrift igjen.")).to_be_visible()
        expect(page.locator("input[name=code]")).to_be_focused()


@pytest.fixture
def letter(world: World) -> str:
    """Return the code of a printed letter that no other test here takes in."""
    return _printed_codes(world, 3)[-1]


@pytest.fixture
def camera(browser: Browser, tmp_path: Path, letter: str) -> Iterator[Browser]:
    """Return a browser whose camera sees the QR of that letter now and then."""
    yield from browser_that_sees(browser, tmp_path, qr_url("http://localhost:8000", letter, keeps_case=False))


def test_the_camera_takes_a_letter_in_and_knows_it_the_second_time(camera: Browser, world: World, letter: str) -> None:
    place = next(place for place in PLACES if place.name == "brev-i-retur")
    with context_of(camera, world, place, width=360, language="nb", permissions=["camera"]) as context:
        page = context.new_page()
        go_to(page, world, place)
        page.get_by_label("Ukjent på adressen").check()
        page.get_by_role("button", name="Skann med kamera").focus()
        page.keyboard.press("Enter")
        newest = page.locator("#retur").get_by_role("table").get_by_role("row").nth(1)
        expect(newest).to_contain_text(printed_code(letter), timeout=SOON_MS)
        expect(newest).to_contain_text("Ukjent på adressen")
        expect(page.locator("#retur")).to_have_attribute("data-light", "green")
        assert page.locator("video").evaluate("video => video.videoWidth") == 640
        assert [*axe_faults(page), *overflow_faults(page), *target_faults(page)] == []
        # The letter is laid away and comes into view again, which is not a second letter.
        expect(page.locator("#retur")).to_have_attribute("data-light", "red", timeout=2 * SOON_MS)
        expect(page.get_by_text("allerede registrert som returnert")).to_be_visible()
        page.get_by_role("row", name=printed_code(letter)).get_by_role("button", name="Angre").click()
        expect(page.get_by_text("Angret. Brevet regnes som levert til utskrift igjen.")).to_be_visible()


def test_a_refused_camera_says_what_to_do_instead(browser: Browser, world: World) -> None:
    place = next(place for place in PLACES if place.name == "brev-i-retur")
    with context_of(browser, world, place, width=360, language="nb") as context:
        page = context.new_page()
        go_to(page, world, place)
        page.get_by_role("button", name="Skann med kamera").click()
        expect(page.locator("#kamera-ord")).to_contain_text("skriv koden", ignore_case=True)
        expect(page.locator("input[name=code]")).to_be_editable()
