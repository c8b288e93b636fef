"""A made-up municipality of any size, household by household, the same for the same seed and date.

In: how many people, a seed, the extract's date. Out: households. Each household has a random source of its own, made
from seed and number, so that a million people stream in constant memory. The first households are a fixed cast: every
case that an importer must get right is there from about two hundred people on.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from random import Random

from outreach.demo.household_maker import HouseholdMaker
from outreach.demo.national_numbers import NumberRegister
from outreach.demo.person import DemoHousehold, Story

DEFAULT_PEOPLE = 13_000
DEFAULT_SEED = 3316

# Every fourth household from the start is one of these, so that a small population holds each case as well.
CAST = (
    Story.MOVED_IN,
    Story.CONFIDENTIAL,
    Story.STRICTLY_CONFIDENTIAL,
    Story.IMMIGRATED,
    Story.CLIENT_ADDRESS,
    Story.RETURNED,
    Story.MOVED_IN_AND_OUT,
    Story.CORRECTED,
    Story.STUDENT,
    Story.MOVED_IN_THEN_WITHIN,
    Story.EMIGRATED,
    Story.DIED_AFTER_MOVE,
    Story.UNKNOWN_GRADING,
    Story.MOVED_WITHIN,
    Story.MOVED_IN_TO_PARTNER,
    Story.UNKNOWN_DWELLING,
    Story.SHARED_RESIDENCE,
    Story.TEMPORARY,
    Story.STUDENT_MOVED_OUT,
    Story.MILITARY,
    Story.DIED,
    Story.MOVED_IN,
)
_CAST_EVERY = 4
# Shares in per mille of households. Statistics Norway counts about 700 newcomers a year in a municipality this size.
_SHARES = {
    Story.NATIVE: 400,
    Story.SETTLED: 403,
    Story.MOVED_IN: 33,
    Story.IMMIGRATED: 16,
    Story.RETURNED: 8,
    Story.MOVED_IN_THEN_WITHIN: 1.5,
    Story.MOVED_IN_TO_PARTNER: 4,
    Story.MOVED_WITHIN: 45,
    Story.CORRECTED: 40,
    Story.MOVED_IN_AND_OUT: 3,
    Story.EMIGRATED: 4,
    Story.DIED: 12,
    Story.DIED_AFTER_MOVE: 0.5,
    Story.STUDENT: 18,
    Story.STUDENT_MOVED_OUT: 3,
    Story.MILITARY: 2,
    Story.TEMPORARY: 2,
    Story.SHARED_RESIDENCE: 2,
    Story.UNKNOWN_DWELLING: 0.5,
    Story.CONFIDENTIAL: 1.2,
    Story.STRICTLY_CONFIDENTIAL: 0.5,
    Story.CLIENT_ADDRESS: 0.8,
    Story.UNKNOWN_GRADING: 0.2,
}
_STORIES = tuple(_SHARES)
_WEIGHTS = tuple(_SHARES.values())


def households(*, people: int, seed: int, as_of: date) -> Iterator[DemoHousehold]:
    """Yield households until they hold exactly `people` persons, as the register knew them on `as_of`."""
    numbers = NumberRegister()
    number = 0
    while people > 0:
        random = Random(f"{seed}:{number}")  # noqa: S311 - made-up people; the same seed must give the same bytes
        maker = HouseholdMaker(number=number, random=random, numbers=numbers, as_of=as_of)
        household = maker.make(_story(random, number))
        if len(household.people) > people:
            household = replace(household, people=household.people[:people])
        yield household
        people -= len(household.people)
        number += 1


def _story(random: Random, number: int) -> Story:
    picked = random.choices(_STORIES, _WEIGHTS)[0]
    place, remainder = divmod(number, _CAST_EVERY)
    return CAST[place] if remainder == 0 and place < len(CAST) else picked
