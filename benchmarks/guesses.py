"""Proof: 100,000 guesses at codes hit none, from one address and from 500, and a guest at the same address gets in.

`python -m benchmarks.guesses [--guesses N] [--addresses 1,500] [--database …] [--seed N] [--control]`

The guesser knows the selectors of 200 households, as from a stolen database, and goes round them with codes whose check
character is right, so that every guess is judged. From one address he is right in the end: each household's own code
comes at a place after the first ten tries at it. From many addresses he guesses at random, since an address that has
not failed is never refused a right code: there the number of tries is what stands against him. Real server
processes behind a proxy that names the address; meanwhile guests at the guesser's own addresses open their invitations,
and try again each second where they are refused. Held: no guess is let in, each guest is within five seconds, and no
5xx. `--control` serves the application without the limits (unlimited_app.py): from one address every household is
opened. From many addresses the space of codes is made small, too: he knows of 40 codes that one is the household's.
"""

import argparse
import http.client
import sys
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from benchmarks.scenario import Scenario, build
from benchmarks.site import DATABASES, Site, site
from outreach.formats.short_code import INVITATION, compute, read

_TARGETS = 200
_GUESTS = 300
_CONNECTIONS = 8
_SOONEST_RIGHT = 10
_SMALL_SPACE = 40
_LIMIT_SECONDS = 5.0
_RETRY_SECONDS = 1.0
_BETWEEN_GUESTS_SECONDS = 1.0


@dataclass
class Attack:
    """What came of one attack: answers by status, how long each guest took, how long it all took."""

    statuses: Counter[int] = field(default_factory=Counter)
    guests: list[float] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def faults(self) -> list[str]:
        """Return what does not hold."""
        found = [f"{self.statuses[200]} guesses were let in"] if self.statuses[200] else []
        if broken := {status: number for status, number in self.statuses.items() if status >= 500}:
            found.append(f"answers {broken}")
        if late := [seconds for seconds in self.guests if seconds > _LIMIT_SECONDS]:
            found.append(f"{len(late)} guests took longer than {_LIMIT_SECONDS:.0f} s")
        return found if self.guests else [*found, "no guest came"]


def main() -> None:
    """Run the proof and exit 1 when it does not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--guesses", type=int, default=100_000)
    parser.add_argument("--addresses", default="1,500")
    parser.add_argument("--seed", type=int, default=3316)
    parser.add_argument("--database", choices=DATABASES, default="sqlite")
    parser.add_argument("--control", action="store_true")
    asked = parser.parse_args()
    print(f"seed {asked.seed}, {asked.database}{', control' if asked.control else ''}")
    faults: list[str] = []
    told: list[str] = []
    for number in [int(part) for part in asked.addresses.split(",")]:
        attack = _run(asked, number)
        faults += [f"{number} addresses: {fault}" for fault in attack.faults]
        told.append(_words(attack, number))
    for fault in faults:
        print(fault)
    print(f"{'; '.join(told)}; {len(faults)} faults, {'holds' if not faults else 'DOES NOT HOLD'}")
    sys.exit(1 if faults else 0)


def _run(asked: argparse.Namespace, addresses: int) -> Attack:
    """Attack an installation of its own from so many addresses."""
    with site(asked.database, TRUSTED_PROXIES="1") as place:
        scenario = build(households=_TARGETS + _GUESTS)
        random = Random(f"{asked.seed}:{addresses}")
        targets = scenario.codes[:_TARGETS]
        if addresses > 1:
            guesses = _random_guesses(targets, asked.guesses, random, is_space_small=asked.control)
        else:
            guesses = _guesses_right_in_the_end(targets, asked.guesses, random)
        with place.served("benchmarks.unlimited_app:app" if asked.control else "wsgi:app"):
            return _attacked(place, scenario, guesses, addresses=addresses)


def _guesses_right_in_the_end(targets: Sequence[str], number: int, random: Random) -> list[str]:
    """Return codes in the order in which they are tried: round the targets, each one's own code among them."""
    rounds = number // len(targets)
    right_at = [random.randrange(min(_SOONEST_RIGHT, rounds - 1), rounds) for _ in targets]
    return [
        target if right_at[place] == turn else _wrong(target, random)
        for turn in range(rounds)
        for place, target in enumerate(targets)
    ]


def _random_guesses(targets: Sequence[str], number: int, random: Random, *, is_space_small: bool) -> list[str]:
    """Return codes at random, round the targets; of a small space the right one is as likely as each of the others."""
    rounds = number // len(targets)
    if not is_space_small:
        return [_wrong(target, random) for _ in range(rounds) for target in targets]
    spaces = [[target, *(_wrong(target, random) for _ in range(_SMALL_SPACE - 1))] for target in targets]
    return [random.choice(space) for _ in range(rounds) for space in spaces]


def _wrong(code: str, random: Random) -> str:
    """Return a code of the same selector that is all but surely wrong, with a right check character."""
    return compute(INVITATION, read(INVITATION, code).selector, random.randbytes(32))


def _attacked(place: Site, scenario: Scenario, guesses: Sequence[str], *, addresses: int) -> Attack:
    attack, is_over = Attack(), threading.Event()
    started = time.monotonic()
    lock = threading.Lock()

    def guess(start: int) -> None:
        mine: Counter[int] = Counter()
        connection = _connected(place)
        for turn in range(start, len(guesses), _CONNECTIONS):
            mine[_status(connection, guesses[turn], _address(turn % addresses))] += 1
        connection.close()
        with lock:
            attack.statuses.update(mine)

    guests = threading.Thread(target=_let_guests_in, args=(place, scenario, attack, is_over, addresses))
    threads = [threading.Thread(target=guess, args=(number,)) for number in range(_CONNECTIONS)]
    for thread in (*threads, guests):
        thread.start()
    for thread in threads:
        thread.join()
    is_over.set()
    guests.join()
    attack.seconds = time.monotonic() - started
    return attack


def _let_guests_in(place: Site, scenario: Scenario, attack: Attack, is_over: threading.Event, addresses: int) -> None:
    """Have one guest after the other come, each at an address of the guesser's, until the attack is over."""
    for number, code in enumerate(scenario.codes[_TARGETS:]):
        if is_over.wait(_BETWEEN_GUESTS_SECONDS):
            return
        connection, started = _connected(place), time.monotonic()
        while _status(connection, code, _address(number % addresses)) != 200:
            if time.monotonic() - started > 2 * _LIMIT_SECONDS:
                break
            time.sleep(_RETRY_SECONDS)
        attack.guests.append(time.monotonic() - started)
        connection.close()


def _connected(place: Site) -> http.client.HTTPConnection:
    return http.client.HTTPConnection(place.origin.removeprefix("http://"), timeout=60)


def _status(connection: http.client.HTTPConnection, code: str, address: str) -> int:
    connection.request("GET", f"/i/{code}", headers={"X-Forwarded-For": address})
    answer = connection.getresponse()
    answer.read()
    return answer.status


def _address(number: int) -> str:
    return f"198.18.{number // 250}.{number % 250 + 1}"


def _words(attack: Attack, addresses: int) -> str:
    where = "one address" if addresses == 1 else f"{addresses} addresses"
    slowest = max(attack.guests, default=0.0)
    return (
        f"{attack.statuses.total()} guesses from {where} in {attack.seconds:.0f} s: {attack.statuses[200]} let in, "
        f"{attack.statuses[404]} judged, {attack.statuses[429]} refused; {len(attack.guests)} guests there, "
        f"the slowest in {slowest:.1f} s"
    )


if __name__ == "__main__":
    main()
