"""What somebody tells the contact point: where they study, what they want to hear of, and what they said yes to. Pure.

In: values of a form, checked. Out: the same as JSON, for the sealed form that waits to be confirmed.
"""

import json
from dataclasses import asdict, dataclass
from enum import StrEnum

from outreach.audience.interest import Interest
from outreach.errors import N_
from outreach.events.study_place import StudyPlace
from outreach.outbox.states import Channel


class Purpose(StrEnum):
    """What somebody may say yes to, each by itself (GDPR art. 4(11), 7)."""

    NEWS = "news"
    INVITATIONS = "invitations"


PURPOSE_WORDS = {
    Purpose.NEWS: N_("Send meg nytt om det jeg har krysset av for"),
    Purpose.INVITATIONS: N_("Inviter meg til treff for unge herfra"),
}
CHANNEL_CHOICES = (Channel.EMAIL, Channel.SMS)
# Which words stood at the boxes when somebody ticked them: raised when their meaning changes (GDPR art. 7(1)).
WORDING = 1
# What an e-mail's unsubscribe link says no to; a consent ends with it.
NEWS_TOPIC = "newsletter"
# From the address of a poster or a friend: which of our links brought somebody here.
HEARD_BY_WORDS = {
    "oslo": N_("Plakat i Oslo"),
    "bergen": N_("Plakat i Bergen"),
    "trondheim": N_("Plakat i Trondheim"),
    "friend": N_("Fra en venn"),
    "letter": N_("Brev hjem"),
    "social": N_("Sosiale medier"),
}


@dataclass(frozen=True, kw_only=True)
class Details:
    """What a form holds, checked: e-mail normalised or mobile as E.164 in `contact`; years None where not told."""

    name: str
    birth_year: int
    city: StudyPlace
    school: str
    programme: str
    finishing_year: int | None
    interests: frozenset[Interest]
    purposes: frozenset[Purpose]
    channel: Channel
    contact: str
    language: str
    heard_by: str = ""

    def to_json(self) -> str:
        """Return the details as they wait, sealed, for a confirmation."""
        told = asdict(self) | {"interests": sorted(self.interests), "purposes": sorted(self.purposes)}
        return json.dumps(told, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Details":
        """Return what `to_json` wrote."""
        told = json.loads(text)
        return cls(
            **told
            | {
                "city": StudyPlace(told["city"]),
                "interests": frozenset(map(Interest, told["interests"])),
                "purposes": frozenset(map(Purpose, told["purposes"])),
                "channel": Channel(told["channel"]),
            }
        )


def heard_by(text: str) -> str:
    """Return which of our links `text` is, or "" for what is none."""
    return text if text in HEARD_BY_WORDS else ""


def short_link(public_url: str, way: str) -> str:
    """Return the address of the form that tells which `way` brought somebody there."""
    return f"{public_url}/kontaktpunkt?by={way}"
