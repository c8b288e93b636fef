import pytest

from outreach.rsvp.answer import Guest
from outreach.rsvp.wording import names, names_coming

GUESTS = (Guest(1, 1, "Åse", True), Guest(2, 2, "Bjørn", False), Guest(3, 3, None, True), Guest(4, 4, "Emma", True))


@pytest.mark.parametrize(("language", "text"), [("nb", "Åse, Bjørn og Emma"), ("en", "Åse, Bjørn, and Emma")])
def test_first_names_are_listed_as_people_say_them(language: str, text: str) -> None:
    assert names(GUESTS, language) == text


def test_only_those_who_come_are_named_and_nobody_without_a_name() -> None:
    assert names_coming(GUESTS, "nb") == "Åse og Emma"
    assert names_coming(GUESTS, "nb", ["1 barn til"]) == "Åse, Emma og 1 barn til"
    assert names((GUESTS[2],), "nb") == ""
