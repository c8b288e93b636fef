"""Letters that came back, many in a row by a keyboard or a hand-held scanner, without touching the mouse."""

from playwright.sync_api import Browser, expect
from sqlalchemy import func, select

from outreach.database import db
from outreach.invitations.models import Invitation
from outreach.outbox.models import OutboxMessage
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
