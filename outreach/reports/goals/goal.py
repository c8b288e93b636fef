"""Yearly goals, and how each stands: a light and words that say the same. Pure.

In: a goal, what has happened in its year, today. Source: the municipality's communication plan, which asks that the
evening is dated and planned and that the work with the young is under way, and that somebody checks. Words carry the
meaning; the colour is beside them.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from outreach.errors import N_, OutreachError
from outreach.reports.figures import MEASURES

# A goal that is not about a kind of event is about the contact point of the young.
CONTACT_POINT = ""
EVENTS = "events"
SIGN_UPS = "sign_ups"
TARGET_MEASURES = (EVENTS, *MEASURES)
_SOON_DAYS = 30


class GoalKind(StrEnum):
    """What a goal asks: that something has a date and can be read, that it is under way, or a number."""

    DATED = "dated"
    STARTED = "started"
    TARGET = "target"


class Light(StrEnum):
    """How a goal stands."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


LIGHT_WORDS = {Light.GREEN: N_("Nådd"), Light.AMBER: N_("På vei"), Light.RED: N_("Ikke nådd")}
LIGHT_TONES = {Light.GREEN: "success", Light.AMBER: "warning", Light.RED: "danger"}
KIND_WORDS = {
    GoalKind.DATED: N_("Har fått dato og er publisert"),
    GoalKind.STARTED: N_("Er i gang"),
    GoalKind.TARGET: N_("Et tall vi vil nå"),
}
MEASURE_WORDS = {
    EVENTS: N_("Arrangementer"),
    "invited": N_("Inviterte"),
    "delivered": N_("Leverte invitasjoner"),
    "answered": N_("Svar"),
    "attending": N_("Påmeldte"),
    "attended": N_("Frammøtte"),
    SIGN_UPS: N_("Med i kontaktpunktet"),
}


class GoalFaultError(OutreachError):
    """A goal asks for something that cannot be counted."""

    message = N_("Kontaktpunktet har verken dato eller frammøtte. Velg «Er i gang», eller et slag arrangement.")


@dataclass(frozen=True)
class Goal:
    """One goal. `event_kind`: an `events.event.Kind`, or CONTACT_POINT. `measure`: of a target, else empty."""

    kind: GoalKind
    event_kind: str
    wanted: int
    due_on: date
    words: str
    year: int
    measure: str = ""
    id: int = 0


@dataclass(frozen=True)
class Happened:
    """What there is of one kind of event in a year: drafts, published ones, those to which anybody is invited, and
    sums by measure. Of the contact point: `sums[SIGN_UPS]`."""

    drafts: int = 0
    published: int = 0
    invited_to: int = 0
    sums: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Standing:
    """A goal with how it stands: the light, a sentence ("" when the light says it all), and how much there is."""

    goal: Goal
    light: Light
    words: str
    reached: int


def checked(goal: Goal) -> Goal:
    """Return `goal`. Raises GoalFaultError when it can never be reached."""
    if goal.event_kind == CONTACT_POINT and goal.kind is not GoalKind.STARTED:
        raise GoalFaultError
    return goal


def standing(goal: Goal, happened: Happened, today: date) -> Standing:
    """Return how `goal` stands on `today`."""
    reached = _reached(goal, happened)
    left = (goal.due_on - today).days
    if reached >= goal.wanted:
        return Standing(goal, Light.GREEN, "", reached)
    if left < 0:
        return Standing(goal, Light.RED, N_("Fristen er ute, og målet er ikke nådd."), reached)
    if goal.kind is GoalKind.DATED and reached + happened.drafts >= goal.wanted:
        return Standing(goal, Light.AMBER, N_("Det finnes en kladd med dato. Publiser den."), reached)
    if left <= _SOON_DAYS and not reached:
        return Standing(goal, Light.RED, N_("Det haster. Ingenting er gjort ennå."), reached)
    words = N_("Et stykke igjen.") if reached else N_("Ikke begynt ennå.")
    return Standing(goal, Light.AMBER, words, reached)


def _reached(goal: Goal, happened: Happened) -> int:
    if goal.event_kind == CONTACT_POINT:
        return happened.sums.get(SIGN_UPS, 0)
    if goal.kind is GoalKind.DATED:
        return happened.published
    if goal.kind is GoalKind.STARTED:
        return happened.invited_to
    return happened.published if goal.measure == EVENTS else happened.sums.get(goal.measure, 0)
