"""The window's lines: a table of who is named and how, with both sides of each edge of the rule."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.invitations.letters.addressing import LINE_LENGTH, MOST_LINES, Guest, listed, name_lines, window_lines
from outreach.people.person import PersonName
from outreach.people.postal_address import PostalAddress


def guest(given: str, family: str, middle: str = "", is_adult: bool = True) -> Guest:
    return Guest(PersonName(given, middle, family), is_adult)


def people(*names: str) -> list[Guest]:
    """Return an adult for each "Given names|Family" or "Given names|Middle names|Family"."""
    return [guest(parts[0], parts[-1], "".join(parts[1:-1])) for parts in (name.split("|") for name in names)]


CHILD = guest("Ida", "Lien", is_adult=False)
LONG = ("Kristoffer-Andreas|Holtsmark-Bakkerud", "Anne-Margrethe|Wedel-Jarlsberg-Løvenskiold")
FOUR = ("Marie|Nordmann", "Anne|Bakkerud", "Kristoffer|Lien", "Ola|Berg")


@pytest.mark.parametrize(
    ("guests", "line"),
    [
        # One person, also with half a name.
        (people("Åse|Bråthen"), "Åse Bråthen"),
        (people("Åse|Marie|Bråthen"), "Åse Marie Bråthen"),
        (people("|Bråthen"), "Bråthen"),
        (people("Åse|"), "Åse"),
        # Children are named only where there is no adult.
        ([*people("Åse|Bråthen"), CHILD], "Åse Bråthen"),
        ([CHILD], "Ida Lien"),
        ([CHILD, guest("Odd", "Lien", is_adult=False)], "Ida Lien og Odd Lien"),
        # Two: whole names while they fit, then one family name for both, then first given names.
        (people("Åse|Bråthen", "Bjørn|Lien"), "Åse Bråthen og Bjørn Lien"),
        (people("Åse|Lien", "Bjørn|Lien"), "Åse Lien og Bjørn Lien"),
        (people("Marie Anne|Nordmann", "Kristoffer Andreas|Nordmann"), "Marie Anne og Kristoffer Andreas Nordmann"),
        (people("Marie Elisabeth|Nordmann", "Kristoffer Andreas|Nordmann"), "Marie og Kristoffer Nordmann"),
        (people("Marie|Elisabeth Holtsmark|Nordmann", "Kristoffer|Andreas|Bakkerud"),
         "Marie Nordmann og Kristoffer Bakkerud"),
        # Father and son have the same name, and both stand there.
        (people("Ole|Kristoffersen-Bakkerud", "Ole|Kristoffersen-Bakkerud"), "Ole og Ole Kristoffersen-Bakkerud"),
        # Three, of one family, two or three; a family is named once also when its people are not beside each other.
        (people("Åse|Lien", "Bjørn|Lien", "Emma|Lien"), "Åse Lien, Bjørn Lien og Emma Lien"),
        (people("Åse|Lien", "Bjørn|Berg", "Emma|Dal"), "Åse Lien, Bjørn Berg og Emma Dal"),
        (people("Marie|Nordmann", "Kristoffer|Nordmann", "Anne|Berg"), "Marie og Kristoffer Nordmann og Anne Berg"),
        (people("Marie|Nordmann", "Anne|Berg", "Kristoffer|Nordmann"), "Marie og Kristoffer Nordmann og Anne Berg"),
        (people("Åse|Lien", "Bjørn|Lien", "Emma|Li", "Odd|Li", "Kari|By"),
         "Åse og Bjørn Lien, Emma og Odd Li og Kari By"),
        # More than four of one family, with short names.
        (people("Åse|Lien", "Bjørn|Lien", "Emma|Lien", "Odd|Lien", "Siri|Lien"), "Åse, Bjørn, Emma, Odd og Siri Lien"),
        # Who lacks a given or a family name shares nothing.
        (people("Marie|Nordmann-Bakkerud", "|Nordmann-Bakkerud"), "Marie Nordmann-Bakkerud og Nordmann-Bakkerud"),
        (people("Bo|", "Eva|"), "Bo og Eva"),
        (people("|Holtsmark|Nordmann-Bakkerud", "Åse|Nordmann-Bakkerud"),
         "Nordmann-Bakkerud og Åse Nordmann-Bakkerud"),
    ],
)  # fmt: skip
def test_names_fit_on_one_line_shorter_by_rule(guests: list[Guest], line: str) -> None:
    assert len(line) <= LINE_LENGTH
    assert name_lines(guests, room=1) == name_lines(guests, room=2) == (line,)


@pytest.mark.parametrize(
    ("middle", "line"),
    [("Liv", "Kristoffer Ola Nordmann og Anne Liv Bakkerud"), ("Lisa", "Kristoffer Nordmann og Anne Bakkerud")],
)
def test_a_line_of_just_the_length_is_kept_whole(middle: str, line: str) -> None:
    assert len("Kristoffer Ola Nordmann og Anne Liv Bakkerud") == LINE_LENGTH
    assert name_lines(people("Kristoffer Ola|Nordmann", f"Anne {middle}|Bakkerud"), room=1) == (line,)


@pytest.mark.parametrize(
    ("guests", "lines", "with_one_line"),
    [
        # Two who share nothing.
        (people(*LONG),
         ("Kristoffer-Andreas Holtsmark-Bakkerud og", "Anne-Margrethe Wedel-Jarlsberg-Løvenskiold"), None),
        # Three, with whole names again: two lines have room for them.
        (people("Marie Elisabeth|Nordmann", "Anne|Bakkerud", "Kristoffer|Nordmann"),
         ("Marie Elisabeth Nordmann, Anne Bakkerud og", "Kristoffer Nordmann"), "Marie Nordmann m.fl."),
        # Four and five, no two of one family.
        (people(*FOUR), ("Marie Nordmann, Anne Bakkerud,", "Kristoffer Lien og Ola Berg"), "Marie Nordmann m.fl."),
        (people(*FOUR, "Siri|Dal"),
         ("Marie Nordmann, Anne Bakkerud,", "Kristoffer Lien, Ola Berg og Siri Dal"), "Marie Nordmann m.fl."),
        # Five of two families: each family once, where whole names are too long for two lines.
        (people("Marie Elisabeth|Nordmann", "Kristoffer|Nordmann", "Anne-Margrethe|Bakkerud", "Ola|Bakkerud",
                "Per|Nordmann"),
         ("Marie, Kristoffer og Per Nordmann og", "Anne-Margrethe og Ola Bakkerud"), "Marie Nordmann m.fl."),
        # Seven: no two lines hold them.
        (people(*FOUR, "Siri|Dal", "Per|Holm", "Nina|Moe"), ("Marie Nordmann m.fl.",), "Marie Nordmann m.fl."),
        # One name that no rule makes shorter stays whole, and is set smaller.
        (people("Krishnamoorthy|Venkataramanan-Subramaniam-Ramakrishnan"),
         ("Krishnamoorthy Venkataramanan-Subramaniam-Ramakrishnan",),
         "Krishnamoorthy Venkataramanan-Subramaniam-Ramakrishnan"),
    ],
)  # fmt: skip
def test_what_does_not_fit_on_one_line_takes_two_where_there_is_room(
    guests: list[Guest], lines: tuple[str, ...], with_one_line: str | None
) -> None:
    assert name_lines(guests, room=2) == lines
    one = name_lines(guests, room=1)
    assert len(one) == 1
    assert with_one_line is None or one == (with_one_line,)


@pytest.mark.parametrize(
    ("lines", "window"),
    [
        (("Storgata 1",), ("Kristoffer-Andreas Holtsmark-Bakkerud og", "Anne-Margrethe Wedel-Jarlsberg-Løvenskiold",
                           "Storgata 1", "3370 VIKERSUND")),
        (("c/o Nabo Oppdiktet", "Storgata 1"),
         ("Kristoffer-Andreas Holtsmark-Bakkerud og", "Anne-Margrethe Wedel-Jarlsberg-Løvenskiold",
          "c/o Nabo Oppdiktet", "Storgata 1", "3370 VIKERSUND")),
        # With four lines of address the names have one, whatever their length.
        (("c/o Nabo", "Gården", "Storgata 1"),
         ("Kristoffer-Andreas Holtsmark-Bakkerud og Anne-Margrethe Wedel-Jarlsberg-Løvenskiold",
          "c/o Nabo", "Gården", "Storgata 1", "3370 VIKERSUND")),
        (("c/o Bo", "Gården", "2. etg.", "Storgata 1"),
         ("Kristoffer-Andreas Holtsmark-Bakkerud og Anne-Margrethe Wedel-Jarlsberg-Løvenskiold",
          "c/o Bo", "Gården, 2. etg.", "Storgata 1", "3370 VIKERSUND")),
    ],
)  # fmt: skip
def test_care_of_stands_under_the_names_on_a_line_of_its_own(lines: tuple[str, ...], window: tuple[str, ...]) -> None:
    assert window_lines(people(*LONG), PostalAddress(lines, "3370", "VIKERSUND").letter_lines()) == window


words = st.text("abcæøå -", max_size=30)
names = st.builds(guest, words, words, words, st.booleans()).filter(lambda one: one.name.full.strip())


@given(st.lists(names, min_size=1, max_size=9), st.integers(1, MOST_LINES - 1))
def test_the_window_never_holds_more_than_five_lines_and_names_the_first(guests: list[Guest], number: int) -> None:
    window = window_lines(guests, [f"line {at}" for at in range(number)])
    assert len(window) <= MOST_LINES
    first = next((one for one in guests if one.is_adult), guests[0]).name
    assert (first.first or first.family) in window[0]


@pytest.mark.parametrize(
    ("words", "text"), [([], ""), (["Åse"], "Åse"), (["Åse", "Bo"], "Åse og Bo"), (["A", "B", "C"], "A, B og C")]
)
def test_lists_as_a_sentence_does(words: list[str], text: str) -> None:
    assert listed(words, "og") == text
