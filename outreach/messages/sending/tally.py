"""What one run of the worker did, by outcome. Pure."""

from collections import Counter
from dataclasses import dataclass, field

from outreach.outbox.states import State

REPORTED = (State.HANDED_OVER, State.FAILED, State.UNCERTAIN, State.WITHHELD)


@dataclass
class Tally:
    """Counts of messages by the state they came to in this run."""

    counts: Counter[State] = field(default_factory=Counter)

    def add(self, state: State | None, number: int = 1) -> None:
        """Count `number` messages that came to `state`; None is none."""
        if state is not None:
            self.counts[state] += number

    def as_json(self, left: int) -> dict[str, int]:
        """Return the object that `flask messages send-due --json` prints; `left` have not come to an end."""
        return {**{state.value: self.counts[state] for state in REPORTED}, "left": left}
