from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.people.household import Resident, discriminator, dwelling, group, settle

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


def by_hand(reference: int, name: str, home: int | None = None, *, is_new: bool = False) -> Resident:
    return Resident(reference, name, MARCH if reference < 5 else MAY, placed_in=home, is_new=is_new)


@pytest.mark.parametrize(
    ("people", "has_number", "households"),
    [
        # Who was split off stays so, with or without a dwelling number.
        ([by_hand(1, "Lie"), by_hand(2, "Lie", 7)], True, [(None, [1]), (7, [2])]),
        ([by_hand(1, "Lie"), by_hand(2, "Lie", 7)], False, [(None, [1]), (7, [2])]),
        # A child joins those of the rule before those placed by hand.
        ([by_hand(1, "Lie"), by_hand(2, "Lie", 7), by_hand(6, "Lie", is_new=True)], False, [(None, [1, 6]), (7, [2])]),
        # And those placed by hand when it has a tie to nobody else.
        (
            [by_hand(1, "Lie"), by_hand(2, "Berg", 7), by_hand(6, "Berg", is_new=True)],
            False,
            [(None, [1]), (7, [2, 6])],
        ),
        ([by_hand(2, "Berg", 7), by_hand(6, "Moe", is_new=True)], True, [(7, [2, 6])]),
        # A stranger in the same block of flats does not, and nobody who has a household already.
        ([by_hand(2, "Berg", 7), by_hand(6, "Moe", is_new=True)], False, [(None, [6]), (7, [2])]),
        ([by_hand(2, "Berg", 7), by_hand(6, "Berg")], False, [(None, [6]), (7, [2])]),
        ([by_hand(2, "Berg", 8), by_hand(3, "Moe", 7)], True, [(7, [3]), (8, [2])]),
        ([], True, []),
    ],
)
def test_who_was_placed_by_hand_stays(
    people: list[Resident], has_number: bool, households: list[tuple[int | None, list[int]]]
) -> None:
    found = settle(people, has_number=has_number)
    assert [(one.placed_in, [member.reference for member in one.members]) for one in found] == households
