"""Who of the contact point a newsletter is for, by which channel, and why not the others. Pure.

As in `groups.py` one ordered table serves the count in the database and the look at one person at hand-over: the first
rule that holds decides, so that the groups add up to all who signed up.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from outreach.audience.interest import Interest
from outreach.events.study_place import StudyPlace
from outreach.mailings.groups import Group, Rule
from outreach.outbox.states import Channel

_CHANNEL_RULES: dict[Channel, Rule] = {
    Channel.EMAIL: (Group.EMAIL, "wants_email"),
    Channel.SMS: (Group.SMS, "wants_sms"),
}


@dataclass(frozen=True)
class Choice:
    """Whom a newsletter is for: any of `cities` and, of these, any of `interests`; empty means all."""

    cities: tuple[StudyPlace, ...] = ()
    interests: tuple[Interest, ...] = ()

    @classmethod
    def of(cls, cities: str, interests: str) -> "Choice":
        """Return the choice that a mailing keeps as values with commas between."""
        return cls(
            tuple(StudyPlace(city) for city in cities.split(",") if city),
            tuple(Interest(interest) for interest in interests.split(",") if interest),
        )

    @property
    def words(self) -> tuple[str, str]:
        """Return what a mailing keeps: cities and interests, with commas between."""
        return ",".join(self.cities), ",".join(self.interests)


EVERYBODY = Choice()


def rules(channels: Sequence[Channel]) -> tuple[Rule, ...]:
    """Return the rules in the order in which they decide; whoever is left wants to hear by another channel."""
    return (
        (Group.IN_MAILING, "is_in_mailing"),
        (Group.NO_CONSENT, "said_no_yes"),
        (Group.NOT_CHOSEN, "is_not_chosen"),
        (Group.SUPPRESSED, "is_suppressed"),
        (Group.DEAD, "is_dead"),
        *(_CHANNEL_RULES[channel] for channel in channels),
    )
