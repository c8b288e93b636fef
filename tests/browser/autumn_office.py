"""What the office does in an autumn: one series, letters home that another releases, the report read."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from outreach import clock
from tests.browser.autumn_town import MEETUPS, SERIES, Town, slug_of
from tests.printed_letters import PrintedLetter, read_letters

RELEASER = "ser-over@modum.example"
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
    _another_releases(town, slug, out)
    built = town.made.json("letters", "build", slug, "--out", str(out))
    letters = read_letters(out)
    assert len(letters) == built["count"] == invited["households"]
    for letter in letters:
        for fact in (f"Velkommen til {SERIES}", "Oslo: torsdag 26. november kl. 18.00", "Bergen: onsdag 25. november",
                     "Trondheim: tirsdag 24. november", "Kvarteret", "Samfundet"):  # fmt: skip
            assert fact in letter.text
    return letters, invited["people"]


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


def _another_releases(town: Town, slug: str, out: Path) -> None:
    refused = town.made.run("letters", "build", slug, "--out", str(out), exit_code=1)
    asked = re.search(r"flask mailings release (\S+)", refused.output)
    assert asked, refused.output
    town.made.run("staff", "create", RELEASER, "--role", "organiser", "--password-stdin", stdin="fire-ugler-i-mosen\n")
    town.made.run("mailings", "release", asked[1], "--by", RELEASER)


def _report(desk: Page, city: str) -> list[Any]:
    answer = desk.goto(f"/admin/arrangementer/{slug_of(city)}/rapport")
    assert answer is not None
    assert answer.ok
    tables: list[Any] = desk.evaluate(_TABLES)
    return tables
