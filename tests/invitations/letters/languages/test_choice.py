import pytest

from outreach.invitations.letters.languages.choice import (
    FrontLanguageError,
    LanguageChoiceError,
    Layout,
    checked,
    layout,
    of_household,
    offered,
    stored,
)

FULL, BRIEF = ("nb", "nn", "en"), ("ar", "pl", "uk")


@pytest.mark.parametrize(
    ("event", "told", "languages"),
    [
        ("nb en", "nb", "nb en"),
        ("nn en", "nb", "nn en"),
        ("nb", "nb", "nb"),
        ("nb en uk pl", "nb", "nb en uk pl"),
        ("nb en", "de", "nb en"),
        ("nb en", "nn", "nn en"),
        ("nb", "nn", "nn"),
        ("nb nn en", "nn", "nn en"),
        ("nb en", "en", "en nb"),
        ("nb", "en", "en nb"),
        ("en nb", "en", "en nb"),
        ("nb en", "uk", "nb uk"),
        ("nb", "uk", "nb uk"),
        ("nb en pl", "uk", "nb uk en"),
        ("nb en pl ar", "uk", "nb uk en pl"),
        ("nb en uk", "uk", "nb uk en"),
    ],
)
def test_what_is_known_of_a_household_goes_before_what_its_event_chose(event: str, told: str, languages: str) -> None:
    assert of_household(event.split(), told, full=FULL, brief=BRIEF) == tuple(languages.split())


@pytest.mark.parametrize(
    ("languages", "wanted"),
    [
        ("nb", Layout("nb", None, (), ("nb",))),
        ("nb en", Layout("nb", "en", (), ("nb", "en"))),
        ("en nn", Layout("en", "nn", (), ("en", "nn"))),
        ("nb nn", Layout("nb", "nn", (), ("nb",))),
        ("nb uk", Layout("nb", None, ("uk",), ("nb",))),
        ("nb uk en", Layout("nb", None, ("uk", "en"), ("nb", "en"))),
        ("nn en uk pl", Layout("nn", None, ("en", "uk", "pl"), ("nn", "en"))),
    ],
)
def test_two_whole_languages_have_a_side_each_and_more_share_the_back(languages: str, wanted: Layout) -> None:
    found = layout(tuple(languages.split()), full=FULL)
    assert found == wanted
    assert found.has_privacy_on_back is (languages == "nb")


@pytest.mark.parametrize(
    ("kept", "languages"),
    [("nb,en", "nb en"), ("nn", "nn"), ("nb,xx,en", "nb en"), ("xx,en", "en"), ("uk,en", "nb uk en"), ("", "nb"),
     ("uk,pl,ar,nb", "nb uk pl ar")],
)  # fmt: skip
def test_a_language_whose_texts_are_gone_is_left_out_and_the_front_is_never_empty(kept: str, languages: str) -> None:
    assert offered(kept, full=FULL, brief=BRIEF) == tuple(languages.split())


@pytest.mark.parametrize("languages", ["nb", "nb en", "nn uk", "nb en uk pl"])
def test_a_choice_comes_back_as_it_was_stored(languages: str) -> None:
    choice = checked(languages.split(), full=FULL, brief=BRIEF)
    assert offered(stored(choice), full=FULL, brief=BRIEF) == choice == tuple(languages.split())


@pytest.mark.parametrize(
    ("languages", "error"),
    [("", LanguageChoiceError), ("nb nb", LanguageChoiceError), ("nb en uk pl ar", LanguageChoiceError),
     ("nb xx", LanguageChoiceError), ("uk nb", FrontLanguageError)],
)  # fmt: skip
def test_a_choice_that_no_letter_can_have_is_refused(languages: str, error: type[LanguageChoiceError]) -> None:
    with pytest.raises(error) as fault:
        checked(languages.split(), full=FULL, brief=BRIEF)
    assert type(fault.value) is error
