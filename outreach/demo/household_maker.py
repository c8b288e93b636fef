"""Makes one household of the made-up municipality: who lives there, since when, and where each came from.

A household moved to its dwelling on one day; those born later live there from birth. Histories before that day are each
person's own (histories.py). Special cases then change one member or all (special_cases.py).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from outreach.demo import histories, special_cases
from outreach.demo.compositions import Kind, Member, composition, members_of
from outreach.demo.dwellings import home_of
from outreach.demo.names import (
    LONGEST,
    Origin,
    family_name,
    given_name,
    in_the_feminine,
    pick_origin,
)
from outreach.demo.national_numbers import NumberRegister
from outreach.demo.person import DemoHousehold, DemoPerson, Story

_MOVES_OF_LAST_YEAR = frozenset(
    {
        Story.MOVED_IN,
        Story.IMMIGRATED,
        Story.RETURNED,
        Story.MOVED_IN_THEN_WITHIN,
        Story.MOVED_WITHIN,
        Story.MOVED_IN_AND_OUT,
        Story.DIED_AFTER_MOVE,
        Story.UNKNOWN_DWELLING,
        Story.CONFIDENTIAL,
        Story.STRICTLY_CONFIDENTIAL,
        Story.CLIENT_ADDRESS,
        Story.UNKNOWN_GRADING,
        Story.TEMPORARY,
    }
)
_WITH_YOUNG_ADULT = frozenset({Story.STUDENT, Story.STUDENT_MOVED_OUT, Story.MILITARY})
_ALONE = frozenset({Story.STRICTLY_CONFIDENTIAL, Story.TEMPORARY, Story.UNKNOWN_GRADING, Story.EMIGRATED})
_FROM_ABROAD = frozenset({Story.IMMIGRATED, Story.CLIENT_ADDRESS, Story.TEMPORARY})
_LONG_NAMES_EVERY = 211
_YEAR_DAYS = 365


@dataclass
class HouseholdMaker:
    """Makes household `number`; `random` is its own, `numbers` is shared by the whole population."""

    number: int
    random: Random
    numbers: NumberRegister
    as_of: date

    def make(self, story: Story) -> DemoHousehold:
        """Return the household that shows `story`."""
        members = self._members(story)
        since = self._since(story, members)
        origin = pick_origin(self.random, foreign=story in _FROM_ABROAD)
        family = family_name(self.random, origin)
        people = tuple(
            self._person(member, story=story, since=since, origin=origin, family=family) for member in members
        )
        people = special_cases.apply(story, people, random=self.random, as_of=self.as_of, numbers=self.numbers)
        return DemoHousehold(self.number, people)

    def _members(self, story: Story) -> tuple[Member, ...]:
        if story in _ALONE:
            return members_of(Kind.SINGLE, self.random, self.as_of, are_movers=True)
        if story in {Story.CONFIDENTIAL, Story.SHARED_RESIDENCE}:
            return members_of(Kind.SINGLE_PARENT, self.random, self.as_of, are_movers=True)
        if story is Story.MOVED_IN_TO_PARTNER:
            return members_of(Kind.COUPLE, self.random, self.as_of, are_movers=True)
        members = composition(self.random, self.as_of, are_movers=story in _MOVES_OF_LAST_YEAR)
        if story in _WITH_YOUNG_ADULT:
            birth = self.as_of - timedelta(days=self.random.randint(19 * 366, 25 * 365))
            members = (*members, Member(birth, self.random.random() < 0.5, is_child=True))
        return members

    def _since(self, story: Story, members: tuple[Member, ...]) -> date:
        """Return the day on which the household moved to its dwelling."""
        if story in _MOVES_OF_LAST_YEAR:
            return self.as_of - timedelta(days=self.random.randint(3, _YEAR_DAYS - 2))
        youngest_adult = max(member.birth for member in members if not member.is_child)
        grown = youngest_adult + timedelta(days=19 * _YEAR_DAYS)
        latest = self.as_of - timedelta(days=_YEAR_DAYS + 5)
        earliest = min(max(grown, self.as_of - timedelta(days=40 * _YEAR_DAYS)), latest)
        return earliest + timedelta(days=self.random.randint(0, (latest - earliest).days))

    def _person(self, member: Member, *, story: Story, since: date, origin: Origin, family: str) -> DemoPerson:
        if member.is_separate:
            origin = pick_origin(self.random, foreign=story in _FROM_ABROAD)
            family = family_name(self.random, origin)
        given, middle, family = self._names(member, origin, family)
        is_of_2032 = self.random.random() < 0.002
        person = DemoPerson(
            national_id=self.numbers.issue(member.birth, wish=self.random.getrandbits(16), is_of_2032=is_of_2032),
            given=given,
            middle=middle,
            family=in_the_feminine(family, origin, is_woman=member.is_woman),
            is_woman=member.is_woman,
            birth=member.birth,
            birth_country=origin.country,
            story=story,
            residences=(),
        )
        home = home_of(self.number)
        return histories.with_history(person, home=home, since=since, random=self.random, as_of=self.as_of)

    def _names(self, member: Member, origin: Origin, family: str) -> tuple[str, str, str]:
        if self.number % _LONG_NAMES_EVERY == 60 and not member.is_child:
            return LONGEST[self.number // _LONG_NAMES_EVERY % len(LONGEST)]
        middle = ""
        if origin.country == "NOR" and self.random.random() < 0.18:
            middle = family_name(self.random, origin)
        return given_name(self.random, origin, is_woman=member.is_woman), middle, family
