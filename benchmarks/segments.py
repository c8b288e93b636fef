"""How fast a segment is counted, as ratios of the same run: `python -m benchmarks.segments`.

Any segment's count, from the rule to the figures, ≤ 3 × the same question written by hand as one SQL statement, for
13,000 people; and from 13,000 to 1,000,000 people (SQLite) no worse than linear, or than the statement by hand where
the machine's memory lets that grow faster. Exit 1 when a figure does not hold.
Everybody is made up by the database itself, seed 1. On SQLite times are of the processor, since other work on the
machine is none of ours; PostgreSQL works in other processes, so there the time is the wall's.
"""

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from statistics import median

from flask import Flask

from benchmarks.measure import Figure, conclude
from benchmarks.segments_by_hand import BY_HAND, RULES
from benchmarks.segments_town import settle
from benchmarks.site import DATABASES, site
from outreach.audience import queries
from outreach.audience.counts import AudienceCount
from outreach.audience.segment import bound
from outreach.database import db
from outreach.database.engine import reading

AS_OF = date(2026, 11, 1)
SMALL, LARGE = 13_000, 1_000_000
HAND_LIMIT, LINEAR_LIMIT = 3, 1
EVENT_ID, IMPORT_ID = 7, 1


@dataclass(frozen=True)
class Times:
    """The median seconds of a count and of the statement by hand."""

    ours: float
    by_hand: float


def main() -> None:
    """Run every figure; exit 1 when one does not hold."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=SMALL)
    parser.add_argument("--large", type=int, default=LARGE, help="0: leave the large municipality out")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--database", choices=DATABASES, help="for 13,000 people; both when left out")
    options = parser.parse_args()
    figures: list[Figure] = []
    small: dict[str, dict[str, Times]] = {}
    for database in [options.database] if options.database else DATABASES:
        with site(database) as place:
            settle(options.people)
            told, times = _compare(place.app, database, options.rounds)
            figures += told
            small[database] = times
    if options.large:
        figures += _grown(small.get("sqlite", {}), options)
    conclude(figures)


def _compare(app: Flask, database: str, rounds: int) -> tuple[list[Figure], dict[str, Times]]:
    """Return the ratio to the hand-written statement for each segment, and the seconds of both."""
    figures, seconds = [], {}
    for name in RULES:
        by_rule, by_hand = _counting(name), _asking(name)
        assert by_rule() == by_hand(), f"{name}: {by_rule()} against {by_hand()}"
        pairs = [(_seconds(by_rule, database), _seconds(by_hand, database)) for _ in range(rounds)]
        seconds[name] = Times(median(ours for ours, _ in pairs), median(hand for _, hand in pairs))
        figures.append(
            Figure(
                f"{database}: counting {name} against SQL by hand",
                [ours / hand for ours, hand in pairs],
                HAND_LIMIT,
                is_cost=True,
                note=f"{seconds[name].ours * 1000:.1f} ms, {by_rule().people} people",
            )
        )
    return figures, seconds


def _grown(small: dict[str, Times], options: argparse.Namespace) -> list[Figure]:
    """Return how much more each count costs per person among the large number, on SQLite."""
    with site("sqlite"):
        settle(options.large)
        return [_growth(name, small[name], options) for name in RULES]


def _growth(name: str, small: Times, options: argparse.Namespace) -> Figure:
    """Return the growth per person of one count. Neither statement can help that caches hold a small town and not a
    large one, so the limit is what the other statement grows by in the same run, and at least linear."""
    times = options.large / options.people
    by_rule, by_hand = _counting(name), _asking(name)
    pairs = [(_seconds(by_rule, "sqlite", least=0.0), _seconds(by_hand, "sqlite", least=0.0)) for _ in range(3)]
    hand = median(seconds for _, seconds in pairs)
    hand_growth = hand / small.by_hand / times
    return Figure(
        f"sqlite: counting {name} among {options.large} against linear from {options.people}",
        [ours / small.ours / times for ours, _ in pairs],
        round(max(LINEAR_LIMIT, hand_growth), 2),
        is_cost=True,
        note=f"{median(ours for ours, _ in pairs) * 1000:.0f} ms; by hand {hand_growth:.2f}, {hand * 1000:.0f} ms",
    )


def _counting(name: str) -> Callable[[], AudienceCount]:
    def count() -> AudienceCount:
        slug = name if name in ("moved-in", "young-away") else "saved"
        segment = bound(RULES[name], name=slug, title="", as_of=AS_OF, held_days=395)
        return queries.count(segment, event_id=EVENT_ID, import_id=IMPORT_ID)

    return count


def _asking(name: str) -> Callable[[], AudienceCount]:
    statement = BY_HAND[name]

    def ask() -> AudienceCount:
        found = dict(db.session.connection().exec_driver_sql(statement).mappings().one())
        excluded = {
            reason: found[reason] for reason in ("deceased", "moved_out", "by_hand", "no_address", "suppressed")
        }
        return AudienceCount(found["people"], found["households"], found["already_invited"], excluded)

    return ask


def _seconds(act: Callable[[], object], database: str, *, least: float = 0.05) -> float:
    """Return the seconds of one `act`, repeated until the whole takes `least`, in a transaction as a page has it."""
    clock = time.process_time if database == "sqlite" else time.perf_counter
    with reading():
        act()
        times, start = 0, clock()
        while True:
            act()
            times += 1
            if (spent := clock() - start) >= least:
                break
        db.session.rollback()
    return spent / times


if __name__ == "__main__":
    main()
