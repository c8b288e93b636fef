"""What a household answered, as the staff's list of invitations tells it, and whether staff must call them. Pure."""

from dataclasses import dataclass

# They come, wait, or are offered a place: they hear of a change, and when the event is off.
_TOLD_OF_CHANGES = ("attending", "waitlisted", "offered", "expired")


@dataclass(frozen=True)
class Answered:
    """State of the answer, "" for none, and where they asked to be reached."""

    state: str = ""
    email: str = ""
    mobile: str = ""

    def must_be_called(self, *, has_sms: bool) -> bool:
        """Say whether nothing that we write reaches them when the event changes. `has_sms`: SMS is set up."""
        return self.state in _TOLD_OF_CHANGES and not self.email and not (has_sms and self.mobile)
