"""Proof: three real browsers with cameras scan offline, sync through a faulty proxy, and one is killed in mid-queue.

`python -m benchmarks.door_browsers [--seconds S] [--database …] [--seed N] [--control]`

Held: every fact that a phone made is stored, once; what two doors let in is a clash that both are told; and a byte
search of the profiles on the disk finds no name, address or code of a guest, while it finds what was planted there.
`--control` takes the protection away: the phones delete a scan when they send it, not when it is acknowledged.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from random import Random

from playwright.sync_api import expect, sync_playwright
from sqlalchemy import select

from benchmarks.door_phones import (
    DOORS,
    Phone,
    facts_made,
    guests_on_the_disk,
    look_up,
    pair,
    press,
    start,
    three_phones,
    type_code,
)
from benchmarks.faulty_proxy import Faults, faulty_proxy
from benchmarks.scenario import SLUG, add_tickets, build
from benchmarks.site import DATABASES, site
from outreach import clock
from outreach.audit.actor import COMMAND
from outreach.checkin import queries
from outreach.checkin.choices import service as choosing
from outreach.checkin.choices.queries import choices_of
from outreach.checkin.models import DoorDevice, Scan
from outreach.checkin.names.service import pin_of
from outreach.checkin.service import open_door
from outreach.database import db
from outreach.events import queries as events
from outreach.rsvp.models import PersonAnswer, Rsvp

GUESTS = 60
_CONTROL = {
    "/sync.js": (
        b'const answer = await this.api.post("scans"',
        b'await this.store.settle(batch, []); const answer = await this.api.post("scans"',
    )
}


def _scan_for(phones: Sequence[Phone], codes: Sequence[str], seconds: float, random: Random) -> None:
    """Let the cameras read, and type codes in between, some of them at every door."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for phone in phones:
            if phone.page:
                type_code(phone.page, random.choice(codes))
                phone.page.wait_for_timeout(250)


def _settled(phone: Phone) -> int:
    """Wait until the phone has sent everything, and return how many facts it made."""
    assert phone.page
    phone.page.evaluate("() => document.getElementById('camera').srcObject.getTracks().forEach((one) => one.stop())")
    phone.page.wait_for_timeout(1_000)
    press(phone.page, "verdict-next")
    expect(phone.page.locator("[data-put=unsent]")).to_have_text("0", timeout=120_000)
    return facts_made(phone.page)


def _stored(event_id: int) -> tuple[Counter[str], int]:
    """Return how many facts of each phone are stored, and how many share a number with another of the same phone."""
    db.session.rollback()
    rows = db.session.execute(
        select(DoorDevice.door, Scan.counter)
        .join(DoorDevice, DoorDevice.id == Scan.device_id)
        .where(Scan.event_id == event_id)
        .order_by(Scan.scan_id)
    ).all()
    numbers = Counter((door, counter) for door, counter in rows)
    return Counter(door for door, _ in rows), sum(count - 1 for count in numbers.values())


def _answer_all(invitation_ids: Sequence[int], invitee_ids: Sequence[tuple[int, ...]], event_id: int) -> None:
    now = clock.now_utc()
    for invitation_id, invitees in zip(invitation_ids, invitee_ids, strict=True):
        given = {"state": "attending", "persons": len(invitees), "answered_at_utc": now, "changed_at_utc": now}
        rsvp = Rsvp(invitation_id=invitation_id, event_id=event_id, **given)
        rsvp.answers = [PersonAnswer(invitee_id=one, position=at, is_coming=True) for at, one in enumerate(invitees, 1)]
        db.session.add(rsvp)
    db.session.commit()


def main() -> None:
    """Run the proof and exit 1 when it does not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--seed", type=int, default=3316)
    parser.add_argument("--database", choices=DATABASES, default="sqlite")
    parser.add_argument("--control", action="store_true")
    asked = parser.parse_args()
    print(f"seed {asked.seed}, {asked.database}{', control' if asked.control else ''}")
    with ExitStack() as stack:
        place = stack.enter_context(site(asked.database))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="treffpunkt-phones-")))
        scenario = build(households=GUESTS)
        codes = add_tickets(scenario)
        _answer_all(scenario.invitation_ids, scenario.invitee_ids, scenario.event_id)
        event = events.by_slug(SLUG)
        choosing.search_names(event, is_on=True, actor=COMMAND, now=clock.now_utc())
        secrets = [open_door(event, door, actor=COMMAND, now=clock.now_utc()).secret for door in DOORS]
        pin = pin_of(event.id, choices_of(event.id))
        db.session.commit()
        origin = stack.enter_context(place.served())
        faults = Faults(Random(asked.seed))
        proxy = stack.enter_context(faulty_proxy(origin, faults, _CONTROL if asked.control else {}))
        playwright = stack.enter_context(sync_playwright())
        phones = three_phones(playwright, codes, folder)
        sys.exit(_prove(phones, proxy, faults, event.id, codes, secrets, pin, asked))


def _prove(
    phones: Sequence[Phone],
    proxy: str,
    faults: Faults,
    event_id: int,
    codes: Sequence[str],
    secrets: Sequence[str],
    pin: str,
    asked: argparse.Namespace,
) -> int:
    random = Random(asked.seed)
    for phone, secret in zip(phones, secrets, strict=True):
        pair(phone, f"{proxy}/door/#{secret}")
    for phone in phones:
        assert phone.page
        phone.page.wait_for_function("navigator.serviceWorker.controller !== null", timeout=60_000)
        look_up(phone.page, pin)
    faults.is_off = True
    _scan_for(phones, codes, asked.seconds, random)
    last = phones[-1]
    assert last.page
    before, waits = facts_made(last.page), last.page.locator("[data-put=unsent]").inner_text()
    last.kill()
    last.context = None
    start(last.open(f"{proxy}/door/"))
    assert last.page
    kept = facts_made(last.page)
    faults.is_off = False
    _scan_for(phones, codes, asked.seconds, random)
    made = {phone.door: _settled(phone) for phone in phones}
    stored, twice = _stored(event_id)
    lost = sum(made.values()) - sum(stored.values())
    clashes = sum(1 for one in queries.merged(event_id).outcomes.values() if one.scan_class == "clash")
    are_told = all(_hears_of_a_clash(phone) for phone in phones)
    leaked = guests_on_the_disk(phones, codes)
    print(f"facts made {made}; killed with {waits} unsent, {kept - before} more or fewer after it")
    print(f"the proxy: {dict(faults.done)}")
    print(f"profiles on the disk: {sorted(leaked) or 'nothing of a guest'}")
    holds = lost == 0 and twice == 0 and kept >= before and clashes > 0 and are_told and not leaked
    verdict = "holds" if holds else "DOES NOT HOLD"
    counts = f"{lost} lost, {twice} counted twice, {clashes} clashes"
    print(f"{sum(made.values())} scans by {len(phones)} browsers: {counts}: {verdict}")
    return 0 if holds else 1


def _hears_of_a_clash(phone: Phone) -> bool:
    assert phone.page
    try:
        expect(phone.page.locator("#clash")).to_be_visible(timeout=20_000)
    except AssertionError:
        return False
    return True


if __name__ == "__main__":
    main()
