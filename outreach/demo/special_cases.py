"""What makes a household a special case: students, deaths, moves abroad, protection, unknown dwellings, second numbers.

In: the people of a household with their histories. Out: the same people, some changed. Protected people are named
Kanarifugl (canary), so that a search for the name shows whether one ever leaves the register.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from outreach.demo import histories
from outreach.demo.dwellings import dwelling_in
from outreach.demo.national_numbers import NumberRegister
from outreach.demo.person import Address, DemoPerson, PostalAddress, Residence, Story
from outreach.demo.places import (
    CANARY_CENTRE,
    CANARY_STREET,
    ELSEWHERE,
    EMIGRATION,
    MILITARY_CAMP,
    STUDY_TOWNS,
)

CANARY = "Kanarifugl"
People = tuple[DemoPerson, ...]
# The post office that forwards to people with a strictly confidential address: promises.md 9.
_FORWARDING = PostalAddress(("Postboks 2094 Vika",), "0125", "OSLO", box_owner="SOT 6", is_box=True)


@dataclass(frozen=True)
class _Setting:
    random: Random
    as_of: date
    numbers: NumberRegister

    def some_day(self, within_days: int) -> date:
        return self.as_of - timedelta(days=self.random.randint(1, within_days))


def apply(story: Story, people: People, *, random: Random, as_of: date, numbers: NumberRegister) -> People:
    """Return `people` as `story` wants them, with second numbers and post boxes here and there."""
    setting = _Setting(random, as_of, numbers)
    change = _CHANGES.get(story)
    if change:
        people = change(people, setting)
    return tuple(_with_extras(person, setting) for person in people)


def _with_extras(person: DemoPerson, setting: _Setting) -> DemoPerson:
    if person.arrived_from and not person.is_d_number and setting.random.random() < 0.3:
        former = setting.numbers.issue(person.birth, wish=setting.random.getrandbits(16), is_d_number=True)
        person = replace(person, former_id=former)
    if person.story in {Story.NATIVE, Story.SETTLED, Story.MOVED_IN} and setting.random.random() < 0.012:
        box = PostalAddress((f"Postboks {setting.random.randint(1, 250)}",), "3371", "VIKERSUND", is_box=True)
        person = replace(person, postal=box)
    return person


def _student(people: People, setting: _Setting) -> People:
    town = setting.random.choice(STUDY_TOWNS)
    postcode, place = setting.random.choice(town.post_offices)
    room = PostalAddress((f"Studentbyen Tenkt {setting.random.randint(1, 400)}",), postcode, place)
    return (*people[:-1], replace(people[-1], story=Story.STUDENT, postal=room))


def _student_moved_out(people: People, setting: _Setting) -> People:
    student = people[-1]
    since = max(setting.some_day(700), student.residences[-1].since + timedelta(days=1))
    away = Residence(dwelling_in(setting.random, setting.random.choice(STUDY_TOWNS)), since)
    student = replace(student, story=Story.STUDENT_MOVED_OUT, residences=(*student.residences, away), moved_in_on=None)
    return (*_as_native(people[:-1]), student)


def _military(people: People, setting: _Setting) -> People:
    camp = dwelling_in(setting.random, MILITARY_CAMP)
    return (*_as_native(people[:-1]), replace(people[-1], story=Story.MILITARY, stay=camp))


def _as_native(people: People) -> People:
    return tuple(person if person.story is Story.NEWBORN else replace(person, story=Story.NATIVE) for person in people)


def _died(people: People, setting: _Setting) -> People:
    eldest = min(people, key=lambda person: person.birth)
    latest_move = eldest.residences[-1].since
    died_on = latest_move + timedelta(days=max(1, (setting.as_of - latest_move).days * 9 // 10))
    others = (person for person in people if person is not eldest)
    survivors = tuple(
        replace(person, story=Story.MOVED_IN if person.moved_in_on else Story.NATIVE)
        if person.story is not Story.NEWBORN
        else person
        for person in others
    )
    return (replace(eldest, died_on=min(died_on, setting.as_of)), *survivors)


def _emigrated(people: People, setting: _Setting) -> People:
    where = setting.random.choice(EMIGRATION)
    left_on = setting.some_day(500)
    return tuple(replace(person, left_on=left_on, left_for=where, moved_in_on=None) for person in people)


def _shared_residence(people: People, setting: _Setting) -> People:
    """The last child is registered with the other parent in another municipality and lives here half the time."""
    child = people[-1]
    home = people[0].residences[-1]
    there = dwelling_in(setting.random, ELSEWHERE[0])
    away = Residence(there, child.birth, cause="Fødsel")
    shared = Residence(home.address, max(home.since, child.birth))
    child = replace(
        child,
        story=Story.SHARED_RESIDENCE,
        residences=(away,),
        shared_home=shared,
        moved_in_on=None,
        arrived_from="",
        birth_country="NOR",
    )
    return (*_as_settled(people[:-1]), child)


def _as_settled(people: People) -> People:
    return tuple(person if person.story is Story.NEWBORN else replace(person, story=Story.SETTLED) for person in people)


def _to_partner(people: People, setting: _Setting) -> People:
    """The first has long lived there; the second moved in during the last year."""
    first, second = people
    home = first.residences[-1].address
    long_ago = setting.as_of - timedelta(days=2_000)
    first = histories.with_history(
        replace(first, story=Story.NATIVE, moved_in_on=None, arrived_from=""),
        home=home,
        since=max(long_ago, first.birth + timedelta(days=6_600)),
        random=setting.random,
        as_of=setting.as_of,
    )
    came = setting.some_day(350)
    second = histories.with_history(second, home=home, since=came, random=setting.random, as_of=setting.as_of)
    return (first, second)


def _temporary(people: People, setting: _Setting) -> People:
    """A seasonal worker with a D-number: no residence in the register, only a stay."""
    person = people[0]
    number = setting.numbers.issue(person.birth, wish=setting.random.getrandbits(16), is_d_number=True)
    stay = person.residences[-1].address
    return (
        replace(
            person, national_id=number, is_d_number=True, residences=(), stay=stay, moved_in_on=None, arrived_from=""
        ),
    )


def _unknown_dwelling(people: People, _setting_: _Setting) -> People:
    return tuple(_at(person, replace(person.residences[-1].address, is_unknown=True)) for person in people)


def _at(person: DemoPerson, address: Address) -> DemoPerson:
    return replace(person, residences=(*person.residences[:-1], replace(person.residences[-1], address=address)))


def _as_canary(person: DemoPerson, *, street: str) -> DemoPerson:
    home = person.residences[-1].address
    number = 1 + home.register_id % 100_000
    address = replace(home, street=street, house_number=number, house_letter="", farm="", farm_number=0, care_of="")
    return replace(_at(person, address), family=CANARY)


def _confidential(people: People, setting: _Setting) -> People:
    loud = setting.random.random() < 0.4
    return tuple(
        replace(
            _as_canary(person, street=CANARY_STREET),
            grading="FORTROLIG" if loud else "fortrolig",
            protection="FORTROLIG" if loud else "fortrolig",
        )
        for person in people
    )


def _strictly_confidential(people: People, setting: _Setting) -> People:
    code = "STRENGT_FORTROLIG" if setting.random.random() < 0.3 else "strengtFortrolig"
    return tuple(
        replace(_as_canary(person, street=CANARY_STREET), protection=code, postal=_FORWARDING) for person in people
    )


def _client_address(people: People, setting: _Setting) -> People:
    grading = "KLIENTADRESSE" if setting.random.random() < 0.5 else "klientadresse"
    return tuple(replace(_as_canary(person, street=CANARY_CENTRE), grading=grading) for person in people)


def _unknown_grading(people: People, _setting_: _Setting) -> People:
    return tuple(replace(_as_canary(person, street=CANARY_STREET), grading="begrensetInnsyn") for person in people)


_CHANGES: dict[Story, Callable[[People, _Setting], People]] = {
    Story.STUDENT: _student,
    Story.STUDENT_MOVED_OUT: _student_moved_out,
    Story.MILITARY: _military,
    Story.DIED: _died,
    Story.DIED_AFTER_MOVE: _died,
    Story.EMIGRATED: _emigrated,
    Story.SHARED_RESIDENCE: _shared_residence,
    Story.MOVED_IN_TO_PARTNER: _to_partner,
    Story.TEMPORARY: _temporary,
    Story.UNKNOWN_DWELLING: _unknown_dwelling,
    Story.CONFIDENTIAL: _confidential,
    Story.STRICTLY_CONFIDENTIAL: _strictly_confidential,
    Story.CLIENT_ADDRESS: _client_address,
    Story.UNKNOWN_GRADING: _unknown_grading,
}
