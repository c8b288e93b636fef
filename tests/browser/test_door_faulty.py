"""Scans that the server calls malformed: handed to the door lead by the volunteer, and kept on the phone until then."""

from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import update

from outreach.checkin.models import DoorDevice
from outreach.database import db
from tests.browser.door_evening import (
    AT_FAULT,
    SOON_MS,
    Evening,
    everything_kept,
    next_guest,
    paired,
    phone,
    type_code,
)
from tests.browser.page_checks import axe_faults, overflow_faults, target_faults

_FAULT = "Skanningen kan ikke leses: feltet kind er feil."
_COUNT = "Skanninger som ikke kan sendes: 1. Si fra til den som er ansvarlig."


def _with_a_faulty_scan(context: BrowserContext, evening: Evening) -> Page:
    """Return a phone that has sent a sound scan and one that the server cannot read."""
    context.add_init_script(AT_FAULT)
    page = paired(context, evening.link("Nord"))
    for code in ("party", "single"):
        type_code(page, evening.codes[code])
        expect(page.locator("#verdict")).to_be_visible()
        next_guest(page)
    expect(page.locator("[data-put=unsent]")).to_have_text("0", timeout=SOON_MS)
    expect(page.locator("#scan-screen [data-put=faulty]")).to_have_text(_COUNT, timeout=SOON_MS)
    assert evening.scans() == [("Nord", "in", 1)]
    return page


def _expect_told(text: str) -> None:
    """Have the text say what happened, to a person, and hold all that the phone knows of the scan."""
    assert "Telefon: Kari." in text
    assert "«Nord»: ukjent handling, personer: 5." in text
    assert f"Grunn: {_FAULT}" in text
    assert '"kind":"unheard","persons":5' in text


def _text(page: Page) -> str:
    """Return what the phone hands over, once it has been read from its storage."""
    text = page.get_by_label("Skanningene som tekst")
    expect(text).not_to_have_value("")
    return text.input_value()


def test_faulty_scans_are_copied_or_saved_and_only_then_taken_off_the_phone(
    hall: Browser, evening: Evening, tmp_path: Path
) -> None:
    context = phone(hall, bypass_csp=True)
    context.grant_permissions(["camera", "clipboard-read", "clipboard-write"])
    page = _with_a_faulty_scan(context, evening)
    page.get_by_role("button", name="Avslutt vakten").click()  # nothing is left behind
    expect(page.get_by_role("heading", name="Skanninger som ikke kan sendes")).to_be_visible()
    delivered = page.get_by_role("button", name="De er levert: fjern dem fra telefonen")
    expect(delivered).to_be_hidden()
    _expect_told(_text(page))
    assert [*axe_faults(page), *overflow_faults(page), *target_faults(page)] == []
    page.get_by_role("button", name="Kopier teksten").click()
    expect(page.locator("[data-put=faulty-told]")).to_contain_text("Kopiert.")
    _expect_told(page.evaluate("navigator.clipboard.readText()"))
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Lagre som fil").click()
    saved = tmp_path / "saved.txt"
    downloading.value.save_as(saved)
    assert downloading.value.suggested_filename == "skanninger-som-ikke-kan-sendes.txt"
    _expect_told(saved.read_text(encoding="utf-8"))
    assert [*axe_faults(page), *overflow_faults(page), *target_faults(page)] == []
    page.get_by_role("button", name="Tilbake", exact=True).click()
    assert len(everything_kept(page)["indexedDB"]["faulty"]) == 1
    page.get_by_role("button", name="Gi dem til den som er ansvarlig").click()
    expect(delivered).to_be_hidden()
    page.get_by_role("button", name="Kopier teksten").click()
    delivered.click()
    expect(page.locator("#scan-screen [data-put=faulty]")).to_have_text("")
    assert everything_kept(page)["indexedDB"]["faulty"] == []
    page.get_by_role("button", name="Avslutt vakten").click()
    expect(page.get_by_role("heading", name="Telefonen er ikke koblet til en dør")).to_be_visible()


def test_a_phone_that_may_not_copy_marks_the_text(hall: Browser, evening: Evening) -> None:
    context = phone(hall)
    context.add_init_script("delete Navigator.prototype.clipboard;")
    page = _with_a_faulty_scan(context, evening)
    page.get_by_role("button", name="Gi dem til den som er ansvarlig").click()
    page.get_by_role("button", name="Kopier teksten").click()
    expect(page.locator("[data-put=faulty-told]")).to_contain_text("Teksten er merket")
    _expect_told(page.evaluate("getSelection().toString() || document.getElementById('faulty-text').value"))
    assert page.evaluate("document.activeElement.id") == "faulty-text"


def test_a_phone_that_was_let_go_still_hands_them_over(hall: Browser, evening: Evening) -> None:
    page = _with_a_faulty_scan(phone(hall), evening)
    with evening.app.app_context():
        db.session.execute(update(DoorDevice).values(is_revoked=True))
        db.session.commit()
    let_go = page.locator("[data-screen=let-go]")
    expect(let_go).to_contain_text(_COUNT, timeout=SOON_MS)
    let_go.get_by_role("button", name="Gi dem til den som er ansvarlig").click()
    _expect_told(_text(page))
    page.get_by_role("button", name="Tilbake", exact=True).click()
    expect(let_go).to_be_visible()
