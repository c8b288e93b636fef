from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from outreach.people.household import Resident, discriminator, dwelling, group

MARCH, MAY = date(2026, 3, 1), date(2026, 5, 1)


def test_the_same_dwelling_is_known_whatever_the_spelling() -> None:
    one = dwelling(street="Eksempelveien 12 B", postcode="3370", number="H0101")
    other = dwelling(street="EKSEMPELVEIEN 12B", postcode="3370", number="h-0101")
    assert one == other
    assert one != dwelling(street="Eksempelveien 12 B", postcode="3370", number="H0102")


def test_without_an_address_there_is_no_dwelling() -> None:
    assert dwelling(street="", postcode="3370", number="H0101") is None


def test_a_dwelling_number_holds_people_of_all_names_together() -> None:
    people = [Resident(1, "Lie", MARCH), Resident(2, "Ødegård", MAY)]
    assert group(people, has_number=True) == [people]


def test_without_a_number_a_shared_date_or_surname_is_needed() -> None:
    lie, berg, kid, stranger = (
        Resident(1, "Lie", MARCH),
        Resident(2, "Berg", MARCH),
        Resident(3, "berg", None),
        Resident(4, "Moe", MAY),
    )
    assert group([lie, stranger, kid, berg], has_number=False) == [[lie, kid, berg], [stranger]]


def test_people_with_neither_name_nor_date_are_not_joined() -> None:
    people = [Resident(1, "", None), Resident(2, "", None)]
    assert group(people, has_number=False) == [[people[0]], [people[1]]]


residents = st.lists(
    st.tuples(st.sampled_from(["", "Lie", "Berg", "Moe", "Li"]), st.sampled_from([None, MARCH, MAY])), max_size=9
).map(lambda rows: [Resident(number, *row) for number, row in enumerate(rows)])


@given(residents)
def test_everybody_is_in_one_household_and_households_are_told_apart(people: list[Resident]) -> None:
    households = group(people, has_number=False)
    assert sorted(member.reference for household in households for member in household) == list(range(len(people)))
    assert len({discriminator(household) for household in households}) == len(households)
