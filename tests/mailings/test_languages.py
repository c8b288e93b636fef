import pytest

from outreach.mailings.languages import MORE_LANGUAGES, language_name


@pytest.mark.parametrize(
    ("code", "name"),
    [("nb", "Bokmål"), ("en", "English"), ("uk", "Українська"), ("zz", ""), ("../nb", ""), ("", ""), ("NB", "")],
)
def test_a_language_is_called_what_it_calls_itself(code: str, name: str) -> None:
    assert language_name(code) == name


@pytest.mark.parametrize("code", MORE_LANGUAGES)
def test_every_language_that_is_offered_has_a_name(code: str) -> None:
    assert language_name(code)
