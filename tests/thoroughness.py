"""How much is tried of what has no end: all with FULL_MATRIX=1 (`make check-full`), else a part.

No example has a deadline: how long it takes says how busy the machine is, and is measured in `benchmarks/` alone.
"""

import os

from hypothesis import HealthCheck, Phase, settings

settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")
WHOLE = bool(os.environ.get("FULL_MATRIX"))


def machine(*, histories: int, steps: int) -> settings:
    """Return how a state machine is run: through `histories` made-up histories, or through a third of them.

    Each run makes up others, so that many short runs see as much as a long one. Nothing is shrunk: each step is several
    transactions, and a history that fails tells enough as it is.
    """
    return settings(
        max_examples=histories if WHOLE else max(histories // 3, 1),
        stateful_step_count=steps,
        deadline=None,
        phases=(Phase.explicit, Phase.reuse, Phase.generate),
        suppress_health_check=[HealthCheck.too_slow],
    )
