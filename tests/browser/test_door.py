"""The door app in a real browser with a camera: pairs, scans, goes offline, comes back; two doors hear of a clash."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import select, update

from outreach import clock
from outreach.checkin.models import DoorDevice
from outreach.database import db
from outreach.events.models import Event
from outreach.formats.short_code import grouped
from outreach.tickets.models import Ticket
from outreach.tickets.ticket import qr_payload
from tests.browser.chromium import launched
from tests.browser.door_evening import (
    SOON_MS,
    Evening,
    browser_that_sees,
    everything_kept,
    expect_verdict,
    next_guest,
    on_the_phone,
    paired,
    phone,
    type_as_scanner,
    type_code,
    until,
)
from tests.browser.door_faults import Answer, answering
from tests.browser.page_checks import axe_faults, overflow_faults, target_faults

_NO_CAMERA = "navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('no', 'NotAllowedError'); };"


@pytest.fixture
def camera(browser: Browser, evening: Evening, tmp_path: Path) -> Iterator[Browser]:
    """Return a browser whose camera sees a ticket now and then."""
    yield from browser_that_sees(browser, tmp_path, qr_payload("http://localhost:8000", evening.codes["camera"]))


def test_a_scan_is_green_and_the_next_of_the_same_ticket_red(camera: Browser, evening: Evening) -> None:
    page = paired(phone(camera), evening.link("Hovedinngang"))
    expect_verdict(page, "green", "Velkommen inn")
    assert page.evaluate("parseFloat(getComputedStyle(document.getElementById('verdict-title')).fontSize)") >= 48
    next_guest(page)
    expect_verdict(page, "red", "Allerede inne")
    expect(page.locator("#verdict")).to_contain_text("Hovedinngang")
    next_guest(page)
    expect(page.locator("[data-put=unsent]")).to_have_text("0", timeout=SOON_MS)
    expect(page.locator("[data-put=inside]")).to_have_text("1", timeout=SOON_MS)
    assert evening.scans()[:2] == [("Hovedinngang", "in", 1)] * 2


def test_each_code_gets_its_words(hall: Browser, evening: Evening) -> None:
    page = paired(phone(hall), evening.link("Hovedinngang"))
    for code, title in (
        (evening.codes["revoked"], "Avmeldt"),
        (evening.codes["replaced"], "Gammel billett"),
        (evening.codes["elsewhere"], "Feil arrangement"),
        ("https://andre.example/meny", "Ikke vår kode"),
        (f"http://localhost:8000/i/{_invitation_code()}", "Ikke billett"),
        (evening.codes["single"][:-1] + "2", "Feil i koden"),
    ):
        type_code(page, code)
        expect_verdict(page, "red", title)
        assert len(page.locator("[data-put=verdict-do]").inner_text()) > 20
        next_guest(page)


def _invitation_code() -> str:
    from outreach.formats.short_code import INVITATION, compute, new_selector

    return compute(INVITATION, new_selector(INVITATION), bytes(32))


def test_fewer_of_a_party_and_undo(hall: Browser, evening: Evening) -> None:
    page = paired(phone(hall), evening.link("Hovedinngang"))
    type_code(page, grouped(evening.codes["party"]).lower())
    expect_verdict(page, "green", "Velkommen inn")
    expect(page.locator("[data-put=party-count]")).to_have_text("5 personer")
    for _ in range(2):
        page.get_by_role("button", name="Én færre").click()
    expect(page.locator("[data-put=party-count]")).to_have_text("3 personer")
    next_guest(page)
    type_code(page, evening.codes["party"])
    expect_verdict(page, "amber", "Slipp inn resten")
    expect(page.locator("#verdict")).to_contain_text("3 av 5 personer er allerede inne.")
    next_guest(page)
    page.get_by_role("button", name="Angre siste").click()
    expect(page.locator("[data-put=notice]")).to_contain_text("Angret")
    expect(page.locator("[data-put=unsent]")).to_have_text("0", timeout=SOON_MS)
    assert evening.scans() == [
        ("Hovedinngang", kind, n) for kind, n in (("in", 5), ("undo", 0), ("in", 3), ("in", 2), ("undo", 0))
    ]


def test_guests_without_a_ticket_come_in_as_far_as_there_is_room_also_without_network(
    hall: Browser, evening: Evening
) -> None:
    with evening.app.app_context():
        db.session.execute(update(Event).values(capacity=14))
        db.session.commit()
    context = phone(hall, bypass_csp=True)
    page = paired(context, evening.link("Hovedinngang"))
    expect(page.locator("[data-put=network]")).to_have_text("På nett", timeout=SOON_MS)
    page.get_by_role("button", name="Uten billett").click()
    expect(page.locator("[data-put=places]")).to_have_text("Ledige plasser når alle med billett kommer: 6.")
    page.get_by_role("button", name="Én til").click()
    assert [*axe_faults(page), *overflow_faults(page), *target_faults(page)] == []
    page.get_by_role("button", name="Slipp inn", exact=True).click()
    expect_verdict(page, "green", "Velkommen inn")
    next_guest(page)
    expect(page.locator("[data-put=unsent]")).to_have_text("0", timeout=SOON_MS)
    context.set_offline(True)
    expect(page.locator("[data-put=network]")).to_have_text("Uten nett – skann videre", timeout=30_000)
    page.get_by_role("button", name="Uten billett").click()
    expect(page.locator("[data-put=places]")).to_have_text("Ledige plasser når alle med billett kommer: 4.")
    for _ in range(4):
        page.get_by_role("button", name="Én til").click()
    send = page.get_by_role("button", name="Slipp inn", exact=True)
    expect(page.locator("[data-put=places]")).to_have_text("Det er bare 4 ledige plasser når alle med billett kommer.")
    expect(send).to_be_disabled()
    page.get_by_label("Den som er ansvarlig, har sagt ja").check()
    send.click()
    expect_verdict(page, "amber", "Slipp inn")
    next_guest(page)
    page.reload()  # what can be taken back is kept on the phone
    page.get_by_role("button", name="Start skanning").click()
    page.get_by_role("button", name="Angre siste").click()
    expect(page.locator("[data-put=notice]")).to_have_text("Angret. Personer som er tatt bort igjen: 5.")
    page.get_by_role("button", name="Uten billett").click()
    expect(page.locator("[data-put=places]")).to_have_text("Ledige plasser når alle med billett kommer: 4.")
    page.get_by_role("button", name="Tilbake til skanneren").click()
    context.set_offline(False)
    expect(page.locator("[data-put=unsent]")).to_have_text("0", timeout=30_000)
    assert [(kind, persons) for _, kind, persons in evening.scans()] == [("walk_in", 2), ("walk_in", 5), ("undo", 0)]
    expect(page.locator("[data-put=inside]")).to_have_text("2", timeout=SOON_MS)


def test_scanning_goes_on_without_network_and_is_sent_afterwards(hall: Browser, evening: Evening) -> None:
    context = phone(hall)
    page = paired(context, evening.link("Hovedinngang"))
    page.evaluate("navigator.serviceWorker.ready")
    on_the_phone(page)
    context.set_offline(True)
    expect(page.locator("[data-put=network]")).to_have_text("Uten nett – skann videre", timeout=30_000)
    type_code(page, evening.codes["single"])
    expect_verdict(page, "amber", "Slipp inn")
    next_guest(page)
    type_code(page, evening.codes["single"])
    expect_verdict(page, "red", "Allerede inne")
    next_guest(page)
    expect(page.locator("[data-put=unsent]")).to_have_text("2")
    assert evening.scans() == []
    assert _waiting(evening) == [0]  # a phone without network cannot tell
    page.get_by_role("button", name="Avslutt vakten").click()
    expect(page.locator("[data-put=notice]")).to_contain_text("Skanninger som ikke er sendt: 2.")

    page.reload()
    expect(page.get_by_role("heading", name="Klar til å skanne")).to_be_visible(timeout=SOON_MS)
    page.get_by_role("button", name="Start skanning").click()
    expect(page.locator("[data-put=unsent]")).to_have_text("2")
    with answering(evening.app, lambda call, _: Answer.REFUSED if call == "scans" else Answer.WHOLE):
        context.set_offline(False)
        until(page, "document.querySelector('[data-put=network]').textContent === 'På nett'")
        assert _told_in_time(page, evening, [2])
    expect(page.locator("[data-put=unsent]")).to_have_text("0", timeout=30_000)
    assert _told_in_time(page, evening, [0])
    assert evening.scans() == [("Hovedinngang", "in", 1)] * 2
    page.get_by_role("button", name="Avslutt vakten").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Innslipp")
    expect(page.locator("[data-put=ended]")).to_contain_text("Vakten er avsluttet.")


def _waiting(evening: Evening) -> list[int]:
    """Return how many scans wait on each phone, as far as the door lead knows."""
    with evening.app.app_context():
        return list(db.session.scalars(select(DoorDevice.waiting_scans).order_by(DoorDevice.id)))


def _told_in_time(page: Page, evening: Evening, waiting: list[int]) -> bool:
    """Say whether the phones tell within some seconds that so many scans wait on them."""
    for _ in range(100):
        if _waiting(evening) == waiting:
            return True
        page.wait_for_timeout(100)
    return False


def test_two_doors_hear_of_the_same_ticket(hall: Browser, evening: Evening) -> None:
    north, south = (paired(phone(hall), evening.link(door)) for door in ("Nord", "Sør"))
    for page in (north, south):
        page.context.set_offline(True)
    for page in (north, south):
        expect(page.locator("[data-put=network]")).to_have_text("Uten nett – skann videre", timeout=30_000)
        type_code(page, evening.codes["single"])
        expect_verdict(page, "amber", "Slipp inn")
        next_guest(page)
    for page in (north, south):
        page.context.set_offline(False)
    for page in (north, south):
        clash = page.locator("#clash")
        expect(clash).to_be_visible(timeout=40_000)
        expect(clash).to_contain_text("Samme billett, to dører")
        expect(clash).to_contain_text("«Nord» kl.")
        expect(clash).to_contain_text("«Sør» kl.")
        page.get_by_role("button", name="Jeg har sett det").click()
        expect(clash).to_be_hidden()


def test_a_ticket_revoked_during_the_evening_is_red_at_once(hall: Browser, evening: Evening) -> None:
    page = paired(phone(hall), evening.link("Hovedinngang"))
    with evening.app.app_context():
        db.session.execute(update(Ticket).values(state="revoked", version=9, changed_at_utc=clock.now_utc()))
        db.session.commit()
    page.wait_for_timeout(3000)  # phones ask each second
    type_code(page, evening.codes["single"])
    expect_verdict(page, "red", "Avmeldt")


def test_a_phone_that_is_let_go_says_so_and_keeps_its_scans(hall: Browser, evening: Evening) -> None:
    page = paired(phone(hall), evening.link("Hovedinngang"))
    with evening.app.app_context():
        db.session.execute(update(DoorDevice).values(is_revoked=True))
        db.session.commit()
    expect(page.get_by_role("heading", name="Telefonen er koblet fra")).to_be_visible(timeout=SOON_MS)
    expect(page.locator("[data-screen=let-go]")).to_contain_text("Be arrangøren om en ny lenke")


def test_a_link_can_be_pasted_and_what_is_none_is_named(hall: Browser, evening: Evening) -> None:
    page = phone(hall).new_page()
    page.goto(f"{evening.origin}/door/")
    field = page.get_by_label("Lim inn eller skriv lenken til døra")
    field.fill("https://modum.example/door/")
    page.get_by_role("button", name="Gå videre").click()
    expect(page.get_by_role("alert")).to_contain_text("Kopier hele lenken")
    field.fill(evening.link("Hovedinngang"))
    page.get_by_role("button", name="Gå videre").click()
    page.get_by_label("Hva skal telefonen hete?").fill("Kari")
    page.get_by_role("button", name="Koble til").click()
    expect(page.get_by_role("heading", name="Klar til å skanne")).to_be_visible(timeout=SOON_MS)


def test_a_used_up_link_says_what_to_do(hall: Browser, evening: Evening) -> None:
    page = phone(hall).new_page()
    page.goto(f"{evening.origin}/door/#feil")
    page.get_by_label("Hva skal telefonen hete?").fill("Kari")
    page.get_by_role("button", name="Koble til").click()
    expect(page.get_by_role("alert")).to_contain_text("Be arrangøren om en ny lenke")


def test_a_wrong_clock_is_not_ready(hall: Browser, evening: Evening) -> None:
    page = phone(hall).new_page()
    page.add_init_script("const now = Date.now; Date.now = () => now() - 14 * 60000;")
    page.goto(evening.link("Hovedinngang"))
    page.get_by_label("Hva skal telefonen hete?").fill("Kari")
    page.get_by_role("button", name="Koble til").click()
    expect(page.locator("[data-check=clock]")).to_contain_text("14 minutter for sent", timeout=SOON_MS)
    expect(page.get_by_role("button", name="Start skanning")).to_be_disabled()


def test_scans_that_wait_are_sent_after_a_new_pairing(hall: Browser, evening: Evening) -> None:
    context = phone(hall)
    page = paired(context, evening.link("Hovedinngang"))
    context.set_offline(True)
    type_code(page, evening.codes["single"])
    expect(page.locator("[data-put=unsent]")).to_have_text("1")
    with evening.app.app_context():
        db.session.execute(update(DoorDevice).values(is_revoked=True))
        db.session.commit()
    context.set_offline(False)
    expect(page.locator("[data-screen=let-go]")).to_contain_text("Skanninger som ikke er sendt: 1.", timeout=SOON_MS)
    assert evening.scans() == []
    page.close()
    again = paired(context, evening.link("Sør"))
    expect(again.locator("[data-put=unsent]")).to_have_text("0", timeout=SOON_MS)
    assert evening.scans() == [("Hovedinngang", "in", 1)]


def test_without_a_camera_codes_can_be_typed(hall: Browser, evening: Evening) -> None:
    page = phone(hall).new_page()
    page.add_init_script(_NO_CAMERA)
    page.goto(evening.link("Hovedinngang"))
    page.get_by_label("Hva skal telefonen hete?").fill("Kari")
    page.get_by_role("button", name="Koble til").click()
    expect(page.locator("[data-check=camera]")).to_contain_text("tillat kamera", timeout=SOON_MS)
    expect(page.get_by_role("button", name="Start skanning")).to_be_disabled()
    page.get_by_role("button", name="Fortsett uten kamera").click(timeout=SOON_MS)
    type_code(page, evening.codes["single"])
    expect_verdict(page, "green", "Velkommen inn")


def test_a_phone_that_cannot_store_never_turns_green(hall: Browser, evening: Evening) -> None:
    page = paired(phone(hall), evening.link("Hovedinngang"))
    page.evaluate(
        "() => { IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); }; }"
    )
    type_code(page, evening.codes["single"])
    expect_verdict(page, "red", "Ikke lagret")
    assert evening.scans() == []


def test_a_window_without_storage_is_named_before_the_first_guest(hall: Browser, evening: Evening) -> None:
    page = phone(hall).new_page()
    page.add_init_script("IDBFactory.prototype.open = () => { throw new DOMException('private', 'SecurityError'); };")
    page.goto(evening.link("Hovedinngang"))
    expect(page.get_by_role("heading", name="Telefonen kan ikke lagre")).to_be_visible()


def test_an_address_without_https_is_refused_in_words(browser: Browser, evening: Evening) -> None:
    chromium = launched(browser.browser_type, "--host-resolver-rules=MAP modum.test 127.0.0.1")
    try:
        page = chromium.new_page(locale="nb-NO")
        page.goto(evening.link("Hovedinngang").replace("127.0.0.1", "modum.test"))
        expect(page.get_by_role("heading", name="Adressen er ikke trygg")).to_be_visible()
        expect(page.locator("[data-screen=insecure]")).to_contain_text("https://")
    finally:
        chromium.close()


def test_what_the_phone_keeps_has_no_code_of_a_guest_on_the_list(hall: Browser, evening: Evening) -> None:
    context = phone(hall)
    page = paired(context, evening.link("Hovedinngang"))
    context.set_offline(True)
    type_code(page, evening.codes["party"])
    expect(page.locator("#verdict")).to_be_visible()
    kept = json.dumps(everything_kept(page))
    assert "ref:" in kept
    assert '"entry"' in kept
    assert not [name for name, code in evening.codes.items() if code in kept]


def test_without_webassembly_the_plain_decoder_reads(camera: Browser, evening: Evening) -> None:
    context = phone(camera)
    context.route("**/zxing_reader.wasm", lambda route: route.abort())
    page = paired(context, evening.link("Hovedinngang"))
    expect_verdict(page, "green", "Velkommen inn")


# A phone whose browser has a decoder of its own; the page draws the pictures, since it cannot hand frames over.
_OWN_DECODER = """
  self.BarcodeDetector = class {
    static async getSupportedFormats() { return ['qr_code']; }
    async detect(picture) { return picture.width > 100 ? [{ rawValue: '%s' }] : []; }
  };
"""


def test_the_phones_own_decoder_reads_where_it_has_one(hall: Browser, evening: Evening) -> None:
    context = phone(hall)
    context.add_init_script("delete globalThis.VideoFrame;")
    script = evening.app.test_client().get("/door/decoder_worker.js").text
    own = _OWN_DECODER % evening.codes["single"] + script
    context.route("**/door/decoder_worker.js", lambda route: route.fulfill(body=own, content_type="text/javascript"))
    page = paired(context, evening.link("Hovedinngang"))
    expect_verdict(page, "green", "Velkommen inn")


def test_a_list_of_another_day_is_not_ready_without_network(hall: Browser, evening: Evening) -> None:
    context = phone(hall)
    page = paired(context, evening.link("Hovedinngang"))
    on_the_phone(page)
    context.add_init_script("const now = Date.now; Date.now = () => now() + 13 * 3_600_000;")
    context.set_offline(True)
    page.reload()
    expect(page.locator("[data-check=roster]")).to_contain_text("fra en annen dag", timeout=SOON_MS)
    expect(page.get_by_role("button", name="Start skanning")).to_be_disabled()


def test_every_screen_of_the_app_can_be_used_by_all(hall: Browser, evening: Evening) -> None:
    page = phone(hall, bypass_csp=True).new_page()
    page.set_viewport_size({"width": 320, "height": 640})
    faults = {}

    def check(name: str) -> None:
        page.wait_for_timeout(150)
        faults[name] = [*axe_faults(page), *overflow_faults(page), *target_faults(page)]

    page.goto(f"{evening.origin}/door/")
    expect(page.get_by_role("heading", name="Telefonen er ikke koblet til en dør")).to_be_visible()
    check("unpaired")
    page.goto(evening.link("Hovedinngang"))
    expect(page.get_by_label("Hva skal telefonen hete?")).to_be_visible()
    check("pair")
    page.get_by_label("Hva skal telefonen hete?").fill("Kari")
    page.get_by_role("button", name="Koble til").click()
    expect(page.get_by_role("heading", name="Klar til å skanne")).to_be_visible(timeout=SOON_MS)
    check("ready")
    page.get_by_role("button", name="Start skanning").click()
    check("scan")
    for name in ("single", "party", "revoked"):
        type_code(page, evening.codes[name])
        expect(page.locator("#verdict")).to_be_visible()
        check(name)
        next_guest(page)
    assert faults == {name: [] for name in faults}


def _faults(page: Page) -> list[str]:
    page.wait_for_timeout(150)
    return [*axe_faults(page), *overflow_faults(page), *target_faults(page)]


def _narrow(hall: Browser, script: str = "") -> BrowserContext:
    context = phone(hall, bypass_csp=True)
    context.on("page", lambda page: page.set_viewport_size({"width": 320, "height": 640}))
    if script:
        context.add_init_script(script)
    return context


def test_the_screens_of_an_evening_gone_wrong_can_be_used_by_all(hall: Browser, evening: Evening) -> None:
    north, south = (paired(_narrow(hall), evening.link(door)) for door in ("Nord", "Sør"))
    faults = {}
    for page in (north, south):
        page.context.set_offline(True)
    for page in (north, south):
        expect(page.locator("[data-put=network]")).to_have_text("Uten nett – skann videre", timeout=30_000)
        type_code(page, evening.codes["single"])
        expect_verdict(page, "amber", "Slipp inn")
        faults[f"amber without network, {page.locator('[data-put=door]').first.text_content()}"] = _faults(page)
        next_guest(page)
        page.context.set_offline(False)
    clash = north.locator("#clash")
    expect(clash).to_be_visible(timeout=40_000)
    faults["clash"] = _faults(north)
    north.get_by_role("button", name="Jeg har sett det").click()
    expect(clash).to_be_hidden()
    type_code(north, evening.codes["party"])
    expect_verdict(north, "green", "Velkommen inn")
    north.get_by_role("button", name="Én færre").click()
    next_guest(north)
    type_code(north, evening.codes["party"])
    expect_verdict(north, "amber", "Slipp inn resten")
    faults["amber, the rest of a party"] = _faults(north)
    next_guest(north)
    with evening.app.app_context():
        db.session.execute(update(DoorDevice).values(is_revoked=True))
        db.session.commit()
    expect(north.get_by_role("heading", name="Telefonen er koblet fra")).to_be_visible(timeout=SOON_MS)
    faults["let go"] = _faults(north)
    assert faults == {name: [] for name in faults}


def test_the_screens_of_a_phone_without_a_camera_can_be_used_by_all(hall: Browser, evening: Evening) -> None:
    page = _narrow(hall, _NO_CAMERA).new_page()
    page.goto(evening.link("Hovedinngang"))
    page.get_by_label("Hva skal telefonen hete?").fill("Kari")
    page.get_by_role("button", name="Koble til").click()
    expect(page.locator("[data-check=camera]")).to_contain_text("tillat kamera", timeout=SOON_MS)
    expect(page.get_by_role("button", name="Fortsett uten kamera")).to_be_visible(timeout=SOON_MS)
    faults = {"refused": _faults(page)}
    page.get_by_role("button", name="Fortsett uten kamera").click()
    expect(page.get_by_label("Eller skriv koden på billetten")).to_be_visible()
    faults["scanning without a camera"] = _faults(page)
    assert faults == {name: [] for name in faults}


def test_the_app_breaks_no_policy_of_its_own(camera: Browser, evening: Evening) -> None:
    context = phone(camera)
    complaints: list[str] = []
    context.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    page = paired(context, evening.link("Hovedinngang"))
    expect_verdict(page, "green", "Velkommen inn")
    assert complaints == []


_CAMERA_THAT_CAN = """
  const asked = globalThis.askedOfCamera = [];
  MediaStreamTrack.prototype.getCapabilities = () => ({ torch: true, zoom: { min: 1, max: 4, step: 0.5 } });
  MediaStreamTrack.prototype.applyConstraints = async ({ advanced }) => { asked.push(...advanced); };
  navigator.storage.persist = async () => false;
"""


def test_light_zoom_and_a_scanner_that_types(hall: Browser, evening: Evening) -> None:
    context = phone(hall, bypass_csp=True)
    context.add_init_script(_CAMERA_THAT_CAN)
    page = paired(context, evening.link("Hovedinngang"), start=False)
    expect(page.locator("[data-check=storage]")).to_contain_text("privat vindu")
    page.get_by_role("button", name="Start skanning").click()
    light = page.get_by_role("button", name="Lys")
    light.click()
    expect(light).to_have_attribute("aria-pressed", "true")
    page.get_by_label("Zoom").fill("2.5")
    until(page, "askedOfCamera.length === 2")
    assert page.evaluate("askedOfCamera") == [{"torch": True}, {"zoom": 2.5}]
    assert [*axe_faults(page), *overflow_faults(page), *target_faults(page)] == []
    light.focus()  # Enter at the end of the code must not press what has the focus
    type_as_scanner(page, evening.codes["single"])
    expect_verdict(page, "green", "Velkommen inn")
    type_as_scanner(page, evening.codes["single"])  # the next guest, without touching the screen
    expect_verdict(page, "red", "Allerede inne")
    expect(light).to_have_attribute("aria-pressed", "true")
