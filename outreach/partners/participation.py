"""How a partner takes part in an event, and what may follow what. In: states and moments. Out: states. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from outreach.errors import N_, OutreachError

# A first reminder to whoever has not answered, and one before a task is due.
REMIND_UNANSWERED_DAYS = 7
REMIND_TASK_DAYS = 3
MOST_TABLES = 10
LONGEST_NOTE, LONGEST_TASK, LONGEST_PLACE, LONGEST_SLOT = 500, 200, 40, 120
MOST_TASKS = 30


class Role(StrEnum):
    """What a partner does there."""

    HOST = "host"
    STAND = "stand"
    SPEAKER = "speaker"
    SPONSOR = "sponsor"


class State(StrEnum):
    """How far it has come. Withdrawn is by staff, and closes the partner's page."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


ROLE_WORDS = {
    Role.HOST: N_("Vertskap"),
    Role.STAND: N_("Stand"),
    Role.SPEAKER: N_("Innlegg"),
    Role.SPONSOR: N_("Sponsor"),
}
STATE_WORDS = {
    State.ASKED: N_("Ikke svart"),
    State.CONFIRMED: N_("Kommer"),
    State.DECLINED: N_("Kommer ikke"),
    State.WITHDRAWN: N_("Trukket tilbake"),
}


class AlreadyTakesPartError(OutreachError):
    """The partner has this role at this event."""

    message = N_("Partneren står allerede på lista med denne rollen.")
    http_status = 409


class WithdrawnError(OutreachError):
    """We have taken the invitation back, or given the partner another link."""

    message = N_("Vi har tatt invitasjonen tilbake, eller sendt dere en ny lenke.")
    http_status = 410


class EventClosedError(OutreachError):
    """The event has begun, or is called off: nothing is changed any more."""

    message = N_("Arrangementet har begynt eller er avlyst, så dette kan ikke endres lenger. Ring oss om det haster.")
    http_status = 409


class NobodyToAskError(OutreachError):
    """There is no contact who has said yes to e-mail."""

    message = N_("Velg en kontakt som har sagt ja til e-post, før du sender invitasjonen.")


class NotPublishedError(OutreachError):
    """Guests do not see the event yet, or no more."""

    message = N_("Publiser arrangementet før du inviterer partnere.")
    http_status = 409


class TooManyTasksError(OutreachError):
    """More tasks than anybody would do."""

    message = N_("Det er mange nok oppgaver her. Slett en før du legger til en ny.")


@dataclass(frozen=True, kw_only=True)
class StandNeeds:
    """What a partner needs at its stand; `note` is in its own words."""

    power: bool = False
    screen: bool = False
    tables: int = 1
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What staff decide: whom we write to, where the stand is, what the partner has in the programme."""

    contact_id: int | None
    place: str
    slot_title: str
    slot_at_utc: datetime | None


def answered(state: State, *, is_coming: bool) -> State:
    """Return the state after a partner's answer. Raises WithdrawnError when we have taken the invitation back."""
    if state is State.WITHDRAWN:
        raise WithdrawnError
    return State.CONFIRMED if is_coming else State.DECLINED


def is_open(*, event_state: str, starts_at_utc: datetime, now: datetime) -> bool:
    """Say whether a partner may still change anything."""
    return event_state != "cancelled" and now < starts_at_utc


def task_reminder_from(today: date) -> date:
    """Return the latest due day that is near enough today to be reminded of."""
    return today + timedelta(days=REMIND_TASK_DAYS)


def unanswered_since(now: datetime) -> datetime:
    """Return before when a partner must have been asked to be reminded."""
    return now - timedelta(days=REMIND_UNANSWERED_DAYS)
