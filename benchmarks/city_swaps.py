"""Proof: many households swap between the cities of a series at once; nobody holds two seats or none, no city is over.

`python -m benchmarks.city_swaps --swaps N --clients C [--database …] [--seed N] [--control]`

Real server processes, households of two through the guest's own form. Places are scarce, so that many swaps are
refused; the household keeps what it has then. Held: each city's counter is within its capacity and equals what its
answers add up to; every household has one answer and one valid ticket, both where its invitation is; answers are 303
or, where there is no room, 409. `--control` serves the application with its seats unprotected (unprotected_app.py):
cities are overfilled.
"""

import argparse
import http.client
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from urllib.parse import urlencode

from sqlalchemy import func, select, update

from benchmarks.scenario import PERSONS_A_HOUSEHOLD, SLUG, Scenario, add_tickets, build
from benchmarks.site import DATABASES, site
from benchmarks.write_rates import FORM, form_mark
from outreach.database import db
from outreach.events.models import Event, Series
from outreach.invitations.models import Invitation
from outreach.rsvp.models import Rsvp, SeatCount
from outreach.tickets.models import Ticket

_CITIES = ("oslo", "bergen", "trondheim")
_HOUSEHOLDS = 120
_SPARE_PLACES = 4
_WORKERS = 4
_EXPECTED = {303, 409}
_LOOK_SECONDS = 0.02


@dataclass(frozen=True)
class Town:
    """The series: its events, and the households that come to them."""

    event_ids: tuple[int, ...]
    capacity: int
    scenario: Scenario


@dataclass(frozen=True)
class Swapped:
    """How many answers there were of each status, and how many seats of one city were seen held at most."""

    answers: Counter[int]
    most_held: int


def main() -> None:
    """Run the proof and exit 1 when it does not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--swaps", type=int, default=10_000)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--seed", type=int, default=3316)
    parser.add_argument("--database", choices=DATABASES, default="sqlite")
    parser.add_argument("--control", action="store_true")
    asked = parser.parse_args()
    print(f"seed {asked.seed}, {asked.database}{', control' if asked.control else ''}")
    with site(asked.database) as place:
        town = _town()
        target = "benchmarks.unprotected_app:app" if asked.control else "wsgi:app"
        with place.served(target, workers=_WORKERS) as origin:
            swapped = _swap_all(origin, town, asked)
        faults, answers = _faults(town, swapped), swapped.answers
    for fault in faults[:20]:
        print(fault)
    verdict = "DOES NOT HOLD" if faults else "holds"
    print(
        f"{answers.total()} swaps by {asked.clients} clients: {answers[303]} done, {answers[409]} refused, at most "
        f"{swapped.most_held} held of {town.capacity}, {len(faults)} faults, {verdict}"
    )
    sys.exit(1 if faults else 0)


def _town() -> Town:
    """Make three events in a series and a third of the households coming to each, with few places to spare."""
    scenario = build(households=_HOUSEHOLDS)
    add_tickets(scenario)
    capacity = _HOUSEHOLDS * PERSONS_A_HOUSEHOLD // len(_CITIES) + _SPARE_PLACES
    now = datetime.now(UTC)
    series = Series(title="Treff", created_at_utc=now)
    db.session.add(series)
    first = db.session.scalars(select(Event).where(Event.slug == SLUG)).one()
    columns = {column.name: getattr(first, column.name) for column in Event.__table__.columns if column.name != "id"}
    others = [Event(**{**columns, "slug": f"benk-{city}", "city": city}) for city in _CITIES[1:]]
    db.session.add_all(others)
    db.session.flush()
    events = [first, *others]
    for event in events:
        event.capacity, event.series_id = capacity, series.id
    for place, invitation_id in enumerate(scenario.invitation_ids):
        _come(invitation_id, events[place % len(events)].id, now)
    for event in events:
        db.session.add(SeatCount(event_id=event.id, held=_coming(event.id), waiting=0, last_number=0))
    db.session.commit()
    return Town(tuple(event.id for event in events), capacity, scenario)


def _come(invitation_id: int, event_id: int, now: datetime) -> None:
    db.session.add(
        Rsvp(
            invitation_id=invitation_id,
            event_id=event_id,
            state="attending",
            persons=PERSONS_A_HOUSEHOLD,
            answered_at_utc=now,
            changed_at_utc=now,
        )
    )
    for table, key in ((Invitation, Invitation.id), (Ticket, Ticket.invitation_id)):
        db.session.execute(update(table).where(key == invitation_id).values(event_id=event_id))
    db.session.flush()


def _swap_all(origin: str, town: Town, asked: argparse.Namespace) -> Swapped:
    """Let the clients swap as fast as they are answered, and look at the counters meanwhile."""
    token = form_mark(origin, f"/i/{town.scenario.codes[0]}/sted")
    headers = {"Content-Type": FORM}
    found: list[Counter[int]] = []

    def client(number: int) -> None:
        random, statuses = Random(f"{asked.seed}:{number}"), Counter[int]()
        connection = http.client.HTTPConnection(origin.removeprefix("http://"), timeout=120)
        for _ in range(asked.swaps // asked.clients):
            code, event_id = random.choice(town.scenario.codes), random.choice(town.event_ids)
            body = urlencode({"csrf_token": token, "event": event_id})
            connection.request("POST", f"/i/{code}/sted", body, headers)
            answer = connection.getresponse()
            answer.read()
            statuses[answer.status] += 1
        connection.close()
        found.append(statuses)

    # A transaction of ours would keep every guest out on SQLite.
    db.session.rollback()
    threads = [threading.Thread(target=client, args=(number,)) for number in range(asked.clients)]
    most = 0
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        most = max(most, *_held().values())
        time.sleep(_LOOK_SECONDS)
    return Swapped(sum(found, Counter()), most)


def _held() -> dict[int, int]:
    """Return the seats held by event. Ends its transaction: on SQLite it would keep the guests out."""
    db.session.rollback()
    found = {row.event_id: row.held for row in db.session.execute(select(SeatCount.event_id, SeatCount.held))}
    db.session.rollback()
    return found


def _faults(town: Town, swapped: Swapped) -> list[str]:
    """Return what was wrong during and after all swaps."""
    found = [f"answers {dict(swapped.answers)}"] if set(swapped.answers) - _EXPECTED else []
    if swapped.most_held > town.capacity:
        found.append(f"{swapped.most_held} held of {town.capacity} meanwhile")
    held = _held()
    for event_id in town.event_ids:
        if held[event_id] > town.capacity or held[event_id] != _coming(event_id):
            found.append(f"{held[event_id]} held of {town.capacity}, {_coming(event_id)} come")
    rows = db.session.execute(
        select(Invitation.id, Invitation.event_id, Rsvp.event_id, Ticket.event_id, Ticket.state)
        .outerjoin(Rsvp, (Rsvp.invitation_id == Invitation.id) & (Rsvp.state == "attending"))
        .outerjoin(Ticket, Ticket.invitation_id == Invitation.id)
    ).all()
    for id_, asked_to, comes_to, admitted_to, state in rows:
        if not asked_to == comes_to == admitted_to or state != "valid":
            found.append(f"household {id_}: asked to {asked_to}, comes to {comes_to}, ticket {admitted_to} {state}")
    if len(rows) != _HOUSEHOLDS:
        found.append(f"{len(rows)} households of {_HOUSEHOLDS}")
    return found


def _coming(event_id: int) -> int:
    stored = select(func.coalesce(func.sum(Rsvp.persons), 0)).where(
        Rsvp.event_id == event_id, Rsvp.state == "attending"
    )
    return int(db.session.scalar(stored) or 0)


if __name__ == "__main__":
    main()
