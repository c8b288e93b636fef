import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.messages.sms_parts import Alphabet, SmsParts, count

GSM, UCS = Alphabet.GSM_7, Alphabet.UCS_2


@pytest.mark.parametrize(
    ("text", "alphabet", "units", "parts"),
    [
        ("", GSM, 0, 0),
        ("Hei", GSM, 3, 1),
        ("æøåÆØÅ", GSM, 6, 1),
        ("äöüÄÖÜñÑßéèàùìò", GSM, 15, 1),
        ("Pris 100 kr? @ £ § ¤ _", GSM, 22, 1),
        ("a\nb\r\n", GSM, 5, 1),
        ("€", GSM, 2, 1),
        ("^{}\\[~]|€\f", GSM, 20, 1),
        ("x" * 160, GSM, 160, 1),
        ("x" * 161, GSM, 161, 2),
        ("x" * 306, GSM, 306, 2),
        ("x" * 307, GSM, 307, 3),
        ("x" * 459, GSM, 459, 3),
        ("x" * 460, GSM, 460, 4),
        ("x" * 158 + "€", GSM, 160, 1),
        ("x" * 159 + "€", GSM, 161, 2),
        # The escape and its character stay together: 152 + 2 do not fit into 153.
        ("x" * 152 + "€" + "x" * 152, GSM, 306, 3),
        ("x" * 151 + "€" + "x" * 153, GSM, 306, 2),
        ("š", UCS, 1, 1),
        ("Bures áhkku", UCS, 11, 1),
        ("è" * 160, GSM, 160, 1),
        ("ê", UCS, 1, 1),
        ("ç", UCS, 1, 1),
        ("«sitat»", UCS, 7, 1),
        ("–", UCS, 1, 1),
        ("`", UCS, 1, 1),
        ("\t", UCS, 1, 1),
        ("ш" * 70, UCS, 70, 1),
        ("ш" * 71, UCS, 71, 2),
        ("ш" * 134, UCS, 134, 2),
        ("ш" * 135, UCS, 135, 3),
        ("😀", UCS, 2, 1),
        ("😀" * 35, UCS, 70, 1),
        # 67 is odd: each part holds 33 pairs.
        ("😀" * 36, UCS, 72, 2),
        ("😀" * 66, UCS, 132, 2),
        ("😀" * 67, UCS, 134, 3),
    ],
)
def test_counts_units_and_parts(text: str, alphabet: Alphabet, units: int, parts: int) -> None:
    found = count(text)
    assert (found.alphabet, found.units, found.parts) == (alphabet, units, parts)


def test_names_the_characters_that_make_a_text_dear() -> None:
    assert count("«Hei» – «du»") == SmsParts(UCS, 12, 1, foreign="«»–")
    assert count("Hei").foreign == ""


@given(st.text(max_size=500), st.text(max_size=20))
def test_more_text_never_takes_fewer_parts(text: str, more: str) -> None:
    assert count(text + more).parts >= count(text).parts


@given(st.text(min_size=1, max_size=1000))
def test_parts_hold_what_they_must(text: str) -> None:
    found = count(text)
    room = 160 if found.alphabet is GSM else 70
    assert (found.parts == 1) == (found.units <= room)
    assert found.units <= found.parts * (room if found.parts == 1 else {160: 153, 70: 67}[room])
