"""What is asked after an event, when, and what may be shown of it. Pure.

There is no row for an answer: each answer adds one to a count for each question (ADR 0022). Nothing is shown while
answers are taken, since the difference between two looks would tell of whoever answered in between.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from outreach.errors import N_, OutreachError
from outreach.formats.small_cells import SMALLEST_SHOWN, without_small_cells

OPEN_DAYS = 14
NO_ANSWER = "none"


class Question(StrEnum):
    """The three questions, in the order in which they are asked."""

    LIKED = "liked"
    LEARNED = "learned"
    AGAIN = "again"


QUESTION_WORDS = {
    Question.LIKED: N_("Hva syntes du om arrangementet?"),
    Question.LEARNED: N_("Fikk du vite det du trengte?"),
    Question.AGAIN: N_("Vil du komme på noe slikt igjen?"),
}
OPTION_WORDS: dict[Question, dict[str, str]] = {
    Question.LIKED: {
        "very_good": N_("Svært bra"),
        "good": N_("Bra"),
        "so_so": N_("Passe"),
        "bad": N_("Dårlig"),
    },
    Question.LEARNED: {"all": N_("Ja, det meste"), "some": N_("Noe av det"), "little": N_("Nei, lite")},
    Question.AGAIN: {"yes": N_("Ja"), "maybe": N_("Kanskje"), "no": N_("Nei")},
}
NO_ANSWER_WORDS = N_("Svarte ikke på dette")


class Stage(StrEnum):
    """Where the survey of an event is."""

    BEFORE = "before"
    OPEN = "open"
    CLOSED = "closed"


class SurveyNotOpenError(OutreachError):
    """The event is not over, was called off, or answers are no longer taken."""

    message = N_("Vi tar ikke imot svar nå. Takk for at du ville svare!")
    http_status = 410
    page = "survey_not_open"


class AlreadyAnsweredError(OutreachError):
    """The link has been used."""

    message = N_("Dere har allerede svart. Takk! Hver billett kan svare én gang.")
    http_status = 409


class NothingChosenError(OutreachError):
    """The form came back without a single answer."""

    message = N_("Svar på minst ett av spørsmålene.")


@dataclass(frozen=True)
class Results:
    """What is shown: how many answered, and for each question and option a count, None where it is hidden.

    `number` None: so few answered that nothing is shown.
    """

    number: int | None
    counts: Mapping[Question, Mapping[str, int | None]]


def closes_at(ends_at_utc: datetime) -> datetime:
    """Return when the last answer is taken."""
    return ends_at_utc + timedelta(days=OPEN_DAYS)


def stage(event_state: str, ends_at_utc: datetime, now: datetime) -> Stage:
    """Return where the survey of an event is at `now`. A cancelled event has none: it stays before."""
    if event_state != "published" or now < ends_at_utc:
        return Stage.BEFORE
    return Stage.OPEN if now < closes_at(ends_at_utc) else Stage.CLOSED


def options(question: Question) -> tuple[str, ...]:
    """Return what can be chosen, and NO_ANSWER, in the order in which they are shown."""
    return (*OPTION_WORDS[question], NO_ANSWER)


def chosen(typed: Mapping[str, str]) -> dict[Question, str]:
    """Return the option that was chosen for each question, NO_ANSWER for none. Raises NothingChosenError."""
    found = {one: typed.get(one.value, "") for one in Question}
    known = {one: option if option in OPTION_WORDS[one] else NO_ANSWER for one, option in found.items()}
    if set(known.values()) == {NO_ANSWER}:
        raise NothingChosenError
    return known


def at_least(number: int) -> int:
    """Return how many have answered at least, in steps that tell of no single one."""
    return number - number % SMALLEST_SHOWN


def results(counts: Mapping[Question, Mapping[str, int]]) -> Results:
    """Return what is shown of `counts`, in which each question adds up to the number of answers."""
    whole = {one: {option: counts.get(one, {}).get(option, 0) for option in options(one)} for one in Question}
    number = sum(whole[Question.LIKED].values())
    if number < SMALLEST_SHOWN:
        return Results(None, {})
    return Results(number, {one: without_small_cells(found) for one, found in whole.items()})
