import re

from outreach.invitations.letters.batch import content_hash, new_reference


def test_the_same_letters_in_any_order_are_one_content() -> None:
    one = content_hash([(1, 1), (2, 1)], event_sequence=0, is_reprint=False)
    assert one == content_hash([(2, 1), (1, 1)], event_sequence=0, is_reprint=False)


def test_another_household_a_new_code_a_changed_event_or_a_reprint_is_another_content() -> None:
    hashes = {
        content_hash([(1, 1)], event_sequence=0, is_reprint=False),
        content_hash([(1, 1), (2, 1)], event_sequence=0, is_reprint=False),
        content_hash([(1, 2)], event_sequence=0, is_reprint=False),
        content_hash([(1, 1)], event_sequence=1, is_reprint=False),
        content_hash([(1, 1)], event_sequence=0, is_reprint=True),
    }
    assert len(hashes) == 5


def test_the_languages_of_each_letter_are_part_of_the_content_and_the_usual_two_go_without_saying() -> None:
    def of(**languages: tuple[str, ...]) -> str:
        by_invitation = {int(name.removeprefix("one")): choice for name, choice in languages.items()}
        return content_hash([(1, 1), (2, 1)], event_sequence=0, is_reprint=False, languages=by_invitation)

    usual = content_hash([(1, 1), (2, 1)], event_sequence=0, is_reprint=False)
    assert of(one1=("nb", "en"), one2=("nb", "en")) == usual
    others = {of(one1=("nn", "en")), of(one2=("nn", "en")), of(one1=("en", "nb")), of(one1=("nb",)), usual}
    assert len(others) == 5


def test_the_meetups_that_a_series_offers_are_part_of_the_content() -> None:
    def of(*choice: str) -> str:
        return content_hash([(1, 1)], event_sequence=0, is_reprint=False, choice=choice)

    assert of() == content_hash([(1, 1)], event_sequence=0, is_reprint=False)
    assert len({of(), of("Treff", "1:0", "2:0"), of("Treff", "1:0", "2:1"), of("Treff", "1:0")}) == 4


def test_a_reference_is_short_and_no_letter_code() -> None:
    assert re.fullmatch(r"B-[2-9A-Y]{6}", new_reference())
