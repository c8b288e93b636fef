"""How fast reports are made, as ratios of the same run: `python -m benchmarks.reports`.

Any report over 13,000 invitations and five years ≤ 3 × the same questions written by hand as SQL, on SQLite and on
PostgreSQL; and none asks more statements for more events. Exit 1 when a figure does not hold. On SQLite times are of
the processor, since other work on the machine is none of ours; PostgreSQL works in other processes, so there the time
is the wall's. The doors' own state is at hand, as it is in a web process that has shown the evening.
"""

import argparse
import time
from collections.abc import Callable
from statistics import median
from typing import Any

from benchmarks import reports_by_hand as by_hand
from benchmarks.measure import Figure, conclude
from benchmarks.reports_town import NOW, settle_town
from benchmarks.site import DATABASES, site
from outreach.database import db
from outreach.database.engine import reading
from outreach.events import queries as events
from outreach.reports.counting import queries as counting
from outreach.reports.figures import Dimension
from outreach.reports.funnels import queries as funnels
from outreach.reports.goals import queries as goals
from outreach.reports.reading.queries import figures_of
from outreach.reports.years import queries as years

LIMIT = 3
_LEAST_SECONDS = 0.05
Act = Callable[[], Any]


def main() -> None:
    """Run every figure; exit 1 when one does not hold."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--invitations", type=int, default=13_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--database", choices=DATABASES, help="both when left out")
    options = parser.parse_args()
    figures: list[Figure] = []
    for database in [options.database] if options.database else DATABASES:
        with site(database) as place, place.app.test_request_context():
            event_id = settle_town(options.invitations)
            for name, (ours, hand) in _reports(event_id, database).items():
                figures.append(_compared(name, ours, hand, database, options.rounds))
    conclude(figures)


def _reports(event_id: int, database: str) -> dict[str, tuple[Act, Act]]:
    """Return each report with the statements that ask the same."""
    settled = years.past_events()[0].slug

    def hand(*statements: str) -> Act:
        filled = [one.format(event=event_id, child_year=2009) for one in statements]
        return lambda: [db.session.connection().exec_driver_sql(one).all() for one in filled]

    def kept() -> Any:
        return figures_of(events.by_slug(settled))

    settled_id = events.by_slug(settled).id
    of_settled = [
        one.format(event=settled_id) for one in (by_hand.KEPT_FUNNEL, by_hand.KEPT_PARTS, by_hand.PAST + " limit 1")
    ]
    live = (by_hand.LETTERS, by_hand.ANSWERS, by_hand.EXTRA, by_hand.TICKETS)
    live += (by_hand.WALK, by_hand.DAYS[database], by_hand.WAITING)
    year = (by_hand.GOALS, by_hand.YEAR, by_hand.INVITED, by_hand.ANSWERED, by_hand.ATTENDING, by_hand.SIGN_UPS)
    return {
        "an evening that is not settled": (lambda: _counted(event_id), hand(*live)),
        "an evening that is settled": (kept, hand(*of_settled)),
        "five years side by side": (
            lambda: years.past_events(dimension=Dimension.LANGUAGE),
            hand(by_hand.PAST, by_hand.PAST_FUNNELS, by_hand.PAST_PARTS),
        ),
        "everything of five years, for a file": (
            years.past_events,
            hand(by_hand.PAST, by_hand.PAST_FUNNELS, by_hand.PAST_ALL),
        ),
        "the goals of a year": (lambda: goals.standings(2026, NOW.date()), hand(*year)),
    }


def _counted(event_id: int) -> Any:
    event = events.by_id(event_id)
    return counting.count(event, funnels.counted_funnel(event_id))


def _compared(name: str, ours: Act, hand: Act, database: str, rounds: int) -> Figure:
    pairs = [(_seconds(ours, database), _seconds(hand, database)) for _ in range(rounds)]
    taken = median(one for one, _ in pairs) * 1000
    ratios = [one / other for one, other in pairs]
    return Figure(f"{database}: {name} against SQL by hand", ratios, LIMIT, is_cost=True, note=f"{taken:.1f} ms")


def _seconds(act: Act, database: str) -> float:
    """Return the seconds of one `act`, repeated until it takes long enough, in a transaction as pages have it."""
    clock = time.process_time if database == "sqlite" else time.perf_counter
    with reading():
        act()
        times, start = 0, clock()
        while True:
            db.session.expunge_all()
            act()
            times += 1
            if (spent := clock() - start) >= _LEAST_SECONDS:
                break
        db.session.rollback()
    return spent / times


if __name__ == "__main__":
    main()
