import pytest

from outreach.invitations.letters.addressing import LINE_LENGTH, Guest, listed, name_lines, window_lines
from outreach.people.person import PersonName


def guest(given: str, family: str, middle: str = "", is_adult: bool = True) -> Guest:
    return Guest(PersonName(given, middle, family), is_adult)


@pytest.mark.parametrize(
    ("guests", "lines"),
    [
        ([guest("Åse", "Bråthen"), guest("Bjørn", "Lien")], ("Åse Bråthen og Bjørn Lien",)),
        ([guest("Åse", "Bråthen"), guest("Emma", "Bråthen", is_adult=False)], ("Åse Bråthen",)),
        ([guest("Emma", "Lien", is_adult=False)], ("Emma Lien",)),
        ([guest("Marie Elisabeth", "Nordmann"), guest("Kristoffer Andreas", "Nordmann")],
         ("Marie Elisabeth og Kristoffer Andreas Nordmann",)),
        ([guest("Marie Elisabeth Anne", "Nordmann"), guest("Kristoffer Andreas Olav", "Nordmann")],
         ("Marie og Kristoffer Nordmann",)),
        ([guest("Marie", "Nordmann", "Elisabeth Holtsmark"), guest("Kristoffer", "Bakkerud", "Andreas")],
         ("Marie Nordmann og Kristoffer Bakkerud",)),
        ([guest(f"Fornavn{n}", f"Etternavn{n}") for n in range(4)], ("Fornavn0 Etternavn0 m.fl.",)),
    ],
)  # fmt: skip
def test_names_grow_shorter_by_rule(guests: list[Guest], lines: tuple[str, ...]) -> None:
    found = name_lines(guests, room=1)
    if len(lines[0]) > LINE_LENGTH:
        assert len(found[0]) <= LINE_LENGTH
    else:
        assert found == lines


def test_two_long_names_take_two_lines_where_there_is_room() -> None:
    guests = [guest("Kristoffer-Andreas", "Holtsmark-Bakkerud"), guest("Anne-Margrethe", "Wedel-Jarlsberg-Løvenskiold")]
    assert name_lines(guests, room=2) == (
        "Kristoffer-Andreas Holtsmark-Bakkerud og", "Anne-Margrethe Wedel-Jarlsberg-Løvenskiold",
    )  # fmt: skip
    assert len(name_lines(guests, room=1)) == 1


def test_the_window_never_holds_more_than_five_lines() -> None:
    guests = [guest("Kristoffer-Andreas", "Holtsmark-Bakkerud"), guest("Anne-Margrethe", "Wedel-Jarlsberg-Løvenskiold")]
    for number in (1, 2, 3, 4):
        assert len(window_lines(guests, [f"line {at}" for at in range(number)])) <= 5


@pytest.mark.parametrize(
    ("words", "text"), [([], ""), (["Åse"], "Åse"), (["Åse", "Bo"], "Åse og Bo"), (["A", "B", "C"], "A, B og C")]
)
def test_lists_as_a_sentence_does(words: list[str], text: str) -> None:
    assert listed(words, "og") == text
