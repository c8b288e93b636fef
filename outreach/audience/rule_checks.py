"""Whether a rule can be used: every fault at once, each with the kind and part that it concerns. Pure.

In: a rule as staff composed it. Out: faults in bokmål source texts, none when the rule is sound.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from outreach.audience.interest import Interest
from outreach.audience.rule import (
    Age,
    BirthYear,
    Children,
    Condition,
    Invited,
    MovedIn,
    PostcodeArea,
    Rule,
    SchoolLeaving,
    SignedUp,
    StudyCity,
    kind_of,
)
from outreach.errors import N_, OutreachError

MOST_MONTHS = 240
MOST_AGE_YEARS = 120
MOST_AREAS = 200
YEARS = range(1900, 2101)
CITIES = ("oslo", "bergen", "trondheim")
_AREA = re.compile(r"[0-9]{1,4}", re.ASCII)
_OLDER_FIRST = N_("Den laveste alderen må stå først.")
_LATER_FIRST = N_("Det tidligste året må stå først.")
_EMPTY = N_("Fyll ut minst ett av feltene.")


@dataclass(frozen=True)
class Fault:
    """What is wrong: the kind of condition ("" for the rule as a whole), its part, and words."""

    kind: str
    part: str
    message: str
    values: dict[str, Any] = field(default_factory=dict)


class RuleError(OutreachError):
    """The rule cannot be used. `faults` holds every reason; the message is all of them."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        super().__init__(" ".join(fault.message % fault.values for fault in faults))


def check(rule: Rule) -> None:
    """Raise RuleError with every fault of `rule`."""
    if faults := tuple(faults_of(rule)):
        raise RuleError(faults)


def faults_of(rule: Rule) -> Iterator[Fault]:
    """Yield every fault of `rule`."""
    if not rule.conditions:
        yield Fault("", "", N_("Velg minst én ting som skal gjelde."))
    for kind, number in Counter(map(kind_of, rule.conditions)).items():
        if number > 1:
            yield Fault(kind, "", N_("Den samme betingelsen kan bare stå én gang."))
    for condition in rule.conditions:
        for part, message, values in _faults(condition):
            yield Fault(kind_of(condition), part, message, values)


_Found = tuple[str, str, dict[str, Any]]


def _faults(condition: Condition) -> Iterator[_Found]:
    match condition:
        case MovedIn():
            yield from _of_window(condition)
        case Age() | Children():
            yield from _of_span(
                ("youngest", condition.youngest), ("oldest", condition.oldest), range(MOST_AGE_YEARS + 1)
            )
        case BirthYear() | SchoolLeaving():
            yield from _of_span(("first", condition.first), ("last", condition.last), YEARS)
        case PostcodeArea():
            yield from _of_areas(condition)
        case StudyCity() | SignedUp():
            yield from _of_choice(condition)
        case Invited():
            yield from _of_months(condition.months)


def _of_window(condition: MovedIn) -> Iterator[_Found]:
    has_days = condition.since is not None or condition.until is not None
    if condition.months is None and not has_days:
        yield "months", N_("Skriv hvor mange måneder, eller velg datoer."), {}
    elif condition.months is not None and has_days:
        yield "months", N_("Velg enten måneder eller datoer, ikke begge deler."), {}
    yield from _of_months(condition.months)
    if condition.since and condition.until and condition.since > condition.until:
        yield "since", N_("Fra-datoen må være før til-datoen."), {}


def _of_choice(condition: StudyCity | SignedUp) -> Iterator[_Found]:
    if isinstance(condition, SignedUp):
        if not set(condition.interests) <= set(Interest):
            yield "interests", N_("Velg blant det som står i lista."), {}
    elif not condition.cities or not set(condition.cities) <= set(CITIES):
        yield "cities", N_("Velg minst én by."), {}


def _of_months(months: int | None) -> Iterator[_Found]:
    if months is not None and not 1 <= months <= MOST_MONTHS:
        yield "months", N_("Skriv et tall fra 1 til %(most)s."), {"most": MOST_MONTHS}


def _of_span(low: tuple[str, int | None], high: tuple[str, int | None], allowed: range) -> Iterator[_Found]:
    if low[1] is None and high[1] is None:
        yield low[0], _EMPTY, {}
    for part, value in (low, high):
        if value is not None and value not in allowed:
            yield part, N_("Skriv et tall fra %(least)s til %(most)s."), {"least": allowed[0], "most": allowed[-1]}
    if low[1] is not None and high[1] is not None and low[1] > high[1]:
        yield low[0], _LATER_FIRST if allowed is YEARS else _OLDER_FIRST, {}


def _of_areas(condition: PostcodeArea) -> Iterator[_Found]:
    if not condition.areas:
        yield "areas", N_("Skriv minst ett postnummer eller sted."), {}
    elif len(condition.areas) > MOST_AREAS:
        yield "areas", N_("Det kan ikke være flere enn %(most)s postnumre."), {"most": MOST_AREAS}
    wrong = [area for area in condition.areas if not _AREA.fullmatch(area)]
    if wrong:
        yield (
            "areas",
            N_("Dette er verken postnummer eller sted: %(wrong)s. Sjekk skrivemåten."),
            {"wrong": ", ".join(wrong)[:80]},
        )
