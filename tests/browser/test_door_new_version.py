"""A new version of the door app on phones in use: old databases are carried over, and no shift is broken off."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.door_evening import (
    SOON_MS,
    Evening,
    expect_verdict,
    next_guest,
    on_the_phone,
    paired,
    phone,
    type_code,
    until,
)
from tests.browser.door_faults import Answer, answering

# The phone's database as the first version of the app made it, with what this phone holds now; three scans wait, and
# one was called malformed. Each value is as that version wrote it.
_MAKE_OLD = """async ([codes, door]) => {
  const [{ openStore }, { newFact }, { entryId, entryKey, opened }] = await Promise.all(
    ['storage', 'scan_queue', 'roster'].map((name) => import(`/static/checkin/${name}.js`)));
  const answer = (asked) => new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = asked.onblocked = () => reject(asked.error ?? new Error('blocked'));
  });
  const store = await openStore();
  const all = (name) => answer(store.database.transaction(name).objectStore(name).getAll());
  const pairs = (await all('lines')).flatMap(({ held }) => Object.entries(held));
  const roster = pairs.map(([entry, sealed]) => ({ entry, sealed }));
  const kv = {};
  for (const key of ['shift', 'roster', 'changes_version', 'clock_offset', 'list_as_of', 'headcount', 'places']) {
    kv[key] = await store.get(key);
  }
  const shift = { door, roster_version: kv.roster.version };
  const fact = async (code, counter, values) => {
    const entry = await entryId(code, kv.roster.salt);
    const { line } = await store.guest(entry);
    const { reference } = await opened(line, await entryKey(code, kv.roster.salt), entry);
    const usual = { kind: 'in', persons: 1, verdict: 'amber', shift, counter, now: new Date() };
    return newFact({ ticket: reference, entry, ...usual, ...values });
  };
  const queue = [
    await fact(codes.single, 1, {}),
    await fact(codes.single, 2, { verdict: 'red' }),
    { ...(await fact(codes.single, 3, { kind: 'walk_in', persons: 2 })), ticket: '', entry: '' },
    { ...(await fact(codes.camera, 4, { kind: 'unheard' })), fault: 'Skanningen kan ikke leses: feltet kind er feil.' },
  ];
  const party = await entryId(codes.party, kv.roster.salt);
  const admissions = [{ entry: party, inside: 2, door: 'Sør', at_utc: new Date().toISOString() }];
  store.database.close();
  await answer(indexedDB.deleteDatabase('treffpunkt-door'));
  const opening = indexedDB.open('treffpunkt-door', 1);
  opening.onupgradeneeded = () => {
    const keys = { kv: null, queue: 'scan_id', roster: 'entry', admissions: 'entry' };
    for (const [name, keyPath] of Object.entries(keys)) {
      opening.result.createObjectStore(name, keyPath ? { keyPath } : undefined);
    }
  };
  const old = globalThis.oldDatabase = await answer(opening);
  const writing = old.transaction(['kv', 'queue', 'roster', 'admissions'], 'readwrite');
  const values = { ...kv, counter: 4, last: queue[0] };
  for (const [key, value] of Object.entries(values)) writing.objectStore('kv').put(value, key);
  for (const [name, rows] of Object.entries({ queue, roster, admissions })) {
    for (const row of rows) writing.objectStore(name).put(row);
  }
  await new Promise((resolve) => { writing.oncomplete = resolve; });
}"""
_CLOSE_OLD = "() => globalThis.oldDatabase.close()"


def _with_old_database(page: Page, evening: Evening) -> None:
    """Leave the app, and put the database of its first version in place of this one; it stays open in `page`."""
    on_the_phone(page)
    page.goto(f"{evening.origin}/robots.txt")
    page.evaluate(_MAKE_OLD, [evening.codes, "Nord"])


@pytest.fixture
def old_phone(hall: Browser, evening: Evening) -> Page:
    """Return a phone without network that holds the first version's database, open in this page."""
    page = paired(phone(hall), evening.link("Nord"), start=False)
    _with_old_database(page, evening)
    page.context.set_offline(True)
    return page


def test_a_phone_with_the_first_versions_database_loses_nothing(old_phone: Page, evening: Evening) -> None:
    page = old_phone
    page.evaluate(_CLOSE_OLD)
    page.goto(f"{evening.origin}/door/")
    expect(page.locator("[data-check=roster]")).to_contain_text("Billetter på lista: 6.", timeout=SOON_MS)
    page.get_by_role("button", name="Start skanning").click()
    expect(page.locator("[data-put=unsent]")).to_have_text("3")
    expect(page.locator("#scan-screen [data-put=faulty]")).to_contain_text("Skanninger som ikke kan sendes: 1.")
    type_code(page, evening.codes["single"])
    expect_verdict(page, "red", "Allerede inne")
    next_guest(page)
    type_code(page, evening.codes["party"])
    expect_verdict(page, "amber", "Slipp inn resten")
    expect(page.locator("#verdict")).to_contain_text("2 av 5 personer er allerede inne.")
    next_guest(page)
    page.context.set_offline(False)
    expect(page.locator("[data-put=unsent]")).to_have_text("0", timeout=30_000)
    expect(page.locator("#scan-screen [data-put=faulty]")).to_contain_text("Skanninger som ikke kan sendes: 1.")
    kinds = [("in", 1), ("in", 1), ("walk_in", 2), ("in", 1), ("in", 3)]
    assert evening.scans() == [("Nord", kind, persons) for kind, persons in kinds]


def test_a_database_that_is_open_in_another_window_is_waited_for(old_phone: Page, evening: Evening) -> None:
    page = old_phone.context.new_page()
    page.goto(f"{evening.origin}/door/")
    expect(page.get_by_role("heading", name="Skanneren er åpen i et annet vindu")).to_be_visible(timeout=SOON_MS)
    old_phone.evaluate(_CLOSE_OLD)
    page.get_by_role("button", name="Start skanning").click(timeout=SOON_MS)
    expect(page.locator("[data-put=unsent]")).to_have_text("3")


_UPDATE = "async () => { await (await navigator.serviceWorker.getRegistration('/door/')).update(); }"
_WAITS = "async () => Boolean((await navigator.serviceWorker.getRegistration('/door/')).waiting)"
_RELEASE = "document.documentElement.dataset.release ?? ''"


def _publish(evening: Evening, folder: Path) -> None:
    """Have the application send another version of the door app, which says so in the page."""
    files = folder / "static"
    shutil.copytree(str(evening.app.static_folder), files)
    with (files / "checkin" / "app.js").open("a", encoding="utf-8") as script:
        script.write("document.documentElement.dataset.release = 'new';\n")
    evening.app.static_folder = str(files)


def _keeps_scans_waiting(call: str, _times: int) -> Answer:
    return Answer.REFUSED if call == "scans" else Answer.WHOLE


def test_a_new_version_waits_while_guests_are_scanned_and_is_there_after_the_next_start(
    hall: Browser, evening: Evening, tmp_path: Path
) -> None:
    page = paired(phone(hall), evening.link("Nord"))
    on_the_phone(page)
    page.evaluate("globalThis.isSamePage = true")
    with answering(evening.app, _keeps_scans_waiting):
        type_code(page, evening.codes["single"])
        expect(page.locator("[data-put=unsent]")).to_have_text("1")
        next_guest(page)
        _publish(evening, tmp_path)
        page.evaluate(_UPDATE)
        until(page, _WAITS)
        type_code(page, evening.codes["party"])
        expect(page.locator("#verdict-title")).to_be_visible()
        next_guest(page)
        page.get_by_role("button", name="Avslutt vakten").click()
        expect(page.locator("[data-put=notice]")).to_contain_text("Skanninger som ikke er sendt: 2.")
        page.wait_for_timeout(1500)
        assert page.evaluate("globalThis.isSamePage") is True
        assert page.evaluate(_WAITS) is True
        page.reload()
        until(page, f"{_RELEASE} === 'new'")
        page.get_by_role("button", name="Start skanning").click(timeout=SOON_MS)
        expect(page.locator("[data-put=unsent]")).to_have_text("2")
        assert page.evaluate(_WAITS) is False
        assert page.evaluate("async () => (await caches.keys()).length") == 1
    expect(page.locator("[data-put=unsent]")).to_have_text("0", timeout=30_000)
    assert [persons for _, _, persons in evening.scans()] == [1, 5]


def test_a_new_version_takes_over_when_the_shift_ends(hall: Browser, evening: Evening, tmp_path: Path) -> None:
    page = paired(phone(hall), evening.link("Nord"))
    on_the_phone(page)
    type_code(page, evening.codes["single"])
    expect_verdict(page, "green", "Velkommen inn")
    next_guest(page)
    _publish(evening, tmp_path)
    page.evaluate(_UPDATE)
    until(page, _WAITS)
    expect(page.locator("[data-put=unsent]")).to_have_text("0", timeout=SOON_MS)
    page.get_by_role("button", name="Avslutt vakten").click()
    until(page, f"{_RELEASE} === 'new'")
    expect(page.get_by_role("heading", name="Telefonen er ikke koblet til en dør")).to_be_visible(timeout=SOON_MS)
    assert evening.scans() == [("Nord", "in", 1)]


def test_a_new_version_does_not_break_off_who_types_the_phones_name(
    hall: Browser, evening: Evening, tmp_path: Path
) -> None:
    context = phone(hall)
    page = context.new_page()
    page.goto(evening.link("Nord"))
    on_the_phone(page)
    page.get_by_label("Hva skal telefonen hete?").fill("Kari")
    _publish(evening, tmp_path)
    page.evaluate(_UPDATE)
    until(page, _WAITS)
    page.wait_for_timeout(500)
    expect(page.get_by_label("Hva skal telefonen hete?")).to_have_value("Kari")
    page.get_by_role("button", name="Koble til").click()
    expect(page.locator("[data-screen=ready]")).to_be_visible(timeout=SOON_MS)
    until(page, f"{_RELEASE} === 'new'")
    expect(page.get_by_role("heading", name="Klar til å skanne")).to_be_visible(timeout=SOON_MS)
