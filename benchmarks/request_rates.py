"""Pages against an empty Flask page on the same kind of server: event page, code field, a household's page.

`python -m benchmarks.request_rates [--rounds N] [--seconds S]`.
"""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.http_load import get_rate
from benchmarks.measure import Figure, conclude, rates
from benchmarks.scenario import SLUG, build
from benchmarks.site import free_origin, site

PAGES = (("event page", f"/arrangement/{SLUG}", 0.5), ("code field", "/svar", 0.3), ("personal page", "", 0.12))


@contextmanager
def _both(households: int) -> Iterator[tuple[str, str, str]]:
    """Serve the application and the empty page; yield their origins and a household's path."""
    with site() as place:
        code = build(households=households).codes[0]
        with place.served() as ours, place.served("benchmarks.baseline_app:app", origin=free_origin()) as empty:
            yield ours, empty, f"/i/{code}"


def figures(*, rounds: int = 5, seconds: float = 2) -> list[Figure]:
    """Return the three ratios of request rates."""
    found = []
    with _both(households=400) as (ours, empty, household):
        for name, path, limit in PAGES:
            found.append(
                rates(
                    f"requests/s of {name} against an empty Flask page",
                    lambda path=path or household: get_rate(ours, path, seconds=seconds),
                    lambda: get_rate(empty, "/", seconds=seconds),
                    limit=limit,
                    rounds=rounds,
                )
            )
    return found


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2)
    asked = parser.parse_args()
    conclude(figures(rounds=asked.rounds, seconds=asked.seconds))
