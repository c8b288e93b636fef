"""Ten thousand scans that wait on a phone: counted, no hindrance to the next guest, and each sent in a batch once."""

from typing import Any

from playwright.sync_api import Browser, Page, expect
from sqlalchemy import func, select

from outreach import clock
from outreach.checkin.models import Scan
from outreach.database import db
from outreach.formats.short_code import TICKET, new_selector
from outreach.invitations.models import Invitation
from outreach.tickets.models import Ticket
from tests.browser.door_evening import (
    Evening,
    expect_verdict,
    next_guest,
    on_the_phone,
    paired,
    phone,
    type_code,
)
from tests.browser.door_faults import Answer, answering
from tests.factories.checkin import code_of

SCANS = 10_000
GUESTS = 1000
BATCH = 100
_LOST = 40

# Each guest comes in once and is turned away at every further try, kept by the app's own code as scans are.
_SEED = """async ([codes, count]) => {
  const [{ openStore }, { newFact }, { entryId, entryKey, opened }] = await Promise.all(
    ['storage', 'scan_queue', 'roster'].map((name) => import(`/static/checkin/${name}.js`)));
  const store = await openStore();
  const [salt, shift] = [await store.salt(), await store.get('shift')];
  const guests = await Promise.all(codes.map(async (code) => {
    const entry = await entryId(code, salt);
    const { line } = await store.guest(entry);
    return { entry, ticket: (await opened(line, await entryKey(code, salt), entry)).reference };
  }));
  const makers = Array.from({ length: count }, (_, at) => (counter, roster_version) => newFact({
    ...guests[at % guests.length], kind: 'in', persons: 1, verdict: at < guests.length ? 'amber' : 'red',
    shift: { door: shift.door, roster_version }, counter, now: new Date(),
  }));
  await store.append(...makers);
}"""
_WAITING = """async () => {
  const { openStore } = await import('/static/checkin/storage.js');
  return (await (await openStore()).waiting()).map(({ scan_id, counter }) => [scan_id, counter]);
}"""


def _guests(evening: Evening, count: int) -> list[str]:
    """Store `count` tickets for one person each, and return their codes."""
    now = clock.now_utc()
    event_id = evening.event.id
    with evening.app.app_context():
        given = {"event_id": event_id, "generation": 1, "state": "active", "language": "nb", "created_at_utc": now}
        invitations = [Invitation(selector=f"q{number:05}", **given) for number in range(count)]
        db.session.add_all(invitations)
        db.session.flush()
        of_one = {"event_id": event_id, "generation": 1, "state": "valid", "persons": 1, "version": 1}
        times = {"issued_at_utc": now, "changed_at_utc": now}
        tickets = [
            Ticket(invitation_id=one.id, selector=new_selector(TICKET), **of_one, **times) for one in invitations
        ]
        db.session.add_all(tickets)
        db.session.commit()
        return [code_of(ticket) for ticket in tickets]


def _stored(evening: Evening) -> dict[str, int]:
    with evening.app.app_context():
        rows = db.session.execute(select(Scan.scan_id, Scan.counter).order_by(Scan.scan_id)).all()
        assert db.session.scalar(select(func.count(func.distinct(Scan.counter)))) == len(rows)
        return {row.scan_id: row.counter for row in rows}


def _loses_one_reply(call: str, times: int) -> Answer:
    return Answer.LOST if (call, times) == ("scans", _LOST) else Answer.WHOLE


def test_ten_thousand_scans_that_wait_are_counted_and_sent_once_while_guests_come(
    hall: Browser, evening: Evening
) -> None:
    codes = _guests(evening, GUESTS)
    context = phone(hall)
    page = paired(context, evening.link("Hovedinngang"), start=False)
    on_the_phone(page)
    context.set_offline(True)
    page.evaluate(_SEED, [codes, SCANS])
    page.reload()
    page.get_by_role("button", name="Start skanning").click()
    expect(page.locator("[data-put=unsent]")).to_have_text(str(SCANS))
    for code, light, title in (
        (evening.codes["single"], "amber", "Slipp inn"),
        (codes[-1], "red", "Allerede inne"),
    ):
        type_code(page, code)
        expect_verdict(page, light, title)
        next_guest(page)
    waiting = _waiting(page)
    assert len(waiting) == SCANS + 2
    with answering(evening.app, _loses_one_reply) as came:
        context.set_offline(False)
        expect(page.locator("[data-put=unsent]")).to_have_text("0", timeout=300_000)
        assert came["scans"] == len(range(0, SCANS + 2, BATCH)) + 1
    assert _stored(evening) == waiting
    for put in ("inside", "inside-here"):
        expect(page.locator(f"[data-put={put}]")).to_have_text(str(GUESTS + 1))
    expect(page.locator("#scan-screen [data-put=faulty]")).to_have_text("")


def _waiting(page: Page) -> dict[Any, Any]:
    return dict(page.evaluate(_WAITING))
