"""The door app's states for `docs/screens/`: phones of one made-up evening, 360 pixels wide, on one clock."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import update

from outreach import clock
from outreach.database import db
from outreach.events.models import Event
from outreach.formats.short_code import grouped
from tests.browser.door_evening import (
    AT_FAULT,
    SOON_MS,
    Evening,
    an_evening,
    browser_that_sees,
    expect_verdict,
    names_on,
    next_guest,
    on_our_clock,
    paired,
    phone,
    put_in_charge,
    type_code,
)
from tests.browser.still import stand_still

# Five minutes after the doors open; time goes on from there, since the order of scans is told by it.
_EVENING = datetime(2026, 11, 26, 17, 5, tzinfo=UTC)
_REFUSED = "navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('no', 'NotAllowedError'); };"
_CAPACITY = 20
_FOREIGN = "https://andre.example/meny"

Keep = Callable[[str, bytes], None]

# Name and words of each state, in the order of the evening.
DOOR_STATES = {
    "dor-feil-lenke": "unpaired, something else was pasted",
    "dor-koble-til": "the link is opened",
    "dor-klar": "paired and ready",
    "dor-kamera-nektet": "the camera was refused",
    "dor-kan-ikke-sendes": "a scan that the server cannot read",
    "dor-gi-til-leder": "such scans are given to the door lead",
    "dor-skriv-kode": "scanning, a code is being typed",
    "dor-gront": "green: a party comes in",
    "dor-gult-resten": "amber: the rest of a party",
    "dor-gult-uten-nett": "amber: without network",
    "dor-rodt-brukt": "red: used before, where and when",
    "dor-rodt-avmeldt": "red: the guest has cancelled",
    "dor-rodt-fremmed": "red: a code of somebody else",
    "dor-angret": "the latest scan is taken back",
    "dor-uten-billett": "guests without a ticket, and how many there is room for",
    "dor-navn-pin": "names are locked until the shift's PIN is typed",
    "dor-navn-treff": "guests found by the beginning of a name",
    "dor-uten-nett": "without network, scans not sent",
    "dor-avslutt-nektet": "the shift cannot end while scans wait",
    "dor-to-dorer": "two doors let the same ticket in",
    "dor-avsluttet": "the shift has ended, nothing is left on the phone",
}


def picture_door(browser: Browser, folder: Path, keep: Keep) -> None:
    """Walk through an evening whose database is in `folder`; `keep` gets each state's name and its PNG."""
    ahead = _EVENING - datetime.now(UTC)

    def at_the_evening() -> datetime:
        return datetime.now(UTC) + ahead

    clock.set_clock(at_the_evening)
    with an_evening(folder) as evening:
        pin = names_on(evening)
        put_in_charge(evening)
        with evening.app.app_context():
            db.session.execute(update(Event).values(capacity=_CAPACITY))
            db.session.commit()
        clock.set_clock(at_the_evening)
        for hall in browser_that_sees(browser, folder, ""):
            _before(hall, evening, keep)
            _faulty(hall, evening, keep)
            north, south = (paired(_phone(hall), evening.link(door)) for door in ("Hovedinngang", "Sidedør"))
            _online(north, south, evening, keep)
            _without_a_code(north, pin, keep)
            _offline(north, south, evening, keep)


def _before(hall: Browser, evening: Evening, keep: Keep) -> None:
    page = _phone(hall).new_page()
    page.goto(f"{evening.origin}/door/")
    page.get_by_label("Lim inn eller skriv lenken til døra").fill(_FOREIGN)
    page.get_by_role("button", name="Gå videre").click()
    _keep_whole(page, "dor-feil-lenke", keep)
    page.goto(evening.link("Kjøkkendør"))
    expect(page.get_by_label("Hva skal telefonen hete?")).to_be_visible()
    _keep_whole(page, "dor-koble-til", keep)
    _keep_whole(paired(_phone(hall), evening.link("Bakdør"), start=False), "dor-klar", keep)
    page.add_init_script(_REFUSED)
    page.reload()
    page.get_by_label("Hva skal telefonen hete?").fill("Kari")
    page.get_by_role("button", name="Koble til").click()
    expect(page.locator("[data-check=camera]")).to_contain_text("tillat kamera", timeout=SOON_MS)
    _keep_whole(page, "dor-kamera-nektet", keep)


def _faulty(hall: Browser, evening: Evening, keep: Keep) -> None:
    context = _phone(hall)
    context.add_init_script(AT_FAULT)
    page = paired(context, evening.link("Lageret"))
    with _verdict(page, evening.codes["party"], "green", "Velkommen inn"):
        pass
    expect(page.locator("#scan-screen [data-put=faulty]")).to_contain_text("1", timeout=SOON_MS)
    _keep_whole(page, "dor-kan-ikke-sendes", keep)
    page.get_by_role("button", name="Gi dem til den som er ansvarlig").click()
    expect(page.get_by_role("heading", name="Skanninger som ikke kan sendes")).to_be_visible()
    _keep_whole(page, "dor-gi-til-leder", keep)
    context.close()


def _online(north: Page, south: Page, evening: Evening, keep: Keep) -> None:
    codes = evening.codes
    north.get_by_label("Eller skriv koden på billetten").fill(grouped(codes["party"]))
    _keep_whole(north, "dor-skriv-kode", keep)
    with _verdict(north, codes["party"], "green", "Velkommen inn"):
        for _ in range(2):
            north.get_by_role("button", name="Én færre").click()
        keep("dor-gront", _picture(north))
    with _verdict(north, codes["party"], "amber", "Slipp inn resten"):
        keep("dor-gult-resten", _picture(north))
    with _verdict(south, codes["camera"], "green", "Velkommen inn"):
        pass
    expect(south.locator("[data-put=unsent]")).to_have_text("0", timeout=SOON_MS)
    expect(north.locator("[data-put=inside]")).to_have_text("6", timeout=SOON_MS)
    for name, code, title in (
        ("dor-rodt-brukt", codes["camera"], "Allerede inne"),
        ("dor-rodt-avmeldt", codes["revoked"], "Avmeldt"),
        ("dor-rodt-fremmed", _FOREIGN, "Ikke vår kode"),
    ):
        with _verdict(north, code, "red", title):
            keep(name, _picture(north))
    expect(north.locator("[data-put=unsent]")).to_have_text("0", timeout=SOON_MS)


def _without_a_code(page: Page, pin: str, keep: Keep) -> None:
    page.get_by_role("button", name="Angre siste").click()
    expect(page.locator("[data-put=notice]")).to_contain_text("Angret")
    _keep_whole(page, "dor-angret", keep)
    page.get_by_role("button", name="Uten billett").click()
    expect(page.locator("[data-put=places]")).to_contain_text("plasser")
    _keep_whole(page, "dor-uten-billett", keep)
    page.get_by_role("button", name="Tilbake til skanneren").click()
    page.get_by_role("button", name="Finn på navn").click(timeout=SOON_MS)
    expect(page.get_by_label("PIN-koden for vakten")).to_be_visible()
    _keep_whole(page, "dor-navn-pin", keep)
    page.get_by_label("PIN-koden for vakten").fill(pin)
    page.get_by_role("button", name="Åpne navnene").click()
    page.get_by_label("Begynnelsen av fornavnet eller etternavnet").fill("li", timeout=SOON_MS)
    expect(page.locator("[data-put=names-count]")).to_contain_text("Treff")
    _keep_whole(page, "dor-navn-treff", keep)
    page.get_by_role("button", name="Tilbake til skanneren").click()


def _offline(north: Page, south: Page, evening: Evening, keep: Keep) -> None:
    for page in (north, south):
        page.context.set_offline(True)
        expect(page.locator("[data-put=network]")).to_have_text("Uten nett – skann videre", timeout=30_000)
    with _verdict(north, evening.codes["single"], "amber", "Slipp inn"):
        keep("dor-gult-uten-nett", _picture(north))
    with _verdict(south, evening.codes["single"], "amber", "Slipp inn"):
        pass
    _keep_whole(north, "dor-uten-nett", keep)
    north.get_by_role("button", name="Avslutt vakten").click()
    expect(north.locator("[data-put=notice]")).to_contain_text("De sendes når telefonen får nett")
    _keep_whole(north, "dor-avslutt-nektet", keep)
    for page in (south, north):
        page.context.set_offline(False)
        expect(page.locator("[data-put=unsent]")).to_have_text("0", timeout=30_000)
    expect(north.locator("#clash")).to_be_visible(timeout=40_000)
    keep("dor-to-dorer", _picture(north))
    expect(south.locator("#clash")).to_be_visible(timeout=40_000)
    south.locator("#clash").get_by_role("button").last.click()
    south.get_by_role("button", name="Avslutt vakten").click()
    expect(south.locator("[data-put=ended]")).to_contain_text("Gjestelista er slettet fra telefonen", timeout=SOON_MS)
    _keep_whole(south, "dor-avsluttet", keep)


@contextmanager
def _verdict(page: Page, code: str, light: str, title: str) -> Iterator[None]:
    type_code(page, code)
    expect_verdict(page, light, title)
    yield
    next_guest(page)


def _phone(hall: Browser) -> BrowserContext:
    return on_our_clock(phone(hall, reduced_motion="reduce"))


def _keep_whole(page: Page, name: str, keep: Keep) -> None:
    keep(name, _picture(page, full_page=True))


def _picture(page: Page, *, full_page: bool = False) -> bytes:
    stand_still(page)
    return page.screenshot(full_page=full_page, animations="disabled")
