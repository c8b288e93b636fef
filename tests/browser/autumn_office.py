"""What the office does in an autumn: one series, letters home, a partner asked, thanks sent, the report read."""

import re
from typing import Any

from playwright.sync_api import Page, expect

from outreach import clock
from outreach.audit.actor import Actor
from outreach.events.queries import by_slug
from outreach.mailings.mailing import Kind
from outreach.partners.participation import State
from tests.browser.autumn_town import MEETUPS, SERIES, Town, slug_of
from tests.factories.accounts import make_staff
from tests.factories.mailings import ask, make_mailing
from tests.factories.partners import make_participation, make_partner
from tests.printed_letters import PrintedLetter, read_letters

PARTNER, CONTACT = "Modum Trevare AS", "berit@trevare.example"
_TABLES = """() => [...document.querySelectorAll('main table')].map((table) =>
  [...table.querySelectorAll('tr')].map((row) => [...row.cells].map((cell) => cell.innerText.trim())))"""


def make_one_series(town: Town) -> None:
    """Put the three meetups together, so that one invitation lets one choose."""
    with town.desk() as desk:
        desk.goto("/admin/serier/ny")
        desk.get_by_label("Hva heter serien?").fill(SERIES)
        for city in MEETUPS:
            desk.get_by_label(re.compile(f"^Treff i {city.title()}")).check()
        desk.get_by_role("button", name="Lagre").click()
        expect(desk.get_by_text("Serien er laget.")).to_be_visible()


def print_letters_home(town: Town) -> tuple[list[PrintedLetter], int]:
    """Invite the young of the register to Oslo and print; return the letters as they come out of the printer, and how
    many persons they ask."""
    slug, out = slug_of("oslo"), town.made.folder / "letters"
    counted = town.made.json("audience", "count", "young-away", "--event", slug)
    invited = town.made.json("invitations", "create", slug, "--segment", "young-away")
    assert invited["people"] == counted["people"] > 0
    built = town.made.json("letters", "build", slug, "--out", str(out))
    letters = read_letters(out)
    assert len(letters) == built["count"] == invited["households"]
    for letter in letters:
        for fact in (f"Velkommen til {SERIES}", "Oslo: torsdag 26. november kl. 18.00", "Bergen: onsdag 25. november",
                     "Trondheim: tirsdag 24. november", "Kvarteret", "Samfundet"):  # fmt: skip
            assert fact in letter.text
    return letters, invited["people"]


def ask_a_partner(town: Town) -> str:
    """Invite a partner to a stand in Oslo; return its personal link, as the e-mail has it."""
    with town.made.app.app_context():
        row = make_participation(by_slug(slug_of("oslo")), make_partner(name=PARTNER), state=State.ASKED)
        path = f"/admin/arrangementer/{row.event.slug}/partnere/{row.id}"
    assert town.mails_to(CONTACT) == []
    with town.desk() as desk:
        desk.goto(path)
        desk.get_by_role("button", name="Send invitasjonen").click()
        expect(desk.get_by_role("status")).to_be_visible()
    [mail] = town.mails_to(CONTACT)
    return town.here(_link(mail, "/partner/"))


def approve_opportunity(town: Town, title: str) -> None:
    """Read what the partner posted, and let guests see it, who did not before."""
    page = f"/arrangement/{slug_of('oslo')}"
    with town.desk() as desk:
        desk.goto(page)
        expect(desk.get_by_text(title)).to_have_count(0)
        desk.goto("/admin/muligheter")
        desk.get_by_role("link", name=title).click()
        desk.get_by_role("button", name="Godkjenn", exact=True).click()
        expect(desk.get_by_text("Gjestene ser den nå.")).to_be_visible()
        desk.goto(page)
        expect(desk.get_by_text(title)).not_to_have_count(0)


def thank_those_who_came(town: Town, address: str) -> str:
    """Send the thanks after the meetup in Oslo; return the survey's link, as the guest's e-mail has it."""
    with town.made.app.app_context():
        event, maker = by_slug(slug_of("oslo")), Actor("staff", make_staff().id)
        mailing = make_mailing(event, Kind.THANKS, maker=maker, survey_url="")
        assert not ask(mailing, event)
    return town.here(_link("\n".join(town.mails_to(address)), "/undersokelse/"))


def funnels(town: Town) -> dict[str, dict[str, Any]]:
    """Return each meetup's funnel, by city."""
    return {city: town.made.json("reports", "funnel", slug_of(city)) for city in MEETUPS}


def reports(town: Town) -> dict[str, list[Any]]:
    """Return every table of each meetup's report, as the organiser sees them."""
    with town.desk() as desk:
        return {city: _report(desk, city) for city in MEETUPS}


def settle(town: Town) -> None:
    """Have the night come in which figures are kept, and see that the page says so."""
    town.made.run("retention", "run", "--today", clock.today_oslo().isoformat())
    with town.desk() as desk:
        desk.goto(f"/admin/arrangementer/{slug_of('oslo')}/rapport")
        expect(desk.get_by_text(re.compile("^Tallene ble gjort opp"))).to_be_visible()


def _report(desk: Page, city: str) -> list[Any]:
    answer = desk.goto(f"/admin/arrangementer/{slug_of(city)}/rapport")
    assert answer is not None
    assert answer.ok
    tables: list[Any] = desk.evaluate(_TABLES)
    return tables


def _link(mail: str, path: str) -> str:
    found = re.search(rf"http://localhost{path}\S+", mail)
    assert found, mail
    return found[0]
