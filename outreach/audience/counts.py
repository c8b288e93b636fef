"""How many a segment holds, and how many are left out for which reason. Pure: counts in, one answer out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from outreach.audience.exclusions import Inclusion, Reason


@dataclass(frozen=True)
class AudienceCount:
    """People and households that may be asked, those of them who have been, and the excluded by every `Reason`."""

    people: int
    households: int
    already_invited: int
    excluded: dict[str, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return what `flask audience count --json` prints (promises.md 8)."""
        return vars(self)


def count_of(found: Mapping[str, int]) -> AudienceCount:
    """Return the count of what was `found`: "people" and "households" that may be asked, and people by reason."""
    return AudienceCount(
        people=found["people"],
        households=found["households"],
        already_invited=found[Inclusion.ALREADY_INVITED],
        excluded={reason.value: found[reason] for reason in Reason},
    )
