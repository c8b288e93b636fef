"""Time and memory of `flask letters build` for a municipality: `python -m benchmarks.letters_memory [--people N]`.

Made-up households of two, each with a letter waiting; the real command builds the batch in a process of its own.
Memory is that of the command and its typesetters together, looked at ten times a second: what they hold of their own,
with what they share counted once (PSS). Exit 1 when the peak is over the limit, when a batch of a fraction of the size
needs much less (memory must not grow with the batch), when letters are missing, or when the command does not tell how
far it has come.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks import scenario
from benchmarks.measure import Limit, conclude
from benchmarks.site import DATABASES, Site, site
from outreach.database import db
from outreach.invitations.letters.sheet import LETTERS_A_FILE, PAGES_A_LETTER
from outreach.outbox import service as outbox
from outreach.outbox.message import invitation_letter
from outreach.register.models import RegisterImport

_PEOPLE = 13_000
_LOOKS_A_SECOND = 10
PEAK_LIMIT_MB, GROWTH_LIMIT_MB = 600.0, 100.0


@dataclass(frozen=True)
class Run:
    """One build: how long it took, and the most memory that its processes held at once."""

    letters: int
    seconds: float
    peak_megabytes: float

    def __str__(self) -> str:
        pages_a_second = self.letters * PAGES_A_LETTER / self.seconds
        return (
            f"  {self.letters} letters: {self.seconds:.1f} s, {pages_a_second:.0f} pages/s with everything, "
            f"peak {self.peak_megabytes:.0f} MB"
        )


def figures(*, people: int, database: str) -> list[Limit]:
    """Return the peak for `people`, and how much more it is than for a tenth of them but at least two whole files."""
    households = people // scenario.PERSONS_A_HOUSEHOLD
    small = _run(max(households // 10, 2 * LETTERS_A_FILE), database)
    large = _run(households, database)
    return [
        Limit(f"memory of {large.letters} letters", large.peak_megabytes, PEAK_LIMIT_MB, "MB"),
        Limit(
            f"more memory for {large.letters} letters than for {small.letters}",
            large.peak_megabytes - small.peak_megabytes,
            GROWTH_LIMIT_MB,
            "MB",
        ),
    ]


def _run(households: int, database: str) -> Run:
    with site(database) as place:
        _queue_letters(households)
        run = _build(place, households)
    print(run, flush=True)
    return run


def _queue_letters(households: int) -> None:
    now = datetime.now(UTC)
    db.session.add(
        RegisterImport(
            as_of=now.date(),
            imported_at_utc=now,
            file_hash="",
            format="freg",
            encoding="utf-8",
            row_count=0,
            counts_json="{}",
        )
    )
    made = scenario.build(households=households, now=now)
    letters = (invitation_letter(invitation_id=number, event_id=made.event_id) for number in made.invitation_ids)
    outbox.queue(letters, now)
    db.session.commit()


def _build(place: Site, households: int) -> Run:
    command = [sys.executable, "-m", "flask", "letters", "build", scenario.SLUG, "--json"]
    with (place.folder / "told.txt").open("w+", encoding="utf-8") as told:
        started, peak = time.perf_counter(), 0.0
        process = subprocess.Popen(
            [*command, "--out", str(place.folder / "letters")],
            env={**os.environ, **place.environ},
            stdout=subprocess.PIPE,
            stderr=told,
        )
        while process.poll() is None:
            peak = max(peak, _megabytes(process.pid))
            time.sleep(1 / _LOOKS_A_SECOND)
        seconds = time.perf_counter() - started
        told.seek(0)
        _hold(json.loads(process.communicate()[0] or b"{}"), told.read(), households)
    return Run(households, seconds, peak)


def _hold(facts: dict[str, Any], told: str, letters: int) -> None:
    """Stop unless every letter is there, and the command said how far it was after each file."""
    if facts.get("count") != letters or facts.get("pages") != letters * PAGES_A_LETTER:
        sys.exit(f"not every letter was made: {told}")
    if sum(f" av {letters} brev" in line for line in told.splitlines()) != len(facts["files"]):
        sys.exit(f"the command did not say after each file how far it had come: {told}")


def _megabytes(pid: int) -> float:
    """Return the memory of a process and of all below it; one that has just ended holds none."""
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
        children = Path(f"/proc/{pid}/task").glob("*/children")
        below = [int(child) for path in children for child in path.read_text(encoding="ascii").split()]
    except OSError:
        return 0.0
    own = next((int(line.split()[1]) / 1024 for line in rollup.splitlines() if line.startswith("Pss:")), 0.0)
    return own + sum(map(_megabytes, below))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=_PEOPLE)
    parser.add_argument("--database", choices=DATABASES, default="sqlite")
    asked = parser.parse_args()
    conclude(figures(people=asked.people, database=asked.database))
