"""The table of rules and its words go together: a place without a rule or a word would be a household nobody counts."""

from outreach.mailings.reminder_letters.standing import NOT_DUE, RULES, STANDING_WORDS, Standing


def test_each_place_has_a_word_and_but_for_the_last_a_rule() -> None:
    assert set(STANDING_WORDS) == set(Standing)
    assert {standing for standing, _fact in RULES} == set(Standing) - {Standing.GETS_IT}


def test_whoever_answered_is_asked_before_how_the_letter_went() -> None:
    order = [standing for standing, _fact in RULES]
    assert order.index(Standing.ANSWERED) < order.index(Standing.RETURNED) < order.index(Standing.ELECTRONIC)


def test_marks_of_the_day_are_left_to_the_letters_themselves() -> None:
    assert Standing.BY_HAND not in NOT_DUE
    assert Standing.TOO_SOON not in NOT_DUE
