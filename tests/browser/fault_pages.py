"""How a guest meets a fault of the form, of the one who guesses, or of ours: from an opened page to what is told."""

from collections.abc import Callable
from typing import NoReturn

from playwright.sync_api import Page
from sqlalchemy.exc import OperationalError

from outreach.formats.short_code import INVITATION, read
from outreach.invitations.access import PATIENT
from outreach.invitations.queries import code_of
from outreach.web.access import guarded
from outreach.web.oversized import MOST_FORM_BYTES
from tests.browser.world import World

_UNUSED_GENERATION = 7


def guess_until_told_to_wait(page: Page, world: World) -> None:
    """Guess at codes from this address until the next one has to wait; type one more into the opened field."""
    selector = read(INVITATION, world.names["open"]).selector
    with world.app.app_context():
        wrong = code_of(selector, _UNUSED_GENERATION)
    client = world.app.test_client()
    for _ in range(PATIENT.free_attempts):
        client.get(f"/i/{wrong}")
    page.locator("input[name=code]").fill(wrong)
    page.locator("main form button[type=submit]").first.click()


def send_an_old_form(page: Page, _world: World) -> None:
    """Send the opened form with a mark that is none of ours: that of a page which was open for months."""
    with page.expect_navigation():
        page.locator("main input[name=csrf_token]").first.evaluate(
            "field => { field.value = 'gammel'; field.form.submit(); }"
        )


def send_too_much(page: Page, _world: World) -> None:
    """Send the opened form with more text than any form takes."""
    with page.expect_navigation():
        page.locator("main form textarea").first.evaluate(
            "(field, length) => { field.value = 'x'.repeat(length); field.form.submit(); }", MOST_FORM_BYTES + 1
        )


def _crashes() -> NoReturn:
    raise ValueError


def _finds_no_database() -> NoReturn:
    raise OperationalError("select 1", {}, Exception("unable to open database file"))


def _open_again_with(view: Callable[[], NoReturn]) -> Callable[[Page, World], None]:
    def act(page: Page, world: World) -> None:
        views = world.app.view_functions
        kept = views["site.privacy"]
        views["site.privacy"] = guarded("public")(view)
        try:
            page.reload()
        finally:
            views["site.privacy"] = kept

    return act


meet_a_crash = _open_again_with(_crashes)
miss_the_database = _open_again_with(_finds_no_database)
