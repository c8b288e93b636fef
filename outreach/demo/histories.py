"""Where a made-up person lived before: each story's residences, oldest first, and when the person came to Modum.

Children have their parents' history from birth on. Municipality numbers are not set here: a residence spans years in
which the number changed, and the person document shows that (person_documents.py).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from outreach.demo.dwellings import dwelling_in, earlier_home
from outreach.demo.person import Address, DemoPerson, Residence, Story
from outreach.demo.places import ELSEWHERE

_YEAR_DAYS = 365


@dataclass(frozen=True)
class _Case:
    person: DemoPerson
    home: Residence
    random: Random
    as_of: date

    @property
    def is_born_after(self) -> bool:
        return self.person.birth >= self.home.since

    def shared(self) -> Random:
        """Return a source that is alike for the whole household, who lived together before as well."""
        return Random(self.home.address.register_id)  # noqa: S311 - made-up people


def with_history(person: DemoPerson, *, home: Address, since: date, random: Random, as_of: date) -> DemoPerson:
    """Return `person` with the residences of the person's story; the household moved to `home` on `since`."""
    case = _Case(person, Residence(home, since), random, as_of)
    if case.is_born_after:
        return _born_at_home(case)
    return _MAKERS.get(person.story, _settled)(case)


def _born_at_home(case: _Case) -> DemoPerson:
    born = Residence(case.home.address, case.person.birth, cause="Fødsel")
    is_newborn = (case.as_of - case.person.birth).days <= _YEAR_DAYS
    story = Story.NEWBORN if is_newborn and case.person.story not in _KEEP_STORY else case.person.story
    return replace(case.person, residences=(born,), birth_country="NOR", story=story)


def _birthplace(case: _Case, address: Address) -> Residence:
    return Residence(address, case.person.birth, cause="Fødsel")


def _native(case: _Case) -> DemoPerson:
    """Born in Modum, later moved to the present dwelling."""
    first = _birthplace(case, earlier_home(case.shared()))
    return replace(case.person, birth_country="NOR", residences=(first, case.home))


def _moved_from_elsewhere(case: _Case, *, at: date) -> tuple[Residence, ...]:
    """Return one or two residences in other municipalities before `at`."""
    birth, shared = case.person.birth, case.shared()
    first = Residence(dwelling_in(shared, shared.choice(ELSEWHERE)), birth, cause="Fødsel")
    if case.person.birth_country != "NOR":
        arrived = birth + timedelta(days=max(1, (at - birth).days * 3 // 4))
        first = replace(first, since=arrived, cause="Innvandring")
    days = (at - first.since).days
    if days < 4 * _YEAR_DAYS or case.random.random() < 0.5:
        return (first,)
    second_since = first.since + timedelta(days=case.random.randint(days // 2, days - 30))
    return (first, Residence(dwelling_in(shared, shared.choice(ELSEWHERE)), second_since))


def _settled(case: _Case) -> DemoPerson:
    """Moved to Modum more than a year ago: straight to the present dwelling, or by another one in Modum."""
    if case.person.birth_country != "NOR":
        home = replace(case.home, cause="Innvandring")
        return replace(case.person, residences=(home,), moved_in_on=home.since, arrived_from=case.person.birth_country)
    return _moved_in(case)


def _moved_in(case: _Case) -> DemoPerson:
    before = _moved_from_elsewhere(case, at=case.home.since)
    arrived_from = case.person.birth_country if before[0].cause == "Innvandring" else ""
    return replace(case.person, residences=(*before, case.home), moved_in_on=case.home.since, arrived_from=arrived_from)


def _immigrated(case: _Case) -> DemoPerson:
    home = replace(case.home, cause="Innvandring")
    return replace(case.person, residences=(home,), moved_in_on=home.since, arrived_from=case.person.birth_country)


def _returned(case: _Case) -> DemoPerson:
    """Born in Modum, years elsewhere, back in the last year."""
    born = _birthplace(case, earlier_home(case.random))
    days = (case.home.since - case.person.birth).days
    if days < 3 * _YEAR_DAYS:
        return _moved_in(case)
    away_since = case.person.birth + timedelta(days=case.random.randint(days // 2, days - _YEAR_DAYS))
    away = Residence(dwelling_in(case.random, case.random.choice(ELSEWHERE)), away_since)
    return replace(case.person, birth_country="NOR", residences=(born, away, case.home), moved_in_on=case.home.since)


def _moved_in_then_within(case: _Case) -> DemoPerson:
    """Came to Modum in the last year and moved once more inside it."""
    came = case.as_of - timedelta(days=_YEAR_DAYS - 3)
    if case.person.birth >= came:
        return replace(_native(case), story=Story.NEWBORN)
    before = _moved_from_elsewhere(case, at=came)
    first = Residence(earlier_home(case.shared()), came)
    home = replace(case.home, since=max(case.home.since, came + timedelta(days=1)))
    return replace(case.person, residences=(*before, first, home), moved_in_on=came)


def _corrected(case: _Case) -> DemoPerson:
    """Never moved; the land register corrected the address in the extract's own year."""
    correction = date(case.as_of.year, 1, 1) + timedelta(days=case.random.randint(0, 150))
    person = _native(case)
    return replace(
        person, residences=(*person.residences[:-1], replace(case.home, corrected_on=min(correction, case.as_of)))
    )


def _moved_in_and_out(case: _Case) -> DemoPerson:
    person = _moved_in(case)
    left = case.home.since + timedelta(days=max(1, (case.as_of - case.home.since).days // 2))
    onward = case.shared()
    away = Residence(dwelling_in(onward, onward.choice(ELSEWHERE)), left)
    return replace(person, residences=(*person.residences, away), moved_in_on=None)


_KEEP_STORY = frozenset(
    {Story.CONFIDENTIAL, Story.STRICTLY_CONFIDENTIAL, Story.CLIENT_ADDRESS, Story.UNKNOWN_GRADING, Story.TEMPORARY}
)
_MAKERS: dict[Story, Callable[[_Case], DemoPerson]] = {
    Story.NATIVE: _native,
    Story.SETTLED: _settled,
    Story.MOVED_IN: _moved_in,
    Story.IMMIGRATED: _immigrated,
    Story.RETURNED: _returned,
    Story.MOVED_IN_THEN_WITHIN: _moved_in_then_within,
    Story.MOVED_IN_TO_PARTNER: _moved_in,
    Story.MOVED_WITHIN: _native,
    Story.CORRECTED: _corrected,
    Story.MOVED_IN_AND_OUT: _moved_in_and_out,
    Story.EMIGRATED: _native,
    Story.DIED: _native,
    Story.DIED_AFTER_MOVE: _moved_in,
    Story.STUDENT: _native,
    Story.STUDENT_MOVED_OUT: _native,
    Story.MILITARY: _native,
    Story.UNKNOWN_DWELLING: _moved_in,
    Story.CONFIDENTIAL: _moved_in,
    Story.STRICTLY_CONFIDENTIAL: _moved_in,
    Story.CLIENT_ADDRESS: _immigrated,
    Story.UNKNOWN_GRADING: _moved_in,
}
