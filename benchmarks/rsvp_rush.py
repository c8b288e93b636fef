"""Proof: many parties answer at the same moment for the last seats; never one too many, and as many as fit.

`python -m benchmarks.rsvp_rush --parallel P --seats S --repeats R [--database …] [--seed N] [--control]`

Real server processes, parties of one to four, each through the guest's own form, which every fourth sends twice, as a
guest does who sees nothing happen. Then a third of those who got in take their yes back at one moment, half of them
while others take what they are offered. Held: the seats taken never exceed the capacity and equal what the yes-answers
and open offers add up to; every refused party stands in the queue exactly once; no waiting party would fit in what is
free, unless places are kept for one before it; each offer has one message; and no 5xx. `--control` serves the
application with its seats unprotected and without a queue (unprotected_app.py): it oversells, and refused parties are
nowhere.
"""

import argparse
import http.client
import sys
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from urllib.parse import urlencode

from sqlalchemy import delete, func, select

from benchmarks.scenario import Scenario, build
from benchmarks.site import DATABASES, Site, site
from benchmarks.write_rates import FORM, answer_body, form_mark
from outreach.database import db
from outreach.events.models import Event
from outreach.outbox.models import OutboxMessage
from outreach.people.models import Household, Person
from outreach.rsvp.models import Rsvp, SeatCount
from outreach.rsvp.waitlist.models import WaitPlace
from outreach.rsvp.waitlist.queue_order import MOST_PASSED

_LARGEST_PARTY = 4
_WORKERS = 4


@dataclass(frozen=True)
class Party:
    """One household's attempt: its invitation, how many come, and what the server answered: its status, and whether it
    was told yes. `statuses`: of each time that it sent the form."""

    invitation_id: int
    size: int
    statuses: tuple[int, ...]
    is_told_yes: bool


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
    most = queued = offered = 0
    for number in range(asked.repeats):
        scenario = build(households=asked.parallel, capacity=asked.seats, persons=_LARGEST_PARTY)
        guests = Guests(origin, scenario)
        parties = _rush(guests, Random(f"{asked.seed}:{number}"))
        found = _faults_of_answers(parties, scenario, asked.seats)
        most = max(most, _held(scenario.event_id))
        queued += len(_places(scenario.event_id))
        if not asked.control:
            found += _give_back(guests, [party for party in parties if party.is_told_yes])
            found += _faults_of_queue(scenario.event_id, asked.seats)
            most = max(most, _held(scenario.event_id))
            offered += _offers(scenario.event_id)
        faults += [f"round {number + 1}: {fault}" for fault in found]
        _clear(scenario.event_id)
    for fault in faults[:20]:
        print(fault)
    print(
        f"{asked.repeats} rounds of {asked.parallel} parties for {asked.seats} seats: at most {most} held, "
        f"{queued} parties queued, {offered} offers made, {len(faults)} faults, "
        f"{'holds' if not faults else 'DOES NOT HOLD'}"
    )
    return 1 if faults else 0


@dataclass(frozen=True)
class Guests:
    """The households of a scenario as browsers of one server."""

    origin: str
    scenario: Scenario

    def at_once(self, acts: Sequence[Callable[[http.client.HTTPConnection], None]]) -> None:
        """Run `acts` in threads that begin together, each with an open connection."""
        barrier = threading.Barrier(len(acts))

        def run(act: Callable[[http.client.HTTPConnection], None]) -> None:
            connection = http.client.HTTPConnection(self.origin.removeprefix("http://"), timeout=120)
            connection.connect()
            barrier.wait(60)
            act(connection)
            connection.close()

        threads = [threading.Thread(target=run, args=(act,)) for act in acts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


def _post(connection: http.client.HTTPConnection, path: str, body: str) -> tuple[int, str]:
    """Return the status and where the answer leads."""
    connection.request("POST", path, body, {"Content-Type": FORM})
    answer = connection.getresponse()
    answer.read()
    return answer.status, answer.getheader("Location") or ""


def _rush(guests: Guests, random: Random) -> list[Party]:
    """Let every party answer at once; return what each was answered."""
    scenario = guests.scenario
    token = form_mark(guests.origin, f"/i/{scenario.codes[0]}/svar")
    parties: list[Party] = []

    def answering(place: int, size: int) -> Callable[[http.client.HTTPConnection], None]:
        def act(connection: http.client.HTTPConnection) -> None:
            body = answer_body(range(_LARGEST_PARTY), token, coming=size, email=_address(place))
            answers = [
                _post(connection, f"/i/{scenario.codes[place]}/svar", body) for _time in range(1 if place % 4 else 2)
            ]
            statuses = tuple(status for status, _ in answers)
            parties.append(Party(scenario.invitation_ids[place], size, statuses, answers[0][1].endswith("/takk")))

        return act

    guests.at_once([answering(place, random.randint(1, _LARGEST_PARTY)) for place in range(len(scenario.codes))])
    return parties


def _address(place: int) -> str:
    """Return an e-mail address for two of three households; staff call the others."""
    return f"gjest{place}@gjest.example" if place % 3 else ""


def _give_back(guests: Guests, seated: Sequence[Party]) -> list[str]:
    """Have a third of `seated` take their yes back at once, in two waves; in the second, who is asked says yes."""
    codes = dict(zip(guests.scenario.invitation_ids, guests.scenario.codes, strict=True))
    token = form_mark(guests.origin, f"/i/{codes[seated[0].invitation_id]}/svar")
    statuses: list[int] = []

    def sending(invitation_id: int, end: str, act: str) -> Callable[[http.client.HTTPConnection], None]:
        body, path = urlencode({"csrf_token": token, "do": act}), f"/i/{codes[invitation_id]}/{end}"
        return lambda connection: statuses.append(_post(connection, path, body)[0])

    leaving = [party.invitation_id for party in seated[::3]]
    half = len(leaving) // 2 or 1
    db.session.rollback()
    guests.at_once([sending(id_, "avlys", "") for id_ in leaving[:half]])
    asked = [place.invitation_id for place in _places(guests.scenario.event_id) if place.state == "offered"]
    # On SQLite a transaction of ours would keep every guest out.
    db.session.rollback()
    second = [sending(id_, "avlys", "") for id_ in leaving[half:]]
    guests.at_once(second + [sending(id_, "venteliste", "accept") for id_ in asked])
    return [f"answers {dict(Counter(statuses))}"] if set(statuses) - {303} else []


def _held(event_id: int) -> int:
    db.session.rollback()
    return db.session.scalar(select(SeatCount.held).where(SeatCount.event_id == event_id)) or 0


def _places(event_id: int) -> list[WaitPlace]:
    db.session.rollback()
    db.session.expire_all()
    return list(db.session.scalars(select(WaitPlace).where(WaitPlace.event_id == event_id).order_by(WaitPlace.number)))


def _offers(event_id: int) -> int:
    return sum(place.offers for place in _places(event_id))


def _coming(event_id: int) -> int:
    stored = select(func.coalesce(func.sum(Rsvp.persons), 0)).where(
        Rsvp.event_id == event_id, Rsvp.state == "attending"
    )
    return int(db.session.scalar(stored) or 0)


def _faults_of_answers(parties: Sequence[Party], scenario: Scenario, seats: int) -> list[str]:
    """Return what is wrong after everybody has answered."""
    held, coming = _held(scenario.event_id), _coming(scenario.event_id)
    told_yes = [party for party in parties if party.is_told_yes]
    refused = {party.invitation_id: party.size for party in parties if not party.is_told_yes}
    queued = Counter(place.invitation_id for place in _places(scenario.event_id) if place.state == "waiting")
    found = []
    if len(parties) < len(scenario.codes):
        found.append(f"{len(scenario.codes) - len(parties)} parties got no answer")
    if held > seats:
        found.append(f"{held} seats held of {seats}")
    if not held == coming == sum(party.size for party in told_yes):
        found.append(f"{held} held, {coming} stored, {sum(party.size for party in told_yes)} told yes")
    if queued != Counter(list(refused)):
        found.append(f"{len(refused)} parties refused, {len(queued)} of all queued, {queued.total()} places")
    if any(size <= seats - held for size in refused.values()):
        found.append(f"a refused party would fit in the {seats - held} seats left")
    statuses = Counter(status for party in parties for status in party.statuses)
    if set(statuses) - {303}:
        found.append(f"answers {dict(statuses)}")
    return found


def _faults_of_queue(event_id: int, seats: int) -> list[str]:
    """Return what is wrong after places were freed, offered and taken."""
    held, coming, places = _held(event_id), _coming(event_id), _places(event_id)
    offered = sum(place.persons for place in places if place.state == "offered")
    messages = select(OutboxMessage.purpose).where(
        OutboxMessage.kind == "seat_offer", OutboxMessage.event_id == event_id
    )
    told = len(set(db.session.scalars(messages)))
    by_message = sum(place.offers for place in places if place.told_by in ("email", "sms"))
    found = []
    if held > seats or held != coming + offered:
        found.append(f"{held} held of {seats}, {coming} come, {offered} offered")
    if told != by_message:
        found.append(f"{by_message} offers by message, {told} messages")
    for place in places:
        if place.state == "waiting" and place.passed >= MOST_PASSED:
            break
        if place.state == "waiting" and place.persons <= seats - held:
            found.append(f"{place.persons} wait, and {seats - held} seats are free")
    return found


def _clear(event_id: int) -> None:
    for statement in (
        delete(OutboxMessage),
        delete(Event).where(Event.id == event_id),
        delete(Person),
        delete(Household),
    ):
        db.session.execute(statement, execution_options={"synchronize_session": False})
    db.session.commit()


if __name__ == "__main__":
    main()
