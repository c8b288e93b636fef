"""An autumn, played in a real browser: from letters home to the young, to people who are gone, provably."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from outreach.checkin.models import Scan
from outreach.database import db
from outreach.events.queries import by_slug
from outreach.reports.funnel_words import EXPLAINED, FIGURE_WORDS
from outreach.surveys.queries import counts
from outreach.surveys.survey import Question
from tests.browser import autumn_guests as guests
from tests.browser import autumn_office as office
from tests.browser import autumn_staff as staff
from tests.browser.autumn_town import Town, a_town, slug_of, time_goes_on_from
from tests.browser.door_evening import (
    SOON_MS,
    browser_that_sees,
    expect_verdict,
    next_guest,
    on_our_clock,
    paired,
    phone,
    type_code,
)
from tests.canary import found_in_database, found_in_files
from tests.installation import FIRST_NAME
from tests.printed_letters import PrintedLetter

EVENING = datetime(2026, 11, 26, 17, 5, tzinfo=UTC)
NIGHT_AFTER = datetime(2026, 11, 28, 2, 0, tzinfo=UTC)
ERASED = datetime(2027, 3, 15, 2, 0, tzinfo=UTC)
STUDENT, STUDENT_MAIL = "Kanarikontakt Berg", "kanarikontakt@student.example"


@dataclass(frozen=True)
class Party:
    """A household that comes: its letter, its e-mail address, what its ticket's QR holds, and for how many it is."""

    letter: PrintedLetter
    email: str
    ticket: str
    persons: int

    @property
    def code(self) -> str:
        return self.ticket.rpartition("/")[2]

    @property
    def first_name(self) -> str:
        return FIRST_NAME.findall(self.letter.name)[0]


def test_an_autumn_from_letters_home_to_people_who_are_gone(
    browser: Browser, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with a_town(browser, tmp_path) as town:
        office.make_one_series(town)
        letters, invited = office.print_letters_home(town)
        own_page = guests.sign_up_with_contact_point(town, STUDENT, STUDENT_MAIL)
        coming = _answers(town, letters)
        comes, _stays_away, swaps, _chooses = coming
        partner, stand = _a_partner_takes_part(town)
        time_goes_on_from(EVENING)
        _oslo_lets_in_without_network(town, comes, swaps, tmp_path)
        _interest_at_the_stand(town, comes, partner, stand)
        time_goes_on_from(NIGHT_AFTER)
        _survey(town, comes)
        told, tables = office.funnels(town), office.reports(town)
        _adds_up(told, tables, coming, invited=invited)
        office.settle(town)
        assert (office.funnels(town), office.reports(town)) == (told, tables)
        canaries = _canaries(letters, coming)
        _is_found(town, canaries, comes)
        time_goes_on_from(ERASED)
        with town.phone() as page:
            guests.leave_contact_point(page, own_page)
        assert town.made.json("retention", "run", "--today", "2027-03-15")["erased"]
        assert (office.funnels(town), office.reports(town)) == (told, tables), "figures outlive the people"
        _is_gone(town, canaries, capfd.readouterr().err)


def _answers(town: Town, letters: list[PrintedLetter]) -> tuple[Party, Party, Party, Party]:
    """Two say yes to Oslo, one swaps from there to Bergen, one chooses Trondheim first, one says no."""
    assert len(letters) > 5, "somebody stays silent, too"
    parties = []
    with town.phone() as page:
        for number, letter in enumerate(letters[:4]):
            email = f"kanari{number}@gjest.example"
            if number == 3:
                guests.choose_city(page, letter, "trondheim")
            ticket, persons = guests.say_yes(page, letter, email=email)
            parties.append(Party(letter, email, ticket, persons))
        guests.choose_city(page, letters[2], "bergen")
        guests.say_no(page, letters[4])
    first, second, third, fourth = parties
    [confirmed] = town.mails_to(third.email)
    assert "Treff i Bergen" in confirmed, "of answer and swap, what is true when the mail leaves"
    return first, second, third, fourth


def _a_partner_takes_part(town: Town) -> tuple[str, str]:
    """Return the partner's personal link, and the address that its stand's QR holds."""
    link = staff.take_partner_in(town)
    with town.phone() as page:
        stand = guests.confirm_as_partner(page, link)
    told = staff.read_needs(town)
    assert all(words in told for words in (staff.PARTNER, "Kommer", "Strøm, 2 bord")), told
    staff.approve_opportunity(town, guests.OFFER)
    return link, town.here(stand)


def _oslo_lets_in_without_network(town: Town, comes: Party, swapped: Party, folder: Path) -> None:
    """The phone at the door loses its network, reads a ticket by its camera, refuses one of Bergen, and comes back."""
    pairing = town.made.json("checkin", "pair", slug_of("oslo"), "--door", "Hovedinngang")["link"]
    for camera in browser_that_sees(town.browser, folder, comes.ticket):
        context = on_our_clock(phone(camera))
        page = paired(context, town.here(pairing), start=False)
        context.set_offline(True)
        expect(page.locator("[data-put=network]")).to_have_text("Uten nett – skann videre", timeout=30_000)
        page.get_by_role("button", name="Start skanning").click()
        expect_verdict(page, "amber", "Slipp inn")
        next_guest(page)
        type_code(page, swapped.code)
        expect_verdict(page, "red", "Ikke på lista")
        next_guest(page)
        assert _scans(town) == [], "nothing has left the phone"
        context.set_offline(False)
        expect(page.locator("[data-put=unsent]")).to_have_text("0", timeout=30_000)
        expect(page.locator("[data-put=inside]")).to_have_text(str(comes.persons), timeout=SOON_MS)
    assert ("Hovedinngang", "in", comes.persons) in _scans(town)


def _interest_at_the_stand(town: Town, guest: Party, partner: str, stand: str) -> None:
    with town.phone() as page:
        guests.leave_interest(page, stand, name=guest.first_name, email=guest.email)
        assert guest.first_name in guests.read_interest(page, partner)


def _survey(town: Town, guest: Party) -> None:
    link = staff.thank_those_who_came(town, guest.email)
    with town.phone() as page:
        guests.answer_survey(page, link)
    with town.made.app.app_context():
        counted = counts(by_slug(slug_of("oslo")).id)
    assert [sum(counted[question].values()) for question in Question] == [1, 1, 1]


def _adds_up(
    told: dict[str, dict], tables: dict[str, list], coming: tuple[Party, Party, Party, Party], *, invited: int
) -> None:
    """The three funnels share out everybody who was asked, and each report says what its funnel says."""
    comes, stays_away, swaps, chooses = coming
    assert [sum(one[name] for one in told.values()) for name in ("invited", "delivered")] == [invited, invited]
    wanted = {"oslo": comes.persons + stays_away.persons, "bergen": swaps.persons, "trondheim": chooses.persons}
    assert {city: one["attending"] for city, one in told.items()} == wanted
    assert {city: one["attended"] for city, one in told.items()} == {"oslo": comes.persons, "bergen": 0, "trondheim": 0}
    assert told["oslo"]["no_show"] == stays_away.persons
    assert told["oslo"]["declined"] >= 1
    for city, figures in told.items():
        for whole, parts in EXPLAINED:
            assert figures[whole] == sum(figures[part] for part in parts), (city, whole)
        cells = [row[-2:] for table in tables[city] for row in table]
        for name in ("answered", "unanswered", "attended", "no_show", "delivered"):
            assert [FIGURE_WORDS[name], str(figures[name])] in cells, (city, name)


def _canaries(letters: list[PrintedLetter], parties: tuple[Party, ...]) -> set[str]:
    names = {name for letter in letters for name in FIRST_NAME.findall(letter.name)}
    assert len(names) >= len(letters)
    return names | {party.email for party in parties} | {STUDENT, STUDENT_MAIL}


def _is_found(town: Town, canaries: set[str], guest: Party) -> None:
    """Before: each is found where it must be, so that finding nothing afterwards means something."""
    with town.made.app.app_context():
        places = found_in_database(canaries)
    assert set(places) == canaries
    assert {place.partition(".")[0] for place in places[guest.first_name]} >= {"person", "stand_interest"}
    assert set(found_in_files({guest.email, STUDENT_MAIL}, town.made.instance)) == {guest.email, STUDENT_MAIL}
    assert guest.first_name in found_in_files({guest.first_name}, town.made.folder / "letters")


def _is_gone(town: Town, canaries: set[str], log: str) -> None:
    """After: nothing of them in the database, its write-ahead log, the instance folder or the log."""
    assert re.search(r'"route": "/i/<token>', log), "the log is the one that was kept"
    (town.made.instance / "server.log").write_text(log, encoding="utf-8")
    with town.made.app.app_context():
        assert found_in_database(canaries) == {}
    assert found_in_files(canaries, town.made.instance) == {}


def _scans(town: Town) -> list[tuple[str, str, int]]:
    with town.made.app.app_context():
        rows = db.session.execute(select(Scan.door, Scan.kind, Scan.persons).order_by(Scan.counter, Scan.scan_id))
        return [(door, kind, persons) for door, kind, persons in rows]
