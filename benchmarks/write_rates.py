"""One admission and one answer against a Flask request that adds one to a shared counter row and commits.

Both through real server processes with the same number of workers and connections, on the same database with the same
pragmas. An admission is `POST /api/door/v1/scans` with one scan. An answer is the whole request that a guest makes:
`POST /i/<code>/svar` with the form's fields, session cookie and CSRF token; each request answers for another household.

`python -m benchmarks.write_rates [--database sqlite|postgresql] [--rounds N] [--seconds S] [--only admission|answer]`.
"""

import argparse
import http.client
import json
import re
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from urllib.parse import urlencode

from benchmarks import baseline_server
from benchmarks.http_load import Posts, post_rate
from benchmarks.measure import Figure, conclude, rates
from benchmarks.scenario import Scenario, add_tickets, build, pair_phone
from benchmarks.site import DATABASES, Site, free_origin, site

LIMIT = 0.5
HOUSEHOLDS = 6_000
_COUNT = Posts([("/count", "")])


def figures(
    *, database: str = "sqlite", rounds: int = 5, seconds: float = 2, acts: Sequence[str] = ("admission", "answer")
) -> list[Figure]:
    """Return the two ratios on `database`."""
    return [_figure(act, database, rounds=rounds, seconds=seconds) for act in acts]


def _figure(act: str, database: str, *, rounds: int, seconds: float) -> Figure:
    with _both(database) as (place, ours, counter):
        posts = _ACTS[act](place, ours)
        return rates(
            f"{act}s/s against a shared counter, {database}",
            lambda: post_rate(ours, next(posts), seconds=seconds),
            lambda: post_rate(counter, _COUNT, seconds=seconds),
            limit=LIMIT,
            rounds=rounds,
        )


@contextmanager
def _both(database: str) -> Iterator[tuple[Site, str, str]]:
    """Serve the application and the counter, each on a database of its own; yield site and origins."""
    with site(database) as other, site(database) as place:
        baseline_server.make_counter(other)
        with place.served() as ours, other.served(baseline_server.TARGET, origin=free_origin()) as counter:
            yield place, ours, counter


def admissions(_place: Site, _origin: str) -> Iterator[Posts]:
    """Yield, round by round, uploads of one scan each: every ticket once, then guests coming and going."""
    scenario = build(households=HOUSEHOLDS)
    tickets = add_tickets(scenario)
    token = secrets.token_urlsafe(32)
    pair_phone(scenario.event_id, "Hovedinngang", token)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    counter = count(1)
    while True:
        yield Posts([("/api/door/v1/scans", _upload(ticket, next(counter))) for ticket in tickets], headers)


def _upload(ticket: str, number: int) -> str:
    now = datetime.now(UTC).isoformat()
    scan = {
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
    return json.dumps({"clock_utc": now, "scans": [scan]})


def answers(_place: Site, origin: str) -> Iterator[Posts]:
    """Yield, round by round, one answer a household, all different from what the household answered before."""
    scenario = build(households=HOUSEHOLDS)
    cookie, token = csrf(origin, f"/i/{scenario.codes[0]}")
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    for round_number in count():
        yield Posts(_answers(scenario, token, round_number), headers)


def _answers(scenario: Scenario, token: str, round_number: int) -> list[tuple[str, str]]:
    return [
        (f"/i/{code}/svar", answer_body(invitees, token, coming=1 + round_number % 2))
        for code, invitees in zip(scenario.codes, scenario.invitee_ids, strict=True)
    ]


def answer_body(invitees: Sequence[int], token: str, *, coming: int, email: str = "") -> str:
    """Return the confirmed form of a household of which the first `coming` come."""
    fields = {f"person_{place}": "yes" if place <= coming else "no" for place in range(1, len(invitees) + 1)}
    return urlencode({**fields, "csrf_token": token, "email": email, "extra_children": "0", "step": "confirm"})


def csrf(origin: str, path: str) -> tuple[str, str]:
    """Open `path` as a browser does; return its session cookie and the form's CSRF token."""
    connection = http.client.HTTPConnection(origin.removeprefix("http://"), timeout=20)
    connection.request("GET", path)
    answer = connection.getresponse()
    page = answer.read().decode()
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    cookie = (answer.getheader("Set-Cookie") or "").partition(";")[0]
    if not found or not cookie:
        raise RuntimeError(f"no form at {path}: status {answer.status}")
    return cookie, found[1]


_ACTS: dict[str, Callable[[Site, str], Iterator[Posts]]] = {"admission": admissions, "answer": answers}


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
        for figure in figures(
            database=database, rounds=asked.rounds, seconds=asked.seconds, acts=asked.only or list(_ACTS)
        )
    ]
    conclude(found)
