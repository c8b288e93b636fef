"""The made-up municipality is the same for the same seed, has each case, and nobody shares what must be one's own."""

from collections import Counter
from datetime import date, timedelta

import pytest

from outreach.demo.expected import Expected
from outreach.demo.person import Address, DemoHousehold, DemoPerson, Story
from outreach.demo.population import households

AS_OF = date(2026, 11, 2)
YEAR_AGO = AS_OF - timedelta(days=365)


@pytest.fixture(scope="module")
def municipality() -> list[DemoHousehold]:
    return list(households(people=13_000, seed=3316, as_of=AS_OF))


@pytest.fixture(scope="module")
def everybody(municipality: list[DemoHousehold]) -> list[DemoPerson]:
    return [person for household in municipality for person in household.people]


def test_the_same_seed_gives_the_same_people() -> None:
    first = list(households(people=500, seed=1, as_of=AS_OF))
    assert first == list(households(people=500, seed=1, as_of=AS_OF))
    assert first != list(households(people=500, seed=2, as_of=AS_OF))


@pytest.mark.parametrize("people", [1, 2, 199, 1000])
def test_holds_exactly_as_many_people_as_asked_for(people: int) -> None:
    assert sum(len(household.people) for household in households(people=people, seed=9, as_of=AS_OF)) == people


def test_two_hundred_and_fifty_people_show_every_case() -> None:
    small = households(people=250, seed=3316, as_of=AS_OF)
    assert {person.story for household in small for person in household.people} == set(Story)


def test_no_two_people_share_a_number(everybody: list[DemoPerson]) -> None:
    numbers = [person.national_id for person in everybody] + [p.former_id for p in everybody if p.former_id]
    assert len(numbers) == len(set(numbers))


def test_no_two_households_share_a_dwelling(municipality: list[DemoHousehold]) -> None:
    homes: Counter[object] = Counter()
    for household in municipality:
        here = {person.residences[-1].address for person in household.people if person.lives_here}
        homes.update({_dwelling(address) for address in here if not address.is_unknown})
    assert homes.most_common(1)[0][1] == 1


def _dwelling(address: Address) -> tuple[object, ...]:
    where = (address.street, address.house_number, address.house_letter, address.dwelling)
    return (*where, address.farm_number, address.holding_number)


def test_about_seven_hundred_people_of_four_hundred_households_moved_in(municipality: list[DemoHousehold]) -> None:
    expected = Expected(since=YEAR_AGO, until=AS_OF)
    for household in municipality:
        expected.add(household)
    assert 650 <= expected.counts["moved_in"] <= 780
    assert 350 <= expected.counts["moved_in_households"] <= 450
    assert expected.counts["residents"] >= 12_500


def test_residences_follow_one_another_in_time(everybody: list[DemoPerson]) -> None:
    for person in everybody:
        days = [person.birth] + [residence.since for residence in person.residences]
        assert days == sorted(days), person
        assert days[-1] <= AS_OF
        assert person.died_on is None or days[-1] <= person.died_on <= AS_OF


def test_protected_people_bear_the_canary_name(everybody: list[DemoPerson]) -> None:
    assert {person.family for person in everybody if person.is_protected} == {"Kanarifugl"}
    assert all(person.is_protected for person in everybody if "kanari" in repr(person).lower())
    gradings = {p.grading for p in everybody} | {p.protection for p in everybody}
    assert {"fortrolig", "FORTROLIG", "klientadresse", "KLIENTADRESSE", "strengtFortrolig"} <= gradings


def test_names_have_the_letters_that_trouble_systems(everybody: list[DemoPerson]) -> None:
    letters = set("".join(person.given + person.middle + person.family for person in everybody))
    assert set("æøåÅØáŠŋłżśñễü'-.") - letters <= {"æ"}
    assert max(len(f"{p.given} {p.middle} {p.family}") for p in everybody) > 80


def test_ages_are_those_of_living_people(everybody: list[DemoPerson]) -> None:
    ages = [(AS_OF - person.birth).days // 365 for person in everybody]
    assert min(ages) >= 0
    assert max(ages) <= 106
    assert 0.15 < sum(age < 18 for age in ages) / len(ages) < 0.3
    assert 0.12 < sum(age >= 67 for age in ages) / len(ages) < 0.3
