"""Which persons go together in one invitation."""

from hypothesis import given
from hypothesis import strategies as st

from outreach.invitations.invitation import STATE_WORDS, Made, State, plan


def test_a_household_goes_together_in_the_order_given_and_a_single_person_alone():
    made = plan([(1, 10), (2, 10), (3, 20), (4, None), (5, None)], asked=frozenset(), made={})
    assert made.parties == ((10, (1, 2)), (20, (3,)), (None, (4,)), (None, (5,)))
    assert made.joiners == ()


def test_who_is_asked_is_not_asked_again():
    made = plan([(1, 10), (4, None)], asked=frozenset({1, 4}), made={10: Made(99, True, 1)})
    assert made.parties == made.joiners == ()


def test_somebody_new_joins_the_households_invitation_after_the_others():
    made = plan([(1, 10), (2, 10), (3, 10)], asked=frozenset({1}), made={10: Made(99, True, 1)})
    assert made.joiners == ((99, 2, 2), (99, 3, 3))


def test_a_household_whose_invitation_was_revoked_is_left_alone():
    made = plan([(2, 10)], asked=frozenset(), made={10: Made(99, False, 1)})
    assert made.parties == made.joiners == ()


@given(
    st.lists(st.tuples(st.integers(1, 40), st.none() | st.integers(1, 8)), unique_by=lambda pair: pair[0]),
    st.frozensets(st.integers(1, 40)),
    st.dictionaries(st.integers(1, 8), st.builds(Made, st.integers(100, 200), st.booleans(), st.integers(0, 5))),
)
def test_nobody_is_in_two_places_and_only_the_wanted_are_placed(persons, asked, made):
    todo = plan(persons, asked=asked, made=made)
    placed = [person for _, party in todo.parties for person in party] + [person for _, _, person in todo.joiners]
    assert len(placed) == len(set(placed))
    left_alone = {person for person, household in persons if household in made and not made[household].is_active}
    assert set(placed) == {person for person, _ in persons} - asked - left_alone
    households = [household for household, _ in todo.parties if household is not None]
    assert len(households) == len(set(households))
    assert not set(households) & set(made)


def test_every_state_has_words():
    assert set(STATE_WORDS) == set(State)
