"""What a mailing asks of whom it is for, and two answers: households of an event, people of the contact point.

The use cases of a mailing know this alone; who is reached, what a release is of, and when it makes no sense, is said
here.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from sqlalchemy import Select

from outreach import clock
from outreach.audience.interest import Interest
from outreach.contact_point.own_link import own_page_url
from outreach.contact_point.queries import code_of
from outreach.events.event import State as EventState
from outreach.events.models import Event
from outreach.events.queries import by_id as event_by_id
from outreach.events.series import queries as series
from outreach.events.series.meetups import Choice
from outreach.mailings.faults import EventNotOnError, NotYetError
from outreach.mailings.fields import OF_SERIES, Occasion, Own, field_values, known_fields, newsletter_values
from outreach.mailings.groups import REACHED, Group, channel_of
from outreach.mailings.mailing import Kind, asks_register_in, channels_in, outbox_kind, purpose
from outreach.mailings.models import Mailing
from outreach.mailings.newsletters.choice import Choice as Readers
from outreach.mailings.newsletters.offers.service import offered_to
from outreach.mailings.newsletters.recipients import queries as people
from outreach.mailings.recipients import queries as households
from outreach.mailings.recipients.wishes.queries import wishes
from outreach.messages.writing.placeholders import used
from outreach.outbox.campaigns.service import Campaign, queue_selected
from outreach.outbox.states import Channel
from outreach.register.freshness.queries import fresh_import
from outreach.web.headers import settings_of_app


class Audience(Protocol):
    """Whom a mailing is for. Counts are of households, or of people where the mailing is a newsletter."""

    @property
    def revision(self) -> int | list[str]:
        """Return what a release is of besides the text."""

    @property
    def fields(self) -> frozenset[str]:
        """Return the placeholders that may stand in the texts."""

    @property
    def names(self) -> tuple[str, ...]:
        """Return names that are the same in each language, and are left out when a text is measured."""

    def sample_values(self, language: str) -> dict[str, str]:
        """Return the value of each placeholder as made-up people would have it."""

    def refuse_time(self, at: datetime) -> None:
        """Raise an OutreachError when the mailing makes no sense at the moment `at`."""

    def refuse_old_extract(self, now: datetime) -> None:
        """Raise ExtractTooOldError where somebody may have become protected since."""

    def counts(self, channels: Sequence[Channel], *, purpose: str = "") -> Counter[Group]:
        """Return how many are in each group now; whoever has a message of `purpose` is in the mailing."""

    def members(self, channels: Sequence[Channel], group: Group, *, purpose: str = "") -> list[int]:
        """Return the ids of who is in `group` now."""

    def queue(self, channels: Sequence[Channel], *, now: datetime) -> tuple[Counter[Group], int]:
        """Queue a message for each who is reached; return the groups as they were, and how many messages."""


@dataclass(frozen=True)
class Households:
    """The households of an event."""

    mailing: Mailing
    event: Event

    @property
    def revision(self) -> int | list[str]:
        """Return which revision of the event it is, and of each meetup where the text tells of them."""
        choice = _choice(self.mailing, self.event)
        return [str(self.event.revision), *choice.revision] if choice else self.event.revision

    @property
    def fields(self) -> frozenset[str]:
        """Return the placeholders of the kind, with those of a series in one."""
        return known_fields(self._kind, is_in_series=self.event.series_id is not None)

    @property
    def names(self) -> tuple[str, ...]:
        """Return what the event and its place are called, and each city and place of its series."""
        choice = series.choice(self.event.id, clock.today_oslo())
        return (self.event.title, self.event.venue, self.event.venue_address, *(choice.names if choice else ()))

    def sample_values(self, language: str) -> dict[str, str]:
        """Return values as made-up people would have them, with the event's public page as each link."""
        page = f"{settings_of_app().public_url}/arrangement/{self.event.slug}"
        links = {"invitation_url": page, "ticket_url": page, "survey_url": page}
        own = Own(first_names=("Kari", "Ola"), is_one=False, **links)
        about = replace(occasion(self.mailing, self.event), choice=series.choice(self.event.id, clock.today_oslo()))
        return field_values(about, own, language)

    def refuse_time(self, at: datetime) -> None:
        """Raise NotYetError or EventNotOnError."""
        if self.event.state != EventState.PUBLISHED:
            raise EventNotOnError
        if self.mailing.kind == Kind.THANKS:
            if at < self.event.ends_at_utc:
                raise NotYetError
        elif at >= self.event.ends_at_utc:
            raise EventNotOnError

    def refuse_old_extract(self, now: datetime) -> None:
        """Raise NoExtractError or ExtractTooOldError for a reminder: somebody may be protected since the extract.

        Those who come have told us how to reach them, and whom the next extract protects loses that address at once.
        """
        if self.mailing.kind == Kind.REMINDER:
            fresh_import(now)

    def counts(self, channels: Sequence[Channel], *, purpose: str = "") -> Counter[Group]:
        """Return how many households are in each group; they add up to the event's invitations."""
        against = wishes(self.event.id, self._kind)
        asks = asks_register(self.mailing)
        return households.counts(
            self.event.id, self._kind, channels, purpose=purpose, wishes=against, asks_register=asks
        )

    def members(self, channels: Sequence[Channel], group: Group, *, purpose: str = "") -> list[int]:
        """Return the invitations in `group`."""
        against = wishes(self.event.id, self._kind)
        asks = asks_register(self.mailing)
        return households.members(
            self.event.id, self._kind, channels, group, purpose=purpose, wishes=against, asks_register=asks
        )

    def queue(self, channels: Sequence[Channel], *, now: datetime) -> tuple[Counter[Group], int]:
        """Queue a message for each household that is reached."""
        against = wishes(self.event.id, self._kind)
        asks = asks_register(self.mailing)
        found = households.counts(self.event.id, self._kind, channels, wishes=against, asks_register=asks)

        def chosen(group: Group) -> Select[tuple[str, str, str]]:
            return households.to_queue(self.event.id, self.mailing.id, self._kind, channels, group, wishes=against)

        return found, _queued(self.mailing, {group: chosen(group) for group in REACHED if found[group]}, now=now)

    def queue_one(self, channels: Sequence[Channel], invitation_id: int, *, now: datetime) -> int:
        """Queue a message for one household, if it is reached; return how many. What hangs on its address is looked at
        when the message leaves."""
        group = households.group_now(invitation_id, self._kind, channels, asks_register=asks_register(self.mailing))
        if group not in REACHED:
            return 0
        chosen = households.to_queue(
            self.event.id, self.mailing.id, self._kind, channels, group, invitation_id=invitation_id
        )
        return _queued(self.mailing, {group: chosen}, now=now)

    @property
    def _kind(self) -> Kind:
        return Kind(self.mailing.kind)


@dataclass(frozen=True)
class ContactPoint:
    """Those who signed up with the contact point, by city and interest."""

    mailing: Mailing

    @property
    def choice(self) -> Readers:
        """Return whom the newsletter is for."""
        return Readers.of(self.mailing.cities, self.mailing.interests)

    @property
    def revision(self) -> list[str]:
        """Return whom it is for, in words that a hash is made of."""
        return list(self.choice.words)

    @property
    def fields(self) -> frozenset[str]:
        """Return the placeholders of newsletters."""
        return known_fields(Kind.NEWSLETTER)

    @property
    def names(self) -> tuple[str, ...]:
        """Return nothing: a newsletter has no names of its own."""
        return ()

    def sample_values(self, language: str) -> dict[str, str]:
        """Return values as somebody made up would have them; the link is as long as a real one and opens nothing."""
        site = settings_of_app()
        page = own_page_url(site.public_url, code_of("222222222", 0))
        return newsletter_values(
            "Kari",
            page,
            language,
            opportunities=offered_to(self.choice.interests or tuple(Interest), language),
            phone=site.contact_phone,
            organisation=site.organisation_name,
        )

    def refuse_time(self, at: datetime) -> None:
        """Take any moment."""

    def refuse_old_extract(self, now: datetime) -> None:
        """Ask for no extract: they told us themselves how to reach them."""

    def counts(self, channels: Sequence[Channel], *, purpose: str = "") -> Counter[Group]:
        """Return how many people are in each group; they add up to all who signed up."""
        return people.counts(self.choice, channels, purpose=purpose)

    def members(self, channels: Sequence[Channel], group: Group, *, purpose: str = "") -> list[int]:
        """Return the sign-ups in `group`."""
        return people.members(self.choice, channels, group, purpose=purpose)

    def queue(self, channels: Sequence[Channel], *, now: datetime) -> tuple[Counter[Group], int]:
        """Queue a message for each person who is reached."""
        found = self.counts(channels)
        chosen = {
            group: people.to_queue(self.mailing.id, self.choice, channels, group) for group in REACHED if found[group]
        }
        return found, _queued(self.mailing, chosen, now=now)


def audience_of(mailing: Mailing, event: Event | None = None) -> Audience:
    """Return whom `mailing` is for; `event` where it is at hand already."""
    if mailing.event_id is None:
        return ContactPoint(mailing)
    return Households(mailing, event or event_by_id(mailing.event_id))


def asks_register(mailing: Mailing) -> bool:
    """Say whether KRR is asked about those who left no address: chosen for `mailing`, and switched on now."""
    return bool(settings_of_app().services.krr_url) and asks_register_in(mailing.channels)


def occasion(mailing: Mailing, event: Event) -> Occasion:
    """Return what the message of every household of the event tells alike."""
    site = settings_of_app()
    return Occasion(
        title=event.title,
        starts_at_utc=event.starts_at_utc,
        ends_at_utc=event.ends_at_utc,
        venue=event.venue,
        venue_address=event.venue_address,
        access_information=event.access_information,
        answer_by=event.answer_by,
        phone=site.contact_phone,
        organisation=site.organisation_name,
        survey_url=mailing.survey_url,
        choice=_choice(mailing, event),
    )


def _choice(mailing: Mailing, event: Event) -> Choice | None:
    """Return what the event's series offers today, where a text of the mailing tells of it."""
    texts = [part for text in mailing.texts for part in (text.subject, text.body, text.sms)]
    names = {one.name for text in texts for one in used(text)}
    return series.choice(event.id, clock.today_oslo()) if names & OF_SERIES else None


def _queued(mailing: Mailing, chosen: dict[Group, Select[tuple[str, str, str]]], *, now: datetime) -> int:
    campaign = Campaign(purpose=purpose(mailing.id), kind=outbox_kind(Kind(mailing.kind)), event_id=mailing.event_id)
    # By which channel the register reaches somebody is seen when it is asked: the first one is tried first.
    first = channels_in(mailing.channels)[0]
    channels = {group: channel_of(group) or first for group in chosen}
    return sum(queue_selected(campaign, channel, chosen[group], now=now) for group, channel in channels.items())
