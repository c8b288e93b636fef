"""Proof: phones that upload in any order, with lost replies and cut uploads, lead to one and the same state.

`python -m benchmarks.door_converge --phones 3 --scans 4000 --orders N [--database …] [--seed S] [--control]`

Every order goes through the door API on a real database; every tenth with all phones at once. Clocks are wrong, and
three jump in the middle of the evening (door_plan.py). Held: the same final state each time, every fact stored once,
every clash listed, and of two doors that one first which the clocks, corrected as they were at the upload, name.
`--control` takes the protection away: scans are ordered by arrival instead, and whoever uploads first is first;
`--control clocks` believes what the phones' clocks showed.
"""

import argparse
import json
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random
from typing import Any

from flask import Flask
from sqlalchemy import delete, func, select, update

from benchmarks.door_plan import DOORS, Evening, PlannedScan, evening, uploads
from benchmarks.scenario import Scenario, add_tickets, build, pair_phone
from benchmarks.site import DATABASES, site
from outreach import clock
from outreach.checkin import queries, service
from outreach.checkin.admission import ScanClass
from outreach.checkin.models import Scan
from outreach.database import db, new_id
from outreach.formats.short_code import ALPHABET, TICKET, compute
from outreach.tickets.models import Ticket

STARTS = datetime(2030, 11, 26, 17, 0, tzinfo=UTC)
_AT_ONCE_EVERY = 10


@dataclass(frozen=True)
class Doors:
    """The evening's phones and tickets, ready to upload."""

    app: Flask
    evening: Evening
    tickets: Sequence[str]
    tokens: Sequence[str]
    scenario: Scenario

    def upload(self, scans: Sequence[PlannedScan]) -> None:
        """Send one upload as the phone of `scans` does. Raises RuntimeError on any answer but 200."""
        phone = scans[0].phone
        shown = clock.now_utc() + self.evening.wrong_by_when_sent(scans[0])
        body = {"clock_utc": _text(shown), "scans": [self._json(scan) for scan in scans]}
        headers = {"Authorization": f"Bearer {self.tokens[phone]}"}
        answer = self.app.test_client().post("/api/door/v1/scans", json=body, headers=headers)
        if answer.status_code != 200 or not all(result["stored"] for result in answer.json["results"]):
            raise RuntimeError(f"upload answered {answer.status_code}: {answer.get_data(as_text=True)[:200]}")

    def _json(self, scan: PlannedScan) -> dict[str, Any]:
        code = _unknown_code(scan.scan_id) if scan.ticket is None else self.tickets[scan.ticket]
        return {
            "scan_id": scan.scan_id,
            "counter": 1,
            "ticket": code,
            "kind": scan.kind,
            "persons": scan.persons,
            "scanned_at_utc": _text(scan.at_utc + self.evening.wrong_by(scan)),
            "verdict": "green",
            "roster_version": "1",
            "door": DOORS[scan.phone],
            "undoes": scan.undoes,
        }


def _unknown_code(scan_id: str) -> str:
    """Return a well-formed code that belongs to nobody, the same for the same scan."""
    number = int(scan_id, 16)
    selector = "".join(ALPHABET[number // len(ALPHABET) ** place % len(ALPHABET)] for place in range(6))
    return compute(TICKET, selector, bytes.fromhex(scan_id) * 2)


def _text(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def _open(app: Flask, *, scans: int, phones: int, seed: int) -> Doors:
    planned = evening(scans=scans, phones=phones, seed=seed, starts=STARTS)
    scenario = build(households=planned.guests)
    tickets = add_tickets(scenario)
    revoked = [scenario.invitation_ids[guest] for guest in planned.revoked]
    db.session.execute(update(Ticket).where(Ticket.invitation_id.in_(revoked)).values(state="revoked"))
    db.session.commit()
    tokens = [f"phone-{phone}-{new_id()}" for phone in range(phones)]
    for phone, token in enumerate(tokens):
        pair_phone(scenario.event_id, DOORS[phone], token)
    return Doors(app, planned, tickets, tokens, scenario)


def _run(doors: Doors, order: Sequence[Sequence[PlannedScan]], *, at_once: bool) -> None:
    db.session.execute(delete(Scan))
    db.session.commit()
    if not at_once:
        for piece in order:
            doors.upload(piece)
        return
    faults: list[BaseException] = []
    threads = [
        threading.Thread(target=_upload_all, args=(doors, [p for p in order if p[0].phone == phone], faults))
        for phone in range(len(doors.tokens))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]


def _upload_all(doors: Doors, pieces: Sequence[Sequence[PlannedScan]], faults: list[BaseException]) -> None:
    try:
        for piece in pieces:
            doors.upload(piece)
    except Exception as fault:
        faults.append(fault)


def _state(doors: Doors) -> dict[str, Any]:
    """Return what the doors end in: each scan's meaning, the clashes and the headcount."""
    db.session.rollback()
    merged = queries.merged(doors.scenario.event_id)
    token = doors.tokens[0]
    answer = doors.app.test_client().get("/api/door/v1/changes", headers={"Authorization": f"Bearer {token}"})
    told = {name: answer.json[name] for name in ("admissions", "clashes", "headcount", "revocations")}
    meanings = {scan_id: repr(outcome) for scan_id, outcome in sorted(merged.outcomes.items())}
    return {"scans": meanings, **told}


def _faults(doors: Doors, state: dict[str, Any], first: dict[str, Any]) -> list[str]:
    found = []
    stored = db.session.scalar(select(func.count()).select_from(Scan)) or 0
    if stored != len(doors.evening.scans):
        found.append(f"{stored} facts stored of {len(doors.evening.scans)}")
    missing = _unlisted_clashes(doors)
    if missing:
        found.append(f"{missing} clashes not listed")
    wrong = _wrongly_first(doors)
    if wrong:
        found.append(f"{wrong} tickets with another door first than the clocks say")
    if state != first:
        parts = [name for name in first if state[name] != first[name]]
        found.append(f"another final state: {', '.join(parts)}")
    return found


def _plain(evening: Evening) -> set[int | None]:
    """Return the tickets that two doors let in, with nobody out or undone between."""
    let_in = {scan.ticket for scan in evening.scans if scan.kind == "in" and scan.ticket in evening.at_two_doors}
    return let_in - {scan.ticket for scan in evening.scans if scan.kind != "in"}


def _wrongly_first(doors: Doors) -> int:
    """Count such tickets of which another scan is first than the one that the corrected clocks name, tie by id."""
    outcomes, evening = queries.merged(doors.scenario.event_id).outcomes, doors.evening
    plain, first = _plain(evening), dict[int | None, PlannedScan]()
    for scan in sorted(evening.scans, key=lambda scan: (evening.judged_at(scan), scan.scan_id)):
        if scan.ticket in plain:
            first.setdefault(scan.ticket, scan)
    return sum(outcomes[scan.scan_id].scan_class != ScanClass.FIRST for scan in first.values())


def _unlisted_clashes(doors: Doors) -> int:
    """Count tickets that two doors let in, with nobody out or undone between, and that no clash is listed for."""
    plain = _plain(doors.evening)
    merged = queries.merged(doors.scenario.event_id)
    clashing = {scan_id for scan_id, outcome in merged.outcomes.items() if outcome.scan_class == "clash"}
    listed = {scan.ticket for scan in doors.evening.scans if scan.scan_id in clashing}
    return len(plain - listed)


def _judge_by_arrival() -> None:
    """Take the protection away: the time of a scan becomes its place in the order of arrival."""
    arrivals = count()
    protected = service.fact_row

    def row_by_arrival(*args: Any) -> dict[str, Any]:
        return {**protected(*args), "at_utc": STARTS + timedelta(milliseconds=10 * next(arrivals))}

    service.fact_row = row_by_arrival


def _judge_by_the_phones() -> None:
    """Take the correction away: the time of a scan is what the phone's clock showed."""
    protected = service.fact_row

    def row_as_shown(*args: Any) -> dict[str, Any]:
        row = protected(*args)
        return {**row, "at_utc": row["phone_at_utc"]}

    service.fact_row = row_as_shown


_CONTROLS = {"arrival": _judge_by_arrival, "clocks": _judge_by_the_phones}


def main() -> None:
    """Run the proof and exit 1 when it does not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--phones", type=int, default=3, choices=range(2, len(DOORS) + 1))
    parser.add_argument("--scans", type=int, default=4000)
    parser.add_argument("--orders", type=int, default=200)
    parser.add_argument("--seed", type=int, default=3316)
    parser.add_argument("--database", choices=DATABASES, default="sqlite")
    parser.add_argument("--control", nargs="?", const="arrival", choices=_CONTROLS)
    asked = parser.parse_args()
    print(f"seed {asked.seed}, {asked.database}{', control' if asked.control else ''}")
    with site(asked.database) as place:
        if asked.control:
            _CONTROLS[asked.control]()
        sys.exit(_prove(place.app, asked))


def _prove(app: Flask, asked: argparse.Namespace) -> int:
    doors = _open(app, scans=asked.scans, phones=asked.phones, seed=asked.seed)
    first: dict[str, Any] = {}
    faults: list[str] = []
    for number in range(asked.orders):
        now = STARTS + timedelta(hours=5, minutes=number)
        clock.set_clock(lambda now=now: now)
        random = Random(f"{asked.seed}:{number}")
        _run(doors, uploads(doors.evening, phones=asked.phones, random=random), at_once=number % _AT_ONCE_EVERY == 9)
        state = json.loads(json.dumps(_state(doors)))
        first = first or state
        faults += [f"order {number}: {fault}" for fault in _faults(doors, state, first)]
    clock.set_clock(None)
    for fault in faults[:20]:
        print(fault)
    clashes = len(first["clashes"])
    print(
        f"{asked.orders} orders of {asked.scans} scans by {asked.phones} phones: {len(faults)} deviations, "
        f"{clashes} clashes listed, {'holds' if not faults else 'DOES NOT HOLD'}"
    )
    return 1 if faults else 0


if __name__ == "__main__":
    main()
