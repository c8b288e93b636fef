"""The whole walk, by the commands and the pages that people use: from an extract to people who are gone, provably."""

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from outreach import clock
from outreach.database import db
from outreach.events.models import Event
from tests.canary import found_in_database, found_in_files, numbers_in, numbers_in_database, numbers_in_files
from tests.installation import FIRST_NAME, PROTECTED_CANARY, Installation, installed, unmistakable_names
from tests.pages import forms_of, links_of, send, through_questions
from tests.printed_letters import PrintedLetter, read_letters
from tests.strict_html import StrictClient

pytestmark = pytest.mark.own_database
SLUG = "ny-i-modum"
EVENING = datetime(2026, 11, 26, 17, 5, tzinfo=UTC)


class World(Installation):
    """One installation whose pages are looked at, too."""

    def client(self) -> FlaskClient:
        world = self

        class Watched(StrictClient):
            def open(self, *args, **kwargs):
                answer = super().open(*args, **kwargs)
                world.shown.append(answer.get_data())
                return answer

        self.app.test_client_class = Watched
        return self.app.test_client()


@pytest.fixture
def world(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Iterator[World]:
    clock.set_clock(lambda: datetime(2026, 11, 2, 11, 0, tzinfo=UTC))
    with installed(tmp_path) as made, made.app.app_context():
        yield World(made.app, tmp_path)
        db.session.remove()
    clock.set_clock(None)


def test_from_an_extract_to_people_who_are_gone(world: World, capfd: pytest.CaptureFixture[str]) -> None:
    extract = world.folder / "extract.ndjson"
    world.run("demo", "extract", "--people", "900", "--seed", "7", "--as-of", "2026-11-02", "--out", str(extract))
    unmistakable_names(extract)
    imported = world.json("register", "import", str(extract), "--as-of", "2026-11-02")
    assert imported["rows"] >= 900
    assert imported["moved_in"] > 10
    assert imported["protected"] > 0
    invitations = _invite(world)
    letters = _print_letters(world, invitations["households"])
    guests = _answer(world, letters[:3])
    world.json("messages", "send-due")
    _let_in(world, guests)
    funnel = world.json("reports", "funnel", SLUG)
    assert funnel["invited"] == funnel["delivered"] == invitations["people"]
    assert funnel["attending"] == sum(guest.persons for guest in guests)
    assert funnel["attended"] == guests[0].persons
    assert funnel["no_show"] == funnel["attending"] - funnel["attended"]
    log = capfd.readouterr().err
    assert '"route": "/i/<token>' in log
    (world.instance / "server.log").write_text(log, encoding="utf-8")
    _expect_no_national_number(world, extract)
    _erase_and_search(world, extract, letters, guests, funnel)


@dataclass
class Guest:
    letter: PrintedLetter
    ticket: str
    persons: int


def _invite(world: World) -> dict:
    world.run(
        "events", "create", SLUG, "--kind", "ny-i-modum", "--title", "Ny i Modum-kveld", "--starts", "2026-11-26T18:00",
        "--ends", "2026-11-26T21:00", "--venue", "Modum kulturhus", "--capacity", "200", "--publish",
    )  # fmt: skip
    counted = world.json("audience", "count", "moved-in", "--event", SLUG)
    made = world.json("invitations", "create", SLUG, "--segment", "moved-in")
    assert made["people"] == counted["people"]
    assert made["households"] == counted["households"] == made["invitations"]
    assert world.json("invitations", "create", SLUG, "--segment", "moved-in")["invitations"] == 0
    return made


def _print_letters(world: World, households: int) -> list[PrintedLetter]:
    out = world.folder / "letters"
    password = "riktig hest batteri stift\n"
    for email, role in (("a@modum.example", "organiser"), ("b@modum.example", "organiser")):
        world.run("staff", "create", email, "--role", role, "--password-stdin", stdin=password)
    if households > 50:
        refused = world.run("letters", "build", SLUG, "--out", str(out), exit_code=1)
        reference = re.search(r"flask mailings release (\S+)", refused.output)
        assert reference, refused.output
        world.run("mailings", "release", reference[1], "--by", "b@modum.example")
    built = world.json("letters", "build", SLUG, "--out", str(out))
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["count"] == households - len(built.get("not_printable", []))
    letters = read_letters(out)
    assert len(letters) == manifest["count"]
    return letters


def _answer(world: World, letters: list[PrintedLetter]) -> list[Guest]:
    return [_answer_one(world, letter, number) for number, letter in enumerate(letters)]


def _answer_one(world: World, letter: PrintedLetter, number: int) -> Guest:
    client = world.client()
    assert letter.qr.upper() == f"HTTP://LOCALHOST/I/{letter.code.replace('-', '')}"
    [typed] = [form for form in forms_of(client.get("/svar")) if form.action == "/svar"]
    found = send(client, typed, code=letter.code.lower().replace("-", " "))
    assert found.status_code in (302, 303)
    invitation = client.get(found.headers["Location"])
    assert invitation.status_code == 200
    assert client.get(letter.qr.removeprefix("HTTP://LOCALHOST")).status_code == 200
    page = client.get(next(link for link in links_of(invitation) if link.endswith("/svar") and "/i/" in link))
    form = next(form for form in forms_of(page) if "person_1" in form.choices)
    yes = {name: "yes" for name in form.choices if name.startswith("person_")}
    help_ = {"asking_1": "yes", "need_1_wheelchair": "yes"}
    mail = {"email": f"gjest{number}@kanari.example"} if number < 2 else {}
    checked = through_questions(client, page, **yes, **help_, **mail)
    assert checked.status_code == 200
    confirm = next(form for form in forms_of(checked) if any(value == "confirm" for _name, value in form.buttons))
    done = client.get(send(client, confirm, button="confirm").headers["Location"])
    ticket = next(link for link in links_of(done) if "/billett/" in link and not link.endswith(".ics"))
    assert client.get(ticket).status_code == 200
    assert client.get(f"{ticket}.ics").data.startswith(b"BEGIN:VCALENDAR")
    return Guest(letter, ticket.rsplit("/", 1)[1], len(yes))


def _let_in(world: World, guests: list[Guest]) -> None:
    clock.set_clock(lambda: EVENING)
    first = _scan(world, "Hovedinngang", guests[0], at=EVENING, scan_id="a" * 32)
    assert first["results"][0]["class"] == "first"
    second = _scan(world, "Sidedør", guests[0], at=EVENING, scan_id="b" * 32)
    assert second["results"][0]["class"] == "clash"
    assert second["results"][0]["earlier"]["door"] == "Hovedinngang"


def _pair(world: World, door: str) -> str:
    link = re.search(r"http://\S+/door/\S*#(\S+)", world.run("checkin", "pair", SLUG, "--door", door).output)
    assert link
    body = {"pairing_secret": link[1], "device_name": door, "clock_utc": EVENING.isoformat()}
    return world.client().post("/api/door/v1/pair", json=body).get_json()["device_token"]


def _scan(world: World, door: str, guest: Guest, *, at: datetime, scan_id: str) -> dict:
    scan = {
        "scan_id": scan_id, "counter": 1, "ticket": guest.ticket, "kind": "in", "persons": guest.persons,
        "scanned_at_utc": at.isoformat(), "verdict": "green", "roster_version": "1", "door": door,
    }  # fmt: skip
    body = {"clock_utc": at.isoformat(), "scans": [scan]}
    bearer = {"Authorization": f"Bearer {_pair(world, door)}"}
    answer = world.client().post("/api/door/v1/scans", json=body, headers=bearer)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_json()


def _expect_no_national_number(world: World, extract: Path) -> None:
    """Look for each number of the extract in all that the walk leaves: files, letters, mails, log, database, pages."""
    found = re.findall(r"\"foedselsEllerDNummer\": ?\"(\d{11})\"", extract.read_text(encoding="utf-8"))
    numbers = frozenset(found)
    assert len(numbers) >= 900
    _expect_that_numbers_would_be_found(world, numbers)
    kinds = {path.suffix for path in world.folder.rglob("*") if path.is_file()}
    assert {".pdf", ".eml", ".log"} <= kinds
    assert numbers_in_files(numbers, world.folder) == {extract.name: set(numbers)}
    assert numbers_in_database(numbers) == {}
    assert numbers_in(b"\n".join(world.shown).decode("utf-8", "ignore"), numbers) == set()


def _expect_that_numbers_would_be_found(world: World, numbers: frozenset[str]) -> None:
    """The control: numbers put in a file, a mail and the database, as they are and as people write them, are seen."""
    plain, spaced, *_rest = sorted(numbers)
    written = f"{spaced[:6]} {spaced[6:]}"
    planted = world.folder / "planted"
    planted.mkdir()
    mail = EmailMessage()
    mail.set_content(f"Nummeret er {written}.", cte="base64")
    (planted / "one.eml").write_bytes(mail.as_bytes())
    (planted / "two.log").write_text(f"id=7{plain}3", encoding="utf-8")
    assert numbers_in_files(numbers, planted) == {"one.eml": {spaced}, "two.log": {plain}}
    shutil.rmtree(planted)
    db.session.execute(update(Event).values(description=f"Ring {written}"))
    assert numbers_in_database(numbers) == {"event.description": {spaced}}
    db.session.rollback()


def _erase_and_search(
    world: World, extract: Path, letters: list[PrintedLetter], guests: list[Guest], funnel: dict
) -> None:
    instance = world.instance
    first_names = {name for guest in guests for name in FIRST_NAME.findall(guest.letter.name)}
    mails = {"gjest0@kanari.example", "gjest1@kanari.example"}
    numbers = re.findall(r"\"foedselsEllerDNummer\": ?\"(\d{11})\"", extract.read_text(encoding="utf-8"))[:200]
    assert numbers
    # Before: each is found where it must be, so that finding nothing afterwards means something.
    before = found_in_database([*first_names, *mails])
    assert set(before) == first_names | mails
    assert any("person.given_name_sealed" in places for places in before.values())
    assert set(found_in_files(mails, instance)) == mails
    assert set(found_in_files(first_names, world.folder / "letters")) == first_names
    assert not found_in_database(numbers)
    _expect_nothing_of_protected(world)
    clock.set_clock(lambda: datetime(2027, 3, 15, 2, 0, tzinfo=UTC))
    receipt = world.json("retention", "run", "--today", "2027-03-15")
    assert receipt["erased"][0]["counts"]["person"] >= len(letters)
    assert world.json("retention", "run", "--today", "2027-03-15")["erased"] == []
    # After: nothing of the guests in the database, its write-ahead log, the instance folder or the log.
    everybody = [name for letter in letters for name in FIRST_NAME.findall(letter.name)]
    assert len(everybody) >= len(letters)
    assert not found_in_database([*everybody, *mails])
    assert not found_in_files([*everybody, *mails, *numbers], instance)
    assert not found_in_database(numbers)
    kept = world.json("reports", "funnel", SLUG)
    assert kept == funnel


def _expect_nothing_of_protected(world: World) -> None:
    # The canary is in the extract, so the search would find it where it is.
    assert found_in_files([PROTECTED_CANARY], world.folder)[PROTECTED_CANARY] == {"extract.ndjson"}
    assert not found_in_database([PROTECTED_CANARY])
    shown = b"\n".join(world.shown).decode("utf-8", "ignore").casefold()
    assert PROTECTED_CANARY.casefold() not in shown
