"""Pages against an empty Flask page on the same kind of server, with 13,000 people invited.

Public ones (front page, event page, code field, contact point) and personal ones (a household's, a partner's).

`python -m benchmarks.request_rates [--rounds N] [--seconds S]`.
"""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.http_load import get_rate
from benchmarks.measure import Figure, conclude, rates
from benchmarks.scenario import PERSONS_A_HOUSEHOLD, SLUG, build
from benchmarks.site import free_origin, site
from outreach.database import db
from outreach.events.models import Event
from tests.factories.partners import make_offer, make_participation, partner_token

HOUSEHOLDS = 13_000 // PERSONS_A_HOUSEHOLD
RENDERED_ONCE, CODE_FIELD, PERSONAL = 0.5, 0.3, 0.12
PUBLIC_PAGES = {
    "front page": ("/", RENDERED_ONCE),
    "event page": (f"/arrangement/{SLUG}", RENDERED_ONCE),
    "code field": ("/svar", CODE_FIELD),
    "contact point": ("/kontaktpunkt", CODE_FIELD),
}


@contextmanager
def _both(households: int) -> Iterator[tuple[str, str, dict[str, tuple[str, float]]]]:
    """Serve the application and the empty page; yield their origins and the personal pages, each with its limit."""
    with site() as place:
        scenario = build(households=households)
        participation = make_participation(db.session.get_one(Event, scenario.event_id))
        make_offer(participation.organisation)
        personal = {
            "household's page": (f"/i/{scenario.codes[0]}", PERSONAL),
            "partner's page": (f"/partner/{partner_token(participation)}", PERSONAL),
        }
        db.session.remove()
        with place.served() as ours, place.served("benchmarks.baseline_app:app", origin=free_origin()) as empty:
            yield ours, empty, personal


def figures(*, rounds: int = 5, seconds: float = 2) -> list[Figure]:
    """Return the ratios of request rates."""
    with _both(HOUSEHOLDS) as (ours, empty, personal):
        return [
            rates(
                f"requests/s of {name} against an empty Flask page",
                lambda path=path: get_rate(ours, path, seconds=seconds),  # type: ignore[misc]
                lambda: get_rate(empty, "/", seconds=seconds),
                limit=limit,
                rounds=rounds,
            )
            for name, (path, limit) in {**PUBLIC_PAGES, **personal}.items()
        ]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2)
    asked = parser.parse_args()
    conclude(figures(rounds=asked.rounds, seconds=asked.seconds))
