"""How many a segment holds, and how many are left out for which reason. Pure: rows of counts in, one answer out."""

from collections.abc import Iterable
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


def count_of(people_by_reason: Iterable[tuple[str, int]], households: int) -> AudienceCount:
    """Return the count of people given as (reason, number), in `households` households. Each person is in one row."""
    by_reason = dict(people_by_reason)
    return AudienceCount(
        people=sum(by_reason.get(reason, 0) for reason in Inclusion),
        households=households,
        already_invited=by_reason.get(Inclusion.ALREADY_INVITED, 0),
        excluded={reason.value: by_reason.get(reason, 0) for reason in Reason},
    )
