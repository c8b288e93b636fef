"""Proof: many parties answer at the same moment for the last seats; never one too many, and as many as fit.

`python -m benchmarks.rsvp_rush --parallel P --seats S --repeats R [--database …] [--seed N] [--control]`

Real server processes, parties of one to four, each through the guest's own form. Held: the seats taken never exceed the
capacity and equal what the yes-answers add up to, no refused party would have fitted in what is left, and no 5xx.
`--control` serves the application with its seats unprotected (unprotected_app.py).
"""

import argparse
import http.client
import sys
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from sqlalchemy import delete, func, select

from benchmarks.scenario import Scenario, build
from benchmarks.site import DATABASES, Site, site
from benchmarks.write_rates import answer_body, csrf
from outreach.database import db
from outreach.events.models import Event
from outreach.people.models import Household, Person
from outreach.rsvp.models import Rsvp, SeatCount

_LARGEST_PARTY = 4
_WORKERS = 4


@dataclass(frozen=True)
class Party:
    """One household's attempt: its code, how many come, and what the server answered."""

    code: str
    size: int
    status: int


def main() -> None:
    """Run the proof and exit 1 when it does not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--parallel", type=int, default=200)
    parser.add_argument("--seats", type=int, default=50)
    parser.add_argument("--repeats", type=int, default=20)
    parser.add_argument("--seed", type=int, default=3316)
    parser.add_argument("--database", choices=DATABASES, default="sqlite")
    parser.add_argument("--control", action="store_true")
    asked = parser.parse_args()
    print(f"seed {asked.seed}, {asked.database}{', control' if asked.control else ''}")
    with site(asked.database) as place:
        target = "benchmarks.unprotected_app:app" if asked.control else "wsgi:app"
        with place.served(target, workers=_WORKERS) as origin:
            sys.exit(_prove(place, origin, asked))


def _prove(_place: Site, origin: str, asked: argparse.Namespace) -> int:
    faults: list[str] = []
    most = 0
    for number in range(asked.repeats):
        scenario = build(households=asked.parallel, capacity=asked.seats, persons=_LARGEST_PARTY)
        parties = _rush(origin, scenario, Random(f"{asked.seed}:{number}"))
        held = _held(scenario.event_id)
        most = max(most, held)
        if len(parties) < asked.parallel:
            faults.append(f"round {number + 1}: {asked.parallel - len(parties)} parties got no answer")
        faults += [f"round {number + 1}: {fault}" for fault in _faults(parties, held, asked.seats, scenario.event_id)]
        _clear(scenario.event_id)
    for fault in faults[:20]:
        print(fault)
    print(
        f"{asked.repeats} rounds of {asked.parallel} parties for {asked.seats} seats: at most {most} held, "
        f"{len(faults)} faults, {'holds' if not faults else 'DOES NOT HOLD'}"
    )
    return 1 if faults else 0


def _rush(origin: str, scenario: Scenario, random: Random) -> list[Party]:
    """Let every party answer at once; return what each was answered."""
    cookie, token = csrf(origin, f"/i/{scenario.codes[0]}/svar")
    sizes = [random.randint(1, _LARGEST_PARTY) for _ in scenario.codes]
    parties: list[Party] = []
    barrier = threading.Barrier(len(sizes))

    def answer(code: str, size: int) -> None:
        connection = http.client.HTTPConnection(origin.removeprefix("http://"), timeout=120)
        connection.connect()
        barrier.wait(60)
        headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", f"/i/{code}/svar", answer_body(range(_LARGEST_PARTY), token, coming=size), headers)
        parties.append(Party(code, size, connection.getresponse().status))
        connection.close()

    threads = [threading.Thread(target=answer, args=pair) for pair in zip(scenario.codes, sizes, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return parties


def _held(event_id: int) -> int:
    db.session.rollback()
    return db.session.scalar(select(SeatCount.held).where(SeatCount.event_id == event_id)) or 0


def _faults(parties: Sequence[Party], held: int, seats: int, event_id: int) -> list[str]:
    accepted = [party for party in parties if party.status == 303]
    refused = [party for party in parties if party.status != 303]
    stored = select(func.coalesce(func.sum(Rsvp.persons), 0)).where(
        Rsvp.event_id == event_id, Rsvp.state == "attending"
    )
    coming = int(db.session.scalar(stored) or 0)
    statuses = Counter(party.status for party in parties)
    found = []
    if held > seats:
        found.append(f"{held} seats held of {seats}")
    if not held == coming == sum(party.size for party in accepted):
        found.append(f"{held} held, {coming} stored, {sum(party.size for party in accepted)} told yes")
    if any(party.size <= seats - held for party in refused):
        found.append(f"a refused party would fit in the {seats - held} seats left")
    if any(status >= 500 for status in statuses):
        found.append(f"answers {dict(statuses)}")
    return found


def _clear(event_id: int) -> None:
    for statement in (delete(Event).where(Event.id == event_id), delete(Person), delete(Household)):
        db.session.execute(statement, execution_options={"synchronize_session": False})
    db.session.commit()


if __name__ == "__main__":
    main()
