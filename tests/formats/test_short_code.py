"""Codes typed from paper: what is caught, what is forgiven."""

import hashlib
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.formats import short_code
from outreach.formats.short_code import ALPHABET, INVITATION, TICKET, MistypedCodeError, MistypedLengthError

SHAPES = st.sampled_from([INVITATION, TICKET])


@st.composite
def codes(draw):
    shape = draw(SHAPES)
    selector = draw(st.text(ALPHABET, min_size=shape.selector_length, max_size=shape.selector_length))
    return shape, short_code.compute(shape, selector, draw(st.binary(min_size=32, max_size=32)))


def test_the_alphabet_has_a_prime_number_of_characters_without_look_alikes():
    assert len(set(ALPHABET)) == 23
    assert not set(ALPHABET) & set("0O1IL5S8B2Z") - set("258")


def test_a_known_code_stays_the_same_since_letters_are_printed():
    assert short_code.compute(INVITATION, "23456", bytes(range(32))) == "234565Y2W86W"
    assert short_code.compute(TICKET, "23456Y", bytes(range(32))) == "23456Y5Y2W86X7KW"


@given(codes())
def test_a_code_is_read_back_from_its_grouped_form(case):
    shape, text = case
    code = short_code.read(shape, short_code.grouped(text))
    assert (code.selector, code.text) == (text[: shape.selector_length], text)
    assert len(text) == shape.length
    assert short_code.grouped(text).count("-") == shape.length // 4 - 1


@given(codes())
def test_each_single_wrong_character_is_caught(case):
    shape, text = case
    for position, right in enumerate(text):
        for wrong in set(ALPHABET) - {right}:
            with pytest.raises(MistypedCodeError):
                short_code.read(shape, text[:position] + wrong + text[position + 1 :])


@given(codes())
def test_each_swap_of_two_different_characters_is_caught(case):
    shape, text = case
    for first, second in combinations(range(len(text)), 2):
        if text[first] != text[second]:
            swapped = list(text)
            swapped[first], swapped[second] = swapped[second], swapped[first]
            with pytest.raises(MistypedCodeError):
                short_code.read(shape, "".join(swapped))


@given(codes(), st.sampled_from([" ", "-", "–", "\u00a0", ".", "  ", "_", "/", "\t", ""]), st.booleans())
def test_any_spacing_and_case_is_forgiven(case, separator, is_lower):
    shape, text = case
    typed = separator.join(text[start : start + 3] for start in range(0, len(text), 3))
    typed = f"  {typed.lower() if is_lower else typed}\r\n"
    assert short_code.read(shape, typed).text == text


@pytest.mark.parametrize(
    ("seen", "printed"),
    [
        *[("S", "5"), ("Z", "2"), ("B", "8"), ("G", "6"), ("U", "V"), ("A", "4"), ("O", "D"), ("0", "D"), ("1", "7")],
        *[("С", "C"), ("Н", "H"), ("К", "K"), ("М", "M"), ("Р", "P"), ("Т", "T"), ("Х", "X"), ("У", "Y")],
        *[("٣", "3"), ("9", "9")],
    ],
)
def test_look_alikes_are_read_as_the_printed_character(seen, printed):
    text = next(
        code
        for number in range(1000)
        if printed in (code := short_code.compute(INVITATION, "CDFHJ", hashlib.sha256(bytes([number % 256])).digest()))
    )
    assert short_code.read(INVITATION, text.replace(printed, seen)).text == text


@pytest.mark.parametrize("start", ["https://treffpunkt.example/i/", "HTTP://LOCALHOST:8000/I/", "localhost/i/"])
def test_a_whole_link_is_read_as_its_code(start):
    text = short_code.compute(INVITATION, "CDFHJ", bytes(32))
    assert short_code.read(INVITATION, start + text.lower()).text == text


@pytest.mark.parametrize(
    ("typed", "count"),
    [
        *[("", 0), (" - ", 0), ("K7MF-2XQ", 7), ("k7mf 2xq", 7), ("K7MF–2XQ2–345", 11), ("K7MF-2XQ2-3456-7", 13)],
        *[
            ("soib", 4),
            ("HTTPS://X.NO/I/K7MF", 4),
            ("😀" * 12, 0),
            ("\0" * 12, 0),
            ("½" * 12, 24),
            ("æøå", 3),
            ("2" * 5000, 300),
        ],
    ],
)
def test_a_wrong_length_is_told_with_the_number_of_characters_that_count(typed, count):
    with pytest.raises(MistypedLengthError) as caught:
        short_code.read(INVITATION, typed)
    assert str(caught.value) == f"Koden har 12 tegn. Du har skrevet {count}."


@pytest.mark.parametrize("typed", ["æøåæøåæøåæøå", "2345-6789-CDFH", "ßßßßßß", "22222222222\u0661"])
def test_what_cannot_be_a_code_is_refused_with_words(typed):
    with pytest.raises(MistypedCodeError) as caught:
        short_code.read(INVITATION, typed)
    assert "Koden stemmer ikke" in str(caught.value)


@given(st.text())
def test_nothing_typed_crashes(typed):
    try:
        code = short_code.read(INVITATION, typed)
    except MistypedCodeError:
        return
    assert len(code.text) == INVITATION.length


def test_one_shape_is_not_read_as_the_other():
    with pytest.raises(MistypedCodeError):
        short_code.read(TICKET, short_code.compute(INVITATION, "CDFHJ", bytes(32)))


def test_selectors_are_random_and_of_the_alphabet():
    selectors = {short_code.new_selector(INVITATION) for _ in range(500)}
    assert len(selectors) > 490
    assert all(set(selector) <= set(ALPHABET) and len(selector) == 5 for selector in selectors)
