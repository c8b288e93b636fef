"""A phone whose calls get answers only now and then: it becomes ready, stays online and brings the names later."""

from playwright.sync_api import Browser, expect

from outreach import clock
from outreach.audit.actor import COMMAND
from outreach.checkin.choices import service as choosing
from outreach.database import db
from tests.browser.door_evening import SOON_MS, Evening, expect_verdict, paired, phone, type_code
from tests.browser.door_faults import Answer, answering


def test_a_phone_is_ready_though_the_names_never_come_and_the_list_only_at_the_third_time(
    hall: Browser, evening: Evening
) -> None:
    with evening.app.app_context():
        choosing.search_names(evening.event, is_on=True, actor=COMMAND, now=clock.now_utc())
        db.session.commit()

    def answers(call: str, times: int) -> Answer:
        fails = call == "names" or (call == "roster" and times < 3)
        return Answer.REFUSED if fails else Answer.WHOLE

    with answering(evening.app, answers) as came:
        page = paired(phone(hall), evening.link("Hovedinngang"))
        assert came["roster"] == 3
        type_code(page, evening.codes["single"])
        expect_verdict(page, "green", "Velkommen inn")  # amber is for phones that do not hear of other doors
        expect(page.locator("[data-put=unsent]")).to_have_text("0", timeout=SOON_MS)
        expect(page.locator("#names-open")).to_be_hidden()
        assert came["names"] > 0
    expect(page.locator("#names-open")).to_be_visible(timeout=SOON_MS)
