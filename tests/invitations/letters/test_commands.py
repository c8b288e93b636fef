import csv
import hashlib
import json
import re
import signal
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from outreach import clock
from outreach.audit.actor import COMMAND
from outreach.audit.models import AuditEntry
from outreach.database import db
from outreach.events.event import State as EventState
from outreach.events.models import Event
from outreach.formats.colour import contrast
from outreach.formats.colour_scale import DRAWING_CONTRAST, light_scale
from outreach.formats.short_code import grouped
from outreach.invitations.letters import service
from outreach.invitations.letters.building import commands as building
from outreach.invitations.letters.composing import service as composing
from outreach.invitations.letters.planning import service as planning
from outreach.invitations.letters.queries import persons_now
from outreach.invitations.models import Invitation, Invitee
from outreach.invitations.queries import code_of
from outreach.invitations.service import create_invitations
from outreach.messages.models import LetterBatch
from outreach.messages.service import suppress
from outreach.outbox.models import OutboxMessage
from outreach.outbox.states import Reason
from outreach.people.models import Household, Person, ProtectedIdentity
from outreach.people.postal_address import PostalAddress
from outreach.reports.funnels.queries import funnel
from tests import forked
from tests.conftest import NOW
from tests.factories.accounts import make_staff
from tests.factories.audience import make_import
from tests.factories.events import make_event
from tests.factories.invitations import event_invitations
from tests.factories.letters import Page, fill_colours, invite, make_home, read_pages, spoken_languages
from tests.factories.outbox import states
from tests.factories.rsvp import answer_for, give_answer
from tests.factories.series import make_series
from tests.invitations.letters.crash_process import main

CODE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b")


@pytest.fixture(autouse=True)
def own_instance(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    set_up(app, monkeypatch, instance_dir=tmp_path / "instance", release_above_households=50)


def set_up(app: Flask, monkeypatch: pytest.MonkeyPatch, **changes: Any) -> None:
    settings = app.extensions["treffpunkt.settings"]
    monkeypatch.setitem(app.extensions, "treffpunkt.settings", replace(settings, **changes))


def run(app: Flask, *arguments: str) -> Any:
    return app.test_cli_runner().invoke(args=list(arguments))


def build(app: Flask, out: Path, *arguments: str) -> Any:
    return run(app, "letters", "build", "ny-i-modum-2026", "--out", str(out), *arguments)


def built(app: Flask, out: Path, *arguments: str) -> dict[str, Any]:
    result = build(app, out, "--json", *arguments)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def codes_of_the_database() -> dict[str, str]:
    return {
        code_of(invitation.selector, invitation.generation): invitation.state
        for invitation in db.session.scalars(db.select(Invitation))
    }


def test_prints_one_sheet_a_household_with_the_files_of_the_contract(app: Flask, tmp_path: Path) -> None:
    make_home(("Åse", "Bråthen"), ("Bjørn Erik", "Lien"))
    make_home(("Mohammed", "Al-Hassan"), address=PostalAddress(("c/o Váldde Olsen", "Øvre gate 2"), "3371", "ÅMOT", ""))
    invite()
    facts = built(app, tmp_path / "ut")
    assert (facts["count"], facts["pages"], facts["left_out"]) == (2, 4, {})
    assert sorted(path.name for path in (tmp_path / "ut").iterdir()) == [
        "addresses.csv", "letters-001.pdf", "manifest.json",
    ]  # fmt: skip
    manifest = json.loads((tmp_path / "ut" / "manifest.json").read_text())
    pdf = (tmp_path / "ut" / "letters-001.pdf").read_bytes()
    assert (manifest["count"], manifest["pages"]) == (2, 4)
    assert manifest["files"] == [
        {"name": "letters-001.pdf", "letters": 2, "pages": 4, "sha256": hashlib.sha256(pdf).hexdigest()}
    ]
    with (tmp_path / "ut" / "addresses.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == [
        "reference", "name", "address_line_1", "address_line_2", "address_line_3", "postcode", "place", "country",
        "file", "first_page", "last_page",
    ]  # fmt: skip
    assert [(row["name"], row["postcode"], row["first_page"], row["last_page"]) for row in rows] == [
        ("Åse Bråthen og Bjørn Erik Lien", "3370", "1", "2"), ("Mohammed Al-Hassan", "3371", "3", "4"),
    ]  # fmt: skip
    assert (rows[1]["address_line_1"], rows[1]["address_line_2"]) == ("c/o Váldde Olsen", "Øvre gate 2")
    assert {row["reference"] for row in rows} == {str(row.id) for row in db.session.scalars(db.select(OutboxMessage))}
    assert states() == {"handed_over": 2}
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "ut").iterdir()} == {0o600}


def test_each_page_holds_the_code_as_text_and_as_qr(app: Flask, tmp_path: Path) -> None:
    for _ in range(3):
        make_home()
    invite()
    built(app, tmp_path / "ut")
    pages = read_pages(tmp_path / "ut" / "letters-001.pdf")
    assert len(pages) == 6
    printed = []
    for page in pages:
        found = set(CODE.findall(page.text))
        assert len(found) == 1
        [code] = found
        assert set(page.qr_texts) == {f"HTTP://LOCALHOST/I/{code.replace('-', '')}"}
        assert "http://localhost/svar" in page.text
        assert "32 78 93 00" in page.text
        printed.append(code.replace("-", ""))
    assert printed[0::2] == printed[1::2]
    assert set(printed) == set(codes_of_the_database())
    assert "mandag til fredag kl. 9.00–15.00" in " ".join(pages[0].text.split())
    assert "Svarslipp" in pages[1].text


def test_the_window_shows_name_and_address_and_nothing_else(app: Flask, tmp_path: Path) -> None:
    make_home(("Åse", "Bråthen"), ("Bjørn Erik", "Lien"))
    invite()
    built(app, tmp_path / "ut")
    front = read_pages(tmp_path / "ut" / "letters-001.pdf")[0]
    window = front.inside(left=15, right=110, top=44, bottom=70)
    assert window == "ÅseBråthenogBjørnErikLienStorgata13370VIKERSUND"
    inner = [(x, y) for _, x, y in front.characters if 15 <= x <= 110 and 44 <= y <= 70]
    assert min(x for x, _ in inner) == pytest.approx(20, abs=0.6)
    assert min(y for _, y in inner) > 47
    assert max(y for _, y in inner) < 67
    assert min(x for _, x, _y in front.characters) >= 18
    assert front.text.count("Bråthen") == front.text.count("Lien") == 1
    assert "Hei, Åse og Bjørn!" in front.text


def test_the_file_is_tagged_archival_and_titled(app: Flask, tmp_path: Path) -> None:
    make_home()
    invite()
    built(app, tmp_path / "ut")
    pdf = (tmp_path / "ut" / "letters-001.pdf").read_bytes()
    for mark in (
        b"/StructTreeRoot",
        b"/Lang(nb-NO)",
        b"/Lang(en-GB)",
        b"/MarkInfo",
        b"pdfuaid:part",
        b"pdfaid:part",
        b"/Alt(QR",
    ):
        assert mark in pdf, mark
    assert "Velkommen til Ny i Modum-kveld 2026" in str(pdf.decode("latin-1"))


@pytest.mark.parametrize("colour", ["#123e8c", "#8c1d40", "#ffe066", "#ffffff"])
def test_headings_and_mark_have_the_municipalitys_colour_and_can_be_read(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, colour: str
) -> None:
    set_up(app, monkeypatch, organisation_colour=colour)
    make_home()
    invite()
    built(app, tmp_path / "ut")
    found, steps = fill_colours(tmp_path / "ut" / "letters-001.pdf"), light_scale(colour)
    assert found["text"] == {"#000000", "#3c3c3c", steps.text_default}
    assert steps.drawing in found["path"]
    assert min(contrast(text, "#ffffff") for text in found["text"]) >= 7
    assert contrast(steps.drawing, "#ffffff") >= DRAWING_CONTRAST


@pytest.mark.parametrize(
    ("given", "family"),
    [
        ("Áilu Ánde", "Čálliidšiljju"), ("Đorđe", "Ŋáhkku"), ("محمد", "الحسن"),
        ("Zoë", "D’Ñandú-Šašić"), ("Олена", "Шевченко"),
    ],
)  # fmt: skip
def test_prints_names_of_many_origins(app: Flask, tmp_path: Path, given: str, family: str) -> None:
    make_home((given, family))
    invite()
    assert built(app, tmp_path / "ut")["not_printable"] == []
    front = read_pages(tmp_path / "ut" / "letters-001.pdf")[0]
    if given.isascii() or "ا" not in family:
        assert given.split(maxsplit=1)[0] in front.text


def tell_languages(event: Event, chosen: str, *told: str) -> None:
    """Let the event's letters have `chosen`, and its households have `told` us those, in the order of print."""
    event.letter_languages = chosen
    letters = sorted(db.session.scalars(db.select(OutboxMessage)), key=lambda row: row.id)
    for row, language in zip(letters, told, strict=True):
        db.session.get_one(Invitation, int(row.recipient.removeprefix("invitation:"))).language = language
    db.session.commit()


def _reads(page: Page, code: str) -> bool:
    """Say whether `code` stands on the page from the left, as eyes see it.

    The text that a reader of PDF gives turns the numbers of an Arabic line about.
    """
    starts = [(x, y) for text, x, y in page.characters if text == code[0]]
    return any(_onward(page, left, top).startswith(code) for left, top in starts)


def _onward(page: Page, left: float, top: float) -> str:
    line = sorted((x, text) for text, x, y in page.characters if abs(y - top) < 1.6 and x >= left)
    return "".join(text for _, text in line)


@pytest.mark.parametrize(
    ("chosen", "told", "pages"),
    [
        ("nb,en", "nb", ["nb-NO", "en-GB nb-NO"]),
        ("nb,en", "nn", ["nn-NO", "en-GB nn-NO"]),
        ("nb,en", "en", ["en-GB", "nb-NO en-GB"]),
        ("nb,en", "uk", ["nb-NO", "uk-UA nb-NO"]),
        ("nn", "nb", ["nn-NO", "nn-NO"]),
        ("nb,en,uk", "nb", ["nb-NO", "en-GB uk-UA nb-NO"]),
        ("nn,en,pl,ar", "uk", ["nn-NO", "uk-UA en-GB pl-PL nn-NO"]),
        ("nb,uk,pl,ar", "nb", ["nb-NO", "uk-UA pl-PL ar nb-NO"]),
    ],
)
def test_each_part_of_a_letter_is_tagged_with_its_language_and_each_page_has_the_code(
    app: Flask, tmp_path: Path, chosen: str, told: str, pages: list[str]
) -> None:
    make_home(("Åse", "Bråthen"), ("Bjørn Erik", "Lien"))
    tell_languages(invite(), chosen, told)
    assert built(app, tmp_path / "ut")["pages"] == 2
    file = tmp_path / "ut" / "letters-001.pdf"
    assert [" ".join(languages) for languages in spoken_languages(file)] == pages
    for page in read_pages(file):
        [link] = set(page.qr_texts)
        code = grouped(link.removeprefix("HTTP://LOCALHOST/I/"))
        assert CODE.fullmatch(code)
        assert _reads(page, code)
        assert not _reads(page, code[::-1])
        assert "32 78 93 00" in page.text
        assert min(x for _, x, _y in page.characters) >= 18


@pytest.mark.parametrize("languages", ["nb,en", "nb,en,uk"])
def test_a_letter_of_a_series_lists_the_meetups_that_can_be_chosen(app: Flask, tmp_path: Path, languages: str) -> None:
    make_home(("Åse", "Bråthen"))
    oslo, bergen, trondheim = make_series(None, None, None)
    tell_languages(invite(oslo), languages, "nb")
    for event, venue in ((oslo, "Sentralen"), (bergen, "Kvarteret"), (trondheim, "Samfundet")):
        event.venue, event.venue_address = venue, "Storgata 3"
    db.session.commit()
    released = planning.plan(oslo, is_reprint=False, now=NOW).content(oslo)
    bergen.revision += 1
    assert planning.plan(oslo, is_reprint=False, now=NOW).content(oslo) != released, "it tells of Bergen too"
    db.session.commit()
    result = run(app, "letters", "build", oslo.slug, "--out", str(tmp_path / "ut"))
    assert result.exit_code == 0, result.output
    front, back = read_pages(tmp_path / "ut" / "letters-001.pdf")
    assert "Velkommen til Treff høsten 2026" in front.text
    assert "Velg det stedet som passer deg best." in front.text
    for page in (front, back):
        for place in ("Oslo: ", "Bergen: ", "Trondheim: ", "Sentralen, Storgata 3", "Kvarteret", "Samfundet"):
            assert place in page.text
    assert all(f"{city} 26. nov." in back.text for city in ("Oslo", "Bergen", "Trondheim"))
    for gone in (bergen, trondheim):
        gone.state = EventState.CANCELLED
    db.session.commit()
    about = composing.occasion(oslo, NOW)
    assert (about.choice, about.title) == (None, oslo.title), "with one left there is nothing to choose"


def test_households_of_several_languages_stand_in_one_file_each_with_its_own(app: Flask, tmp_path: Path) -> None:
    for _ in range(4):
        make_home()
    tell_languages(invite(), "nb,en", "nb", "nn", "uk", "en")
    built(app, tmp_path / "ut")
    file = tmp_path / "ut" / "letters-001.pdf"
    assert [" ".join(languages) for languages in spoken_languages(file)] == [
        "nb-NO", "en-GB nb-NO", "nn-NO", "en-GB nn-NO", "nb-NO", "uk-UA nb-NO", "en-GB", "nb-NO en-GB",
    ]  # fmt: skip
    texts = [" ".join(page.text.split()) for page in read_pages(file)]
    assert "Du har flyttet til Modum" in texts[0]
    assert "Du har flytta til Modum" in texts[2]
    assert "Kvifor får du dette brevet?" in texts[2]
    assert "Ласкаво просимо: Ny i Modum-kveld 2026" in texts[5]
    assert "Why do you get this letter?" in texts[6]
    assert "Sender: Modum kommune" in texts[6]


def test_a_household_whose_language_changes_after_the_batch_is_another_batch(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(app, monkeypatch, release_above_households=1)
    make_home()
    make_home()
    event = invite()
    first = build(app, tmp_path / "ut").stderr
    assert build(app, tmp_path / "ut").stderr == first
    tell_languages(event, "nb,en", "nb", "nn")
    second = build(app, tmp_path / "ut").stderr
    assert second != first
    tell_languages(event, "nn,en", "nb", "nn")
    assert build(app, tmp_path / "ut").stderr not in (first, second)


def test_a_language_that_changes_while_the_files_are_made_stops_them(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_home()
    event = invite()
    plan = building.planning.plan

    def planned(*arguments: Any, **values: Any) -> Any:
        found = plan(*arguments, **values)
        event.letter_languages = "nn,en"
        return found

    monkeypatch.setattr(building.planning, "plan", planned)
    result = build(app, tmp_path / "ut")
    assert (result.exit_code, "Noe ble endret" in result.stderr) == (1, True)
    assert states() == {"queued": 1}


def test_a_name_that_no_font_covers_is_reported_and_stops_nobody_else(app: Flask, tmp_path: Path) -> None:
    make_home(("王", "小明"))
    make_home(("Kari", "Nordmann"))
    invite()
    facts = built(app, tmp_path / "ut")
    assert facts["count"] == 1
    [letter] = facts["not_printable"]
    assert set(letter["reason"]) == set("王小明")
    assert states() == {"handed_over": 1, "queued": 1}
    assert facts["left_out"] == {"not_printable": 1}


def test_long_names_and_addresses_are_fitted_and_never_cut(app: Flask, tmp_path: Path) -> None:
    address = PostalAddress(
        ("c/o Stiftelsen for veldig lange navn på gamle gårder i Modum", "Nedre Sandsbråtensvingen terrasse 1234 B",
         "Bolig H0201", "Postboks 5678 Vestre Spone"), "3370", "VIKERSUND", "Sverige",
    )  # fmt: skip
    given, family = "Anne-Margrethe Kristin Elisabeth", "Wedel-Jarlsberg von Münchhausen-Gyldenløve"
    make_home((given, family), (given, family + "-Holm"), address=address)
    invite()
    built(app, tmp_path / "ut")
    front = read_pages(tmp_path / "ut" / "letters-001.pdf")[0]
    window = front.inside(left=15, right=110.5, top=44, bottom=70)
    for part in ("Gyldenløve", "Stiftelsen", "Sandsbråtensvingen", "H0201", "Postboks5678", "VIKERSUND", "SVERIGE"):
        assert part in window, part
    assert max(y for _, x, y in front.characters if x <= 110.5 and 44 <= y <= 72) < 67.5


def test_printing_twice_prints_nothing_and_a_reprint_is_a_named_act(app: Flask, tmp_path: Path) -> None:
    make_home()
    invite()
    built(app, tmp_path / "a")
    again = build(app, tmp_path / "b")
    assert again.exit_code == 0
    assert "Ingen brev venter" in again.stdout
    assert not (tmp_path / "b").exists()
    assert built(app, tmp_path / "c", "--reprint")["count"] == 1
    codes = [CODE.findall(read_pages(tmp_path / name / "letters-001.pdf")[0].text) for name in "ac"]
    assert codes[0] == codes[1]
    acts = list(db.session.scalars(db.select(AuditEntry.act).order_by(AuditEntry.at_utc, AuditEntry.id)))
    assert acts.count("letters.hand_over") == 1
    assert acts.count("letters.reprint") == 1
    assert states() == {"handed_over": 1}


def test_a_folder_with_letters_is_not_written_over(app: Flask, tmp_path: Path) -> None:
    make_home()
    event = invite()
    built(app, tmp_path / "ut")
    make_home(("Ny", "Nordmann"))
    invite(event)
    result = build(app, tmp_path / "ut")
    assert result.exit_code == 1
    assert "Velg en annen mappe" in result.stderr
    assert states() == {"handed_over": 1, "queued": 1}


def test_a_large_batch_waits_for_another_person(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    set_up(app, monkeypatch, release_above_households=1)
    maker, second, reader = make_staff("organiser"), make_staff("admin"), make_staff("reader")
    make_home()
    make_home()
    event = invite()
    refused = build(app, tmp_path / "ut", "--by", maker.email)
    assert refused.exit_code == 1
    reference = re.search(r"B-[0-9A-Z]{6}", refused.stderr)
    assert reference is not None
    assert not (tmp_path / "ut").exists()
    assert states() == {"queued": 2}
    release = lambda email: run(app, "mailings", "release", reference[0].lower(), "--by", email)  # noqa: E731
    assert "kan ikke godkjenne" in release(maker.email).stderr
    assert "ikke en konto" in release(reader.email).stderr
    assert "ikke en konto" in release("nobody@modum.example").stderr
    assert run(app, "mailings", "release", "B-222222", "--by", second.email).exit_code == 1
    assert release(second.email).exit_code == 0
    make_home()
    invite(event)
    changed = build(app, tmp_path / "ut")
    assert changed.exit_code == 1
    assert reference[0] not in changed.stderr
    db.session.execute(db.delete(OutboxMessage).where(OutboxMessage.id == newest_letter()))
    db.session.commit()
    assert built(app, tmp_path / "ut")["count"] == 2


def newest_letter() -> int:
    seen = {row.id for row in db.session.scalars(db.select(LetterBatch))}
    rows = list(db.session.scalars(db.select(OutboxMessage).order_by(OutboxMessage.created_at_utc)))
    home = db.session.scalars(db.select(Invitation).order_by(Invitation.created_at_utc)).all()
    assert seen
    # The factory counts homes in this hash, so of two the longer is the newer, and of equal length the later.
    hashes = {one.id: db.session.get_one(Household, one.household_id).dwelling_hash for one in home}
    newest = max(home, key=lambda invitation: (len(hashes[invitation.id]), hashes[invitation.id]))
    return next(row.id for row in rows if row.recipient == f"invitation:{newest.id}")


def test_release_for_a_batch_made_without_a_name_may_come_from_any_who_may(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(app, monkeypatch, release_above_households=0)
    make_home()
    invite()
    reference = re.search(r"B-[0-9A-Z]{6}", build(app, tmp_path / "ut").stderr)
    assert reference is not None
    assert run(app, "mailings", "release", reference[0], "--by", make_staff("organiser").email).exit_code == 0
    assert built(app, tmp_path / "ut")["reference"] == reference[0]


@pytest.mark.parametrize(("segment", "state"), [("young-away", "handed_over"), ("moved-in", "withheld")])
def test_who_was_asked_as_one_who_moved_away_gets_the_letter_and_others_who_left_do_not(
    app: Flask, tmp_path: Path, segment: str, state: str
) -> None:
    make_home(("Kari", "Nordmann"), birth_year=2000)
    make_home(("Away", "Student"), birth_year=2000)
    student = next(row for row in db.session.scalars(db.select(Person)) if row.given_name == "Away")
    if segment == "young-away":
        student.is_resident, student.household_id, student.seen_import_id = False, None, 1
    db.session.commit()
    create_invitations(make_event(), segment=segment, since=None, until=None, now=NOW, actor=COMMAND)
    student.is_resident = False
    db.session.commit()
    assert build(app, tmp_path / "ut").exit_code == 0
    invitation = db.session.scalar(db.select(Invitee.invitation_id).filter_by(person_id=student.id))
    letter = db.session.scalars(db.select(OutboxMessage).filter_by(recipient=f"invitation:{invitation}")).one()
    assert letter.state == state


def test_who_moved_away_gets_the_letter_also_when_the_invitation_moved_within_its_series(app: Flask) -> None:
    oslo, bergen, _trondheim = make_series(None, None, None)
    apart = make_event(slug="annet")
    home = make_home(("Away", "Student"), birth_year=2000)
    student = db.session.scalars(db.select(Person).where(Person.household_id == home.id)).one()
    student.is_resident, student.household_id = False, None
    db.session.commit()
    create_invitations(oslo, segment="young-away", since=None, until=None, now=NOW, actor=COMMAND)
    [asked] = event_invitations(oslo)
    for event, is_due in ((bergen, True), (apart, False)):
        db.session.execute(db.update(Invitation).values(event_id=event.id))
        db.session.execute(db.update(Invitee).values(event_id=event.id))
        db.session.commit()
        [found] = persons_now([asked.id])[asked.id]
        assert found.was_asked_as_former is is_due


def protect(person: Person) -> None:
    db.session.add(ProtectedIdentity(identity_hash=person.identity_hash, marked_at_utc=NOW))


def set_aside(person: Person) -> None:
    db.session.get_one(Household, person.household_id).set_aside_reason = "by_hand"


@pytest.mark.parametrize(
    ("change", "state", "reason"),
    [
        (protect, "withheld", Reason.PROTECTED),
        (lambda person: suppress(person.identity_hash, source="guest", now=NOW), "withheld", Reason.SUPPRESSED),
        (lambda person: setattr(person, "is_resident", False), "withheld", Reason.MOVED_AWAY),
        (lambda person: setattr(person, "status", "doed"), "withheld", Reason.MOVED_AWAY),
        (lambda person: setattr(person, "address", None), "withheld", Reason.NO_ADDRESS),
        (db.session.delete, "withheld", Reason.ERASED),
        (set_aside, "queued", ""),
        (lambda person: setattr(person, "is_held_back", True), "queued", ""),
    ],
)
def test_what_happened_since_the_invitation_is_checked_before_print(
    app: Flask, tmp_path: Path, change: Callable[[Person], Any], state: str, reason: str
) -> None:
    make_home(("Kanarifugl", "Hemmelig"), address=PostalAddress(("Kanariveien 7",), "3370", "VIKERSUND", ""))
    make_home(("Kari", "Nordmann"))
    invite()
    person = next(row for row in db.session.scalars(db.select(Person)) if row.given_name == "Kanarifugl")
    invitation = next(
        row for row in db.session.scalars(db.select(Invitation)) if row.household_id == person.household_id
    )
    letter_id = db.session.scalar(db.select(OutboxMessage.id).filter_by(recipient=f"invitation:{invitation.id}"))
    change(person)
    db.session.commit()
    result = build(app, tmp_path / "ut")
    assert result.exit_code == 0, result.output
    row = db.session.get_one(OutboxMessage, letter_id, populate_existing=True)
    assert (row.state, row.reason) == (state, reason)
    written = result.output + "".join(page.text for page in read_pages(tmp_path / "ut" / "letters-001.pdf"))
    written += (tmp_path / "ut" / "addresses.csv").read_text() + (tmp_path / "ut" / "manifest.json").read_text()
    assert "Kari" in written
    for canary in ("Kanarifugl", "Hemmelig", "Kanariveien"):
        assert canary not in written


def test_an_old_extract_a_draft_and_a_cancelled_event_print_nothing(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_home()
    event = invite()
    monkeypatch.setattr("outreach.clock._now", lambda: NOW + timedelta(days=20))
    make_import(date(2026, 10, 1))
    db.session.execute(db.text("update register_import set as_of = '2026-10-20'"))
    event.ends_at_utc += timedelta(days=90)
    db.session.commit()
    set_up(app, monkeypatch, register_max_age_days=30)
    assert "nytt uttrekk" in build(app, tmp_path / "ut").stderr
    monkeypatch.setattr("outreach.clock._now", lambda: NOW)
    event.state = EventState.CANCELLED.value
    db.session.commit()
    assert "avlyst" in build(app, tmp_path / "ut").stderr
    event.state = EventState.DRAFT.value
    db.session.commit()
    assert "Publiser" in build(app, tmp_path / "ut").stderr
    assert states() == {"queued": 1}


def test_a_protection_mark_during_the_build_stops_the_whole_batch(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_home()
    make_home()
    invite()
    attempt = service.attempt

    def mark_first(batch: LetterBatch, now: Any) -> None:
        service.outbox.withhold(event_id=batch.event_id, purpose=None, reason=Reason.PROTECTED, recipient=victim)
        attempt(batch, now)

    victim = db.session.scalars(db.select(OutboxMessage.recipient)).first()
    monkeypatch.setattr(service, "attempt", mark_first)
    result = build(app, tmp_path / "ut")
    assert result.exit_code == 1
    assert "Kjør kommandoen på nytt" in result.stderr
    assert list((tmp_path / "ut").iterdir()) == []
    assert states() == {"queued": 2}


def test_splits_large_batches_over_files(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "parts", lambda items: [items[:2], items[2:]])
    for _ in range(3):
        make_home()
    invite()
    facts = built(app, tmp_path / "ut")
    assert [(file["name"], file["letters"]) for file in facts["files"]] == [
        ("letters-001.pdf", 2),
        ("letters-002.pdf", 1),
    ]
    with (tmp_path / "ut" / "addresses.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["file"], row["first_page"]) for row in rows] == [
        ("letters-001.pdf", "1"), ("letters-001.pdf", "3"), ("letters-002.pdf", "1"),
    ]  # fmt: skip


def test_text_that_does_not_fit_on_the_sheet_is_refused(app: Flask, tmp_path: Path) -> None:
    make_home()
    event = invite()
    event.access_information = "Inngangen er ved siden av den gamle porten. " * 40
    db.session.commit()
    result = build(app, tmp_path / "ut")
    assert result.exit_code == 1
    assert "plass på arket" in result.stderr
    assert states() == {"queued": 1}


def crash(app: Flask, point: str, out: Path) -> None:
    settings = app.extensions["treffpunkt.settings"]
    environ = {"INSTANCE_DIR": str(settings.instance_dir), "DATABASE_URL": settings.database_url}
    keys = {
        "SECRET_KEY": settings.secret_key,
        "REGISTER_KEY": settings.register_key,
        "INSTANCE_ID": settings.instance_id,
    }
    assert forked.exit_code(main, environ | keys, point, str(out)) == -signal.SIGKILL


@pytest.mark.parametrize("point", ["compiling", "before moving", "while moving", "after moving"])
def test_a_build_killed_anywhere_hands_over_each_letter_once(app: Flask, tmp_path: Path, point: str) -> None:
    make_home()
    make_home()
    invite()
    crash(app, point, tmp_path / "ut")
    assert states() == {"claimed": 2}
    again = built(app, tmp_path / "ut2" if point == "after moving" else tmp_path / "ut")
    assert states() == {"handed_over": 2}
    if point == "after moving":
        assert (again["count"], again["recovered"]) == (0, {"handed_over": 2})
        assert not (tmp_path / "ut2").exists()
    else:
        assert (again["count"], again["recovered"]) == (2, {"queued": 2})
    assert sorted(path.name for path in (tmp_path / "ut").iterdir()) == [
        "addresses.csv", "letters-001.pdf", "manifest.json",
    ]  # fmt: skip


def test_files_that_somebody_took_from_a_dead_build_are_uncertain(app: Flask, tmp_path: Path) -> None:
    make_home()
    event = invite()
    crash(app, "while moving", tmp_path / "ut")
    for path in (tmp_path / "ut").glob("*.*"):
        if path.is_file():
            path.unlink()
    result = build(app, tmp_path / "ut2")
    assert "usikre" in result.stdout
    assert states() == {"uncertain": 1}
    assert built(app, tmp_path / "ut3")["count"] == 0
    assert service.decide_uncertain(event, is_resend=True, actor=service_actor(), now=NOW) == 1
    db.session.commit()
    assert built(app, tmp_path / "ut4")["count"] == 1


def service_actor() -> Any:
    return building.Actor("command")


def days_later(days: int) -> None:
    clock.set_clock(lambda: NOW + timedelta(days=days))


def printed(folder: Path) -> set[str]:
    """Return the codes on the letters of a build."""
    return {code for page in read_pages(folder / "letters-001.pdf") for code in CODE.findall(page.text)}


def reminder_states() -> dict[str, int]:
    rows = db.session.execute(
        db.select(OutboxMessage.state, OutboxMessage.reason).where(OutboxMessage.kind == "invitation_reminder")
    )
    return dict(Counter(f"{state} {reason}".strip() for state, reason in rows))


def test_a_reminder_has_the_same_code_and_leaves_once_to_those_who_owe_an_answer(app: Flask, tmp_path: Path) -> None:
    for _ in range(3):
        make_home()
    event = invite()
    assert built(app, tmp_path / "for-brev", "--wave", "2")["count"] == 0
    built(app, tmp_path / "brev")
    first = printed(tmp_path / "brev")
    assert built(app, tmp_path / "for-tidlig", "--wave", "2")["count"] == 0
    days_later(8)
    answered = event_invitations(event)[0]
    give_answer(answered, answer_for(answered, False))
    facts = built(app, tmp_path / "paminnelse", "--wave", "2")
    assert (facts["count"], facts["wave"], reminder_states()) == (2, 2, {"handed_over": 2})
    pages = read_pages(tmp_path / "paminnelse" / "letters-001.pdf")
    assert printed(tmp_path / "paminnelse") == first - {grouped(code_of(answered.selector, answered.generation))}
    assert "Vi minner om Ny i Modum-kveld 2026" in pages[0].text
    assert "vennlig påminnelse" in " ".join(pages[0].text.split())
    assert "A reminder of Ny i Modum-kveld 2026" in pages[1].text
    assert built(app, tmp_path / "en-gang-til", "--wave", "2")["count"] == 0
    assert funnel(event.id).figures()["invited"] == 3


def test_answers_that_come_after_the_release_make_the_set_smaller_and_need_no_new_release(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        make_home()
    event = invite()
    built(app, tmp_path / "brev")
    days_later(8)
    set_up(app, monkeypatch, instance_dir=tmp_path / "instance", release_above_households=1)
    refused = build(app, tmp_path / "ut", "--wave", "2")
    assert refused.exit_code == 1
    [reference] = re.findall(r"B-[0-9A-Z]{6}", refused.stderr)
    assert run(app, "mailings", "release", reference, "--by", make_staff("organiser").email).exit_code == 0
    answered = event_invitations(event)[0]
    give_answer(answered, answer_for(answered, True))
    facts = built(app, tmp_path / "ut", "--wave", "2")
    assert (facts["reference"], facts["count"], facts["left_out"]) == (reference, 2, {"answered": 1})
    assert reminder_states() == {"handed_over": 2, "withheld answered": 1}


def test_no_reminder_is_made_after_the_deadline_for_answers(app: Flask, tmp_path: Path) -> None:
    make_home()
    invite(make_event(answer_by=date(2026, 11, 10)))
    built(app, tmp_path / "brev")
    days_later(8)
    assert built(app, tmp_path / "siste-dag", "--wave", "2")["count"] == 1
    days_later(9)
    refused = build(app, tmp_path / "for-sent", "--wave", "2")
    assert (refused.exit_code, "Svarfristen var 10.11.2026" in refused.stderr) == (1, True)
    assert not (tmp_path / "for-sent").exists()
