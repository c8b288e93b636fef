"""One admission, a batch of a hundred and one answer against a Flask request that adds one to a shared counter row.

Both through real server processes with the same number of workers and connections, on the same database with the same
pragmas, and each request commits. An admission is `POST /api/door/v1/scans` with one scan of a ticket's code. A batch
has a hundred, each of another ticket by the reference that a phone keeps, and its rate is in scans. An answer is the
whole request that a guest makes: `POST /i/<code>/svar` with the form's fields and its mark; each request answers for
another household.

On a disk that confirms a commit at once, the ratio of answers is one of computing: an answer is several times as much
work as a counter. What a busy evening asks is how long the counter's row is held, so answers are also measured where a
commit takes 2 ms, as on a disk in a network (PostgreSQL, which can be told to wait so; the counter waits as long).

`python -m benchmarks.write_rates [--database sqlite|postgresql] [--rounds N] [--seconds S] [--only ACT]`.
"""

import argparse
import http.client
import json
import re
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count, cycle
from math import inf
from urllib.parse import urlencode

from sqlalchemy import select

from benchmarks import baseline_server
from benchmarks.http_load import Posts, post_rate
from benchmarks.measure import Figure, conclude, rates
from benchmarks.scenario import Scenario, add_tickets, build, pair_phone
from benchmarks.site import DATABASES, Site, free_origin, site
from outreach.checkin.scan_ticket import reference
from outreach.database import db
from outreach.tickets.models import Ticket

HOUSEHOLDS = 6_000
# More than are sent within a second, and enough for five rounds in which each scan is the first of its ticket, as most
# scans of an evening are.
SCANS_A_BATCH, TICKETS_FOR_BATCHES, MOST_SECONDS_OF_BATCHES = 100, 110_000, 1
UPLOADS_A_ROUND = {1: HOUSEHOLDS, SCANS_A_BATCH: 220}
FORM = "application/x-www-form-urlencoded"
_COUNT = Posts([("/count", "")])


def figures(
    *,
    database: str = "sqlite",
    rounds: int = 5,
    seconds: float = 2,
    acts: Sequence[str] | None = None,
) -> list[Figure]:
    """Return the ratios of `acts` (all when None) on `database`."""
    wanted = [act for act in acts or _ACTS if database in _ACTS[act].databases]
    return [_figure(act, database, rounds=rounds, seconds=seconds) for act in wanted]


def _figure(act: str, database: str, *, rounds: int, seconds: float) -> Figure:
    kind = _ACTS[act]
    seconds = min(seconds, kind.most_seconds)
    with _both(database, kind.commit_ms) as (place, ours, counter):
        posts = kind.posts(place, ours)
        return rates(
            f"{kind.counted} against a shared counter, {database}",
            lambda: kind.each * post_rate(ours, next(posts), seconds=seconds),
            lambda: post_rate(counter, _COUNT, seconds=seconds),
            limit=kind.limit,
            rounds=rounds,
        )


@contextmanager
def _both(database: str, commit_ms: int) -> Iterator[tuple[Site, str, str]]:
    """Serve the application and the counter, each on a database of its own; yield site and origins."""
    with site(database, commit_ms=commit_ms) as other, site(database, commit_ms=commit_ms) as place:
        baseline_server.make_counter(other)
        with place.served() as ours, other.served(baseline_server.TARGET, origin=free_origin()) as counter:
            yield place, ours, counter


def admissions(_place: Site, _origin: str) -> Iterator[Posts]:
    """Yield, round by round, uploads of one scan each: every ticket once, then guests coming and going."""
    scenario = build(households=HOUSEHOLDS)
    yield from _uploads(scenario, add_tickets(scenario), scans=1)


def batches(_place: Site, _origin: str) -> Iterator[Posts]:
    """Yield, round by round, uploads of a hundred scans each, as a phone sends that was without network."""
    scenario = build(households=TICKETS_FOR_BATCHES)
    add_tickets(scenario)
    tickets = [reference(ticket_id, 1) for ticket_id in db.session.scalars(select(Ticket.id))]
    yield from _uploads(scenario, tickets, scans=SCANS_A_BATCH)


def _uploads(scenario: Scenario, tickets: Sequence[str], *, scans: int) -> Iterator[Posts]:
    again = cycle(tickets)
    token = secrets.token_urlsafe(32)
    pair_phone(scenario.event_id, "Hovedinngang", token)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    counter = count(1)
    while True:
        bodies = (upload([(next(again), next(counter)) for _ in range(scans)]) for _ in range(UPLOADS_A_ROUND[scans]))
        yield Posts([("/api/door/v1/scans", body) for body in bodies], headers)


def upload(scanned: Sequence[tuple[str, int]]) -> str:
    """Return what a phone sends of scans, each of a ticket and with the phone's own number."""
    now = datetime.now(UTC).isoformat()
    return json.dumps({"clock_utc": now, "scans": [_scan(ticket, number, now) for ticket, number in scanned]})


def _scan(ticket: str, number: int, now: str) -> dict[str, object]:
    return {
        "scan_id": secrets.token_hex(16),
        "counter": number,
        "ticket": ticket,
        "kind": "in",
        "persons": 2,
        "scanned_at_utc": now,
        "verdict": "green",
        "roster_version": "1",
        "door": "Hovedinngang",
    }


def answers(_place: Site, origin: str) -> Iterator[Posts]:
    """Yield, round by round, one answer a household, all different from what the household answered before."""
    scenario = build(households=HOUSEHOLDS)
    mark, headers = form_mark(origin, f"/i/{scenario.codes[0]}"), {"Content-Type": FORM}
    for round_number in count():
        yield Posts(_answers(scenario, mark, round_number), headers)


def _answers(scenario: Scenario, mark: str, round_number: int) -> list[tuple[str, str]]:
    return [
        (f"/i/{code}/svar", answer_body(invitees, mark, coming=1 + round_number % 2))
        for code, invitees in zip(scenario.codes, scenario.invitee_ids, strict=True)
    ]


def answer_body(invitees: Sequence[int], mark: str, *, coming: int, email: str = "") -> str:
    """Return the confirmed form of a household of which the first `coming` come."""
    fields = {f"person_{place}": "yes" if place <= coming else "no" for place in range(1, len(invitees) + 1)}
    return urlencode({**fields, "csrf_token": mark, "email": email, "step": "confirm"})


def form_mark(origin: str, path: str) -> str:
    """Open `path` as a browser does and return the mark of its form (`outreach/web/form_guard.py`)."""
    connection = http.client.HTTPConnection(origin.removeprefix("http://"), timeout=20)
    connection.request("GET", path)
    answer = connection.getresponse()
    page = answer.read().decode()
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    if not found:
        raise RuntimeError(f"no form at {path}: status {answer.status}")
    return found[1]


@dataclass(frozen=True)
class _Act:
    """What is sent, how many of what is `counted` are in `each` request, the least ratio, how long a round is, and
    how much longer a commit is made to take."""

    posts: Callable[[Site, str], Iterator[Posts]]
    counted: str
    limit: float
    each: int = 1
    most_seconds: float = inf
    commit_ms: int = 0
    databases: Sequence[str] = DATABASES


_ACTS = {
    "admission": _Act(admissions, "admissions/s", 0.5),
    "batch": _Act(batches, "scans/s in batches of a hundred", 8, SCANS_A_BATCH, MOST_SECONDS_OF_BATCHES),
    "answer": _Act(answers, "answers/s", 0.5),
    "answer-on-slow-disk": _Act(
        answers, "answers/s where a commit takes 2 ms", 0.5, commit_ms=2, databases=("postgresql",)
    ),
}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=DATABASES, action="append")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--only", choices=list(_ACTS), action="append")
    asked = parser.parse_args()
    found = [
        figure
        for database in asked.database or DATABASES
        for figure in figures(database=database, rounds=asked.rounds, seconds=asked.seconds, acts=asked.only)
    ]
    conclude(found)
