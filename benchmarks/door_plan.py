"""An evening at the doors, planned: which phone scans which ticket when, and in which pieces the phones upload it.

In: a seed and the number of scans. Out: scans by phone in order of time, and random orders of uploads in which replies
are lost, uploads are cut and both are sent again. Pure; shares from promises.md 3.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

DOORS = ("Hovedinngang", "Bakdør", "Sideinngang", "Kjeller", "Balkong")
_REPLY_LOST = 0.05
_UPLOAD_CUT = 0.05
_LARGEST_UPLOAD = 150
_SPACE = timedelta(milliseconds=1_700)


@dataclass(frozen=True)
class PhoneClock:
    """How far a phone's clock is from the truth, by how much it jumps in the middle of the evening.

    `was_in_touch`: what it made before the jump was sent before it; else all is sent long after.
    """

    wrong_by: timedelta
    jump: timedelta = timedelta(0)
    was_in_touch: bool = True


CLOCKS = (
    PhoneClock(timedelta(hours=-3), jump=timedelta(minutes=-90)),
    PhoneClock(timedelta(minutes=10), jump=timedelta(minutes=50), was_in_touch=False),
    PhoneClock(timedelta(0), jump=timedelta(minutes=-90), was_in_touch=False),
    PhoneClock(timedelta(seconds=90)),
    PhoneClock(timedelta(seconds=-4)),
)


@dataclass(frozen=True)
class PlannedScan:
    """One scan: `at_utc` by the true clock; `ticket` is the place in the list of tickets, None for an unknown code."""

    scan_id: str
    phone: int
    ticket: int | None
    kind: str
    persons: int
    at_utc: datetime
    undoes: str = ""


@dataclass(frozen=True)
class Evening:
    """All scans by true time, which tickets are revoked, and which were let in at two doors."""

    scans: Sequence[PlannedScan]
    guests: int
    revoked: frozenset[int]
    at_two_doors: frozenset[int]
    jumps_at_utc: datetime

    def wrong_by(self, scan: PlannedScan) -> timedelta:
        """Return how far the clock of its phone was from the truth when `scan` was made."""
        clock = CLOCKS[scan.phone]
        return clock.wrong_by + (clock.jump if self._is_after_jump(scan) else timedelta(0))

    def wrong_by_when_sent(self, scan: PlannedScan) -> timedelta:
        """Return how far it was when `scan` was sent."""
        clock = CLOCKS[scan.phone]
        was_sent_before = clock.was_in_touch and not self._is_after_jump(scan)
        return clock.wrong_by + (timedelta(0) if was_sent_before else clock.jump)

    def judged_at(self, scan: PlannedScan) -> datetime:
        """Return the moment that `scan` has to be judged by: the phone's, corrected by its clock as it was sent."""
        return scan.at_utc + self.wrong_by(scan) - self.wrong_by_when_sent(scan)

    def _is_after_jump(self, scan: PlannedScan) -> bool:
        return scan.at_utc >= self.jumps_at_utc

    def of_phone(self, phone: int) -> list[PlannedScan]:
        """Return the scans of one phone in order of time."""
        return [scan for scan in self.scans if scan.phone == phone]


def evening(*, scans: int, phones: int, seed: int, starts: datetime) -> Evening:
    """Return an evening: of 4,000 scans 3,000 guests, 400 at two doors, 60 revoked, 40 unknown, the rest repeats."""
    random = Random(seed)
    guests, twice, unknown = scans * 3 // 4, scans // 10, scans // 100
    doubles = random.sample(range(guests), twice)
    revoked = frozenset(random.sample(range(guests), scans * 60 // 4000))
    acts: list[tuple[int, int | None, str]] = [(random.randrange(phones), guest, "in") for guest in range(guests)]
    first_phone = [phone for phone, _guest, _kind in acts]
    acts += [((first_phone[guest] + random.randrange(1, phones)) % phones, guest, "in") for guest in doubles]
    acts += [(random.randrange(phones), None, "in") for _ in range(unknown)]
    for _ in range(scans - len(acts)):
        guest = random.randrange(guests)
        acts.append((first_phone[guest], guest, random.choice(("in", "out", "in", "undo"))))
    random.shuffle(acts)
    planned = _timed(acts, random, starts)
    return Evening(planned, guests, revoked, frozenset(doubles) - revoked, planned[len(planned) // 2].at_utc)


def _timed(acts: list[tuple[int, int | None, str]], random: Random, starts: datetime) -> list[PlannedScan]:
    found: list[PlannedScan] = []
    latest: dict[int | None, str] = {}
    for number, (phone, guest, kind) in enumerate(acts):
        undoes = latest.get(guest, "") if kind == "undo" and guest is not None else ""
        scan_id = f"{random.getrandbits(128):032x}"
        real_kind = kind if kind != "undo" or undoes else "in"
        at = starts + number * _SPACE
        found.append(PlannedScan(scan_id, phone, guest, real_kind, random.randint(1, 3), at, undoes))
        if real_kind == "in":
            latest[guest] = scan_id
    return found


def uploads(evening: Evening, *, phones: int, random: Random) -> list[list[PlannedScan]]:
    """Return one random order of uploads: each phone's own in order of time, the phones' shuffled into one another."""
    queues = [_of_phone(evening, phone, random) for phone in range(phones)]
    order = [phone for phone, queue in enumerate(queues) for _ in queue]
    random.shuffle(order)
    pending = [iter(queue) for queue in queues]
    return [next(pending[phone]) for phone in order]


def _of_phone(evening: Evening, phone: int, random: Random) -> list[list[PlannedScan]]:
    """Cut a phone's scans into uploads; none holds scans that were sent by different clocks."""
    by_clock: dict[timedelta, list[PlannedScan]] = {}
    for scan in evening.of_phone(phone):
        by_clock.setdefault(evening.wrong_by_when_sent(scan), []).append(scan)
    return [piece for scans in by_clock.values() for piece in _cut(scans, random)]


def _cut(scans: list[PlannedScan], random: Random) -> list[list[PlannedScan]]:
    """Cut scans into uploads; some are sent twice, and some in a shorter piece and then whole."""
    found: list[list[PlannedScan]] = []
    place = 0
    while place < len(scans):
        size = random.randint(1, _LARGEST_UPLOAD)
        piece = scans[place : place + size]
        chance = random.random()
        if chance < _UPLOAD_CUT:
            found.append(piece[: len(piece) // 2 + 1])
        elif chance < _UPLOAD_CUT + _REPLY_LOST:
            found.append(piece)
        found.append(piece)
        place += size
    return found
