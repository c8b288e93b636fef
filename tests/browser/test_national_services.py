"""The pages that only an installation with KRR and SvarUt has, in a real browser, against a SvarUt that answers.

The municipality is a small one of its own: three invited households, nobody with an e-mail address.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from outreach import clock
from outreach.accounts.roles import Role
from outreach.audit.actor import Actor
from outreach.database import db
from outreach.events.models import Event
from outreach.mailings.mailing import Kind, ways_text
from outreach.messages.sending.commands import send_due
from outreach.messages.transports import svarut_transport
from outreach.outbox.states import Channel
from outreach.people.numbers import service as numbers
from tests.browser.live_server import make_app, serving
from tests.browser.page_checks import all_faults
from tests.browser.pages import become
from tests.browser.world import World, build_empty_world
from tests.factories.letters import invite, make_home, make_ready
from tests.factories.mailings import make_mailing
from tests.factories.national import SvarUtServer

_SLUG = "ny-i-modum-2026"
_LETTERS = f"/admin/arrangementer/{_SLUG}/brev"


@pytest.fixture
def svarut() -> Iterator[SvarUtServer]:
    with SvarUtServer().running() as server:
        yield server


@pytest.fixture
def switched_on(svarut: SvarUtServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """Serve a municipality that has both services switched on, digital delivery too."""
    app = make_app(tmp_path)
    services = replace(svarut.services(is_digital=True), krr_url=f"{svarut.url}/rest/v2/personer")
    app.extensions["treffpunkt.settings"] = replace(app.extensions["treffpunkt.settings"], services=services)
    monkeypatch.setattr(svarut_transport(services), "_rest_seconds", 0)
    with serving(app) as origin:
        world = build_empty_world(app, origin)
        with app.app_context():
            homes = [make_home((name, "Lien")) for name in ("Åse", "Bjørn", "Cille")]
            make_ready(invite())
            numbers.keep({homes[0].members[0].id: "12849022499"})
            world.names["mailing"] = str(_mailing().id)
            db.session.remove()
        yield world


def _mailing() -> object:
    event = db.session.scalars(db.select(Event)).one()
    ways = ways_text((Channel.EMAIL, Channel.SMS), asks_register=True)
    return make_mailing(event, Kind.REMINDER, maker=Actor("staff", 1), channels=ways)


@pytest.fixture
def desk(browser: Browser, switched_on: World) -> Iterator[Page]:
    """Return an organiser's window, as narrow as a phone."""
    with browser.new_context(
        base_url=switched_on.origin, locale="nb-NO", viewport={"width": 320, "height": 800}, reduced_motion="reduce"
    ) as context:
        become(context, switched_on, Role.ORGANISER.value, "nb")
        yield context.new_page()


def _send(world: World, **later: int) -> None:
    moment = clock.now_utc() + timedelta(**later)
    clock.set_clock(lambda: moment)
    with world.app.app_context():
        send_due()
        db.session.remove()


def _press(page: Page, name: str) -> None:
    """Press the button `name` by the keyboard."""
    page.get_by_role("button", name=name, exact=True).focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_batch_goes_through_svarut_and_what_it_refuses_is_printed(
    desk: Page, switched_on: World, svarut: SvarUtServer
) -> None:
    desk.goto(_LETTERS)
    faults = all_faults(desk)
    _press(desk, "Send gjennom SvarUt")
    expect(desk.get_by_role("status").first).to_contain_text("3 brev er på vei til SvarUt.")
    expect(desk.get_by_role("button", name="Send gjennom SvarUt")).to_have_count(0)
    faults += all_faults(desk)
    _send(switched_on)
    assert svarut.faults == []
    told = {one["mottaker"]["navn"]: one["mottaker"].get("digitalId") for one in svarut.shipments()}
    assert told == {"Åse Lien": "12849022499", "Bjørn Lien": None, "Cille Lien": None}
    by_name = {one["mottaker"]["navn"]: one["eksternReferanse"] for one in svarut.shipments()}
    for name, status in (("Åse Lien", "LEST"), ("Bjørn Lien", "SENDT_PRINT"), ("Cille Lien", "AVVIST")):
        svarut.say(status, by_name[name])
    _send(switched_on, minutes=6)
    desk.goto(_LETTERS)
    lines = desk.get_by_role("table", name="Brev gjennom SvarUt").get_by_role("row")
    expect(lines).to_have_count(4)
    expect(desk.get_by_text("Noen brev kom ikke fram")).to_be_visible()
    faults += all_faults(desk)
    _press(desk, "Legg dem i køen for utskrift")
    expect(desk.get_by_role("status").first).to_contain_text("1 brev venter på utskrift igjen.")
    expect(lines).to_have_count(3)
    faults += all_faults(desk)
    assert not faults, "\n".join(faults)


def test_a_mailing_says_who_is_looked_up_and_the_privacy_page_that_they_are(desk: Page, switched_on: World) -> None:
    mailing = f"/admin/arrangementer/{_SLUG}/utsendinger/{switched_on.names['mailing']}"
    faults: list[str] = []
    for path, words in (
        (mailing, "Kontakt- og reservasjonsregisteret spørres i det meldingen sendes"),
        (f"{mailing}/mottakere/kontaktregister", "Åse"),
        (f"{mailing}/mottakere/brev", "Cille"),
        ("/personvern", "Da får SvarUt også fødselsnummeret ditt."),
    ):
        answer = desk.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        expect(desk.get_by_text(words).first).to_be_visible()
        faults += [f"{path}: {fault}" for fault in all_faults(desk)]
    desk.goto(f"{mailing}/tekst")
    box = desk.get_by_role("checkbox", name="Slå opp i kontakt- og reservasjonsregisteret")
    expect(box).to_be_checked()
    faults += [f"tekst: {fault}" for fault in all_faults(desk)]
    box.focus()
    desk.keyboard.press("Space")
    _press(desk, "Lagre")
    desk.goto(mailing)
    expect(desk.get_by_text("Kontakt- og reservasjonsregisteret spørres")).to_have_count(0)
    assert not faults, "\n".join(faults)


def test_control_switched_off_none_of_it_is_there(desk: Page, switched_on: World) -> None:
    app = switched_on.app
    off = replace(app.extensions["treffpunkt.settings"].services, krr_url="", svarut=None)
    app.extensions["treffpunkt.settings"] = replace(app.extensions["treffpunkt.settings"], services=off)
    for path in (_LETTERS, "/personvern", f"/admin/arrangementer/{_SLUG}/utsendinger/{switched_on.names['mailing']}"):
        desk.goto(path)
        words = desk.locator("main").inner_text()
        assert "SvarUt" not in words, path
        assert "registeret spørres" not in words, path
