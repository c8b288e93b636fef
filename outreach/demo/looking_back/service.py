"""Fills the demo with what came of it: figures of earlier years, what guests thought, goals, notes of the desk."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from random import Random

from outreach.audit.actor import COMMAND
from outreach.clock import OSLO
from outreach.demo import past_years
from outreach.demo.loading import queries
from outreach.events.event import Kind
from outreach.events.models import Event
from outreach.events.service import create_event
from outreach.reports.goals import service as goals
from outreach.reports.goals.goal import CONTACT_POINT, Goal, GoalKind
from outreach.reports.settling import service as settling
from outreach.retention import service as retention
from outreach.retention.schedule import Clocks
from outreach.rsvp.desk import service as desk
from outreach.rsvp.desk.desk import Way
from outreach.rsvp.desk.service import Acting
from outreach.surveys import service as surveys

GUESTS = 46
_NOTES = (
    (Way.PHONE, ("Ringte og spurte om det er plass til en barnevogn. Det er det.")),
    (Way.VISIT, ("Kom innom og ville ha billetten på papir.")),
    (Way.LETTER, ("Svarslippen kom i posten. Vil gjerne ringes opp på mandag.")),
)


def look_back(today: date, *, seed: int, clocks: Clocks) -> None:
    """Make the events of earlier years with nothing but their figures; what is over by now is settled, too."""
    random = Random(f"{seed}:years")  # noqa: S311 - made-up guests
    for back in range(past_years.YEARS, 0, -1):
        for details in past_years.events_of(today, back):
            event = create_event(details, details.starts_at_utc - timedelta(days=60), publish=True)
            households = random.randint(40, 70) if details.kind is Kind.MEETUP else random.randint(210, 300)
            figures = past_years.figures_of(details, random, households=households)
            settling.keep(event, figures, actor=COMMAND, now=event.ends_at_utc + settling.SETTLED_AFTER)
            _ask(event, random)
    now = datetime(today.year, today.month, today.day, tzinfo=OSLO)
    retention.run(clocks=clocks, today=today, now=now)


def ask_guests(event: Event, *, seed: int) -> None:
    """Have guests of an evening that was say what they thought."""
    _ask(event, Random(f"{seed}:{event.slug}:survey"))  # noqa: S311 - made-up guests


def set_goals(today: date, *, now: datetime) -> None:
    """Set the goals of the communication plan for this year."""
    year = today.year
    wanted: Sequence[Goal] = (
        Goal(
            GoalKind.DATED, Kind.NY_I_MODUM, 1, date(year, 3, 1), "Ny i Modum-kvelden er datofestet og planlagt", year
        ),
        Goal(GoalKind.STARTED, CONTACT_POINT, 20, date(year, 6, 30), "Kontaktpunktet for unge er i gang", year),
        Goal(GoalKind.STARTED, Kind.MEETUP, 3, date(year, 12, 31), "Treff i Oslo, Bergen og Trondheim", year),
        Goal(GoalKind.TARGET, Kind.NY_I_MODUM, 150, date(year, 12, 31), "150 gjester på kveldene", year, "attended"),
    )
    for goal in wanted:
        goals.set_goal(goal, actor=COMMAND, now=now)


def note_at_desk(event: Event, *, now: datetime) -> None:
    """Note what some households said at the front desk."""
    for (way, text), invitation in zip(_NOTES, queries.invitations(event.id), strict=False):
        desk.note(invitation, text, way, by=Acting(COMMAND, now - timedelta(hours=2)))


def _ask(event: Event, random: Random) -> None:
    for guest in range(GUESTS):
        surveys.answer(event, f"made-up-{guest}", past_years.opinion(random), now=event.ends_at_utc)
